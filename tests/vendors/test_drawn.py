"""What a plan says the cloud will draw agrees with what it finds."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.layout_document.document import Canvas, Fit, LayoutDocument, Picture, Region, Source, Text
from apps.layout_document.serialize import to_json
from apps.vendors import registry
from apps.vendors.frame import box_of
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.strategies import layout_documents
from tests.vendors.painter import FakePainter

DRAWS = registry.products()
APPS = {
    "volcengine": AppSpec("0123456789abcdef01234567"),
    "aliyun": AppSpec("9qb1test", {"record_template_id": "t"}),
    "agora": AppSpec("0123456789abcdef" * 2),
}
OUTPUTS = {
    "push": {"push_urls": ["rtmp://push.example.com/live/key"]},
    "record": {},
    "rtc": {"rtc": {"channel": "out", "uid": 9}},
}


def plan_of(product: str, document: LayoutDocument, painter: FakePainter | None = None) -> Plan:
    adapter = registry.adapter(product)
    slots = sorted({region.source.slot for region in document.regions})
    spec = TaskSpec(
        app=APPS[adapter.vendor],
        document=document,
        room="room",
        task_id="qb_task_1",
        bindings={slot: Binding(str(1000 + number)) for number, slot in enumerate(slots)},
        output=OUTPUTS[adapter.output_kind],
    )
    return adapter.plan_start(spec, painter or FakePainter())


@pytest.mark.parametrize("product", DRAWS)
@given(document=layout_documents(max_objects=12), even=st.booleans())
def test_what_is_drawn_is_what_was_found(product: str, document: LayoutDocument, even: bool) -> None:
    if even:
        sides = {name: min(1280, getattr(document.canvas, name) // 2 * 2) for name in ("width", "height")}
        document = replace(document, canvas=replace(document.canvas, **sides))
    plan = plan_of(product, document)
    assert plan.drawn is not None
    drawn = {item.id: item for item in plan.drawn.objects}
    assert len(drawn) == len(plan.drawn.objects)
    assert to_json(plan.drawn)["canvas"]["width"] % 2 == 0
    about: dict[str | None, set[str]] = {}
    for finding in plan.findings:
        about.setdefault(finding.object_id, set()).add(finding.level)
    same_size = (plan.drawn.canvas.width, plan.drawn.canvas.height) == (document.canvas.width, document.canvas.height)
    for one in document.visible:
        found = about.get(one.id, set())
        if one.id not in drawn:
            assert "dropped" in found or one.opacity < 0.001, one
        elif same_size and not found & {"changed", "dropped", "error"}:
            seen = replace(drawn[one.id], corner_radius=0) if not isinstance(one, Text) else drawn[one.id]
            wanted = replace(one, corner_radius=0) if not isinstance(one, Text) else one
            assert replace(seen, opacity=1) == replace(wanted, opacity=1)
            assert seen.opacity == pytest.approx(wanted.opacity, abs=0.001)
    places = {item.id: place for place, item in enumerate(plan.drawn.objects)}
    for lower, upper in combinations([region for region in document.regions if region.id in drawn], 2):
        if not box_of(lower).meet(box_of(upper)).empty:
            assert places[lower.id] < places[upper.id]


@pytest.mark.parametrize("product", DRAWS)
def test_a_layout_it_can_draw_comes_out_as_it_is(product: str) -> None:
    document = LayoutDocument(
        Canvas(1280, 720, "#000000"),
        (
            Region(id="left", x=0, y=0, width=640, height=720, source=Source("host")),
            Region(id="right", x=640, y=0, width=640, height=720, source=Source("guest")),
        ),
    )
    assert plan_of(product, document).drawn == document


def test_bars_that_hide_something_are_drawn() -> None:
    document = LayoutDocument(
        Canvas(1280, 720, "#102030"),
        (
            Region(id="under", x=0, y=0, width=1280, height=720, source=Source("host")),
            Region(id="above", x=640, y=0, width=640, height=720, fit="contain", source=Source("guest")),
        ),
    )
    drawn = plan_of("volcengine-push", document).drawn
    assert drawn is not None
    assert [item.id for item in drawn.objects] == ["under", "above-bars", "above"]
    bars = drawn.objects[1]
    assert isinstance(bars, Text)
    assert (bars.x, bars.y, bars.width, bars.height) == (640, 0, 640, 720)
    assert (bars.text, bars.background) == ("", "#102030")


@pytest.mark.parametrize("product", ["agora-transcoder", "aliyun-live-mpu", "volcengine-push"])
def test_bars_beside_a_placeholder_are_told_and_drawn_where_they_hide_something(product: str) -> None:
    """It is fitted into an opaque picture of the canvas color."""
    picture, square = "asset:" + "9f" * 32, FakePainter({"asset:" + "9f" * 32: (400, 400)})
    back = Region(id="back", x=0, y=0, width=1280, height=720, source=Source("host"))
    front = Region(id="front", x=640, y=0, width=640, height=360, source=Source("guest"))

    def shown(fit: Fit, *below: Region) -> tuple[dict[str, str], list[str]]:
        whole = replace(front, placeholder=Picture(picture, fit))
        plan = plan_of(product, LayoutDocument(Canvas(1280, 720, "#102030"), (*below, whole)), square)
        assert plan.drawn is not None
        told = {finding.code: finding.level for finding in plan.findings if finding.object_id == "front"}
        colors = [item.background for item in plan.drawn.objects if isinstance(item, Text) and item.id == "front-bars"]
        return told, [color for color in colors if color]

    told, colors = shown("contain", back)
    assert (told["placeholder_bars"], colors) == ("changed", ["#102030"])
    for told, colors in (shown("contain"), shown("cover", back), shown("stretch", back)):
        assert "placeholder_bars" not in told
        assert not colors


def test_a_text_is_drawn_below_the_regions_where_it_becomes_background() -> None:
    document = LayoutDocument(
        Canvas(1280, 720),
        (
            Region(id="host", x=0, y=0, width=640, height=720, source=Source("host")),
            Text(id="title", x=500, y=600, width=300, height=80, text="Live"),
        ),
    )
    drawn = plan_of("volcengine-push", document).drawn
    assert drawn is not None
    assert [item.id for item in drawn.objects] == ["title", "host"]
