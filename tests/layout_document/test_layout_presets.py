"""Our presets: the same regions as the editor makes of them (tests/static/presets.test.ts reads the same cases)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.layout_document.geometry import Rect
from apps.layout_document.parse import problems
from apps.layout_document.presets import PRESETS, preset
from apps.layout_document.serialize import to_json

CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "presets.json").read_text(encoding="utf-8"))
SIZES = ((1280, 720), (720, 1280), (1080, 1080), (121, 3839), (3840, 120))
TILED = [name for name in PRESETS if not name.startswith("pip-")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['preset']} {case['canvas']}")
def test_regions(case: dict[str, Any]) -> None:
    found = preset(case["preset"], *case["canvas"]).regions
    seats = [[shape.name, shape.source.slot, shape.source.stream, shape.fit] for shape in found]
    boxes = [[shape.x, shape.y, shape.width, shape.height] for shape in found]
    assert [[*seat, *box] for seat, box in zip(seats, boxes, strict=True)] == case["regions"]


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_preset_is_valid_at_every_size(name: str, size: tuple[int, int]) -> None:
    document = preset(name, *size)
    assert problems(to_json(document)) == []
    whole = Rect(0, 0, *size)
    assert all(whole.contains(Rect.of(item)) for item in document.objects)
    if name in TILED:
        assert sum(Rect.of(item).area for item in document.objects) == whole.area


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("size", [(1001, 701), (701, 1001)], ids=str)
def test_edges_within_the_canvas_are_even_since_video_encoders_halve_chroma(name: str, size: tuple[int, int]) -> None:
    width, height = size
    for item in preset(name, *size).objects:
        assert all(edge % 2 == 0 or edge == width for edge in (item.x, item.x + item.width))
        assert all(edge % 2 == 0 or edge == height for edge in (item.y, item.y + item.height))


def test_side_by_side_is_stacked_on_a_tall_canvas() -> None:
    assert {item.x for item in preset("side-by-side", 720, 1280).objects} == {0}
