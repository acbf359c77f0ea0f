"""Guides, groups, kept-ratio switches, sample variables and the product a layout is made for: what helps to draw it
and is no part of its picture.

They are shared by everybody who edits the layout and belong to no document: no product is sent them, no file holds
them. `revision` counts their saves; each kept version of the layout remembers how they were while it was the current
one, so that a version comes back with its groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import json_pointer
from apps.core.errors import Invalid, Problem, Stale
from apps.core.json_text import unstorable
from apps.layouts.models import LayoutAids, LayoutTemplate
from apps.live.broadcast import tell_team
from apps.vendors import registry

Aids = dict[str, Any]

NO_AIDS: Aids = {"guides": [], "groups": {}, "names": {}, "ratio": {}, "variables": {}, "made_for": ""}
MOST_GUIDES, MOST_OBJECTS, MOST_VARIABLES, DEEPEST_GROUP = 100, 100, 100, 20
LONGEST_NAME = 120  # characters, as an object's
LONGEST_SAMPLE = 1000  # characters, as a task's own variables
FIRST, LAST = -3840, 7680  # canvas pixels, as far out as an object may be
ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
VARIABLE = re.compile(r"[^\s{}]{1,64}")


def of(layout: LayoutTemplate) -> Aids:
    """The aids with their `revision`; 0 and nothing where nobody has saved any. A product that is no more is not named."""
    kept = LayoutAids.objects.filter(layout=layout).first()
    found = {**NO_AIDS, **(kept.value if kept else {}), "revision": kept.revision if kept else 0}
    return found if found["made_for"] in registry.products() else {**found, "made_for": ""}


@transaction.atomic
def save(layout: LayoutTemplate, value: Mapping[str, Any], revision: int) -> Aids:
    """All of them anew; what belongs to objects that the layout does not have is left out. Raises `Invalid` with
    pointers into the value, and `Stale` unless `revision` is the current one."""
    clean = checked(value)
    layout = LayoutTemplate.objects.select_for_update().get(pk=layout.pk)
    before = of(layout)
    if revision != before["revision"]:
        raise Stale(_("Somebody changed the groups or guides since you opened them."), current=before["revision"])
    clean = of_objects(clean, layout.document)
    if clean == without_revision(before):
        return before
    LayoutAids.objects.update_or_create(layout=layout, defaults={"value": clean, "revision": revision + 1})
    layout.versions.filter(version=layout.version).update(aids=clean)
    tell_team(layout.team_id, {"kind": "aids.changed", "layout_id": str(layout.pk), "revision": revision + 1})
    return {**clean, "revision": revision + 1}


def follow(layout: LayoutTemplate) -> Aids:
    """Drops what belonged to objects that the layout, saved just now, no longer has: a later object may get their
    ids. Answers what is left, for the version that is kept."""
    kept = LayoutAids.objects.filter(layout=layout).first()
    if kept is None:
        return {}
    left = of_objects(kept.value, layout.document)
    if left != kept.value:
        kept.value = left
        kept.save(update_fields=["value"])
    return left


def copy(source: LayoutTemplate, to: LayoutTemplate) -> None:
    """A copy of a layout is grouped as the layout is."""
    kept = LayoutAids.objects.filter(layout=source).first()
    if kept is None:
        return
    LayoutAids.objects.create(layout=to, value=kept.value, revision=1)
    to.versions.filter(version=to.version).update(aids=kept.value)


def without_revision(value: Aids) -> Aids:
    return {name: one for name, one in value.items() if name != "revision"}


def of_objects(value: Mapping[str, Any], document: Mapping[str, Any]) -> Aids:
    there = {item["id"] for item in document["objects"]}
    found = {**NO_AIDS, **value}
    for name in ("groups", "ratio"):
        found[name] = {id: one for id, one in found[name].items() if id in there}
    used = {group for path in found["groups"].values() for group in path}
    found["names"] = {group: name for group, name in found["names"].items() if group in used}
    return found


def checked(value: Mapping[str, Any]) -> Aids:
    """Raises `Invalid` with every problem, up to a hundred."""
    value = {"made_for": "", **value}  # came later than the others: older clients do not send it
    found = [problem for name, check in CHECKS.items() for problem in check(value.get(name), f"/{name}")]
    if found := (found + unstorable(value))[:100]:
        raise Invalid(_("The request is not valid."), problems=found)
    return {name: value[name] for name in CHECKS}


def guides(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(at, "wrong_type", _("Expected a list."))
        return
    if len(value) > MOST_GUIDES:
        yield Problem(at, "too_many", _("At most %(n)s are allowed.") % {"n": MOST_GUIDES})
        return
    for index, one in enumerate(value):
        if not isinstance(one, dict) or set(one) != {"axis", "at"}:
            yield Problem(f"{at}/{index}", "invalid", _("A guide has only an axis and a position."))
            continue
        if one["axis"] not in ("x", "y"):
            yield Problem(f"{at}/{index}/axis", "not_allowed", _("The axis of a guide is x or y."))
        if type(one["at"]) is not int or not FIRST <= one["at"] <= LAST:
            message = _("Enter a whole number from %(least)s to %(most)s.") % {"least": FIRST, "most": LAST}
            yield Problem(f"{at}/{index}/at", "invalid", message)


def groups(value: Any, at: str) -> Iterator[Problem]:
    for where, path in members(value, at, MOST_OBJECTS, is_id):
        if not isinstance(path, list) or not 1 <= len(path) <= DEEPEST_GROUP:
            message = _("Expected the groups of an object, the outermost first, at most %(n)s.")
            yield Problem(where, "invalid", message % {"n": DEEPEST_GROUP})
        elif not all(isinstance(one, str) and is_id(one) for one in path) or len(set(path)) < len(path):
            yield Problem(where, "invalid", _("Each group has one ID and is listed once."))
    yield from wrong_names(value, at, MOST_OBJECTS, is_id)


def names(value: Any, at: str) -> Iterator[Problem]:
    for where, member in members(value, at, MOST_OBJECTS, is_id):
        if not isinstance(member, str) or not 1 <= len(member) <= LONGEST_NAME:
            yield Problem(where, "invalid", _("Expected a text of at most %(n)s characters.") % {"n": LONGEST_NAME})
    yield from wrong_names(value, at, MOST_OBJECTS, is_id)


def ratio(value: Any, at: str) -> Iterator[Problem]:
    for where, member in members(value, at, MOST_OBJECTS, is_id):
        if not isinstance(member, bool):
            yield Problem(where, "wrong_type", _("Expected true or false."))
    yield from wrong_names(value, at, MOST_OBJECTS, is_id)


def variables(value: Any, at: str) -> Iterator[Problem]:
    for where, member in members(value, at, MOST_VARIABLES, is_variable):
        if not isinstance(member, str) or len(member) > LONGEST_SAMPLE:
            message = _("Expected a text of at most %(n)s characters.") % {"n": LONGEST_SAMPLE}
            yield Problem(where, "invalid", message)
    yield from wrong_names(value, at, MOST_VARIABLES, is_variable)


def made_for(value: Any, at: str) -> Iterator[Problem]:
    if value != "" and value not in registry.products():
        yield Problem(at, "not_allowed", _("Unknown product."))


CHECKS: dict[str, Callable[[Any, str], Iterator[Problem]]] = {
    "guides": guides, "groups": groups, "names": names, "ratio": ratio, "variables": variables,
    "made_for": made_for,
}  # fmt: skip


def is_id(name: str) -> bool:
    return ID.fullmatch(name) is not None


def is_variable(name: str) -> bool:
    return VARIABLE.fullmatch(name) is not None


def members(value: Any, at: str, most: int, good: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    """(pointer, value) of what is well named; nothing of what is no object or too large, which `wrong_names` says."""
    if isinstance(value, dict) and len(value) <= most:
        yield from ((f"{at}/{name}", one) for name, one in value.items() if good(name))


def wrong_names(value: Any, at: str, most: int, good: Callable[[str], bool]) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(at, "wrong_type", _("Expected an object."))
    elif len(value) > most:
        yield Problem(at, "too_many", _("At most %(n)s are allowed.") % {"n": most})
    else:
        for name in value:
            if not good(name):
                yield Problem(json_pointer.join(at, name[:100]), "bad_format", _("This is not a valid ID or name."))
