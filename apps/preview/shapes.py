"""Small shapes with soft edges: rounded corners, the box of a missing picture, colors."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw

from apps.layout_document.geometry import Rect

Rgba: TypeAlias = tuple[int, int, int, int]

HATCH_STEP = 14


def rgba(color: str) -> Rgba:
    """`#RRGGBB` or `#RRGGBBAA` in numbers."""
    red, green, blue, *alpha = bytes.fromhex(color[1:])
    return red, green, blue, alpha[0] if alpha else 255


@lru_cache(maxsize=64)
def corner(radius: int) -> Image.Image:
    """The top left quarter of a disk, as a mask."""
    oversample = 4 if radius <= 240 else 2 if radius <= 960 else 1
    large = Image.new("L", (radius * oversample,) * 2, 0)
    ImageDraw.Draw(large).ellipse((0, 0, radius * oversample * 2 - 1, radius * oversample * 2 - 1), fill=255)
    return large.resize((radius, radius), Image.Resampling.BOX)


def rounded(box: Rect, window: Rect, radius: int) -> Image.Image:
    """A mask ("L") of `window`'s size: the box with round corners, as far as the window shows it."""
    radius = min(radius, box.width // 2, box.height // 2)
    mask = Image.new("L", (window.width, window.height), 255)
    if radius < 1:
        return mask
    quarter = corner(radius)
    x, y = box.x - window.x, box.y - window.y
    flipped = quarter.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    right, bottom = x + box.width - radius, y + box.height - radius
    mask.paste(quarter, (x, y))
    mask.paste(flipped, (right, y))
    mask.paste(quarter.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (x, bottom))
    mask.paste(flipped.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (right, bottom))
    return mask


def fade(tile: Image.Image, opacity: float, mask: Image.Image | None) -> None:
    """Makes an RGBA tile less opaque, everywhere and by a mask."""
    if opacity >= 1 and mask is None:
        return
    alpha = tile.getchannel("A")
    if mask is not None:
        alpha = ImageChops.multiply(alpha, mask)
    if opacity < 1:
        alpha = alpha.point([round(value * opacity) for value in range(256)])
    tile.putalpha(alpha)


def hatch(tile: Image.Image, box: Rect, window: Rect) -> None:
    """Fills a tile (of the window's size) with the stripes of a picture that is not there."""
    tile.paste((148, 163, 184, 70), (0, 0, *tile.size))
    draw = ImageDraw.Draw(tile)
    shift = (box.x - window.x + box.y - window.y) % HATCH_STEP
    for start in range(shift - HATCH_STEP, tile.width + tile.height, HATCH_STEP):
        draw.line((start, 0, start - tile.height, tile.height), fill=(148, 163, 184, 150), width=2)
    x, y = box.x - window.x, box.y - window.y
    draw.rectangle((x, y, x + box.width - 1, y + box.height - 1), outline=(148, 163, 184, 255), width=2)
