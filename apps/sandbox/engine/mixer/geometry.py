"""Where a source of one shape lands in a box of another: numbers in, numbers out."""

from __future__ import annotations

from dataclasses import dataclass

from apps.sandbox.engine.mixer.scene import Fit, Fractions, Layer


@dataclass(frozen=True, slots=True)
class Box:
    """Whole pixels: left, top and size."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Placement:
    """`box` (px in the layer) shows the part `source` = (left, top, right, bottom) of the source, in its px."""

    box: Box
    source: tuple[float, float, float, float]

    @property
    def scale(self) -> tuple[float, float]:
        """Layer pixels per source pixel, across and down."""
        left, top, right, bottom = self.source
        return self.box.width / (right - left), self.box.height / (bottom - top)


def pixel_box(layer: Layer) -> Box:
    """The layer's edges rounded to pixels, so that neighbors that share an edge neither gap nor overlap."""
    left, top = round(layer.x), round(layer.y)
    return Box(left, top, max(0, round(layer.x + layer.width) - left), max(0, round(layer.y + layer.height) - top))


def cropped(width: float, height: float, crop: Fractions | None) -> tuple[float, float, float, float]:
    """What a crop leaves of a source of this size: (left, top, right, bottom), clamped to it and never empty."""
    if crop is None:
        return 0.0, 0.0, width, height
    x, y = min(max(crop[0], 0.0), 0.999), min(max(crop[1], 0.0), 0.999)
    right, bottom = min(1.0, x + max(crop[2], 0.001)), min(1.0, y + max(crop[3], 0.001))
    return x * width, y * height, right * width, bottom * height


def place(fit: Fit, box: Box, size: tuple[float, float], crop: Fractions | None = None) -> Placement:
    """How a source of `size` is shown in a layer of `box`'s size by the rules of `fit`, after `crop`."""
    left, top, right, bottom = cropped(*size, crop)
    wide, high = right - left, bottom - top
    whole = Box(0, 0, box.width, box.height)
    if fit == "contain":
        factor = min(box.width / wide, box.height / high)
        inner_w, inner_h = max(1, round(wide * factor)), max(1, round(high * factor))
        inner = Box((box.width - inner_w) // 2, (box.height - inner_h) // 2, inner_w, inner_h)
        return Placement(inner, (left, top, right, bottom))
    if fit == "cover":
        factor = max(box.width / wide, box.height / high)
        keep_w, keep_h = min(wide, box.width / factor), min(high, box.height / factor)
        left, top = left + (wide - keep_w) / 2, top + (high - keep_h) / 2
        return Placement(whole, (left, top, left + keep_w, top + keep_h))
    return Placement(whole, (left, top, right, bottom))
