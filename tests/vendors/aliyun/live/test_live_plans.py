"""A task in the words of ApsaraVideo Live: people, regions, encoding, output, and where it is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apps.layout_document.document import Canvas, Picture, SourceCrop
from tests.vendors.aliyun.live_tasks import ADAPTER, ASSET, PAGE, PUSH, codes, panes, region, said, start, task, text
from tests.vendors.painter import FakePainter

# people


def test_open_slots_take_the_next_people_and_nobody_is_left_out() -> None:
    plan = start(region("a"), region("b", 640, stream="screen"))
    assert "UserInfos" not in said(plan)["TranscodeParams"]
    assert all("UserInfo" not in pane for pane in panes(plan))
    assert codes(plan, "a") == {"next_joiner": "note"}
    assert codes(plan, "b") == {"next_joiner_any_stream": "changed"}


def test_beside_bound_people_an_open_slot_stays_out() -> None:
    plan = start(region("a"), region("b", 640), bound=("a",))
    assert [pane["UserInfo"]["UserId"] for pane in panes(plan)] == ["a"]
    assert codes(plan, "b") == {"beside_bound": "dropped"}


def test_camera_and_screen_of_one_person() -> None:
    plan = start(region("a", slot="anna"), region("b", 640, slot="anna", stream="screen"), bound=("anna",))
    assert said(plan)["TranscodeParams"]["UserInfos"] == [
        {"UserId": "anna", "StreamType": "2", "SourceType": "shareScreen"},
        {"UserId": "anna", "StreamType": "0"},
    ]


def test_an_invisible_region_is_heard() -> None:
    plan = start(region("a"), region("b", 640, opacity=0.0), bound=("a", "b"))
    assert [pane["UserInfo"]["UserId"] for pane in panes(plan)] == ["a"]
    assert {"UserId": "b", "StreamType": "1"} in said(plan)["TranscodeParams"]["UserInfos"]
    assert codes(plan, "b") == {}
    open_slots = start(region("a"), region("b", 640, opacity=0.0), bound=("b",))
    assert codes(open_slots, "b") == {"heard_maybe_seen": "changed"}


def test_the_same_stream_twice_is_noted() -> None:
    assert codes(start(region("a"), region("b", 640, slot="a"), bound=("a",)), "b") == {"stream_twice": "note"}


def test_more_regions_than_dared() -> None:
    many = [region(f"r{n}", n * 10, 0, 10, 10) for n in range(18)]
    plan = start(*many)
    assert len(panes(plan)) == 16
    assert codes(plan, "r16") == codes(plan, "r17") == {"too_many_panes": "dropped"}
    assert len(panes(start(*many, settings={"live_most_panes": 17}))) == 17


def test_no_region_at_all() -> None:
    plan = start(region("a", 2000), text())
    assert codes(plan)["no_region"] == "error"
    assert codes(plan, "a") == {"region_outside": "dropped"}


# regions


def test_a_regions_properties() -> None:
    plan = start(
        region("a", -64, 0, 640, 720, opacity=0.5, corner_radius=8, source_crop=SourceCrop(0, 0, 0.5, 1), fit="stretch"),
        region("b", 640, 0, 640, 720, fit="stretch", stream="screen"),
        bound=("a", "b"),
    )  # fmt: skip
    first, second = panes(plan)
    assert (first["X"], first["Width"], first["RenderMode"], first["ZOrder"]) == ("0.0", "0.45", "1", "0")
    assert (second["RenderMode"], second["ZOrder"]) == ("0", "1")
    assert codes(plan, "a") == {
        "region_clipped": "changed", "fit_stretch": "changed", "region_opaque": "changed", "region_square": "changed",
        "source_crop_ignored": "changed",
    }  # fmt: skip
    assert codes(plan, "b") == {"fit_stretch": "changed"}


def test_neighbors_meet() -> None:
    plan = start(*(region(f"r{n}", n * 427, 0, 427 if n < 2 else 426, 720) for n in range(3)))
    edges = [(float(pane["X"]), float(pane["X"]) + float(pane["Width"])) for pane in panes(plan)]
    assert [round(edge[1], 6) for edge in edges[:-1]] == [edge[0] for edge in edges[1:]]
    assert edges[-1][1] == pytest.approx(1)
    assert all(len(pane[name].partition(".")[2]) <= 6 for pane in panes(plan) for name in ("X", "Width"))


BLACK_SHOWS = {"bars_black": "changed", "absent_black": "changed"}


@pytest.mark.parametrize(
    ("canvas", "beneath", "told"),
    [
        (Canvas(1280, 720), (), {}),
        (Canvas(1280, 720), (region("z", 0, 0, 300, 300),), BLACK_SHOWS),
        (Canvas(1280, 720), (region("z", 900, 0, 300, 300),), {}),
        (PAGE, (), BLACK_SHOWS),
        (Canvas(1280, 720, image=Picture(ASSET)), (), BLACK_SHOWS),
    ],
)
def test_black_is_told_where_it_can_be_seen(canvas: Canvas, beneath: Any, told: Any) -> None:
    """Beside a whole picture, and in the region of somebody absent, unless a placeholder is there."""
    plan = start(*beneath, region("a", fit="contain"), bound=("a", "z"), canvas=canvas)
    assert codes(plan, "a") == told
    filled = start(*beneath, region("a"), bound=("a", "z"), canvas=canvas)
    assert codes(filled, "a") == {name: told[name] for name in told if name == "absent_black"}
    covered = start(*beneath, region("a", placeholder=Picture(ASSET)), bound=("a", "z"), canvas=canvas)
    assert codes(covered, "a") == {"placeholder_painted": "note"}
    for made, whole in ((plan, True), (filled, True), (covered, False)):
        assert made.drawn is not None
        ids = [item.id for item in made.drawn.objects]
        assert ("a-bars" in ids) == (whole and bool(told))
        assert ids[-1] == "a"  # whoever is there covers it


def test_an_open_region_is_black_until_somebody_comes() -> None:
    assert codes(start(region("a"), canvas=PAGE), "a") == {"next_joiner": "note", "absent_black": "changed"}


# encoding and size


def test_encoding_within_the_ranges() -> None:
    wish = {
        "fps": 90, "bitrate_kbps": 20_000, "codec": "vp9", "gop_seconds": 4, "audio_bitrate_kbps": 4,
        "audio_sample_rate": 22_050, "audio_channels": 6, "depth": 10,
    }  # fmt: skip
    plan = start(region("a"), bound=("a",), encoding=wish)
    assert said(plan)["TranscodeParams"]["EncodeParams"] == {
        "AudioOnly": "false", "AudioBitrate": "8", "AudioChannels": "2", "AudioSampleRate": "48000", "VideoCodec": "H.264",
        "VideoBitrate": "10000", "VideoFramerate": "60", "VideoGop": "60", "VideoWidth": "1280", "VideoHeight": "720",
    }  # fmt: skip
    told = {finding.field: finding.level for finding in plan.findings if finding.field.startswith("encoding")}
    assert told == {f"encoding.{name}": "dropped" if name == "depth" else "changed" for name in wish}
    h265 = start(region("a"), bound=("a",), encoding={"codec": "H.265"}, options={"video_profile": "high"})
    encode = said(h265)["TranscodeParams"]["EncodeParams"]
    assert (encode["VideoCodec"], encode["EnhancedParam"]) == ("H.265", '{"profile":"main"}')
    assert codes(h265) == {"profile_of_h265": "changed"}


def test_a_large_canvas_is_shrunk() -> None:
    plan = start(region("a", 0, 0, 3840, 2160), bound=("a",), canvas=Canvas(3840, 2160))
    encode = said(plan)["TranscodeParams"]["EncodeParams"]
    assert (encode["VideoWidth"], encode["VideoHeight"]) == ("1920", "1080")
    assert codes(plan) == {"size_limited": "changed"}


# output, identity


def test_push_urls() -> None:
    other = "rtmp://other.example.net/live/abc"
    plan = start(region("a"), output={"push_urls": [PUSH, PUSH, other], "rtc": {"channel": "x"}})
    assert said(plan)["MultiStreamURL"] == [{"URL": PUSH, "IsAliCdn": False}, {"URL": other, "IsAliCdn": False}]
    assert "StreamURL" not in said(plan)
    assert {"several_outputs", "push_url_twice", "output_unknown"} <= set(codes(plan))
    for bad in ("https://example.com/a", "rtmp://example.com", "rtmp://h/" + "k" * 2048):
        assert codes(start(region("a"), output={"push_urls": [bad]}))["bad_push_url"] == "error"
    assert codes(start(region("a"), output={}))["no_push_url"] == "error"


def test_ids_that_aliyun_does_not_take() -> None:
    plan = start(region("a"), room="lobby 1", task_id="x" * 56, app=replace(task().app, vendor_app_id="no spaces"))
    assert {"app_id_unusable", "room_unusable", "task_id_unusable"} <= {error.code for error in plan.errors}


# where and how


def test_endpoint_and_signature() -> None:
    spec = task(region("a"), settings={"live_endpoint": "us-east-1", "signature": "v1"})
    (request,) = ADAPTER.plan_start(spec, FakePainter()).requests
    assert request.url == "https://live.us-east-1.aliyuncs.com/"
    assert {name: request.query[name] for name in ("Action", "Version", "Format")} == {
        "Action": "StartLiveMPUTask", "Version": "2016-11-01", "Format": "JSON",
    }  # fmt: skip
    assert "x-acs-action" not in request.headers


def test_without_a_status_operation_the_list_is_asked() -> None:
    plain = task(region("a"))
    assert [request.name for request in ADAPTER.plan_query(plain).requests] == [
        "GetMPUTaskStatus",
        "ListRtcMPUTaskDetail",
    ]
    for spec in (
        task(region("a"), settings={"live_state_source": "ListRtcMPUTaskDetail"}),
        replace(plain, known={"aliyun-live:no-status": "1"}),
    ):
        assert [request.name for request in ADAPTER.plan_query(spec).requests] == ["ListRtcMPUTaskDetail"]
