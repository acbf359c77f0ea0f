"""Draws any layout document, as the canvas would look with somebody in every seat."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from PIL import Image

from apps.layout_document import document as layout
from apps.layout_document.geometry import Boxed, Rect
from apps.layout_document.variables import fill
from apps.preview.drawable import drawable
from apps.preview.fitting import fitted
from apps.preview.shapes import fade, hatch, rgba, rounded
from apps.preview.stand_ins import PALETTE, StandIn, person, screen
from apps.preview.text import on_one_line, text_mask
from apps.preview.typeface import typeface

Pictures: TypeAlias = Callable[[str], Image.Image | None]

LABEL_SIZES = (10, 28)  # pixels
LABEL_SHARE = 0.09  # of the region's height


def no_pictures(reference: str) -> Image.Image | None:
    """For those who have none: every picture is missing."""
    return None


def render(
    document: layout.LayoutDocument,
    *,
    pictures: Pictures = no_pictures,
    stand_ins: Mapping[str, StandIn] | None = None,
    variables: Mapping[str, str] | None = None,
    scale: float = 1.0,
    transparent: bool = False,
    draw_regions: bool = True,
    mark_missing: bool = True,
    names: bool = True,
) -> Image.Image:
    """The picture of a document: RGB, or RGBA when `transparent` (then the canvas's color and image are left out).

    `pictures` answers a reference (`asset:…`, a URL) with a picture, or None if there is none: then a hatched box
    says so, unless not `mark_missing`. `stand_ins` tells by slot who is shown; others get a drawn figure. `names`
    labels the regions.
    `scale` 0.25 gives a thumbnail. Raises `FontMissing` where the font files are not installed; never because of
    what a valid document holds.
    """
    size = (max(1, round(document.canvas.width * scale)), max(1, round(document.canvas.height * scale)))
    background = (0, 0, 0, 0) if transparent else rgba(document.canvas.color)
    painting = Painting(
        canvas=Image.new("RGBA", size, background),
        scale=scale,
        pictures=pictures,
        stand_ins=stand_ins or {},
        variables=variables or {},
        mark_missing=mark_missing,
        names=names,
    )
    if document.canvas.image and not transparent:
        painting.background(document.canvas.image)
    for item in document.visible:
        if isinstance(item, layout.Text):
            painting.text(item)
        elif isinstance(item, layout.Image):
            painting.image(item)
        elif draw_regions:
            painting.region(item)
    return painting.canvas if transparent else painting.canvas.convert("RGB")


def to_png(picture: Image.Image) -> bytes:
    """PNG bytes, the same for the same picture. Level 3 is three times faster than 6 and a few percent larger."""
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()


def render_png(
    document: layout.LayoutDocument,
    *,
    pictures: Pictures = no_pictures,
    stand_ins: Mapping[str, StandIn] | None = None,
    variables: Mapping[str, str] | None = None,
    scale: float = 1.0,
    transparent: bool = False,
    draw_regions: bool = True,
    mark_missing: bool = True,
) -> bytes:
    """As `render`, in PNG bytes."""
    picture = render(
        document,
        pictures=pictures,
        stand_ins=stand_ins,
        variables=variables,
        scale=scale,
        transparent=transparent,
        draw_regions=draw_regions,
        mark_missing=mark_missing,
    )
    return to_png(picture)


@dataclass(slots=True)
class Painting:
    """A canvas in the making. Every object is drawn on a tile of the part that is seen, then laid on."""

    canvas: Image.Image
    scale: float
    pictures: Pictures
    stand_ins: Mapping[str, StandIn]
    variables: Mapping[str, str]
    mark_missing: bool
    names: bool = True
    colors: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> Rect:
        return Rect(0, 0, *self.canvas.size)

    def box_of(self, item: Boxed) -> Rect:
        """Edges are rounded, not sizes: neighbors stay neighbors at any scale."""
        left, top = round(item.x * self.scale), round(item.y * self.scale)
        right, bottom = round((item.x + item.width) * self.scale), round((item.y + item.height) * self.scale)
        return Rect(left, top, max(1, right - left), max(1, bottom - top))

    def background(self, picture: layout.Picture) -> None:
        tile = Image.new("RGBA", self.canvas.size)
        self.put_picture(tile, self.whole, self.whole, picture.url, picture.fit, None)
        self.canvas.alpha_composite(tile)

    def image(self, item: layout.Image) -> None:
        box = self.box_of(item)
        if window := box.intersection(self.whole):
            tile = Image.new("RGBA", (window.width, window.height))
            self.put_picture(tile, box, window, item.url, item.fit, item.source_crop)
            self.lay(tile, box, window, item.opacity, item.corner_radius)

    def text(self, item: layout.Text) -> None:
        box = self.box_of(item)
        if window := box.intersection(self.whole):
            tile = Image.new("RGBA", (window.width, window.height), rgba(item.background or "#00000000"))
            words = fill(item.text, self.variables)
            mask = text_mask(words, typeface(item.size * self.scale, item.weight), box, window, item.align)
            ink(tile, mask, item.color)
            self.lay(tile, box, window, item.opacity, 0)

    def region(self, item: layout.Region) -> None:
        box = self.box_of(item)
        slot = item.source.slot
        automatic = self.colors.setdefault(slot, PALETTE[len(self.colors) % len(PALETTE)])
        window = box.intersection(self.whole)
        if window is None:
            return
        who = self.stand_ins.get(slot, StandIn())
        color = who.color or automatic
        tile = Image.new("RGBA", (window.width, window.height))
        if not who.present:
            if item.placeholder:
                self.put_picture(tile, box, window, item.placeholder.url, item.placeholder.fit, None)
            else:
                tile.paste((15, 23, 42, 160), (0, 0, *tile.size))
        else:
            drawn = who.picture or (screen(color) if item.source.stream == "screen" else person(color))
            lay_picture(tile, drawn, box, window, item.fit, item.source_crop)
        if self.names:
            self.label(tile, box, window, who.name or item.name or slot)
        self.lay(tile, box, window, item.opacity, item.corner_radius)

    def put_picture(
        self,
        tile: Image.Image,
        box: Rect,
        window: Rect,
        reference: str,
        fit: layout.Fit,
        crop: layout.SourceCrop | None,
    ) -> None:
        picture = self.pictures(reference)
        if picture is not None:
            lay_picture(tile, picture, box, window, fit, crop)
        elif self.mark_missing:
            hatch(tile, box, window)
            reason = f"Picture missing\n{reference if len(reference) <= 24 else reference[:23] + '…'}"
            size = min(22.0 * self.scale, box.height / 3)
            if size >= 7:
                ink(tile, text_mask(reason, typeface(round(size), 700), box, window, "center"), "#334155")

    def label(self, tile: Image.Image, box: Rect, window: Rect, name: str) -> None:
        """A name at the bottom left, where the region is large enough to read it."""
        low, high = LABEL_SIZES
        size = round(min(high * max(self.scale, 0.5), box.height * LABEL_SHARE))
        if size < low or box.width < size * 4:
            return
        face = typeface(size, 700)
        words = on_one_line(drawable(name), face, box.width - size * 2)
        wide = round(face.getlength(words)) + size
        pill = Rect(box.x + size // 2, box.bottom - size // 2 - round(size * 1.6), wide, round(size * 1.6))
        if seen := pill.intersection(window):
            plate = Image.new("RGBA", (seen.width, seen.height), (0, 0, 0, 140))
            ink(plate, text_mask(words, face, pill, seen, "center"), "#FFFFFF")
            fade(plate, 1.0, rounded(pill, seen, size // 3))
            tile.alpha_composite(plate, (seen.x - window.x, seen.y - window.y))

    def lay(self, tile: Image.Image, box: Rect, window: Rect, opacity: float, radius: int) -> None:
        radius = round(radius * self.scale)
        fade(tile, opacity, rounded(box, window, radius) if radius else None)
        self.canvas.alpha_composite(tile, (window.x, window.y))


def ink(tile: Image.Image, mask: Image.Image, color: str) -> None:
    """Lays a color on a tile wherever the mask is."""
    layer = Image.new("RGBA", tile.size, rgba(color))
    fade(layer, 1.0, mask)
    tile.alpha_composite(layer)


def lay_picture(
    tile: Image.Image, picture: Image.Image, box: Rect, window: Rect, fit: layout.Fit, crop: layout.SourceCrop | None
) -> None:
    if picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA")
    if result := fitted(picture, box, window, fit, crop):
        part, seen = result
        tile.paste(part, (seen.x - window.x, seen.y - window.y))
