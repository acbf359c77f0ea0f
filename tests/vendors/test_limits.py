"""What the capabilities promise of places and sizes is what the plans do: the editor holds a hand to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apps.layout_document.document import Canvas, Image, LayoutDocument, Region, Source, Text
from apps.vendors import registry
from apps.vendors.sample import sample_app, sample_output, sample_people
from apps.vendors.types import TaskSpec
from tests.vendors.painter import FakePainter

CANVAS = Canvas(1280, 720)
PLACES = {
    "region_too_small", "snapped", "clamped", "region_clipped", "too_small", "off_canvas", "picture_cut", "overlay_outside",
}  # fmt: skip
REGION = Region(id="r", x=0, y=0, width=640, height=360, source=Source("host"))
TEXT = Text(id="t", x=200, y=400, width=300, height=120, text="Hello")
IMAGE = Image(id="i", x=200, y=400, width=300, height=200, url="asset:" + "0" * 64)


def said(slug: str, *objects: Region | Text | Image) -> set[tuple[str, str | None]]:
    adapter = registry.adapter(slug)
    document = LayoutDocument(CANVAS, objects)
    people = sample_people(document)
    spec = TaskSpec(
        app=sample_app(adapter),
        document=document,
        room="room",
        task_id="qb_task",
        bindings=people,
        output=sample_output(adapter),
    )
    return {(finding.code, finding.object_id) for finding in adapter.plan_start(spec, FakePainter()).findings}


def of_places(slug: str, *objects: Region | Text | Image) -> set[str]:
    return {code for code, id in said(slug, *objects) if id is not None} & PLACES


@pytest.mark.parametrize("slug", registry.products())
def test_the_least_region_inside_the_canvas_is_drawn_where_it_lies(slug: str) -> None:
    width, height = registry.adapter(slug).capabilities.region_minimum
    for x, y in ((0, 0), (1280 - width, 720 - height), (200, 100)):
        assert of_places(slug, replace(REGION, x=x, y=y, width=width, height=height)) == set()


@pytest.mark.parametrize("slug", registry.products())
def test_a_smaller_or_an_odd_one_is_not_where_it_is_said_so(slug: str) -> None:
    can = registry.adapter(slug).capabilities
    width, height = can.region_minimum
    smaller = replace(REGION, x=200, y=100, width=width - 2, height=height - 2) if width > 2 else None
    if smaller:
        assert of_places(slug, smaller) == {"region_too_small"}
    assert of_places(slug, replace(REGION, x=201, y=101)) == ({"snapped"} if can.regions_even else set())


@pytest.mark.parametrize("slug", registry.products())
def test_what_may_reach_over_the_edge_is_drawn_as_it_would_be_inside(slug: str) -> None:
    may = registry.adapter(slug).capabilities.overhang
    assert may <= {"text", "image"}
    for kind, one in (("text", TEXT), ("image", IMAGE)):
        outside = replace(one, x=1280 - 160, y=-40, height=200)
        if kind in may:
            assert said(slug, REGION, outside) == said(slug, REGION, one)
    assert len(of_places(slug, replace(REGION, x=-100))) == 1, "a region is cut to the canvas, and that is said"


@pytest.mark.parametrize("slug", registry.products())
def test_a_region_may_be_seen_through_where_it_is_said_so(slug: str) -> None:
    faded = {code for code, id in said(slug, replace(REGION, opacity=0.5)) if id == "r"}
    plain = {code for code, id in said(slug, REGION) if id == "r"}
    assert (faded == plain) == registry.adapter(slug).capabilities.opacity
