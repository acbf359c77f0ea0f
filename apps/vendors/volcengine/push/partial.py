"""An update that says only what changed (`IsUpdatePartialParam`): objects in their nesting, lists always complete."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.types import Json

PARTS = ("TargetStreams", "Layout", "Encode", "Control")


def parts_of(body: Mapping[str, Json]) -> dict[str, Json]:
    """What a later update is compared with."""
    return {name: body[name] for name in PARTS if name in body}


def changes(before: Json, after: Mapping[str, Json]) -> dict[str, Json] | None:
    """The members of `after` that differ from what is in force; None where only the whole can say it: nothing is known
    of before, or something has to go, for which a patch has no word."""
    if not isinstance(before, Mapping) or not before:
        return None
    if _goes(before, after):
        return None
    found = _changed(before, after)
    layout = found.setdefault("Layout", {})
    layout["LayoutMode"] = after["Layout"]["LayoutMode"]
    if "TargetStreams" in found:  # streams and regions are matched one to one
        layout.setdefault("CustomLayout", {})["Regions"] = after["Layout"]["CustomLayout"]["Regions"]
    return found


def _goes(before: Json, after: Json) -> bool:
    """Whether something that is set has no value any more. Lists are replaced as they are."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return False
    return any(name not in after or _goes(value, after[name]) for name, value in before.items())


def _changed(before: Json, after: Mapping[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, value in after.items():
        old = before.get(name) if isinstance(before, Mapping) else None
        if value == old:
            continue
        found[name] = _changed(old, value) if isinstance(value, Mapping) and isinstance(old, Mapping) else value
    return found
