"""A Create body becomes a layout again, and what has no place in one is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Invalid
from apps.layout_document.document import Canvas, Image, LayoutDocument, LayoutObject, Picture, Region, Source
from apps.vendors.agora.transcoder.importing import read
from apps.vendors.types import Binding
from tests.vendors.agora.cases import ADAPTER, OUTPUT, region, sample, spec, start, transcoder
from tests.vendors.agora.test_agora_examples import guide
from tests.vendors.painter import FakePainter

PICTURES = st.sampled_from(["https://example.com/a.png", "https://example.com/b.jpg"])


@st.composite
def expressible(draw: st.DrawFn) -> LayoutDocument:
    """What the product says in its own words."""
    width, height = draw(st.sampled_from([(1280, 720), (720, 1280), (1920, 1080), (640, 360)]))

    def box(even: bool) -> dict[str, int]:
        step = 2 if even else 1
        wide = draw(st.integers(60, width // 2)) * 2 // step * step
        high = draw(st.integers(60, height // 2)) * 2 // step * step
        left = draw(st.integers(0, width - wide)) // step * step
        return {"x": left, "y": draw(st.integers(0, height - high)) // step * step, "width": wide, "height": high}

    objects: list[LayoutObject] = []
    people = draw(st.integers(1, 6))
    for number in range(1, people + 1):
        placeholder = draw(st.none() | st.builds(Picture, url=PICTURES))
        source = Source(str(number))
        one = Region(id="x", name=str(number), source=source, placeholder=placeholder, **box(True))
        objects.append(one)
    fits = st.sampled_from(["cover", "contain"])
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(objects)))
        objects.insert(at, Image(id="x", url=draw(PICTURES), fit=draw(fits), **box(False)))
    image = draw(st.none() | st.builds(Picture, url=PICTURES, fit=fits))
    color = f"#{draw(st.integers(0, 0xFFFFFF)):06X}"
    named = tuple(replace(item, id=f"o{at}") for at, item in enumerate(objects))
    return LayoutDocument(Canvas(width, height, color, image), named)


@given(expressible())
def test_what_was_planned_comes_back(document: LayoutDocument) -> None:
    bindings = {region.source.slot: Binding(region.source.slot) for region in document.regions}
    plan = ADAPTER.plan_start(replace(spec(), document=document, bindings=bindings), FakePainter())
    assert [finding for finding in plan.findings if finding.level != "note"] == []
    back = read(plan.requests[1].body)
    plain = replace(document, objects=tuple(replace(item, id="x") for item in document.objects))
    assert replace(back.document, objects=tuple(replace(item, id="x") for item in back.document.objects)) == plain
    assert len({item.id for item in back.document.objects}) == len(document.objects)
    assert (back.bindings, back.not_understood) == (bindings, ())
    assert (back.room, back.output) == ("room-1001", OUTPUT)


@given(
    st.fixed_dictionaries({"fps": st.integers(1, 30), "bitrate_kbps": st.integers(1, 10_000), "codec": st.just("h264")}),
    st.fixed_dictionaries(
        {},
        optional={
            "idle_timeout": st.integers(1, 299), "audio_profile": st.just("AUDIO_PROFILE_SPEECH_STANDARD"),
            "low_bitrate_high_quality": st.just(True), "audio_from": st.just("channel"),
        },
    ),
    st.sampled_from([OUTPUT, {"push_urls": ["rtmp://a.example/live/1?key=k", "rtmps://b.example/live/2"]}]),
)  # fmt: skip
def test_encoding_options_and_output_come_back(
    encoding: dict[str, Any], options: dict[str, Any], output: dict[str, Any]
) -> None:
    back = read(start(encoding=encoding, options=options, output=output).requests[1].body)
    assert (back.encoding, back.options, back.output) == (encoding, options, output)
    assert back.not_understood == ()


def test_a_documented_push() -> None:
    back = read(sample("transcoder-create-cdn")["request"]["body"])
    assert back.output == {"push_urls": ["rtmp://live.example.com/app/room1?key=sample"]}
    assert back.encoding == {"fps": 20, "bitrate_kbps": 1800, "codec": "h264"}
    assert back.options == {"audio_profile": "AUDIO_PROFILE_MUSIC_STANDARD"}
    assert back.not_understood == ()


def test_outputs_that_one_task_cannot_have_are_named() -> None:
    body = transcoder(start(output={"push_urls": ["rtmp://a.example/live/1", "rtmp://b.example/live/2"]}))
    body["outputs"][0]["videoOption"] = {**body["outputs"][0]["videoOption"], "fps": 99, "width": 320}
    body["outputs"] += [{"streamUrl": "srt://c.example/live"}, {"rtc": {"rtcChannel": "mixed", "rtcUid": 7}},
                        {"rtc": {"rtcChannel": "mixed", "rtcUid": "anna"}}]  # fmt: skip
    back = read(body)
    assert back.output == {"push_urls": ["rtmp://a.example/live/1", "rtmp://b.example/live/2"]}
    assert {(one.pointer, one.code) for one in back.not_understood} == {
        ("/outputs/0/videoOption/fps", "unknown_word"), ("/outputs/0/videoOption/width", "other_size"),
        ("/outputs/1/videoOption", "other_output"), ("/outputs/2/streamUrl", "push_address"),
        ("/outputs/3/rtc", "other_output"), ("/outputs/4/rtc", "unknown_output"),
    }  # fmt: skip


def test_people_of_another_channel_and_people_not_heard_are_named() -> None:
    body = transcoder(start(region(), region(id="r2", x=640, source=Source("guest"))))
    body["audioInputs"] = body["audioInputs"][:1]
    body["videoInputs"][1]["rtc"]["rtcChannel"] = "elsewhere"
    assert {(one.pointer, one.code) for one in read(body).not_understood} == {
        ("/videoInputs/1/rtc/rtcChannel", "other_channel"), ("/videoInputs/1", "seen_only"),
    }  # fmt: skip


def test_documented_bodies() -> None:
    back = read(sample("transcoder-create")["request"]["body"])
    assert [(item.kind, item.x, item.width) for item in back.document.objects] == [
        ("region", 0, 480),
        ("region", 480, 480),
        ("image", 820, 120),
    ]
    assert back.document.canvas == Canvas(960, 540, "#1A1A1A", Picture("https://assets.example.com/bg/main.png"))
    assert back.not_understood == ()


def test_an_example_of_the_guide() -> None:
    back = read(guide("create"))
    assert len(back.document.objects) == 3
    assert set(back.bindings) == {"123", "456"}


@pytest.mark.parametrize("depth", range(5))
def test_any_part_of_the_wrapping_may_be_missing(depth: int) -> None:
    body: Any = sample("transcoder-create")["request"]["body"]
    for name in ("services", "cloudTranscoder", "config", "transcoder")[:depth]:
        body = body[name]
    assert len(read(body).document.objects) == 3


def test_what_has_no_place_in_a_layout_is_named() -> None:
    body = transcoder(ADAPTER.plan_start(spec(), FakePainter()))
    body["seiOption"] = {"sink": {"type": 100}}
    body["videoInputs"][0]["repeat"] = 2
    body["videoInputs"].append({"streamUrl": "rtmp://a.example/b"})
    body["audioInputs"].append({"rtc": {"rtcChannel": "room", "rtcUid": 7}})
    assert [one.pointer for one in read(body).not_understood] == [
        "/seiOption",
        "/videoInputs/0/repeat",
        "/videoInputs/1",
        "/audioInputs/1",
    ]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (None, ""),
        ([], ""),
        ({}, ""),
        ({"canvas": {"width": "x", "height": 1, "color": 0}}, "/canvas/width"),
        ({"canvas": {"width": 640, "height": 360, "color": -1}}, "/canvas/color"),
        ({"canvas": {"width": 640, "height": 360, "color": 0}, "videoInputs": 7}, "/videoInputs"),
        ({"canvas": {"width": 640, "height": 360, "color": 0}, "waterMarks": [7]}, "/waterMarks/0"),
        ({"canvas": {}, "waterMarks": [{"imageUrl": "https://a/b.png"}]}, "/waterMarks/0/region"),
        ({"services": {"cloudTranscoder": {"config": {"transcoder": {}}}}},
         "/services/cloudTranscoder/config/transcoder/canvas"),
    ],
)  # fmt: skip
def test_what_is_no_create_body_is_refused(body: Any, pointer: str) -> None:
    with pytest.raises(Invalid) as caught:
        read(body)
    assert caught.value.problems[0].pointer == pointer
