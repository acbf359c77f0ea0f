"""A canvas and an output of different aspect ratios are reported alike by every product."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apps.layout_document.document import Canvas, LayoutDocument, Region, Source
from apps.vendors.plan import Finding
from apps.vendors.registry import adapter, products
from apps.vendors.sample import sample_app, sample_output, sample_people
from apps.vendors.types import TaskSpec
from tests.vendors.painter import FakePainter

CODE = "canvas_shape_changed"


def spec_of(product: str, canvas: Canvas, width: int, height: int) -> TaskSpec:
    region = Region(id="r1", x=0, y=0, width=canvas.width, height=canvas.height, source=Source("host"))
    document, chosen = LayoutDocument(canvas, (region,)), adapter(product)
    return TaskSpec(
        app=sample_app(chosen),
        document=document,
        room="room",
        task_id="task",
        bindings=sample_people(document),
        output=sample_output(chosen),
        encoding={"width": width, "height": height},
    )


def about_shape(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.code == CODE]


@pytest.mark.parametrize("product", products())
def test_another_aspect_ratio_is_one_finding(product: str) -> None:
    plan = adapter(product).plan_start(spec_of(product, Canvas(1280, 720), 540, 960), FakePainter())
    (finding,) = about_shape(plan.findings)
    assert (finding.level, finding.object_id, finding.field) == ("changed", None, "canvas")
    assert finding.message == (
        "The canvas is 1280 × 720, the output 540 × 960: the aspect ratios differ, so the whole picture is stretched."
    )


@pytest.mark.parametrize("product", products())
def test_the_same_aspect_ratio_is_not_reported(product: str) -> None:
    plan = adapter(product).plan_start(spec_of(product, Canvas(1280, 720), 640, 360), FakePainter())
    assert not about_shape(plan.findings)


@pytest.mark.parametrize("product", products())
def test_another_aspect_ratio_is_reported_on_air(product: str) -> None:
    """A task keeps the size it was started with; the new canvas is square."""
    before = spec_of(product, Canvas(1280, 720), 1280, 720)
    carry = adapter(product).plan_start(before, FakePainter()).carry
    square = replace(spec_of(product, Canvas(720, 720), 720, 720), previous=carry)
    assert len(about_shape(adapter(product).plan_update(square, FakePainter()).findings)) == 1
