"""Finds the panes that a call names: given beside it, or those of a layout every account has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from apps.core.types import Json
from apps.vendors.aliyun.rtc2.system_layouts import SYSTEM_LAYOUTS
from apps.vendors.importing.payload import list_at, no_layout, word_of

Tell: TypeAlias = Callable[[str, str], None]

NOT_UNDERSTOOD = {
    "no_panes": "There are no panes. A layout, or the ID of a layout, is required.",
    "layout_elsewhere": "Aliyun stores the panes of this layout separately. Also paste its CreateMPULayout call, or the response of DescribeMPULayoutInfoList.",
    "other_layouts": "Aliyun switches to this stored layout when the number of people changes. Import it separately.",
    "several_layouts": "Only the first of these stored layouts was imported.",
}
SYSTEM: dict[str, list[Mapping[str, Json]]] = {
    str(identifier): [
        {"PaneId": at, "X": x, "Y": y, "Width": wide, "Height": high, "ZOrder": depth}
        for at, (x, y, wide, high, depth) in enumerate(panes)
    ]
    for identifier, panes in SYSTEM_LAYOUTS.items()
}


def stored_panes(given: Mapping[str, Json], tell: Tell) -> tuple[list[Mapping[str, Json]], str]:
    """The panes, and the pointer of their list. `tell` takes the pointer and the code of what is left out. Raises
    `Invalid` when there are none."""
    numbers = layout_ids(given)
    for at in range(1, len(numbers)):
        tell(f"/LayoutIds/{at}", "other_layouts")
    if found := list_at(given, "Panes", ""):
        return found, "/Panes"
    stored, where = _inner(given, "Layouts", "", "Layout")
    chosen = [at for at, pane in enumerate(stored) if numbers and word_of(pane.get("LayoutId")) == numbers[0]]
    if not chosen and stored and (not numbers or (len(stored) == 1 and numbers[0] not in SYSTEM)):
        chosen = [0]
    if chosen:
        if len(stored) > 1 and not numbers:
            tell(where, "several_layouts")
        found, where = _inner(stored[chosen[0]], "Panes", f"{where}/{chosen[0]}", "Panes")
        if found:
            return found, where
        raise no_layout(where, "no_panes", NOT_UNDERSTOOD)
    if numbers and numbers[0] in SYSTEM:
        return SYSTEM[numbers[0]], "/LayoutIds"
    if numbers:
        raise no_layout("/LayoutIds/0", "layout_elsewhere", NOT_UNDERSTOOD)
    raise no_layout("", "no_panes", NOT_UNDERSTOOD)


def layout_ids(given: Mapping[str, Json]) -> list[str]:
    listed = given.get("LayoutIds") or []
    if not isinstance(listed, list):
        raise no_layout("/LayoutIds", "not_a_list")
    return [word_of(pane) for pane in listed]


def _inner(value: Mapping[str, Json], outer: str, where: str, inner: str) -> tuple[list[Mapping[str, Json]], str]:
    """A list written as `[…]` in one page and as `{"<inner>": […]}` in another, and its pointer."""
    if isinstance(value.get(outer), Mapping):
        return list_at(value[outer], inner, f"{where}/{outer}"), f"{where}/{outer}/{inner}"
    return list_at(value, outer, where), f"{where}/{outer}"
