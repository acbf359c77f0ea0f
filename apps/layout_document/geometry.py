"""Rectangles on the canvas: whole pixels, origin top-left, right and bottom edges excluded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Boxed(Protocol):
    """Anything with a place: every object of a layout document."""

    @property
    def x(self) -> int: ...
    @property
    def y(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Rect:
    x: int
    y: int
    width: int
    height: int

    @classmethod
    def of(cls, item: Boxed) -> Rect:
        return cls(item.x, item.y, item.width, item.height)

    @classmethod
    def from_edges(cls, left: int, top: int, right: int, bottom: int) -> Rect:
        return cls(left, top, right - left, bottom - top)

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def area(self) -> int:
        return self.width * self.height

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        return Rect.from_edges(
            min(self.x, other.x),
            min(self.y, other.y),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def intersection(self, other: Rect) -> Rect | None:
        """What both cover; None where they only touch or are apart."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect.from_edges(left, top, right, bottom) if left < right and top < bottom else None

    def overlaps(self, other: Rect) -> bool:
        return self.intersection(other) is not None

    def contains(self, other: Rect) -> bool:
        """Whether the other lies wholly within this one, edges allowed."""
        return self.x <= other.x and self.y <= other.y and self.right >= other.right and self.bottom >= other.bottom

    def moved(self, x: int = 0, y: int = 0) -> Rect:
        return Rect(self.x + x, self.y + y, self.width, self.height)


def union(rects: Iterable[Rect]) -> Rect | None:
    """The smallest rectangle around all of them; None around none."""
    result: Rect | None = None
    for rect in rects:
        result = rect if result is None else result.union(rect)
    return result
