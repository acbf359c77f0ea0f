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
from apps.vendors.aliyun.live_mpu.importing import read
from apps.vendors.contract import Binding
from tests.vendors.aliyun.live import ADAPTER, lesson, sample, task
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
    bindings = {one.source.slot: Binding(one.source.slot) for one in document.regions}
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
        wanted = [replace(one, id=f"r{n}", name=one.source.slot) for n, one in enumerate(lesson().document.regions, 1)]
        assert list(made.document.regions) == wanted
        assert made.document.canvas == lesson().document.canvas
        assert {one.pointer for one in made.not_understood} == {"/Region", "/MaxIdleTime", "/SeiParams"}


def test_a_person_whose_name_is_no_slot_gets_one() -> None:
    spec = lesson(bindings={"teacher": Binding("老师"), "student-1": Binding("a b")})
    made = read(ADAPTER.plan_start(spec, FakePainter()).requests[0].query)
    assert made.bindings == {"guest-1": Binding("老师"), "guest-2": Binding("a b")}
    assert parse(to_json(made.document)) == made.document


def test_another_room_is_told() -> None:
    (pk,) = (one for one in sample("StartLiveMPUTask")["request_variants"] if one["name"] == "cross_channel_pk")
    made = read(pk["wire_query"])
    assert [one.code for one in made.not_understood] == ["other_room"]


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
