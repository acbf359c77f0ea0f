"""What stays as it was while a task of ApsaraVideo Live runs, and the messages inside its stream."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from apps.layout_document.document import Canvas
from tests.vendors.aliyun.live_tasks import ADAPTER, PUSH, codes, region, said, start, task
from tests.vendors.painter import FakePainter


def test_what_stays_on_air() -> None:
    first = task(region("a"), bound=("a",), settings={"live_region": "AP-Singapore"}, options={"max_idle_time": 30})
    carry = ADAPTER.plan_start(first, FakePainter()).carry
    assert PUSH not in json.dumps(dict(carry))
    second = replace(
        first, previous=carry, document=replace(first.document, canvas=Canvas(1920, 1080)),
        encoding={"fps": 30}, options={"max_idle_time": 99, "sei_payload_type": 200},
        app=replace(first.app, settings={"live_region": "CN-Shanghai"}),
    )  # fmt: skip
    plan = ADAPTER.plan_update(second, FakePainter())
    assert said(plan)["TranscodeParams"]["EncodeParams"] == carry["encode"]
    assert not {"Region", "MaxIdleTime"} & set(said(plan))
    assert codes(plan)["size_fixed_on_air"] == "changed"
    fixed = {
        finding.field
        for finding in plan.findings
        if finding.code.endswith("fixed_on_air") and finding.level == "dropped"
    }
    assert fixed == {
        "encoding.fps", "options.max_idle_time", "options.sei_payload_type",
        "app.settings.live_region",
    }  # fmt: skip
    assert plan.carry == carry
    moved = ADAPTER.plan_update(replace(second, output={"push_urls": ["rtmp://h/other"]}), FakePainter())
    assert codes(moved)["urls_fixed_on_air"] == "error"


# messages inside the stream


def test_messages_inside_the_stream() -> None:
    options = {"sei_text": "hello", "sei_key": "scene", "sei_payload_type": 200, "sei_layout": True}
    spec = task(region("a"), bound=("a",), options=options)
    plan = ADAPTER.plan_start(spec, FakePainter())
    sei = {"LayoutVolume": {}, "PassThrough": {"PayloadContent": "hello", "PayloadContentKey": "scene"}}
    assert said(plan)["SeiParams"] == {**sei, "PayloadType": "200"}
    assert said(ADAPTER.plan_update(replace(spec, previous=plan.carry), FakePainter()))["SeiParams"] == sei


def moment(text: str, previous: Any = None) -> Any:
    return ADAPTER.plan_update(
        task(region("a"), bound=("a",), options={"sei_now": text}, previous=previous), FakePainter()
    )


def test_a_message_of_the_moment_is_sent_once_with_a_change_on_air() -> None:
    begun = start(region("a"), bound=("a",), options={"sei_now": '{"scene":"quiz"}'})
    assert [request.name for request in begun.requests] == ["StartLiveMPUTask"]
    assert codes(begun)["sei_waits"] == "note"
    first = moment('{"scene":"quiz"}', begun.carry)
    assert [request.name for request in first.requests] == ["UpdateLiveMPUTask", "SetLiveMpuTaskSei"]
    assert first.requests[1].query["CustomSei"] == '{"scene":"quiz"}'
    assert {"AppId", "TaskId"} <= set(first.requests[1].query)
    again = moment('{"scene":"quiz"}', first.carry)
    assert [request.name for request in again.requests] == ["UpdateLiveMPUTask"]
    other = moment("问卷", again.carry)
    assert json.loads(other.requests[1].query["CustomSei"]) == "问卷"
    assert [request.name for request in moment("", other.carry).requests] == ["UpdateLiveMPUTask"]


def test_a_message_of_the_moment_has_a_length() -> None:
    longest = '"' + "x" * 4094 + '"'
    assert len(moment(longest).requests) == 2
    assert not moment(longest).errors
    too_long = moment(longest[:-1] + 'x"')
    assert [error.code for error in too_long.errors] == ["sei_too_long"]
