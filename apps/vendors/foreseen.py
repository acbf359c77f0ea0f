"""The document as a product will draw it, as far as its findings tell: what is dropped goes, what changes changes.

For products whose plan does not say it exactly (`Plan.drawn`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from apps.layout_document.document import LayoutDocument, LayoutObject, Region

LOST = {"opacity": 1.0, "corner_radius": 0, "source_crop": None, "background": None, "placeholder": None}
WHOLE = {"", "source", "url", "text", "hidden"}  # dropping one of these drops the object
BELOW = {"baked_below_regions", "hidden_by_regions"}


def foreseen(document: LayoutDocument, findings: Iterable[Mapping[str, Any]]) -> LayoutDocument:
    """`findings` in their JSON form. Those that say nothing about the picture are passed over."""
    objects = {one.id: one for one in document.objects}
    canvas = document.canvas
    below: set[str] = set()
    for finding in findings:
        level, field, known = finding["level"], finding["field"], finding["object_id"]
        if known is None:
            if level == "dropped" and field == "canvas.image":
                canvas = dataclasses.replace(canvas, image=None)
            continue
        one = objects.get(known)
        if one is None:
            continue
        if finding["code"] in BELOW:
            below.add(known)
        if level == "dropped" and field in WHOLE and finding["code"] != "variable_missing":
            objects.pop(known)
        elif level in ("changed", "dropped"):
            objects[known] = without(one, field)
    left = [objects[one.id] for one in document.objects if one.id in objects]
    # What is baked into the background lies below every region, in the order it had.
    left.sort(key=lambda one: 0 if one.id in below and not isinstance(one, Region) else 1)
    return LayoutDocument(canvas, tuple(left))


def without(one: LayoutObject, field: str) -> LayoutObject:
    """The object with this property at what a product draws that has no words for it."""
    if field not in LOST:
        return one
    fields = {item.name for item in dataclasses.fields(one)}
    changed: dict[str, Any] = {field: LOST[field]}
    return dataclasses.replace(one, **changed) if field in fields else one
