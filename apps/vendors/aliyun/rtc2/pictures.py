"""Pictures inside a pane: placeholders (Display 2) and pictures that belong to a person (Display 1).

Aliyun has no fit for them: they are stretched to their rectangle. So a picture whose size we know is painted
beforehand to the proportions of its place; one we cannot fetch goes as it is, with a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from apps.core.types import Json
from apps.layout_document.document import Canvas, Image, LayoutDocument, Region
from apps.vendors.aliyun.rtc2.layouts import shares_of
from apps.vendors.aliyun.rtc2.phrases import say
from apps.vendors.frame import Box, box_of
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding

ALWAYS = 1
WITHOUT_VIDEO = 2


def placeholder(region: Region, where: Box, measured: Box, painter: Painter) -> tuple[dict[str, Json], list[Finding]]:
    """The whole pane, only while its person has no video. Its place is told in parts of `measured`."""
    assert region.placeholder is not None
    picture = Image(
        id=region.id,
        x=region.x,
        y=region.y,
        width=region.width,
        height=region.height,
        fit=region.placeholder.fit,
        url=region.placeholder.url,
    )
    # that it is cut is told with its region
    url, findings = prepared(picture, where, painter, "placeholder.", cut=False)
    note = say("absent_is_replaced", region.id, "placeholder")
    return _parameters(url, WITHOUT_VIDEO, where, measured, 0), [note, *findings]


def attached(
    picture: Image, pane: Box, measured: Box, depth: int, painter: Painter
) -> tuple[dict[str, Json] | None, list[Finding]]:
    """A picture in the pane of the person it belongs to; None when it does not meet that pane. Its place is told in
    parts of `measured`."""
    whole = box_of(picture)
    if not whole.overlaps(pane):
        return None, [say("picture_outside", picture.id)]
    where = whole.meet(pane)
    url, findings = prepared(picture, where, painter)
    return _parameters(url, ALWAYS, where, measured, depth), findings


def prepared(
    picture: Image, where: Box, painter: Painter, prefix: str = "", *, cut: bool = True
) -> tuple[str, list[Finding]]:
    """The URL of the picture as it fills `where`, and what became of its properties.

    `prefix` goes before a finding's field. `cut`: whether the layout shows more of it than `where`.
    """
    info = painter.picture(picture.url)
    known = info.width > 0 and info.height > 0
    whole = box_of(picture)
    clipped = where != whole
    plain = picture.opacity == 1 and picture.corner_radius == 0 and picture.source_crop is None
    same_shape = known and _same_shape(info.width, info.height, where)
    if plain and not clipped and (picture.fit == "stretch" or same_shape):
        return info.url, []
    if known:
        baked = painter.bake(_scene(picture, where), transparent=True)
        notes = [say("picture_prepared", picture.id, f"{prefix}fit")]
        if clipped and cut:
            notes.append(say("picture_clipped", picture.id, "x"))
        return baked.url, notes
    return info.url, list(_lost(picture, clipped, prefix))


def _lost(picture: Image, clipped: bool, prefix: str) -> Iterator[Finding]:
    if clipped and not prefix:
        yield say("picture_squeezed", picture.id, "x")
    if picture.fit != "stretch":
        yield say("picture_stretched", picture.id, f"{prefix}fit")
    if picture.opacity != 1:
        yield say("picture_opaque", picture.id, "opacity")
    if picture.corner_radius:
        yield say("picture_square", picture.id, "corner_radius")
    if picture.source_crop is not None:
        yield say("picture_whole", picture.id, "source_crop")


def _scene(picture: Image, where: Box) -> LayoutDocument:
    """The picture alone on a canvas that is its visible part."""
    moved = replace(picture, x=picture.x - where.left, y=picture.y - where.top, attached_to=None, hidden=False)
    return LayoutDocument(Canvas(where.width, where.height), (moved,))


def _same_shape(width: int, height: int, where: Box) -> bool:
    """Within half a pixel of its place."""
    return abs(width / height * where.height - where.width) < 0.5


def _parameters(url: str, display: int, where: Box, measured: Box, depth: int) -> dict[str, Json]:
    return {"Url": url, "Display": display, **shares_of(where, measured), "ZOrder": depth}
