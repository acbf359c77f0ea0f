"""The vendor's own examples are our plans, in the words of ApsaraVideo Live."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apps.layout_document.document import Canvas
from apps.vendors.types import Binding
from tests.vendors.aliyun.live_tasks import ADAPTER, APP, codes, lesson, read, region, said, sample, start, task, text
from tests.vendors.painter import FakePainter


def test_the_vendors_start_example_is_our_plan() -> None:
    """But for the address of an uploaded background everything is as it stands there."""
    plan = ADAPTER.plan_start(lesson(), FakePainter())
    assert said(plan) == sample("StartLiveMPUTask")["request"]["parameters"]
    assert plan.requests[0].query["TranscodeParams"] == sample("StartLiveMPUTask")["request"]["wire_query"]["TranscodeParams"]  # fmt: skip
    assert not plan.errors


def test_the_vendors_update_example_is_our_plan() -> None:
    started = ADAPTER.plan_start(lesson(), FakePainter())
    plan = ADAPTER.plan_update(lesson(previous=started.carry), FakePainter())
    assert said(plan) == sample("UpdateLiveMPUTask")["request"]["parameters"]
    assert plan.requests[0].name == "UpdateLiveMPUTask"
    assert not plan.errors


@pytest.mark.parametrize(
    ("operation", "plan"),
    [
        ("StopLiveMPUTask", ADAPTER.plan_stop(task())),
        ("GetMPUTaskStatus", ADAPTER.plan_query(task())),
        ("ListRtcMPUTaskDetail", replace(ADAPTER.plan_query(task()), requests=ADAPTER.plan_query(task()).requests[1:])),
    ],
)
def test_the_vendors_other_examples_are_our_plans(operation: str, plan: Any) -> None:
    example = sample(operation)["request"]
    request = plan.requests[0]
    assert (request.name, request.method, request.url) == (operation, example["method"], example["url"])
    assert request.query == example["wire_query"]


def test_a_single_stream() -> None:
    (example,) = (
        variant
        for variant in sample("StartLiveMPUTask")["request_variants"]
        if variant["name"] == "single_stream_relay"
    )
    spec = task(
        region("r1", slot="teacher"), region("r2", 640, slot="other"), text(), bound=("teacher", "other"),
        task_id="qb-live-0002", options={"mode": "single", "sei_text": "x"}, encoding={"fps": 30},
    )  # fmt: skip
    plan = ADAPTER.plan_start(spec, FakePainter())
    assert said(plan) == example["parameters"]
    assert codes(plan, "r1") == {"single_as_it_is": "changed"}
    assert codes(plan, "r2") == codes(plan, "t1") == {"single_leaves_out": "dropped"}
    assert codes(plan) == {"canvas_unused": "dropped", "encoding_unused": "dropped", "sei_unused": "dropped"}
    # on air a mix may become a single stream
    (switch,) = sample("UpdateLiveMPUTask")["request_variants"]
    carry = start(region("r1", slot="teacher"), bound=("teacher",)).carry
    changed = ADAPTER.plan_update(replace(spec, previous=carry, task_id="qb-live-0001"), FakePainter())
    assert said(changed) == switch["parameters"]
    screen = said(start(region("r1", stream="screen"), bound=("r1",), options={"mode": "single"}))
    assert screen["SingleSubParams"] == {"UserId": "r1", "StreamType": "2", "SourceType": "shareScreen"}
    nobody = start(region("r1"), options={"mode": "single"})
    assert codes(nobody)["single_needs_person"] == "error"


def test_only_sound() -> None:
    (example,) = (
        variant for variant in sample("StartLiveMPUTask")["request_variants"] if variant["name"] == "audio_only_mix"
    )
    spec = task(
        region("r1"), text(), task_id="qb-live-0003", options={"mode": "audio"},
        encoding={"audio_bitrate_kbps": 64, "audio_channels": 1, "fps": 25, "colour": 1},
    )  # fmt: skip
    plan = ADAPTER.plan_start(spec, FakePainter())
    assert said(plan) == {**example["parameters"], "MaxIdleTime": "60"}
    assert codes(plan, "r1") == codes(plan, "t1") == {"sound_only": "dropped"}
    assert codes(plan) == {"canvas_unused": "dropped", "encoding_unused": "dropped", "encoding_unknown": "dropped"}
    bound = said(ADAPTER.plan_start(replace(spec, bindings={"r1": Binding("anna")}), FakePainter()))
    assert bound["TranscodeParams"]["UserInfos"] == [{"UserId": "anna", "StreamType": "1"}]


def test_people_of_another_room() -> None:
    (example,) = (
        variant for variant in sample("StartLiveMPUTask")["request_variants"] if variant["name"] == "cross_channel_pk"
    )
    plan = start(
        region("a", 0, 0, 360, 640, slot="anchor-a"), region("b", 360, 0, 360, 640, slot="anchor-b"),
        bound=("anchor-a", "anchor-b"), canvas=Canvas(720, 640), task_id="qb-live-0004",
        options={"other_rooms": " anchor-b=room-2002 "}, encoding={"fps": 20, "bitrate_kbps": 1500},
    )  # fmt: skip
    theirs = example["parameters"]["TranscodeParams"]
    ours = said(plan)["TranscodeParams"]
    assert ours["UserInfos"] == theirs["UserInfos"]
    assert ours["EncodeParams"] == {**theirs["EncodeParams"], "VideoCodec": "H.264"}
    for pane, other in zip(ours["Layout"]["UserPanes"], theirs["Layout"]["UserPanes"], strict=True):
        assert pane["UserInfo"] == {"SourceType": "camera", **other["UserInfo"]}
        assert [float(pane[name]) for name in ("X", "Y", "Width", "Height")] == [
            float(other[name]) for name in ("X", "Y", "Width", "Height")
        ]


def test_the_detail_example_has_the_shape_of_our_start() -> None:
    (listed,) = sample("ListRtcMPUTaskDetail")["response"]["body"]["MPUTasks"]
    assert read(ADAPTER.plan_start(lesson(), FakePainter()).requests[0].query) == listed
    assert listed["AppId"] == APP
