"""Arrangements as shares of a canvas, drawn for one shape of it or for several: our presets and the team's own.

`{"wide": [{"x", "y", "width", "height", "stream"}, …], "tall": …, "square": …}`, back to front; shares of the canvas's
sides. A shape nobody drew is had from one that somebody did: what stands side by side when wide stands stacked when tall.
The editor places them alike: static/src/editor/commands/places.ts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from apps.layout_document.document import Canvas, LayoutDocument, Region, Source, Stream
from apps.layout_document.geometry import Rect

Shapes: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
Seat: TypeAlias = tuple[Rect, Source]

COLOR = "#101820"
SHAPES = ("wide", "tall", "square")
INSTEAD = {"wide": ("tall", "square"), "tall": ("wide", "square"), "square": ("wide", "tall")}
LONGEST = 3840  # pixels: no object of a document is larger
TURNED = {("wide", "tall"), ("tall", "wide")}  # (drawn for, shown in): what was across goes down


def shape_of(width: int, height: int) -> str:
    return "wide" if width > height else "tall" if height > width else "square"


def seats(shapes: Shapes, width: int, height: int, step: int = 1) -> list[Seat]:
    """The places in whole pixels of that canvas, back to front. Neighbours share their edges to the pixel, and edges
    within the canvas lie on multiples of `step`."""
    shape = shape_of(width, height)
    drawn = next(candidate for candidate in (shape, *INSTEAD[shape]) if shapes.get(candidate))
    turned = (drawn, shape) in TURNED
    found: list[Seat] = []
    taken: Counter[str] = Counter()
    for place in shapes[drawn]:
        x, y, across, down = (float(place[name]) for name in ("x", "y", "width", "height"))
        if turned:
            x, y, across, down = y, x, down, across
        left, top = edge(x, width, step), edge(y, height, step)
        right = min(max(left + 1, edge(x + across, width, step)), left + LONGEST)
        bottom = min(max(top + 1, edge(y + down, height, step)), top + LONGEST)
        stream: Stream = "screen" if place.get("stream") == "screen" else "camera"
        source = Source(guest(taken[stream]).slot, stream)  # a screen is the host's first, as in our own presets
        taken[stream] += 1
        found.append((Rect.from_edges(left, top, right, bottom), source))
    return found


def edge(share: float, side: int, step: int) -> int:
    """Halves go up, as JavaScript rounds; the canvas's own far edge stays where it is."""
    return side if share == 1 else step * int((share * side / step + 0.5) // 1)


def guest(number: int) -> Source:
    """The first person is the host, the others are guests from 1."""
    return Source("host" if number == 0 else f"guest-{number}")


TITLES: dict[Stream, str] = {"camera": "", "screen": " · Screen"}


def region(number: int, rect: Rect, source: Source) -> Region:
    return Region(
        id=f"r{number}",
        name=source.slot.replace("-", " ").capitalize() + TITLES[source.stream],
        x=rect.x,
        y=rect.y,
        width=rect.width,
        height=rect.height,
        fit="contain" if source.stream == "screen" else "cover",  # cropping a screen loses its text
        source=source,
    )


def document(shapes: Shapes, width: int, height: int, step: int = 1) -> LayoutDocument:
    """A layout to begin with, 120 to 3840 pixels a side."""
    placed = enumerate(seats(shapes, width, height, step), 1)
    return LayoutDocument(
        Canvas(width, height, COLOR), tuple(region(number, rect, source) for number, (rect, source) in placed)
    )
