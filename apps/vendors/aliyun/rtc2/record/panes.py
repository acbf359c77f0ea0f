"""What a recording draws inside its panes: only what belongs to a bound person, or lies wholly in their region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from apps.core.types import Json
from apps.layout_document.document import Image, LayoutDocument, Text
from apps.vendors.aliyun.rtc2 import panes as shared
from apps.vendors.aliyun.rtc2 import texts
from apps.vendors.aliyun.rtc2.layouts import Pane
from apps.vendors.aliyun.rtc2.panes import Inside
from apps.vendors.aliyun.rtc2.record.phrases import say
from apps.vendors.frame import box_of
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec


def user_panes(
    spec: TaskSpec, panes: Sequence[Pane], painter: Painter, scale: float
) -> tuple[list[dict[str, Json]], list[Finding], dict[str, Inside]]:
    """`UserPanes` of the bound panes, what became of every picture and text of the document, and where they went."""
    inside, findings = shared.seats(spec, panes)
    findings += _seated(spec.document, inside)

    def draw(text: Text, words: str, pane: Pane, depth: int) -> tuple[dict[str, Json], list[Finding]]:
        parameters, more = texts.in_pane(text, words, pane, depth, scale, spec)
        return parameters, [*_into_region(text, pane), *more, *_lost(text)]

    entries, more = shared.user_panes(spec, inside, panes, painter, draw)
    return entries, findings + more, inside


def _seated(document: LayoutDocument, inside: Mapping[str, Inside]) -> Iterator[Finding]:
    """Puts every picture and text into a pane of `inside`, or says why it goes nowhere."""
    places = {item.id: place for place, item in enumerate(document.objects)}
    seats = [(places[name], item.pane) for name, item in inside.items()]
    for item in document.visible:
        if isinstance(item, Image):
            if item.attached_to is not None and item.attached_to in inside:
                inside[item.attached_to].items.append(item)
            else:
                yield say("picture_needs_person" if item.attached_to else "picture_free", item.id)
        elif isinstance(item, Text):
            pane = pane_for(item, places[item.id], seats)
            if pane is None:
                yield say("text_dropped", item.id)
            else:
                inside[pane.region.id].items.append(item)


def pane_for(text: Text, painted: int, panes: Sequence[tuple[int, Pane]]) -> Pane | None:
    """The pane a text goes into: of the region it belongs to, else the topmost beneath it that holds all of it.

    `panes` are those with a bound person, each with its place in the paint order; `painted` is the text's.
    """
    for _, pane in panes:
        if pane.region.id == text.attached_to:
            return pane
    where = box_of(text)
    holding = [(place, pane) for place, pane in panes if place < painted and pane.where.holds(where)]
    return max(holding, key=lambda item: item[0])[1] if holding else None


def _into_region(text: Text, pane: Pane) -> Iterator[Finding]:
    if text.attached_to != pane.region.id:
        yield say("text_into_region", text.id, "", region=pane.region.name or pane.region.id)


def _lost(text: Text) -> Iterator[Finding]:
    if text.background is not None and texts.alpha(text.background):
        yield say("text_background", text.id, "background")
    if text.opacity != 1:
        yield say("text_opaque", text.id, "opacity")
    if texts.alpha(text.color) != 255:
        yield say("text_opaque", text.id, "color")
