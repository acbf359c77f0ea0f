"""Old documents, read as new ones. Upgrades run on reading; nothing stored is rewritten.

Each step takes a document of one version and answers one of the next. A step is total: what it does not
understand it leaves in place for the checks of the present version to name, so it raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from apps.core.types import JsonObject
from apps.layout_document.document import SCHEMA


def from_0(old: JsonObject) -> JsonObject:
    """`quadbox.layout/0` had `width`, `height` and `background` at its top, and a depth `z` on each object."""
    new = {key: value for key, value in old.items() if key not in ("width", "height", "background")}
    new["schema"] = "quadbox.layout/1"
    canvas: JsonObject = {key: old[key] for key in ("width", "height") if key in old}
    background = old.get("background")
    if isinstance(background, str) and background.startswith("#"):
        canvas["color"] = background
    elif isinstance(background, str):
        canvas["image"] = {"url": background, "fit": "stretch"}  # version 0 always stretched it
    elif background is not None:
        canvas["color"] = background
    new.setdefault("canvas", canvas)
    objects = old.get("objects")
    if isinstance(objects, list):
        new["objects"] = [without_z(item) for item in sorted(objects, key=depth)]
    return new


def depth(item: object) -> float:
    z = item.get("z") if isinstance(item, dict) else None
    return z if isinstance(z, int | float) and not isinstance(z, bool) and z == z else 0


def without_z(item: object) -> object:
    return {key: value for key, value in item.items() if key != "z"} if isinstance(item, dict) else item


UPGRADES: dict[str, Callable[[JsonObject], JsonObject]] = {"quadbox.layout/0": from_0}


def upgrade(value: object) -> object:
    """The value in the present version, where its version is an old one we know; else the value itself."""
    while isinstance(value, dict):
        version = value.get("schema")
        if version == SCHEMA or not isinstance(version, str) or version not in UPGRADES:
            break
        value = UPGRADES[version](value)
    return value
