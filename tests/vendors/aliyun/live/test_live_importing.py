"""Parameters of StartLiveMPUTask as a layout again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.errors import Invalid
from apps.layout_document.document import Canvas, LayoutDocument, Picture, Region, Source
from apps.layout_document.parse import parse
from apps.layout_document.serialize import to_json
from apps.vendors.aliyun.live.importing import read
from apps.vendors.types import Binding, Imported
from tests.vendors.aliyun.live_tasks import ADAPTER, lesson, region, sample, task
from tests.vendors.painter import FakePainter

sides = st.integers(60, 960).map(lambda half: 2 * half)


@st.composite
def expressible(draw: st.DrawFn) -> LayoutDocument:
    """What this product can say in its own words: black, people within the canvas, pictures by their address."""
    width, height = draw(sides), draw(sides)
    image = draw(st.none() | st.sampled_from(["cover", "contain"]).map(lambda fit: Picture("https://h/bg.jpg", fit)))
    regions = []
    for number in range(draw(st.integers(1, 9))):
        x, y = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
        regions.append(
            Region(
                id=f"r{number + 1}", name=f"u{number}", x=x, y=y, width=draw(st.integers(1, width - x)),
                height=draw(st.integers(1, height - y)), fit=draw(st.sampled_from(["cover", "contain"])),
                source=Source(f"u{number}", draw(st.sampled_from(["camera", "screen"]))),
                placeholder=draw(st.none() | st.just(Picture("https://h/off.png"))),
            )
        )  # fmt: skip
    return LayoutDocument(Canvas(width, height, image=image), tuple(regions))


@settings(deadline=None)
@given(expressible())
def test_what_is_exported_comes_back(document: LayoutDocument) -> None:
    bindings = {region.source.slot: Binding(region.source.slot) for region in document.regions}
    (request,) = ADAPTER.plan_start(task(document=document, bindings=bindings), FakePainter()).requests
    made = read(request.query)
    assert made.document == document
    assert made.bindings == bindings
    assert parse(to_json(made.document)) == document


def test_the_vendors_example_is_a_layout() -> None:
    for parameters in (
        sample("StartLiveMPUTask")["request"]["parameters"],
        sample("StartLiveMPUTask")["request"]["wire_query"],
    ):
        made = read(parameters)
        wanted = [
            replace(region, id=f"r{n}", name=region.source.slot)
            for n, region in enumerate(lesson().document.regions, 1)
        ]
        assert list(made.document.regions) == wanted
        assert made.document.canvas == lesson().document.canvas
        assert told(made) == {("/Region", "app_setting"), ("/MultiStreamURL/0/IsAliCdn", "app_setting")}
        assert made.encoding == {
            "fps": 25, "bitrate_kbps": 2000, "codec": "h264", "gop_seconds": 2,
            "audio_bitrate_kbps": 128, "audio_channels": 2, "audio_sample_rate": 48_000,
        }  # fmt: skip
        sei = {"sei_layout": True, "sei_with_keyframes": True, "sei_interval": 1000}
        assert made.options == {"video_profile": "main", **sei}
        assert len(made.output["push_urls"]) == 2


@settings(deadline=None)
@given(
    st.fixed_dictionaries({
        "fps": st.integers(1, 60), "bitrate_kbps": st.integers(1, 10_000), "codec": st.sampled_from(["h264", "h265"]),
        "gop_seconds": st.just(1), "audio_bitrate_kbps": st.integers(8, 500), "audio_channels": st.sampled_from([1, 2]),
        "audio_sample_rate": st.sampled_from([8000, 44_100]),
    }),
    st.fixed_dictionaries({}, optional={
        "max_idle_time": st.integers(10, 59), "video_profile": st.just("main"), "also_heard": st.just("anna,bo"),
        "other_rooms": st.just("teacher=room-2"), "sei_layout": st.just(True), "sei_text": st.just("老师"),
    }),
    st.sampled_from([{}, {"sei_layout": True, "sei_with_keyframes": False, "sei_interval": 2000, "sei_payload_type": 200}]),
)  # fmt: skip
def test_encoding_and_options_come_back(encoding: dict[str, Any], options: dict[str, Any], sei: dict[str, Any]) -> None:
    spec = task(region(slot="teacher"), bound=("teacher",), encoding=encoding, options={**options, **sei})
    made = read(ADAPTER.plan_start(spec, FakePainter()).requests[0].query)
    assert (made.encoding, made.options) == (encoding, {**options, **sei})
    assert made.not_understood == ()


def told(made: Imported) -> set[tuple[str, str]]:
    return {(one.pointer, one.code) for one in made.not_understood}


def test_what_has_no_place_in_a_layout_or_its_task_is_named() -> None:
    parameters = sample("StartLiveMPUTask")["request"]["parameters"]
    transcode = parameters["TranscodeParams"]
    transcode["UserInfos"] = [
        {"UserId": "student-1", "StreamType": "2"}, {"UserId": "anna", "StreamType": "1"},
        {"UserId": "bo", "StreamType": "0"},
    ]  # fmt: skip
    transcode["EncodeParams"] |= {"VideoFramerate": "99", "VideoCodec": "AV1", "EnhancedParam": "high"}
    parameters |= {
        "StreamURL": "srt://h/a",
        "MultiStreamURL": [],
        "MaxIdleTime": "1",
        "SingleSubParams": {"UserId": "a"},
    }
    parameters["SeiParams"]["PassThrough"] = {"PayloadContent": "x", "Interval": "3000"}
    made = read(parameters)
    assert told(made) == {
        ("/Region", "app_setting"), ("/StreamURL", "push_address"), ("/MaxIdleTime", "unknown_word"),
        ("/SingleSubParams", "task_option"), ("/SeiParams/PassThrough/Interval", "two_timings"),
        ("/TranscodeParams/EncodeParams/VideoFramerate", "unknown_word"),
        ("/TranscodeParams/EncodeParams/VideoCodec", "unknown_word"),
        ("/TranscodeParams/EncodeParams/EnhancedParam", "unknown_word"),
        ("/TranscodeParams/UserInfos/2", "no_pane"),
        ("/TranscodeParams/Layout/UserPanes/0/UserInfo", "not_taken_in"),
        ("/TranscodeParams/Layout/UserPanes/1/UserInfo", "seen_only"),
    }  # fmt: skip
    assert made.options["also_heard"] == "anna"


def test_a_person_whose_name_is_no_slot_gets_one() -> None:
    spec = lesson(bindings={"teacher": Binding("老师"), "student-1": Binding("a b")})
    made = read(ADAPTER.plan_start(spec, FakePainter()).requests[0].query)
    assert made.bindings == {"guest-1": Binding("老师"), "guest-2": Binding("a b")}
    assert parse(to_json(made.document)) == made.document


def test_people_of_another_room_are_an_option() -> None:
    (pk,) = (
        variant for variant in sample("StartLiveMPUTask")["request_variants"] if variant["name"] == "cross_channel_pk"
    )
    made = read(pk["wire_query"])
    assert made.options == {"other_rooms": "anchor-b=room-2002"}
    assert made.not_understood == ()


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"TranscodeParams": "{"},
        {"TranscodeParams": {"EncodeParams": {"VideoWidth": "5", "VideoHeight": "720"}}},
        {"TranscodeParams": {"EncodeParams": {"VideoWidth": "1280", "VideoHeight": "720"}}},
        {"TranscodeParams": {
            "EncodeParams": {"VideoWidth": "1280", "VideoHeight": "720"}, "Layout": {"UserPanes": [{"X": "2"}]},
        }},
        {"TranscodeParams": {
            "EncodeParams": {"VideoWidth": "1280", "VideoHeight": "720"}, "Layout": {"UserPanes": [7]},
        }},
    ],
)  # fmt: skip
def test_what_holds_no_layout_is_refused(parameters: Any) -> None:
    with pytest.raises(Invalid) as caught:
        read(parameters)
    assert caught.value.problems[0].pointer.startswith("/TranscodeParams")
