"""Which part of a picture goes where in a box: cover, contain, stretch, with a crop of the source first."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from apps.layout_document.document import Fit, SourceCrop
from apps.layout_document.geometry import Rect


@dataclass(frozen=True, slots=True)
class Placement:
    """`source` is left, top, right, bottom in picture pixels (fractions allowed); `target` is in the box's space."""

    source: tuple[float, float, float, float]
    target: Rect


def place(size: tuple[int, int], box: Rect, fit: Fit, crop: SourceCrop | None = None) -> Placement:
    """Where a picture of `size` pixels lands in `box`. What `contain` leaves free stays free."""
    left, top = (crop.x * size[0], crop.y * size[1]) if crop else (0.0, 0.0)
    width, height = (crop.width * size[0], crop.height * size[1]) if crop else (float(size[0]), float(size[1]))
    target = box
    if fit == "cover":
        share = min(width / box.width, height / box.height)
        seen_width, seen_height = box.width * share, box.height * share
        left, top = left + (width - seen_width) / 2, top + (height - seen_height) / 2
        width, height = seen_width, seen_height
    elif fit == "contain":
        share = min(box.width / width, box.height / height)
        inner_width = min(box.width, max(1, round(width * share)))
        inner_height = min(box.height, max(1, round(height * share)))
        target = Rect(
            box.x + (box.width - inner_width) // 2,
            box.y + (box.height - inner_height) // 2,
            inner_width,
            inner_height,
        )
    return Placement((left, top, left + width, top + height), target)


def fitted(
    picture: Image.Image, box: Rect, window: Rect, fit: Fit, crop: SourceCrop | None
) -> tuple[Image.Image, Rect] | None:
    """The scaled part of a picture that is seen through `window`, and its place; None where nothing is.

    Only what is seen is scaled, so an object that is mostly off the canvas costs little.
    """
    where = place(picture.size, box, fit, crop)
    seen = where.target.intersection(window)
    if seen is None:
        return None
    left, top, right, bottom = where.source
    across, down = (right - left) / where.target.width, (bottom - top) / where.target.height
    source = (
        max(0.0, left + (seen.x - where.target.x) * across),
        max(0.0, top + (seen.y - where.target.y) * down),
        min(float(picture.width), left + (seen.right - where.target.x) * across),
        min(float(picture.height), top + (seen.bottom - where.target.y) * down),
    )
    if source == (0, 0, *picture.size) and picture.size == (seen.width, seen.height):
        return picture, seen
    # Bicubic takes its time where every pixel is made larger; there bilinear looks the same.
    smaller = across > 1 or down > 1
    method = Image.Resampling.BICUBIC if smaller else Image.Resampling.BILINEAR
    return picture.resize((seen.width, seen.height), method, box=source, reducing_gap=2.0 if smaller else None), seen
