"""The vendor's output picture, and where things of the document lie in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apps.layout_document.document import Canvas, LayoutDocument, LayoutObject, Region, Text


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges, in whole pixels; `right` and `bottom` are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @property
    def area(self) -> int:
        return max(self.width, 0) * max(self.height, 0)

    def overlaps(self, other: Box) -> bool:
        # Comparisons only: every pair of objects is asked, and most are told apart by the first.
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
            and not self.empty
            and not other.empty
        )

    def holds(self, other: Box) -> bool:
        return self.meet(other) == other

    def meet(self, other: Box) -> Box:
        """What both cover; empty when they do not touch."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def without(self, other: Box) -> list[Box]:
        """What is left of this box when the other is cut out: up to four boxes."""
        cut = self.meet(other)
        if cut.empty:
            return [self]
        parts = (
            Box(self.left, self.top, self.right, cut.top),
            Box(self.left, cut.bottom, self.right, self.bottom),
            Box(self.left, cut.top, cut.left, cut.bottom),
            Box(cut.right, cut.top, self.right, cut.bottom),
        )
        return [part for part in parts if not part.empty]


def box_of(item: LayoutObject) -> Box:
    return Box(item.x, item.y, item.x + item.width, item.y + item.height)


def uncovered(box: Box, covers: Iterable[Box]) -> list[Box]:
    """What stays visible of a box below others."""
    left = [box]
    for cover in covers:
        left = [part for piece in left for part in piece.without(cover)]
    return left


@dataclass(frozen=True, slots=True)
class Frame:
    """An output of `width` × `height` pixels that shows a canvas of the document."""

    canvas: Canvas
    width: int
    height: int

    @property
    def scale_x(self) -> float:
        return self.width / self.canvas.width

    @property
    def scale_y(self) -> float:
        return self.height / self.canvas.height

    @property
    def scale(self) -> float:
        """For lengths that have no direction (corner radius, font size)."""
        return min(self.scale_x, self.scale_y)

    @property
    def scaled(self) -> bool:
        return (self.width, self.height) != (self.canvas.width, self.canvas.height)

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    def place(self, item: LayoutObject) -> Box:
        """Where an object lies, not clipped. Edges are rounded, not sizes: neighbors stay without a gap."""
        return self.scaled_box(box_of(item))

    def scaled_box(self, box: Box) -> Box:
        """A box of the canvas in the output, by its edges."""
        return Box(
            round(box.left * self.scale_x),
            round(box.top * self.scale_y),
            round(box.right * self.scale_x),
            round(box.bottom * self.scale_y),
        )

    def clip(self, box: Box, minimum: int = 2) -> Box:
        """The box inside the output, at least `minimum` pixels wide and high."""
        left = min(max(box.left, 0), self.width - minimum)
        top = min(max(box.top, 0), self.height - minimum)
        right = min(max(box.right, left + minimum), self.width)
        bottom = min(max(box.bottom, top + minimum), self.height)
        return Box(left, top, right, bottom)

    def resized(self, objects: Iterable[LayoutObject]) -> LayoutDocument:
        """A document of these objects in the output's size, for baking."""
        canvas = replace(self.canvas, width=self.width, height=self.height)
        return LayoutDocument(canvas=canvas, objects=tuple(self._resized(item) for item in objects))

    def _resized(self, item: LayoutObject) -> LayoutObject:
        if not self.scaled:
            return item
        box = self.place(item)
        width, height = max(1, box.width), max(1, box.height)
        if isinstance(item, Text):
            size = max(1, round(item.size * self.scale))
            return replace(item, x=box.left, y=box.top, width=width, height=height, size=size)
        radius = round(item.corner_radius * self.scale)
        return replace(item, x=box.left, y=box.top, width=width, height=height, corner_radius=radius)


def fit_frame(canvas: Canvas, width: int, height: int, *, maximum: int, even: bool = True) -> Frame:
    """The output closest to `width` × `height` that a product takes: shrunk as a whole, then made even."""
    scale = min(1.0, maximum / width, maximum / height)
    step = 2 if even else 1
    sides = [max(step, int(round(side * scale, 6)) // step * step) for side in (width, height)]
    return Frame(canvas, sides[0], sides[1])


def is_seen(region: Region) -> bool:
    """Whether a region hides anything: an invisible one is only heard."""
    return region.opacity > 0
