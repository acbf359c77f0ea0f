"""A push body becomes a layout again, and what has no place in one is named."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Invalid
from apps.layout_document.document import Canvas, LayoutDocument, Picture, Region, Source, SourceCrop
from apps.layout_document.parse import parse
from apps.vendors.plan import Plan
from apps.vendors.registry import adapter
from apps.vendors.types import AppSpec, Binding, TaskSpec
from apps.vendors.volcengine.push.importing import read
from tests.vendors.painter import FakePainter

ADAPTER = adapter("volcengine-push")
SAMPLES = Path(__file__).parent / "samples"
crops = st.sampled_from([None, SourceCrop(0.25, 0.1, 0.5, 0.8), SourceCrop(0, 0, 0.5, 1)])


BACKGROUND = "https://example.com/room.png"


@st.composite
def expressible(draw: st.DrawFn) -> LayoutDocument:
    """What the product says in its own words. Of a region that is not seen it says where it is, and nothing else."""
    width, height = draw(st.sampled_from([(1280, 720), (720, 1280), (640, 360)]))
    regions = []
    for number in range(draw(st.integers(1, 6))):
        wide, high = draw(st.integers(2, width)), draw(st.integers(2, height))
        fit = draw(st.sampled_from(["cover", "contain", "stretch"]))
        look: dict[str, Any] = {"opacity": 0.0}
        if opacity := draw(st.sampled_from([0.0, 0.25, 0.5, 1.0])):
            look = {
                "opacity": opacity,
                "corner_radius": draw(st.integers(0, min(wide, high) // 2)),
                "source_crop": draw(crops),
                "placeholder": draw(st.sampled_from([None, Picture("https://example.com/away.png", fit)])),
            }
        regions.append(
            Region(
                id=f"r{number + 1}",
                name=f"user-{number}",
                x=draw(st.integers(0, width - wide)),
                y=draw(st.integers(0, height - high)),
                width=wide,
                height=high,
                fit=fit,
                source=Source(f"user-{number}", draw(st.sampled_from(["camera", "screen"]))),
                **look,
            )
        )
    color, image = (
        f"#{draw(st.integers(0, 0xFFFFFF)):06X}",
        draw(st.sampled_from([None, Picture(BACKGROUND, "stretch")])),
    )
    return LayoutDocument(Canvas(width, height, color, image), tuple(regions))


ENCODINGS = st.fixed_dictionaries(
    {"fps": st.integers(1, 60), "gop_seconds": st.integers(1, 5), "audio_channels": st.sampled_from([1, 2]),
     "audio_sample_rate": st.sampled_from([32_000, 44_100, 48_000])},
    optional={"bitrate_kbps": st.integers(1, 10_000), "audio_bitrate_kbps": st.integers(32, 192)},
)  # fmt: skip
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "max_idle_time": st.integers(10, 86_400).filter(lambda seconds: seconds != 180), "push_stream_mode": st.just(1),
        "when_video_stops": st.just(1), "audio_profile": st.just(1), "muted_users": st.just("user-0"),
        "volume_on_every_frame": st.just(True),
    },
)  # fmt: skip
NEWER = st.fixed_dictionaries(
    {},
    optional={
        "sei_extra_info": st.just("老师"), "sei_volumes": st.just(True), "sei_pass_on": st.just(False),
        "sei_content": st.just(1), "volume_interval": st.just(0.5),
    },
)  # fmt: skip
SPATIAL = {"spatial_audio": True, "spatial_people": "user-0=1,-2,3", "spatial_listener": "4,5,6",
           "spatial_axes": "1,0,0;0,0.5,0;0,0,1"}  # fmt: skip


def planned(document: LayoutDocument, version: str, **more: Any) -> Plan:
    """The start of this layout; pictures have the canvas's own size, so that they go as they are."""
    bindings = {region.source.slot: Binding(region.source.slot) for region in document.regions}
    app = AppSpec("0123456789abcdef01234567", {"api_version": version})
    output = {"push_urls": ["rtmp://push.example.com/a/b"]}
    sizes = {BACKGROUND: (document.canvas.width, document.canvas.height)}
    return ADAPTER.plan_start(
        TaskSpec(app=app, document=document, room="room", task_id="task", bindings=bindings, output=output, **more),
        FakePainter(sizes),
    )


@given(expressible(), st.sampled_from(["2023-11-01", "2020-12-01"]))
def test_what_was_planned_comes_back(document: LayoutDocument, version: str) -> None:
    plan = planned(document, version)
    assert {finding.code for finding in plan.findings if finding.level != "note"} <= {
        "contain_bars"
    }  # bars hide the background
    back = read(plan.requests[0].body)
    assert back.document == document
    bindings = {region.source.slot: Binding(region.source.slot) for region in document.regions}
    assert (dict(back.bindings), back.not_understood) == (bindings, ())
    assert (back.room, back.output) == ("room", {"push_urls": ["rtmp://push.example.com/a/b"]})


def good_layout() -> LayoutDocument:
    regions = [
        Region(id=f"r{at + 1}", name=f"user-{at}", x=640 * at, y=0, width=640, height=720, source=Source(f"user-{at}"))
        for at in range(2)
    ]
    return LayoutDocument(Canvas(1280, 720), tuple(regions))


@given(ENCODINGS, OPTIONS, NEWER, st.sampled_from([{}, SPATIAL]), st.sampled_from(["2023-11-01", "2020-12-01"]))
def test_encoding_and_options_come_back(
    encoding: dict[str, Any], options: dict[str, Any], newer: dict[str, Any], spatial: dict[str, Any], version: str
) -> None:
    options = {**options, **spatial, **(newer if version == "2023-11-01" else {})}
    plan = planned(good_layout(), version, encoding=encoding, options=options)
    assert not plan.findings
    back = read(plan.requests[0].body)
    assert (back.encoding, back.options, back.not_understood) == (encoding, options, ())
    assert back.document == good_layout()


def test_sound_alone_comes_back() -> None:
    plan = planned(good_layout(), "2023-11-01", options={"mode": "sound"})
    back = read(plan.requests[0].body)
    assert back.document == replace(
        good_layout(), objects=tuple(replace(region, fit="cover") for region in good_layout().regions)
    )
    assert (back.options, back.not_understood) == ({"mode": "sound"}, ())


AWAY = {"url": "https://assets.example.com/qb/camera-off.png", "fit": "cover"}


def seen(number: int, slot: str, stream: str, x: int, y: int, width: int, height: int, **more: Any) -> dict[str, Any]:
    """A region of a document, as its JSON."""
    where = {"x": x, "y": y, "width": width, "height": height, "source": {"slot": slot, "stream": stream}}
    return {"kind": "region", "id": f"r{number}", "name": slot, "fit": "cover", **where, **more}


CLASSROOM = {
    "schema": "quadbox.layout/1",
    "canvas": {"width": 1280, "height": 720, "color": "#303342",
               "image": {"url": "https://assets.example.com/qb/bg-1280x720.png", "fit": "stretch"}},
    "objects": [
        seen(1, "teacher", "screen", 0, 0, 960, 720, fit="contain"),
        seen(2, "teacher", "camera", 960, 0, 320, 180, corner_radius=16, placeholder=AWAY,
             source_crop={"x": 0.0, "y": 0.125, "width": 1.0, "height": 0.75}),
        seen(3, "student-01", "camera", 960, 180, 320, 180, opacity=0.9, placeholder=AWAY),
        seen(4, "student-02", "camera", 960, 360, 320, 180, fit="stretch", opacity=0),
    ],
}  # fmt: skip
OLDER = {
    "schema": "quadbox.layout/1",
    "canvas": {"width": 1280, "height": 720, "color": "#303342"},
    "objects": [
        seen(1, "teacher", "screen", 0, 0, 960, 720, fit="contain"),
        seen(2, "teacher", "camera", 960, 0, 320, 180),
    ],
}
HALVES = {
    "schema": "quadbox.layout/1",
    "canvas": CLASSROOM["canvas"],
    "objects": [
        seen(1, "teacher", "camera", 0, 0, 640, 720),
        seen(2, "teacher", "screen", 640, 0, 640, 720, fit="contain"),
    ],
}
PICTURE = {"fps": 15, "bitrate_kbps": 1600}
ALL = {**PICTURE, "gop_seconds": 4, "audio_bitrate_kbps": 128, "audio_sample_rate": 48_000, "audio_channels": 2}
PUSHED = {"push_urls": ["rtmp://push.example.com/live/qb0001?auth=abc"]}


@pytest.mark.parametrize(
    ("name", "document", "encoding", "options", "output"),
    [
        ("start_push_mixed_stream_to_cdn", CLASSROOM, ALL,
         {"push_stream_mode": 1, "sei_extra_info": '{"layout":"四画面","rev":1}'}, PUSHED),
        ("start_push_mixed_stream_to_cdn.2020-12-01", OLDER, PICTURE, {}, PUSHED),
        ("update_push_mixed_stream_to_cdn", HALVES, ALL, {"sei_extra_info": '{"layout":"两画面","rev":2}'}, {}),
    ],
)  # fmt: skip
def test_documented_bodies(
    name: str, document: Any, encoding: dict[str, Any], options: dict[str, Any], output: dict[str, Any]
) -> None:
    """The layout that a reader of the vendor's example would draw, and everything around it."""
    back = read(json.loads((SAMPLES / f"{name}.json").read_text())["request"]["body"])
    assert back.document == parse(document)
    assert (back.room, back.encoding, back.options, back.output) == ("room-1001", encoding, options, output)
    assert {slot: binding.user_id for slot, binding in back.bindings.items()} == {
        slot: slot
        for slot in ("teacher", "student-01", "student-02")
        if slot in {region.source.slot for region in back.document.regions}
    }
    assert [(one.pointer, one.code) for one in back.not_understood] == [("/BusinessId", "app_setting")]


def good() -> Any:
    document = LayoutDocument(
        Canvas(1280, 720), (Region(id="r1", x=0, y=0, width=640, height=360, source=Source("host")),)
    )
    spec = TaskSpec(
        app=AppSpec("0" * 24), document=document, room="room", task_id="task", bindings={"host": Binding("anna")}
    )
    return copy.deepcopy(ADAPTER.plan_start(replace(spec), FakePainter()).requests[0].body)


@pytest.mark.parametrize(
    ("spoil", "pointer"),
    [
        (lambda body: body.pop("Layout"), "/Layout"),
        (lambda body: body["Layout"].update(LayoutMode=0), "/Layout/LayoutMode"),
        (lambda body: body["Layout"]["CustomLayout"].update(Regions={}), ""),
        (lambda body: body["Layout"]["CustomLayout"].update(Regions=[1]), "/Layout/CustomLayout/Regions/0"),
        (
            lambda body: body["Layout"]["CustomLayout"]["Regions"][0].update(Width="wide"),
            "/Layout/CustomLayout/Regions/0/Width",
        ),
        (lambda body: body["Layout"]["CustomLayout"]["Canvas"].update(Width=9), "/Layout/CustomLayout/Canvas/Width"),
    ],
)
def test_a_wrong_body_is_refused_by_name(spoil: Any, pointer: str) -> None:
    body = good()
    spoil(body)
    if not pointer:  # nothing in it is a layout of nothing
        assert read(body).document.regions == ()
        return
    with pytest.raises(Invalid) as caught:
        read(body)
    assert pointer in [problem.pointer for problem in caught.value.problems]


def test_what_a_layout_cannot_say_is_named() -> None:
    body = good()
    body["Layout"]["CustomLayout"]["Regions"][0]["Mirror"] = True
    body["Layout"]["CustomLayout"]["Regions"].append({"StreamIndex": 99, "Width": 10, "Height": 10})
    assert [one.pointer for one in read(body).not_understood] == [
        "/Layout/CustomLayout/Regions/0/Mirror",
        "/Layout/CustomLayout/Regions/1/StreamIndex",
    ]


def test_what_of_a_task_has_no_words_here_is_named() -> None:
    body = good()
    region = body["Layout"]["CustomLayout"]["Regions"][0]
    body["TargetStreams"]["StreamList"] += [
        {"Index": 2, "UserId": "anna", "StreamType": 1}, {"Index": 7, "UserId": "bo", "StreamType": 0},
    ]  # fmt: skip
    screen = {**region, "StreamIndex": 2, "MediaType": 2, "AlternateImage": "https://h/a.png"}
    body["Layout"]["CustomLayout"]["Regions"].append(screen)
    region |= {"AlternateImage": "https://h/b.png", "AlternateImageFillMode": 1, "SpatialPosition": [1, 2, 3]}
    body["Layout"]["MainVideoStream"] = {"UserId": "anna"}
    body["Layout"]["CustomLayout"]["Theme"] = "dark"
    body["ExcludeStreams"] = {"StreamList": [{"UserId": "eve", "StreamType": 0}]}
    body["PushURL"] = "srt://push.example.com/a"
    body["Encode"] |= {"VideoCodec": 1, "VideoFps": 99, "AudioChannels": 5}
    body["Control"] |= {"MaxIdleTime": 1, "SEIConfig": {"SEIContentMode": 9}, "MediaType": 4}
    back = read(body)
    here = "/Layout/CustomLayout/Regions"
    assert {(one.pointer, one.code) for one in back.not_understood} == {
        ("/Layout/MainVideoStream", "not_in_a_layout"), ("/Layout/CustomLayout/Theme", "not_in_a_layout"),
        ("/ExcludeStreams", "task_option"), ("/PushURL", "push_address"),
        ("/Encode/VideoCodec", "task_option"), ("/Encode/VideoFps", "unknown_word"),
        ("/Encode/AudioChannels", "unknown_word"), ("/Control/MaxIdleTime", "unknown_word"),
        ("/Control/MediaType", "task_option"), ("/Control/SEIConfig/SEIContentMode", "unknown_word"),
        ("/TargetStreams/StreamList/2", "no_region"), (f"{here}/0/SpatialPosition", "task_option"),
        (f"{here}/1/AlternateImageFillMode", "same_for_all"), (f"{here}/1/MediaType", "same_for_all"),
    }  # fmt: skip
    assert back.output == {}


def test_a_person_of_whom_every_stream_is_silent_is_muted() -> None:
    body = good()
    body["Layout"]["CustomLayout"]["Regions"][0]["MediaType"] = 2
    back = read(body)
    assert (back.options, back.not_understood, back.document.regions[0].opacity) == ({"muted_users": "anna"}, (), 1)


def test_the_answer_to_a_query_is_read_as_its_body() -> None:
    """The vendor's page of GetPushMixedStreamToCDNTask."""
    region = {
        "StreamIndex": 1, "LocationX": 0, "LocationY": 0.2, "WidthProportion": 0.5, "HeightProportion": 0.4, "ZOrder": 0,
        "Alpha": 1, "CornerRadius": 0, "RenderMode": 0, "AlternateImage": "http://xxxxx", "SpatialPosition": [1, 1, 1],
        "SourceCrop": {"LocationX": 0.5, "LocationY": 0.5, "WidthProportion": 0.4, "HeightProportion": 0.4},
    }  # fmt: skip
    canvas = {"Width": 1280, "Height": 720, "Background": "#303342", "BackgroundImage": "http://xxxxxx"}
    layout = {"LayoutMode": 2, "CustomLayout": {"Canvas": canvas, "Regions": [region]}}
    streams = {"StreamList": [{"Index": 1, "UserId": "user1", "StreamType": 0}]}
    task = {"Status": 3, "PushURL": "rtmp://xxxxxx", "TargetStreams": streams, "Layout": layout}
    answer = {"Result": {"PushMixedStreamToCDNTask": task}}
    back = ADAPTER.read_payload(answer)
    (seen,) = back.document.regions
    assert (seen.x, seen.y, seen.width, seen.height, seen.fit) == (0, 144, 640, 288, "stretch")
    assert seen.source_crop == SourceCrop(0.5, 0.5, 0.4, 0.4)
    assert back.bindings == {"user1": Binding("user1")}
    (told,) = back.not_understood
    assert told.pointer == "/Result/PushMixedStreamToCDNTask/Layout/CustomLayout/Regions/0/SpatialPosition"
    assert ADAPTER.knows_payload(answer)
