"""A task in the words of ApsaraVideo Live: the vendor's examples, and what becomes of each property."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from apps.layout_document.document import Canvas, Image, Picture, SourceCrop, Text
from apps.vendors.contract import Binding
from tests.vendors.aliyun.live import (
    ADAPTER,
    APP,
    ASSET,
    PUSH,
    codes,
    lesson,
    panes,
    read,
    region,
    said,
    sample,
    start,
    task,
)
from tests.vendors.painter import FakePainter

PAGE = Canvas(1280, 720, "#101820")


def text(name: str = "t1", x: int = 40, y: int = 640, width: int = 400, height: int = 56, **more: Any) -> Text:
    return Text(id=name, x=x, y=y, width=width, height=height, **{"text": "直播", **more})


def image(name: str = "i1", **more: Any) -> Image:
    return Image(id=name, **{"x": 40, "y": 40, "width": 100, "height": 50, "url": ASSET, **more})


# the vendor's examples


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
    (example,) = (one for one in sample("StartLiveMPUTask")["request_variants"] if one["name"] == "single_stream_relay")
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
    (example,) = (one for one in sample("StartLiveMPUTask")["request_variants"] if one["name"] == "audio_only_mix")
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
    (example,) = (one for one in sample("StartLiveMPUTask")["request_variants"] if one["name"] == "cross_channel_pk")
    plan = start(
        region("a", 0, 0, 360, 640, slot="anchor-a"), region("b", 360, 0, 360, 640, slot="anchor-b"),
        bound=("anchor-a", "anchor-b"), canvas=Canvas(720, 640), task_id="qb-live-0004",
        options={"other_rooms": " anchor-b=room-2002 "}, encoding={"fps": 20, "bitrate_kbps": 1500},
    )  # fmt: skip
    theirs = example["parameters"]["TranscodeParams"]
    ours = said(plan)["TranscodeParams"]
    assert ours["UserInfos"] == theirs["UserInfos"]
    assert ours["EncodeParams"] == {**theirs["EncodeParams"], "VideoCodec": "H.264"}
    for one, other in zip(ours["Layout"]["UserPanes"], theirs["Layout"]["UserPanes"], strict=True):
        assert one["UserInfo"] == {"SourceType": "camera", **other["UserInfo"]}
        assert [float(one[name]) for name in ("X", "Y", "Width", "Height")] == [
            float(other[name]) for name in ("X", "Y", "Width", "Height")
        ]


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
    edges = [(float(one["X"]), float(one["X"]) + float(one["Width"])) for one in panes(plan)]
    assert [round(one[1], 6) for one in edges[:-1]] == [one[0] for one in edges[1:]]
    assert edges[-1][1] == pytest.approx(1)
    assert all(len(one[name].partition(".")[2]) <= 6 for one in panes(plan) for name in ("X", "Width"))


@pytest.mark.parametrize(
    ("canvas", "beneath", "told"),
    [
        (Canvas(1280, 720), (), {}),
        (Canvas(1280, 720), (region("z", 0, 0, 300, 300),), {"bars_black": "changed"}),
        (Canvas(1280, 720), (region("z", 900, 0, 300, 300),), {}),
        (PAGE, (), {"bars_black": "changed"}),
        (Canvas(1280, 720, image=Picture(ASSET)), (), {"bars_black": "changed"}),
    ],
)
def test_black_bars_are_told_where_they_can_be_seen(canvas: Canvas, beneath: Any, told: Any) -> None:
    plan = start(*beneath, region("a", fit="contain"), bound=("a", "z"), canvas=canvas)
    assert codes(plan, "a") == told


# canvas, pictures, texts


def test_a_color_is_sent_as_a_picture() -> None:
    painter = FakePainter()
    plan = start(region("a"), canvas=PAGE, painter=painter, bound=("a",))
    (baked,) = painter.baked
    assert (baked.canvas, baked.objects) == (PAGE, ())
    assert said(plan)["TranscodeParams"]["Background"]["URL"].startswith("<PUBLIC_URL>/a/")
    assert codes(plan) == {"color_painted": "note"}
    assert "Background" not in said(start(region("a")))["TranscodeParams"]
    assert codes(start(region("a"), canvas=Canvas(1280, 720, "#10182080")))["canvas_opaque"] == "changed"


@pytest.mark.parametrize(
    ("picture", "color", "mode", "told"),
    [
        (Picture(ASSET, "cover"), "#000000", "1", {}),
        (Picture(ASSET, "contain"), "#000000", "0", {}),
        (Picture(ASSET, "contain"), "#101820", "1", {"background_painted": "note"}),
        (Picture(ASSET, "cover"), "#101820", "1", {"background_painted": "note"}),  # a PNG may be see-through
        (Picture(ASSET, "stretch"), "#000000", "1", {"background_painted": "note"}),
        (Picture("https://example.com/a.jpg", "cover"), "#000000", "1", {}),
        (Picture("https://example.com/a.jpg", "contain"), "#101820", "0", {"color_black_anyway": "changed"}),
        (Picture("https://example.com/a.jpg", "stretch"), "#000000", "1", {"background_stretch": "changed"}),
        (Picture("https://example.com/" + "a" * 2040), "#000000", None, {"picture_url_too_long": "dropped"}),
    ],
)
def test_a_background_picture(picture: Picture, color: str, mode: str | None, told: Any) -> None:
    plan = start(region("a"), bound=("a",), canvas=Canvas(1280, 720, color, picture))
    background = said(plan)["TranscodeParams"].get("Background")
    assert (background and background["RenderMode"]) == mode
    assert codes(plan) == told


def test_texts_and_pictures_become_part_of_the_background() -> None:
    painter = FakePainter()
    plan = start(
        text("under", 700), region("a"), text("over", 600, width=100), text("hidden-by", 100, width=100), image("logo", x=900),
        bound=("a",), painter=painter,
    )  # fmt: skip
    (baked,) = painter.baked
    assert [one.id for one in baked.objects] == ["under", "over", "logo"]
    assert codes(plan, "under") == codes(plan, "logo") == {"baked": "note"}
    assert codes(plan, "over") == {"baked_below_regions": "changed"}
    assert codes(plan, "hidden-by") == {"hidden_by_regions": "dropped"}
    web = start(region("a"), text("t", 700), canvas=Canvas(1280, 720, image=Picture("https://example.com/a.jpg")))
    assert codes(web, "t") == {"background_unknown": "dropped"}


def test_placeholders() -> None:
    painter = FakePainter({ASSET: (640, 720)})
    exact = start(region("a", placeholder=Picture(ASSET)), bound=("a",), painter=painter)
    assert panes(exact)[0]["BackgroundImageUrl"].endswith("9f.png")
    assert codes(exact, "a") == {}
    painted = start(region("a", placeholder=Picture(ASSET)), bound=("a",))
    assert codes(painted, "a") == {"placeholder_painted": "note"}
    unknown = start(region("a", placeholder=Picture("https://example.com/a b.png")), bound=("a",))
    assert panes(unknown)[0]["BackgroundImageUrl"] == "https://example.com/a%20b.png"
    assert codes(unknown, "a") == {"placeholder_as_it_is": "changed"}


def test_hidden_things_are_named() -> None:
    plan = start(region("a"), region("b", 640, hidden=True), text("t", 700, hidden=True), bound=("a", "b"))
    assert codes(plan, "b") == codes(plan, "t") == {"hidden": "note"}
    assert "b" not in json.dumps(said(plan)["TranscodeParams"]["UserInfos"])


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
    told = {one.field: one.level for one in plan.findings if one.field.startswith("encoding")}
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
    assert {"app_id_unusable", "room_unusable", "task_id_unusable"} <= {one.code for one in plan.errors}


# on air


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
    fixed = {one.field for one in plan.findings if one.code.endswith("fixed_on_air") and one.level == "dropped"}
    assert fixed == {
        "encoding.fps", "options.max_idle_time", "options.sei_payload_type",
        "app.settings.live_region",
    }  # fmt: skip
    assert plan.carry == carry
    moved = ADAPTER.plan_update(replace(second, output={"push_urls": ["rtmp://h/other"]}), FakePainter())
    assert codes(moved)["urls_fixed_on_air"] == "error"


def test_messages_inside_the_stream() -> None:
    options = {"sei_text": "hello", "sei_key": "scene", "sei_payload_type": 200, "sei_layout": True}
    spec = task(region("a"), bound=("a",), options=options)
    plan = ADAPTER.plan_start(spec, FakePainter())
    sei = {"LayoutVolume": {}, "PassThrough": {"PayloadContent": "hello", "PayloadContentKey": "scene"}}
    assert said(plan)["SeiParams"] == {**sei, "PayloadType": "200"}
    assert said(ADAPTER.plan_update(replace(spec, previous=plan.carry), FakePainter()))["SeiParams"] == sei


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
    assert [one.name for one in ADAPTER.plan_query(plain).requests] == ["GetMPUTaskStatus", "ListRtcMPUTaskDetail"]
    for spec in (
        task(region("a"), settings={"live_state_source": "ListRtcMPUTaskDetail"}),
        replace(plain, known={"aliyun-live:no-status": "1"}),
    ):
        assert [one.name for one in ADAPTER.plan_query(spec).requests] == ["ListRtcMPUTaskDetail"]


def test_the_detail_example_has_the_shape_of_our_start() -> None:
    (listed,) = sample("ListRtcMPUTaskDetail")["response"]["body"]["MPUTasks"]
    assert read(ADAPTER.plan_start(lesson(), FakePainter()).requests[0].query) == listed
    assert listed["AppId"] == APP
