"""Baking below the regions: for products that draw regions over one background picture, and nothing else.

Texts and free images are painted into the background. That is faithful wherever no region they should lie
above covers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.layout_document.document import Canvas, Image, LayoutDocument, LayoutObject, Picture, Region, Text
from apps.layout_document.variables import missing
from apps.vendors.frame import Box, box_of, is_seen, uncovered
from apps.vendors.painter import Painter, PublicPicture
from apps.vendors.plan import Finding


@dataclass(frozen=True, slots=True)
class BackgroundBake:
    """What goes into the background picture, back to front, and what was found out about the rest."""

    baked: tuple[Image | Text, ...]
    findings: tuple[Finding, ...]


def plan_background_bake(
    document: LayoutDocument,
    drawn: Iterable[Region],
    painter: Painter,
    variables: Mapping[str, str],
    *,
    background_can_be_baked: bool = True,
) -> BackgroundBake:
    """Sorts every visible text and image into baked or dropped. `drawn` are the regions the product will draw."""
    drawn_ids = {region.id for region in drawn if is_seen(region)}
    canvas = Box(0, 0, document.canvas.width, document.canvas.height)
    baked: list[Image | Text] = []
    findings: list[Finding] = []
    below: list[Box] = []  # regions so far: what comes later in the list should lie above them
    for item in document.visible:
        if isinstance(item, Region):
            if item.id in drawn_ids:
                below.append(box_of(item))
            continue
        shown = box_of(item).meet(canvas)
        if shown.empty:
            findings.append(off_canvas(item))
        elif isinstance(item, Image) and not can_be_baked(item.url, painter):
            message = "Only the URL of this picture is known, so it cannot be painted into the background. Upload it."
            findings.append(Finding("dropped", "picture_unknown", item.id, "url", message))
        elif not background_can_be_baked:
            message = "Only the URL of the background is known, so nothing can be painted into it. Upload it."
            findings.append(Finding("dropped", "background_unknown", item.id, "", message))
        else:
            finding = _judge(item, shown, below)
            findings.append(finding)
            if finding.level != "dropped":
                baked.append(item)
                findings.extend(_missing_variables(item, variables))
    return BackgroundBake(tuple(baked), tuple(findings))


def _judge(item: Image | Text, shown: Box, below: list[Box]) -> Finding:
    text = isinstance(item, Text)
    left = uncovered(shown, below)
    if not left:
        message = (
            "Regions are always drawn above this text and cover it completely."
            if text
            else "Regions are always drawn above this picture and cover it completely."
        )
        return Finding("dropped", "hidden_by_regions", item.id, "", message)
    if left != [shown]:
        message = (
            "This text becomes part of the background. The regions below it in the layout will cover a part of it."
            if text
            else "This picture becomes part of the background. The regions below it in the layout will cover a part of it."
        )
        return Finding("changed", "baked_below_regions", item.id, "", message)
    message = (
        "This text becomes part of the background picture."
        if text
        else "This picture becomes part of the background picture."
    )
    return Finding("note", "baked", item.id, "", message)


def _missing_variables(item: LayoutObject, variables: Mapping[str, str]) -> list[Finding]:
    if not isinstance(item, Text):
        return []
    return [
        Finding("changed", "variable_missing", item.id, "text", "The variable {{{name}}} has no value.", {"name": name})
        for name in missing(item.text, variables)
    ]


def can_be_baked(reference: str, painter: Painter) -> bool:
    """Whether we have the bytes of a picture: uploads always; other addresses only if the painter knows their size."""
    return reference.startswith("asset:") or painter.picture(reference).width > 0


def off_canvas(item: LayoutObject) -> Finding:
    return Finding("dropped", "off_canvas", item.id, "", "This is completely outside the canvas and does not appear.")


def hidden_findings(document: LayoutDocument) -> list[Finding]:
    """Hidden objects are not sent; for a region that also means that nobody hears it."""
    return [
        Finding(
            "note",
            "hidden",
            item.id,
            "hidden",
            "This region is hidden. The person is neither shown nor heard."
            if isinstance(item, Region)
            else "This is hidden and does not appear.",
        )
        for item in document.objects
        if item.hidden
    ]


def lies_on_something(region: Region, document: LayoutDocument) -> bool:
    """Whether anything but the plain canvas would show where the region's own picture leaves room."""
    mine = box_of(region)
    beneath = document.canvas.image is not None
    for other in document.visible:
        if other.id == region.id:
            break
        beneath = beneath or not box_of(other).meet(mine).empty
    return beneath


def leaves_bars(picture: Picture, info: PublicPicture, width: int, height: int) -> bool:
    """Whether a picture shown whole leaves more than half a pixel of a rectangle free; of unknown size, it may."""
    if picture.fit != "contain" or not info.width or not info.height:
        return picture.fit == "contain"
    scale = min(width / info.width, height / info.height)
    return width - info.width * scale > 0.5 or height - info.height * scale > 0.5


def placeholder_bars(region: Region) -> Finding:
    message = "Beside the placeholder, bars in the canvas color cover the objects below."
    return Finding("changed", "placeholder_bars", region.id, "placeholder", message)


def bake_picture(picture: Picture, width: int, height: int, color: str, painter: Painter) -> PublicPicture:
    """One picture fitted into a rectangle of its own, on a plain color."""
    image = Image(id="picture", x=0, y=0, width=width, height=height, fit=picture.fit, url=picture.url)
    return painter.bake(LayoutDocument(Canvas(width, height, color), (image,)), transparent=False)
