"""What is on air, what is wanted instead, and the difference in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.types import JsonMapping
from apps.layout_document import variables as texts
from apps.layout_document.parse import parse
from apps.layout_document.serialize import to_json
from apps.tasks.finding_json import DOCUMENT_VALUES
from apps.tasks.models import Task

PLACE, SIZE = ("x", "y"), ("width", "height")
NOT_COMPARED = {
    "id",
    "name",
    "locked",
    "kind",
    *PLACE,
    *SIZE,
    "hidden",
    "source",
    "text",
}  # said in their own words, or not seen


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A layout document with the people in its slots and the words in its texts."""

    document: JsonMapping
    bindings: JsonMapping
    variables: JsonMapping


def on_air(task: Task) -> Snapshot:
    """What the cloud last accepted. People and texts of an earlier request are not stored: those wanted now are used."""
    return Snapshot(canonical(task.applied_document or task.document), dict(task.bindings), dict(task.variables))


def wanted(task: Task) -> Snapshot:
    return Snapshot(canonical(task.document), dict(task.bindings), dict(task.variables))


def canonical(document: JsonMapping) -> JsonMapping:
    """With every field written out: what one document leaves to its default and another says is no difference."""
    return to_json(parse(document))


def changes(before: Snapshot, after: Snapshot) -> list[str]:
    """A sentence for everything that will be different, in the reader's language; [] when nothing is."""
    return [*canvas_changes(before, after), *object_changes(before, after), *order_changes(before, after)]


def canvas_changes(before: Snapshot, after: Snapshot) -> Iterator[str]:
    old, new = before.document["canvas"], after.document["canvas"]
    if (old["width"], old["height"]) != (new["width"], new["height"]):
        yield _("The canvas size changes to %(width)s × %(height)s.") % new
    if old.get("color") != new.get("color"):
        yield _("The background color changes to %(color)s.") % {"color": new.get("color")}
    if (old.get("image") or None) != (new.get("image") or None):
        yield _("The background picture changes.") if new.get("image") else _("The background picture is removed.")


def object_changes(before: Snapshot, after: Snapshot) -> Iterator[str]:
    old, new = visible(before), visible(after)
    for key, item in old.items():
        if key not in new:
            yield _("“%(name)s” is removed.") % {"name": name_of(item)}
    for key, item in new.items():
        if key not in old:
            yield _("“%(name)s” is added.") % {"name": name_of(item)}
            continue
        said = list(differences(old[key], item, before, after))
        if said:
            yield _("“%(name)s” changes: %(changes)s.") % {"name": name_of(item), "changes": joined(said)}


def joined(parts: list[str]) -> str:
    return ("，" if (get_language() or "").startswith("zh") else ", ").join(parts)


def differences(old: JsonMapping, new: JsonMapping, before: Snapshot, after: Snapshot) -> Iterator[str]:
    if any(old.get(name) != new.get(name) for name in PLACE):
        yield _("moves to %(x)s, %(y)s") % {"x": new["x"], "y": new["y"]}
    if any(old.get(name) != new.get(name) for name in SIZE):
        yield _("becomes %(width)s × %(height)s") % {"width": new["width"], "height": new["height"]}
    if new["kind"] == "region" and person(old, before) != person(new, after):
        yield _("shows %(person)s") % {"person": person(new, after)}
    if new["kind"] == "text" and words(old, before) != words(new, after):
        yield _("text changes to “%(text)s”") % {"text": words(new, after)[:80]}
    if old.get("fit") != new.get("fit") and new.get("fit"):
        yield _("fit changes to %(fit)s") % {"fit": DOCUMENT_VALUES[new["fit"]]}
    looks = {
        name for name in {*old, *new} - NOT_COMPARED - {"fit"} if (old.get(name) or None) != (new.get(name) or None)
    }
    if looks:
        yield _("looks different")


def order_changes(before: Snapshot, after: Snapshot) -> Iterator[str]:
    old, new = list(visible(before)), list(visible(after))
    both = set(old) & set(new)
    if [item_id for item_id in old if item_id in both] != [item_id for item_id in new if item_id in both]:
        yield _("The order of the objects changes.")


def visible(snapshot: Snapshot) -> dict[str, JsonMapping]:
    return {thing["id"]: thing for thing in snapshot.document.get("objects", []) if not thing.get("hidden")}


def name_of(item: JsonMapping) -> str:
    return str(item.get("name") or " ".join(str(item.get("text", "")).split())[:40] or item["id"])


def person(region: JsonMapping, snapshot: Snapshot) -> str:
    slot = region["source"]["slot"]
    bound = snapshot.bindings.get(slot) or {}
    who = str(bound.get("user_id") or slot)
    return who if region["source"].get("stream", "camera") == "camera" else f"{who} ({DOCUMENT_VALUES['screen']})"


def words(text: JsonMapping, snapshot: Snapshot) -> str:
    return texts.fill(text["text"], snapshot.variables)
