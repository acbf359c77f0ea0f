"""Pictures Aliyun fetches: the background, and what stands in a region whose person is not to be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from apps.layout_document.document import Canvas, LayoutDocument, Picture, Region
from apps.vendors.aliyun.live.phrases import say
from apps.vendors.background_bake import bake_picture, can_be_baked, plan_background_bake
from apps.vendors.frame import Box, Frame
from apps.vendors.painter import Painter, PublicPicture
from apps.vendors.plan import Finding

LONGEST_URL = 2048
FORMATS = ("png", "jpg", "jpeg")
CONTAIN, COVER = "0", "1"  # RenderMode
BLACK = "#000000"


def plan_background(
    document: LayoutDocument,
    drawn: Sequence[Region],
    variables: Mapping[str, str],
    frame: Frame,
    color: str,
    painter: Painter,
    findings: list[Finding],
) -> tuple[dict[str, str] | None, LayoutDocument]:
    """`Background`: the picture below all regions, with everything painted into it that Aliyun has no words for. And
    what it shows, in the output's pixels."""
    image = document.canvas.image
    known = image is None or can_be_baked(image.url, painter)
    underlay = plan_background_bake(document, drawn, painter, variables, background_can_be_baked=known)
    findings.extend(underlay.findings)
    if image is not None and not known:
        if image.fit == "stretch":
            findings.append(say("background_stretch", None, "canvas.image"))
            image = replace(image, fit="cover")
        if color != BLACK:
            findings.append(say("color_black_anyway", None, "canvas.color"))
        return _named(painter.picture(image.url), image, frame, findings)
    if image is not None and not underlay.baked and (plain := _as_it_is(image, color, painter)):
        return _named(plain, image, frame, findings)
    if image is None and not underlay.baked and color == BLACK:
        return None, LayoutDocument(Canvas(frame.width, frame.height))
    if image is not None:
        findings.append(say("background_painted", None, "canvas.image"))
    elif color != BLACK:
        findings.append(say("color_painted", None, "canvas.color"))
    scene = replace(frame.resized(underlay.baked), canvas=Canvas(frame.width, frame.height, color, image))
    url = address(painter.bake(scene, transparent=False), None, "canvas.image", findings)
    return (
        ({"URL": url, "RenderMode": COVER}, scene) if url else (None, LayoutDocument(Canvas(frame.width, frame.height)))
    )


def _as_it_is(image: Picture, color: str, painter: Painter) -> PublicPicture | None:
    """The picture itself, where Aliyun's own fit draws it as the layout does: beside and behind it all is black."""
    if image.fit == "stretch" or (color != BLACK and image.fit == "contain"):
        return None
    info = painter.picture(image.url)
    see_through = info.format == "png" and color != BLACK
    return None if see_through or info.format not in FORMATS else info


def _named(
    info: PublicPicture, image: Picture, frame: Frame, findings: list[Finding]
) -> tuple[dict[str, str] | None, LayoutDocument]:
    """A picture that Aliyun fetches and fits itself, on black."""
    url = address(info, None, "canvas.image", findings)
    canvas = Canvas(frame.width, frame.height)
    if url is None:
        return None, LayoutDocument(canvas)
    mode = CONTAIN if image.fit == "contain" else COVER
    return {"URL": url, "RenderMode": mode}, LayoutDocument(replace(canvas, image=image))


def placeholder_url(region: Region, box: Box, color: str, painter: Painter, findings: list[Finding]) -> str | None:
    """How Aliyun fits it is not documented: a picture of exactly the region's size needs no fitting."""
    picture = region.placeholder
    assert picture is not None
    info = painter.picture(picture.url)
    if (info.width, info.height) != (box.width, box.height) or info.format not in FORMATS:
        if can_be_baked(picture.url, painter):
            info = bake_picture(picture, box.width, box.height, color, painter)
            findings.append(say("placeholder_painted", region.id, "placeholder"))
        else:
            findings.append(say("placeholder_as_it_is", region.id, "placeholder"))
    return address(info, region.id, "placeholder", findings)


def address(info: PublicPicture, object_id: str | None, field: str, findings: list[Finding]) -> str | None:
    """The URL in ASCII; None with a finding when it is too long."""
    url = quote(info.url, safe=":/?#[]@!$&'()*+,;=%<>~")
    if len(url) > LONGEST_URL:
        findings.append(say("picture_url_too_long", object_id, field))
        return None
    return url
