"""A scene at a moment → a picture. What does not move is drawn once; a frame only puts the moving parts together."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageColor, ImageDraw

from apps.sandbox.engine.mixer import people
from apps.sandbox.engine.mixer.fonts import font
from apps.sandbox.engine.mixer.geometry import Box, pixel_box, place
from apps.sandbox.engine.mixer.scene import Fit, Layer, Scene

log = logging.getLogger(__name__)

Stamps = tuple[tuple[str, int], ...]


class _Pane(Protocol):
    """A prepared layer; `still` says that it looks the same at every `t`."""

    still: bool

    def paint(self, canvas: Image.Image, t: float) -> None: ...


class _Still:
    """A picture that never changes, with its mask."""

    still = True

    def __init__(self, picture: Image.Image, mask: Image.Image | None, at: tuple[int, int]) -> None:
        self._picture, self._mask, self._at = picture, mask, at

    def paint(self, canvas: Image.Image, t: float) -> None:
        canvas.paste(self._picture, self._at, self._mask)


class _Moving:
    """A person's stream in its place, with bars beside it where the layer has any."""

    still = False

    def __init__(self, layer: Layer, box: Box) -> None:
        assert layer.person is not None
        placement = place(layer.fit, box, people.source_size(layer.person), layer.crop)
        self._painter = people.painter(layer.person, placement)
        inner = placement.box
        mask = _mask(box, layer.opacity, layer.corner_radius)
        self._bars: Image.Image | None = None
        self._inner = (inner.x, inner.y)
        self._at = (box.x, box.y)
        if (inner.width, inner.height) != (box.width, box.height):
            if layer.bars is not None:
                self._bars = Image.new("RGB", (box.width, box.height), _rgb(layer.bars))
            else:
                self._at = (box.x + inner.x, box.y + inner.y)
                mask = mask and mask.crop((inner.x, inner.y, inner.x + inner.width, inner.y + inner.height))
        self._mask = mask

    def paint(self, canvas: Image.Image, t: float) -> None:
        picture = self._painter.frame(t)
        if self._bars is not None:
            pane = self._bars.copy()
            pane.paste(picture, self._inner)
            picture = pane
        canvas.paste(picture, self._at, self._mask)


class _Prepared:
    """A scene with all that can be drawn beforehand drawn."""

    def __init__(self, scene: Scene) -> None:
        panes = [pane for layer in _all_layers(scene) if (pane := _prepare(layer)) is not None]
        self._base = Image.new("RGB", (scene.width, scene.height), _rgb(scene.color))
        while panes and panes[0].still:
            panes.pop(0).paint(self._base, 0.0)
        self._panes = panes

    def picture(self, t: float) -> Image.Image:
        canvas = self._base.copy()
        for pane in self._panes:
            pane.paint(canvas, t)
        return canvas


def compose(scene: Scene, t: float) -> NDArray[np.uint8]:
    """The picture of the scene at `t` seconds: height × width × 3, RGB. The same answer for the same question."""
    return np.asarray(picture(scene, t))


def picture(scene: Scene, t: float) -> Image.Image:
    """As `compose`, as a Pillow picture in mode RGB."""
    return _prepared(scene, _stamps(scene)).picture(max(0.0, t))


def picture_png(scene: Scene, t: float) -> bytes:
    """As `compose`, as the bytes of a PNG."""
    out = io.BytesIO()
    picture(scene, t).save(out, "PNG", compress_level=1)
    return out.getvalue()


@lru_cache(maxsize=4)
def _prepared(scene: Scene, stamps: Stamps) -> _Prepared:
    return _Prepared(scene)


def _stamps(scene: Scene) -> Stamps:
    """The files of the scene with their times: a picture that arrives or changes is drawn anew."""
    paths = {path for layer in _all_layers(scene) for path in (layer.path, layer.placeholder_path) if path}
    return tuple((path, _changed_at(path)) for path in sorted(paths))


def _changed_at(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:  # missing, for now: drawn as nothing, and looked for again
        return 0


def _all_layers(scene: Scene) -> tuple[Layer, ...]:
    return (scene.background, *scene.layers) if scene.background else scene.layers


def _prepare(layer: Layer) -> _Pane | None:
    if layer.opacity <= 0:
        return None
    if layer.kind == "text":
        return _text(layer)
    box = pixel_box(layer)
    if box.width == 0 or box.height == 0:
        return None
    if layer.kind == "picture":
        return _file(layer, box, layer.path, layer.fit)
    if layer.kind == "person" and layer.person is not None and layer.person.publishing:
        return _Moving(layer, box)
    if layer.placeholder_path:
        # The crop belongs to the stream, not to the picture that stands in for it.
        return _file(replace(layer, crop=None), box, layer.placeholder_path, layer.placeholder_fit or layer.fit)
    if layer.kind == "empty" and layer.bars is not None:
        return _still(Image.new("RGBA", (box.width, box.height), ImageColor.getcolor(layer.bars, "RGBA")), box, layer)
    return None


def _file(layer: Layer, box: Box, path: str | None, fit: Fit) -> _Pane | None:
    if path is None:
        return None
    try:
        with Image.open(path) as opened:
            source = opened.convert("RGBA")
    except (OSError, Image.DecompressionBombError) as error:  # a vendor, too, goes on without a picture it cannot read
        log.warning("cannot read the picture %s: %s", path, error)
        return None
    placement = place(fit, box, source.size, layer.crop)
    inner = placement.box
    shown = source.resize((inner.width, inner.height), Image.Resampling.BICUBIC, box=placement.source, reducing_gap=3.0)
    bars = (0, 0, 0, 0) if layer.bars is None or fit != "contain" else ImageColor.getcolor(layer.bars, "RGBA")
    pane = Image.new("RGBA", (box.width, box.height), bars)
    pane.alpha_composite(shown, (inner.x, inner.y))
    return _still(pane, box, layer)


def _text(layer: Layer) -> _Pane | None:
    if not layer.text:
        return None
    face = font(round(layer.size), layer.bold)
    spacing = round(layer.size * 0.25)
    ruler = ImageDraw.Draw(Image.new("L", (1, 1)))
    stroke = round(layer.outline)
    left, top, right, bottom = ruler.multiline_textbbox((0, 0), layer.text, face, spacing=spacing, stroke_width=stroke)
    box = pixel_box(layer)
    padding = round(layer.padding)
    width, height = (
        box.width or max(1, round(right - min(left, 0))) + 2 * padding,
        box.height or max(1, round(bottom + layer.size * 0.1)) + 2 * padding,
    )
    fill = ImageColor.getcolor(layer.text_background, "RGBA") if layer.text_background else (0, 0, 0, 0)
    pane = Image.new("RGBA", (width, height), fill)
    spare = width - (right - left) if box.width else 0
    x = {"left": 0.0, "center": spare / 2, "right": spare}[layer.align] - left * (layer.align != "left")
    y = (height - (bottom - top)) / 2 - top if box.height else 0.0
    ink = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    color = ImageColor.getcolor(layer.font_color, "RGBA")
    ImageDraw.Draw(ink).multiline_text(
        (x + (0 if box.width else padding), y + (0 if box.height else padding)),
        layer.text,
        font=face,
        fill=color,
        spacing=spacing,
        align=layer.align,
        stroke_width=stroke,
        stroke_fill=layer.outline_color if stroke else None,
    )
    pane.alpha_composite(ink)
    at = box.x - (0 if box.width else padding), box.y - (0 if box.height else padding)
    return _still(pane, Box(*at, width, height), layer)


def _still(pane: Image.Image, box: Box, layer: Layer) -> _Still:
    mask = pane.getchannel("A")
    shape = _mask(box, layer.opacity, layer.corner_radius)
    if shape is not None:
        mask = ImageChops.multiply(mask, shape)
    return _Still(pane.convert("RGB"), None if mask.getextrema() == (255, 255) else mask, (box.x, box.y))


def _mask(box: Box, opacity: float, radius: float) -> Image.Image | None:
    """What shows of a layer, mode L, or None for all of it. A radius beyond half the shorter side is half of it."""
    level = round(min(1.0, opacity) * 255)
    radius = min(radius, box.width / 2, box.height / 2)
    if radius < 0.5:
        return None if level == 255 else Image.new("L", (box.width, box.height), level)
    big = Image.new("L", (box.width * 2, box.height * 2), 0)
    ImageDraw.Draw(big).rounded_rectangle((0, 0, big.width - 1, big.height - 1), radius * 2, fill=level)
    return big.resize((box.width, box.height), Image.Resampling.BOX)


def _rgb(color: str) -> tuple[int, ...]:
    return ImageColor.getrgb(color)[:3]
