"""Layouts to begin with. Each fits any canvas: what stands side by side when wide stands stacked when tall."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias

from apps.layout_document.document import Canvas, LayoutDocument, Region, Source, Stream
from apps.layout_document.geometry import Rect, edges

COLOR = "#101820"

SIZES: dict[str, tuple[int, int]] = {
    "16:9": (1280, 720),
    "9:16": (720, 1280),
    "1:1": (1080, 1080),
}

Seat: TypeAlias = tuple[Rect, Source]
Arrangement: TypeAlias = Callable[[int, int], list[Seat]]


def guest(number: int) -> Source:
    """The first person is the host, the others are guests from 1."""
    return Source("host" if number == 0 else f"guest-{number}")


def grid(rect: Rect, columns: int, rows: int) -> list[Rect]:
    """Cells of a rectangle, row by row."""
    xs = edges(rect.width, [1] * columns, start=rect.x)
    ys = edges(rect.height, [1] * rows, start=rect.y)
    return [Rect.from_edges(left, top, right, bottom) for top, bottom in pairwise(ys) for left, right in pairwise(xs)]


def split(width: int, height: int, first: float, *, across: bool) -> tuple[Rect, Rect]:
    """The canvas in two: side by side (`across`) or one above the other; `first` is the first's share."""
    if across:
        _, middle, _ = edges(width, [first, 1 - first])
        return Rect(0, 0, middle, height), Rect(middle, 0, width - middle, height)
    _, middle, _ = edges(height, [first, 1 - first])
    return Rect(0, 0, width, middle), Rect(0, middle, width, height - middle)


def people(rects: list[Rect], first: int = 0) -> list[Seat]:
    return [(rect, guest(number)) for number, rect in enumerate(rects, first)]


def full(width: int, height: int) -> list[Seat]:
    return people([Rect(0, 0, width, height)])


def side_by_side(width: int, height: int) -> list[Seat]:
    return people(list(split(width, height, 0.5, across=width >= height)))


def picture_in_picture(right: bool, bottom: bool) -> Arrangement:
    def arrange(width: int, height: int) -> list[Seat]:
        margin = max(2, round(min(width, height) * 0.0333 / 2) * 2)
        share = 0.28 if width >= height else 0.36
        small_width = round(width * share / 2) * 2
        small_height = min(round(small_width * height / width / 2) * 2, height - 2 * margin)
        x = width - small_width - margin if right else margin
        y = height - small_height - margin if bottom else margin
        return people([Rect(0, 0, width, height), Rect(x, y, small_width, small_height)])

    return arrange


def one_plus(others: int) -> Arrangement:
    def arrange(width: int, height: int) -> list[Seat]:
        across = width > height
        main, rest = split(width, height, 2 / 3, across=across)
        small = grid(rest, 1, others) if across else grid(rest, others, 1)
        return people([main, *small])

    return arrange


def square(side: int) -> Arrangement:
    def arrange(width: int, height: int) -> list[Seat]:
        return people(grid(Rect(0, 0, width, height), side, side))

    return arrange


def speaker_strip(width: int, height: int) -> list[Seat]:
    """The speaker above, four listeners in a row below."""
    main, strip = split(width, height, 0.75, across=False)
    return people([main, *grid(strip, 4, 1)])


def screen_column(width: int, height: int) -> list[Seat]:
    """A shared screen, whole and large, and three people beside it (below it when tall)."""
    across = width > height
    main, rest = split(width, height, 0.78 if across else 0.6, across=across)
    column = grid(rest, 1, 3) if across else grid(rest, 3, 1)
    return [(main, Source("host", "screen")), *people(column)]


ARRANGEMENTS: dict[str, tuple[str, Arrangement]] = {
    "full": ("Full screen", full),
    "side-by-side": ("Side by side", side_by_side),
    "pip-top-left": ("Picture in picture, top left", picture_in_picture(right=False, bottom=False)),
    "pip-top-right": ("Picture in picture, top right", picture_in_picture(right=True, bottom=False)),
    "pip-bottom-left": ("Picture in picture, bottom left", picture_in_picture(right=False, bottom=True)),
    "pip-bottom-right": ("Picture in picture, bottom right", picture_in_picture(right=True, bottom=True)),
    "one-plus-two": ("One and two", one_plus(2)),
    "one-plus-three": ("One and three", one_plus(3)),
    "grid-2x2": ("Grid, 2 × 2", square(2)),
    "grid-3x3": ("Grid, 3 × 3", square(3)),
    "speaker-strip": ("Speaker and strip", speaker_strip),
    "screen-column": ("Screen share and column", screen_column),
}

PRESETS: dict[str, str] = {name: title for name, (title, _) in ARRANGEMENTS.items()}


def preset(name: str, width: int, height: int) -> LayoutDocument:
    """A ready layout of that size, 120 to 3840 per side. Raises KeyError for a name that is not in `PRESETS`."""
    _, arrange = ARRANGEMENTS[name]
    return LayoutDocument(
        canvas=Canvas(width, height, COLOR),
        objects=tuple(region(number, rect, source) for number, (rect, source) in enumerate(arrange(width, height), 1)),
    )


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
