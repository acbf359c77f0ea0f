"""Regions as panes: who sits in them, what is drawn inside them, and what a pane cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from apps.core.types import Json
from apps.layout_document.document import Fit, Image, LayoutDocument, LayoutObject, Region, Text
from apps.vendors.aliyun.rtc2 import assumptions, people, pictures, texts
from apps.vendors.aliyun.rtc2.layouts import MOST_PANES, Pane, depths
from apps.vendors.aliyun.rtc2.phrases import say
from apps.vendors.frame import Box, box_of
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec

DrawText: TypeAlias = Callable[[Text, str, Pane, int], tuple[dict[str, Json], list[Finding]]]
"""A text, its words, its pane, its depth there → its parameters, and what is lost."""


def drawn(document: LayoutDocument) -> tuple[list[Region], list[Finding]]:
    """The visible regions that meet the canvas, the first 16 of them, and why others are not there."""
    canvas = Box(0, 0, document.canvas.width, document.canvas.height)
    findings: list[Finding] = []
    regions: list[Region] = []
    for region in document.regions:
        where = box_of(region)
        if not where.overlaps(canvas):
            findings.append(say("region_outside", region.id))
        elif len(regions) == MOST_PANES:
            findings.append(say("too_many_regions", region.id, limit=MOST_PANES))
        else:
            regions.append(region)
            if not canvas.holds(where):
                findings.append(say("region_clipped", region.id, "x"))
    return regions, findings


def lost(
    panes: Sequence[Pane], document: LayoutDocument, fit: Fit, levels: int, overlays: Sequence[LayoutObject] = ()
) -> Iterator[Finding]:
    """What becomes of each region's own properties when the whole picture is fitted as `fit`.

    `overlays` are the texts and pictures that the product draws on the canvas; `levels` are the depths it is known to
    have.
    """
    for pane in panes:
        region = pane.region
        if region.fit == "stretch":
            yield say("fit_stretch", region.id, "fit", to=fit)
        elif region.fit != fit:
            yield say("fit_common", region.id, "fit", to=fit)
        elif fit == "contain" and _something_beneath(pane, panes, document, overlays):
            yield say("fit_bars", region.id, "fit")
        if region.opacity != 1:
            yield say("region_opaque", region.id, "opacity")
        if region.corner_radius:
            yield say("region_square", region.id, "corner_radius")
        if region.source_crop is not None:
            yield say("source_crop_ignored", region.id, "source_crop")
        if pane.depth >= levels:
            yield say("region_deep", region.id, depth=pane.depth, levels=levels)


def _something_beneath(
    pane: Pane, panes: Sequence[Pane], document: LayoutDocument, overlays: Sequence[LayoutObject]
) -> bool:
    """Whether bars would hide anything but black."""
    if document.canvas.image is not None or document.canvas.color[:7] != "#000000":
        return True
    places = {item.id: place for place, item in enumerate(document.objects)}
    mine = places[pane.region.id]
    below = [(pane.region.id, pane.where) for pane in panes]
    below += [(overlay.id, box_of(overlay)) for overlay in overlays]
    return any(places[name] < mine and where.overlaps(pane.where) for name, where in below)


@dataclass
class Inside:
    """What will be drawn in one pane, in paint order."""

    pane: Pane
    user: str
    items: list[Image | Text] = field(default_factory=list)


def seats(spec: TaskSpec, panes: Sequence[Pane]) -> tuple[dict[str, Inside], list[Finding]]:
    """The panes of bound people by region id, in paint order, and what an open pane means."""
    findings: list[Finding] = []
    inside: dict[str, Inside] = {}
    for pane in panes:
        user = people.user_of(pane.region, spec.bindings)
        if user:
            inside[pane.region.id] = Inside(pane, user)
            if not people.ID.fullmatch(user):
                findings.append(say("user_unusable", pane.region.id, "source", value=user))
        else:
            findings += _open_seat(pane.region)
    return inside, findings


def _open_seat(region: Region) -> Iterator[Finding]:
    code = "next_joiner" if region.source.stream == "camera" else "next_joiner_any_stream"
    yield say(code, region.id, "source", slot=region.source.slot)
    if region.placeholder is not None:
        yield say("placeholder_needs_person", region.id, "placeholder", slot=region.source.slot)


def user_panes(
    spec: TaskSpec, inside: Mapping[str, Inside], panes: Sequence[Pane], painter: Painter, draw: DrawText
) -> tuple[list[dict[str, Json]], list[Finding]]:
    """`UserPanes` of the bound panes with all that was put into them."""
    findings: list[Finding] = []
    entries: list[dict[str, Json]] = []
    for value in sorted(inside.values(), key=lambda each: each.pane.number):
        entry, more = _entry(spec, value, painter, draw)
        entries.append(entry)
        findings += more + list(_order(spec.document, value, panes))
    return entries, findings


def _entry(spec: TaskSpec, inside: Inside, painter: Painter, draw: DrawText) -> tuple[dict[str, Json], list[Finding]]:
    """PaneId, UserId and SourceType always go together."""
    pane, findings = inside.pane, list[Finding]()
    images: list[dict[str, Json]] = []
    lines: list[dict[str, Json]] = []
    taken = assumptions.of_app(spec.app)
    canvas = spec.document.canvas
    measured = pane.where if taken.inside_the_pane else Box(0, 0, canvas.width, canvas.height)
    if pane.region.placeholder is not None:
        picture, more = pictures.placeholder(pane.region, pane.where, measured, painter)
        images.append(picture)
        findings += more
    boxes = [pane.where, *(box_of(item) for item in inside.items)]
    for item, depth in zip(inside.items, depths(boxes)[1:], strict=True):
        depth = max(depth, 1)  # 0 is the placeholder's
        if isinstance(item, Image):
            drawn_picture, more = pictures.attached(item, pane.where, measured, depth, painter)
            images += [drawn_picture] if drawn_picture else []
        else:
            words, more = texts.filled(item, spec.variables)
            if words:
                line, lost_here = draw(item, words, pane, depth)
                lines.append(line)
                more += lost_here
            else:
                more.append(say("text_empty", item.id))
        findings += more
    entry: dict[str, Json] = {
        "PaneId": pane.number,
        "UserId": inside.user,
        "SourceType": people.SOURCE_TYPES[pane.region.source.stream],
        "Images": images,
        "Texts": lines,
    }
    return entry, findings


def _order(document: LayoutDocument, inside: Inside, panes: Sequence[Pane]) -> Iterator[Finding]:
    """Where drawing inside a pane differs from the document's paint order."""
    places = {item.id: place for place, item in enumerate(document.objects)}
    home = inside.pane.region
    for item in inside.items:
        where = box_of(item).meet(inside.pane.where)
        if places[item.id] < places[home.id]:
            yield say("above_region", item.id, "", region=home.name or home.id)
        for other in panes:
            between = places[home.id] < places[other.region.id] < places[item.id]
            if between and other.where.overlaps(where):
                above = other.region.name or other.region.id
                yield say("covered_by_region", item.id, "", region=home.name or home.id, above=above)
                break
