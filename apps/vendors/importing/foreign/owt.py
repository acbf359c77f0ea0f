"""Open WebRTC Toolkit: layout definitions with `region` lists. Areas are shares of the canvas, as numbers, as texts
("1/3"), or as {"numerator", "denominator"}. Of several definitions the one with the most regions is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from apps.core.types import Json
from apps.vendors.importing.foreign.reading import NOT_UNDERSTOOD as SHARED
from apps.vendors.importing.foreign.reading import USUAL_SIZE, Reading
from apps.vendors.importing.payload import is_number, no_layout, unread
from apps.vendors.types import Imported

NOT_UNDERSTOOD = {
    "not_a_share": "This must be a number from 0 to 1, or a fraction such as 1/3.",
    "other_layout": "Only the layout with the most regions was imported.",
    "not_a_rectangle": "Only rectangles can be imported. The region was left out.",
}
DEEPEST = 8
SHARE = re.compile(r"(\d{1,9}(?:\.\d{1,12})?)(?:/(\d{1,9}))?")  # "0.25", "1/3"


def knows(value: Json) -> bool:
    return any(True for _ in _layouts(value, ""))


def read(value: Json) -> Imported:
    layouts = list(_layouts(value, ""))
    regions, where = max(layouts, key=lambda layout: len(layout[0]))
    reading = Reading(*USUAL_SIZE)
    reading.problems.append(unread("", "size_unknown", SHARED))
    reading.problems += [unread(other, "other_layout", NOT_UNDERSTOOD) for _, other in layouts if other != where]
    for at, region in enumerate(regions):
        here = f"{where}/{at}"
        reading.skip(region, ("id", "shape", "area"), here)
        if region.get("shape", "rectangle") != "rectangle":
            reading.problems.append(unread(f"{here}/shape", "not_a_rectangle", NOT_UNDERSTOOD))
            continue
        left, top, wide, high = (
            _share(region["area"], name, f"{here}/area") for name in ("left", "top", "width", "height")
        )
        box = (left * reading.width, top * reading.height, wide * reading.width, high * reading.height)
        reading.region("", box, here, name=str(region.get("id", "")))
    return reading.made()


def _layouts(value: Json, where: str, depth: int = 0) -> Iterator[tuple[list[Mapping[str, Json]], str]]:
    """Every `region` list in the value, and its pointer."""
    if depth > DEEPEST or not isinstance(value, Mapping | list):
        return
    for name, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
        if name in ("region", "regions") and isinstance(inner, list) and inner and all(map(_is_region, inner)):
            yield inner, f"{where}/{name}"
        else:
            yield from _layouts(inner, f"{where}/{name}", depth + 1)


def _is_region(value: Json) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("area"), Mapping)


def _share(area: Mapping[str, Json], name: str, where: str) -> float:
    value = area.get(name, 0 if name in ("left", "top") else None)
    if isinstance(value, Mapping):
        value = f"{value.get('numerator')}/{value.get('denominator')}"
    share = value if is_number(value) else -1
    if isinstance(value, str) and (match := SHARE.fullmatch(value)):
        share = float(match[1]) / float(match[2] or 1) if float(match[2] or 1) else -1
    if not 0 <= share <= 1:
        raise no_layout(f"{where}/{name}", "not_a_share", NOT_UNDERSTOOD)
    return share
