"""Synthetic people: from a user id a color, a tone and a moving, named picture.

A picture is drawn once in parts, at the scale it is shown at; a frame only puts the moving parts in their places. The
background is the person's plain color, so that a test can tell whose pane a pixel is in.
"""

from __future__ import annotations

import colorsys
import hashlib
import math
from functools import lru_cache

from PIL import Image, ImageDraw

from apps.sandbox.engine.mixer.fonts import font
from apps.sandbox.engine.mixer.geometry import Box, Placement
from apps.sandbox.engine.mixer.scene import Person, Stream

_LONG_SIDE, _SHORT_SIDE = 1280, 160
_LARGEST_SCALE = 2.5
_SCROLL_PERIOD = 1440  # source px after which the document repeats
_SCALE = (0, 2, 4, 7, 9)  # pentatonic: any mixture of tones is pleasant


def person(
    user_id: str, name: str = "", *, stream: Stream = "camera", publishing: bool = True, portrait: bool = False
) -> Person:
    """A person with the color and shape that belong to this user id."""
    width, height = (720, 1280) if portrait and stream == "camera" else (1280, 720)
    return Person(user_id, name or user_id, stream, color_of(user_id), publishing, width, height)


def color_of(user_id: str) -> str:
    """A color that is always the same for this id, `#RRGGBB`; neither near black nor near white."""
    digest = hashlib.sha256(user_id.encode()).digest()
    red, green, blue = colorsys.hsv_to_rgb(digest[0] / 256, 0.5 + digest[1] / 1024, 0.62 + digest[2] / 1280)
    return f"#{round(red * 255):02X}{round(green * 255):02X}{round(blue * 255):02X}"


def tone_of(user_id: str) -> float:
    """The frequency of this person's tone in Hz, 196 to 660."""
    step = hashlib.sha256(user_id.encode()).digest()[3] % (2 * len(_SCALE))
    return 196.0 * 2 ** ((12 * (step // len(_SCALE)) + _SCALE[step % len(_SCALE)]) / 12)


def phase_of(user_id: str) -> float:
    """Seconds by which this person's movements and words are shifted, so that not all move as one."""
    return hashlib.sha256(user_id.encode()).digest()[4] / 16


def speaking(user_id: str, t: float) -> bool:
    """Whether the person has their mouth open and their tone on at `t` seconds: two seconds in three."""
    return (t + phase_of(user_id)) % 3.0 < 2.0


def source_size(person: Person) -> tuple[int, int]:
    """The size, in source px, of the person's picture: their shape, 1280 on the long side, 160 or more on the other."""
    factor = _LONG_SIDE / max(person.width, person.height, 1)
    return max(_SHORT_SIDE, round(person.width * factor)), max(_SHORT_SIDE, round(person.height * factor))


class Camera:
    """A person before a camera: head and shoulders that sway, a name, a clock and a bar that runs once a second."""

    def __init__(self, person: Person, placement: Placement) -> None:
        self._person, self._placement = person, placement
        self._size = source_size(person)
        shown = (placement.box.width, placement.box.height)
        backdrop = _backdrop(person, self._size)
        self._base = backdrop.resize(shown, Image.Resampling.BILINEAR, box=placement.source, reducing_gap=2.0)
        unit = min(self._size)
        self._unit = unit
        self._figures = [self._fitted(_figure(round(unit * 0.62), person.color, talks)) for talks in (False, True)]
        self._clock = lru_cache(maxsize=2)(self._draw_clock)

    def frame(self, t: float) -> Image.Image:
        """The picture at `t` seconds, of the placement's size."""
        picture = self._base.copy()
        width, height = self._size
        turn = t + phase_of(self._person.user_id)
        figure = self._figures[speaking(self._person.user_id, t) and int(t * 6) % 2]
        left = width / 2 - self._unit * 0.31 + self._unit * 0.16 * math.sin(turn * 1.1)
        top = height - self._unit * (0.62 - 0.025 * (1 + math.sin(turn * 2.7)))
        _put(picture, figure, self._at(left, top))
        _put(picture, self._clock(int(t)), self._at(width / 2 - self._unit * 0.1, self._unit * 0.2))
        x0, y0 = self._at(0, height * 0.975)
        x1, y1 = self._at(width * (t % 1.0), height)
        if x1 > 0 and y1 > y0:
            picture.paste((255, 255, 255), (max(0, x0), max(0, y0), min(x1, picture.width), min(y1, picture.height)))
        return picture

    def _draw_clock(self, second: int) -> Image.Image:
        size = (round(self._unit * 0.2), round(self._unit * 0.075))
        return self._fitted(_label(f"{second // 60:02d}:{second % 60:02d}", size, round(self._unit * 0.055)))

    def _fitted(self, sprite: Image.Image) -> Image.Image:
        sx, sy = self._placement.scale
        return sprite.resize(
            (max(1, round(sprite.width * sx)), max(1, round(sprite.height * sy))), Image.Resampling.BOX
        )

    def _at(self, x: float, y: float) -> tuple[int, int]:
        (sx, sy), (left, top, _, _) = self._placement.scale, self._placement.source
        return round((x - left) * sx), round((y - top) * sy)


class Screen:
    """A shared screen: a document that scrolls under a title bar in the person's color."""

    def __init__(self, person: Person, placement: Placement) -> None:
        width, height = source_size(person)
        left, top, right, bottom = placement.source
        self._out = (placement.box.width, placement.box.height)
        self._sy = placement.scale[1]
        # The strip holds one period and one view, so that every view is one crop of it.
        page = _document(person, width, height)
        strip_h = round((_SCROLL_PERIOD + bottom - top) * self._sy)
        box = (left, top, right, min(page.height, top + strip_h / self._sy))
        self._strip = page.resize((self._out[0], strip_h), Image.Resampling.BILINEAR, box=box, reducing_gap=2.0)
        bar = round((height * 0.1 - top) * self._sy)
        self._bar = None
        if bar > 0:
            title = _title_bar(person, width, height)
            box = (left, top, right, max(top + 0.5, height * 0.1))
            self._bar = title.resize((self._out[0], min(bar, self._out[1])), Image.Resampling.BILINEAR, box=box)

    def frame(self, t: float) -> Image.Image:
        """The picture at `t` seconds, of the placement's size."""
        offset = round((t * 60 % _SCROLL_PERIOD) * self._sy)
        offset = min(offset, self._strip.height - self._out[1])
        picture = self._strip.crop((0, offset, self._out[0], offset + self._out[1]))
        if self._bar is not None:
            picture.paste(self._bar, (0, 0))
        return picture


class Magnified:
    """A small part of a person's picture, shown large: drawn whole, then enlarged, which bounds the memory."""

    def __init__(self, person: Person, placement: Placement) -> None:
        width, height = source_size(person)
        self._whole = _painter(person, Placement(Box(0, 0, width, height), (0.0, 0.0, width, height)))
        self._out = (placement.box.width, placement.box.height)
        self._source = placement.source

    def frame(self, t: float) -> Image.Image:
        """The picture at `t` seconds, of the placement's size."""
        return self._whole.frame(t).resize(self._out, Image.Resampling.BILINEAR, box=self._source)


def painter(person: Person, placement: Placement) -> Camera | Screen | Magnified:
    """Draws this person's stream at this placement."""
    if max(placement.scale) > _LARGEST_SCALE:
        return Magnified(person, placement)
    return _painter(person, placement)


def _painter(person: Person, placement: Placement) -> Camera | Screen:
    return Screen(person, placement) if person.stream == "screen" else Camera(person, placement)


def _put(picture: Image.Image, sprite: Image.Image, at: tuple[int, int]) -> None:
    picture.paste(sprite, at, sprite)


def _shade(color: str, factor: float) -> tuple[int, int, int]:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return min(255, int(red * factor)), min(255, int(green * factor)), min(255, int(blue * factor))


def _backdrop(person: Person, size: tuple[int, int]) -> Image.Image:
    width, height = size
    unit = min(size)
    picture = Image.new("RGB", size, person.color)
    draw = ImageDraw.Draw(picture)
    inset, arm, stroke = round(unit * 0.035), round(unit * 0.08), max(2, round(unit * 0.006))
    for x, dx in ((inset, arm), (width - inset, -arm)):  # marks in the corners show what a fit has cut away
        for y, dy in ((inset, arm), (height - inset, -arm)):
            draw.line([(x + dx, y), (x, y), (x, y + dy)], fill=_shade(person.color, 1.35), width=stroke)
    tag = _label(person.name, None, round(unit * 0.075))
    picture.paste(tag, ((width - tag.width) // 2, round(unit * 0.06)), tag)  # in the middle: `cover` cuts the sides
    return picture


@lru_cache(maxsize=64)
def _figure(side: int, color: str, talks: bool) -> Image.Image:
    big = side * 2  # drawn at twice the size: smooth edges
    picture = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((big * 0.06, big * 0.62, big * 0.94, big * 1.4), big * 0.26, fill=_shade(color, 0.45))
    draw.ellipse((big * 0.27, big * 0.06, big * 0.73, big * 0.66), fill=(244, 214, 188))
    draw.chord((big * 0.255, big * 0.03, big * 0.745, big * 0.56), 190, 350, fill=_shade(color, 0.3))
    for x in (0.41, 0.59):
        draw.ellipse((big * (x - 0.025), big * 0.33, big * (x + 0.025), big * 0.38), fill=(40, 36, 40))
    mouth = (
        (big * 0.43, big * 0.47, big * 0.57, big * 0.57) if talks else (big * 0.43, big * 0.51, big * 0.57, big * 0.53)
    )
    draw.ellipse(mouth, fill=(150, 52, 60))
    return picture.resize((side, side), Image.Resampling.BOX)


def _label(text: str, size: tuple[int, int] | None, font_size: int) -> Image.Image:
    face = font(font_size, bold=True)
    left, top, right, bottom = face.getbbox(text)
    if size is None:
        size = (round(right - left + font_size), round(font_size * 1.6))
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), size[1] * 0.25, fill=(12, 16, 24, 190))
    draw.text(((size[0] - right - left) / 2, (size[1] - top - bottom) / 2), text, font=face, fill=(255, 255, 255, 255))
    return picture


def _document(person: Person, width: int, height: int) -> Image.Image:
    picture = Image.new("RGB", (width, _SCROLL_PERIOD + height + 4), (246, 247, 249))
    draw = ImageDraw.Draw(picture)
    margin, pitch = round(width * 0.08), 36
    for row in range(picture.height // pitch + 1):
        line = row % (_SCROLL_PERIOD // pitch)  # repeats exactly after one period
        y = row * pitch
        if line % 10 == 0:
            draw.rectangle((margin, y + 4, margin + width * 0.34, y + 28), fill=_shade(person.color, 0.8))
        elif line % 10 < 9:
            length = 0.55 + 0.29 * ((line * 37 % 11) / 11)
            draw.rectangle((margin, y + 10, margin + width * length, y + 22), fill=(178, 184, 194))
    draw.rectangle((0, 0, width * 0.03, picture.height), fill=person.color)
    return picture


def _title_bar(person: Person, width: int, height: int) -> Image.Image:
    picture = Image.new("RGB", (width, height), person.color)
    tag = _label(f"{person.name} · screen", None, round(height * 0.05))
    picture.paste(tag, (round(width * 0.04), round(height * 0.012)), tag)
    return picture
