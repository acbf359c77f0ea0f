"""Who stands in for people that are not there yet: drawn figures and screens, and how an empty seat looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageOps

SIZE = (960, 540)  # what a camera or a shared screen sends is 16:9
OVERSAMPLE = 2  # Pillow draws shapes without antialiasing: draw larger, then shrink
PALETTE = ("#4F6BED", "#0F9D8A", "#C2571A", "#8E44AD", "#2E7D32", "#B83280", "#00759A", "#7A5C00", "#C0392B")


@dataclass(frozen=True, slots=True)
class StandIn:
    """What is shown for a slot. A `picture` replaces the drawn figure; one not `present` is an empty seat, where
    the region's placeholder shows. Without a `color` (#RRGGBB) the slot's place in the layout gives one."""

    name: str = ""
    color: str = ""
    picture: Image.Image | None = None
    present: bool = True


def mixed(color: str, other: str, share: float) -> tuple[int, int, int]:
    """A color `share` of the way to the other."""
    channel, two = (bytes.fromhex(value[1:7]) for value in (color, other))
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(channel, two, strict=True))
    return red, green, blue


@lru_cache(maxsize=16)
def person(color: str) -> Image.Image:
    """Head and shoulders before a wall of that color."""
    width, height = SIZE[0] * OVERSAMPLE, SIZE[1] * OVERSAMPLE
    wall = ImageOps.colorize(
        Image.linear_gradient("L").resize((width, height)),
        mixed(color, "#FFFFFF", 0.18),
        mixed(color, "#000000", 0.38),
    )
    draw = ImageDraw.Draw(wall)
    figure = mixed(color, "#FFFFFF", 0.62)
    middle = width // 2
    head = round(height * 0.165)
    draw.ellipse((middle - head, round(height * 0.2), middle + head, round(height * 0.2) + head * 2), fill=figure)
    shoulders = round(height * 0.36)
    top = round(height * 0.6)
    draw.ellipse((middle - shoulders, top, middle + shoulders, top + round(height * 0.8)), fill=figure)
    return wall.resize(SIZE, Image.Resampling.BOX)


@lru_cache(maxsize=8)
def screen(color: str) -> Image.Image:
    """A window with a title bar, a list, lines of writing and a chart."""
    width, height = SIZE
    picture = Image.new("RGB", SIZE, "#F4F6FA")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, 43), fill="#D9DFEA")
    for number, dot in enumerate(("#E5645B", "#E9B949", "#57B55D")):
        draw.ellipse((18 + number * 26, 14, 34 + number * 26, 30), fill=dot)
    draw.rectangle((0, 44, 190, height), fill="#E7EBF3")
    for row in range(7):
        fill = color if row == 1 else "#C3CCDB"
        draw.rounded_rectangle((22, 76 + row * 46, 160 - row % 3 * 22, 92 + row * 46), 8, fill=fill)
    draw.rounded_rectangle((230, 80, 560, 108), 8, fill=color)
    for row in range(5):
        draw.rounded_rectangle((230, 136 + row * 32, 880 - row % 4 * 90, 150 + row * 32), 7, fill="#C3CCDB")
    for bar, tall in enumerate((70, 120, 95, 160, 140, 190)):
        left = 240 + bar * 105
        draw.rectangle((left, 510 - tall, left + 62, 510), fill=mixed(color, "#FFFFFF", 0.25 + bar % 2 * 0.3))
    return picture
