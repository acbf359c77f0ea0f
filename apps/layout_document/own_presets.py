"""Presets that people keep: places as shares of a canvas, drawn for one shape of it or for several.

`{"wide": [{"x", "y", "width", "height", "stream"}, …], "tall": …, "square": …}`, back to front; shares of the canvas's
sides. A shape nobody drew is had from one that somebody did: what stands side by side when wide stands stacked when tall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from apps.layout_document.document import Canvas, LayoutDocument, Source, Stream
from apps.layout_document.geometry import Rect
from apps.layout_document.presets import COLOR, Seat, guest, region

SHAPES = ("wide", "tall", "square")
INSTEAD = {"wide": ("tall", "square"), "tall": ("wide", "square"), "square": ("wide", "tall")}
LONGEST = 3840  # pixels: no object of a document is larger
TURNED = {("wide", "tall"), ("tall", "wide")}  # (drawn for, shown in): what was across goes down


def shape_of(width: int, height: int) -> str:
    return "wide" if width > height else "tall" if height > width else "square"


def seats(shapes: Mapping[str, Sequence[Mapping[str, Any]]], width: int, height: int) -> list[Seat]:
    """The places in whole pixels of that canvas, back to front. Neighbours share their edges to the pixel."""
    shape = shape_of(width, height)
    drawn = next(one for one in (shape, *INSTEAD[shape]) if shapes.get(one))
    turned = (drawn, shape) in TURNED
    found: list[Seat] = []
    taken: Counter[str] = Counter()
    for place in shapes[drawn]:
        x, y, across, down = (float(place[name]) for name in ("x", "y", "width", "height"))
        if turned:
            x, y, across, down = y, x, down, across
        left, top = rounded(x * width), rounded(y * height)
        right = min(max(left + 1, rounded((x + across) * width)), left + LONGEST)
        bottom = min(max(top + 1, rounded((y + down) * height)), top + LONGEST)
        stream: Stream = "screen" if place.get("stream") == "screen" else "camera"
        source = Source(guest(taken[stream]).slot, stream)  # a screen is the host's first, as in our own presets
        taken[stream] += 1
        found.append((Rect.from_edges(left, top, right, bottom), source))
    return found


def rounded(value: float) -> int:
    """As JavaScript rounds: halves go up."""
    return int((value + 0.5) // 1)


def document(shapes: Mapping[str, Sequence[Mapping[str, Any]]], width: int, height: int) -> LayoutDocument:
    """A layout to begin with, 120 to 3840 pixels a side."""
    placed = enumerate(seats(shapes, width, height), 1)
    return LayoutDocument(
        Canvas(width, height, COLOR), tuple(region(number, rect, source) for number, (rect, source) in placed)
    )
