"""What is wrong with an editor state that somebody sends: one function per member, each with pointers into the value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.core import json_pointer
from apps.core.errors import Invalid, Problem
from apps.core.json_text import unstorable
from apps.core.types import JsonObject
from apps.vendors import registry

MAX_GUIDES, MAX_OBJECTS, MAX_VARIABLES, MAX_GROUP_DEPTH, MAX_PROBLEMS = 100, 100, 100, 20, 100
MAX_NAME = 120  # characters, as an object's
MAX_SAMPLE = 1000  # characters, as a task's own variables
MIN_POSITION, MAX_POSITION = -3840, 7680  # canvas pixels, as far out as an object may be
ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
VARIABLE = re.compile(r"[^\s{}]{1,64}")


def validate(value: Mapping[str, Any]) -> JsonObject:
    """The state with all its members. Raises `Invalid` with every problem, up to a hundred."""
    value = {"made_for": "", **value}  # came later than the others: older clients do not send it
    problems = [problem for name, check in CHECKS.items() for problem in check(value.get(name), f"/{name}")]
    if problems := (problems + unstorable(value))[:MAX_PROBLEMS]:
        raise Invalid(_("The request is not valid."), problems=problems)
    return {name: value[name] for name in CHECKS}


def guides(value: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(pointer, "wrong_type", _("Expected a list."))
        return
    if len(value) > MAX_GUIDES:
        yield Problem(pointer, "too_many", _("At most %(n)s are allowed.") % {"n": MAX_GUIDES})
        return
    for index, guide in enumerate(value):
        if not isinstance(guide, dict) or set(guide) != {"axis", "at"}:
            yield Problem(f"{pointer}/{index}", "invalid", _("A guide has only an axis and a position."))
            continue
        if guide["axis"] not in ("x", "y"):
            yield Problem(f"{pointer}/{index}/axis", "not_allowed", _("The axis of a guide is x or y."))
        if type(guide["at"]) is not int or not MIN_POSITION <= guide["at"] <= MAX_POSITION:
            message = _("Enter a whole number from %(least)s to %(most)s.")
            limits = {"least": MIN_POSITION, "most": MAX_POSITION}
            yield Problem(f"{pointer}/{index}/at", "invalid", message % limits)


def groups(value: Any, pointer: str) -> Iterator[Problem]:
    for place, path in members(value, pointer, MAX_OBJECTS, is_id):
        if not isinstance(path, list) or not 1 <= len(path) <= MAX_GROUP_DEPTH:
            message = _("Expected the groups of an object, the outermost first, at most %(n)s.")
            yield Problem(place, "invalid", message % {"n": MAX_GROUP_DEPTH})
        elif not all(isinstance(group, str) and is_id(group) for group in path) or len(set(path)) < len(path):
            yield Problem(place, "invalid", _("Each group has one ID and is listed once."))
    yield from wrong_names(value, pointer, MAX_OBJECTS, is_id)


def names(value: Any, pointer: str) -> Iterator[Problem]:
    for place, name in members(value, pointer, MAX_OBJECTS, is_id):
        if not isinstance(name, str) or not 1 <= len(name) <= MAX_NAME:
            yield Problem(place, "invalid", _("Expected a text of at most %(n)s characters.") % {"n": MAX_NAME})
    yield from wrong_names(value, pointer, MAX_OBJECTS, is_id)


def ratio(value: Any, pointer: str) -> Iterator[Problem]:
    for place, switch in members(value, pointer, MAX_OBJECTS, is_id):
        if not isinstance(switch, bool):
            yield Problem(place, "wrong_type", _("Expected true or false."))
    yield from wrong_names(value, pointer, MAX_OBJECTS, is_id)


def variables(value: Any, pointer: str) -> Iterator[Problem]:
    for place, sample in members(value, pointer, MAX_VARIABLES, is_variable):
        if not isinstance(sample, str) or len(sample) > MAX_SAMPLE:
            yield Problem(place, "invalid", _("Expected a text of at most %(n)s characters.") % {"n": MAX_SAMPLE})
    yield from wrong_names(value, pointer, MAX_VARIABLES, is_variable)


def made_for(value: Any, pointer: str) -> Iterator[Problem]:
    if value != "" and value not in registry.products():
        yield Problem(pointer, "not_allowed", _("Unknown product."))


CHECKS: dict[str, Callable[[Any, str], Iterator[Problem]]] = {
    "guides": guides, "groups": groups, "names": names, "ratio": ratio, "variables": variables,
    "made_for": made_for,
}  # fmt: skip


def is_id(name: str) -> bool:
    return ID.fullmatch(name) is not None


def is_variable(name: str) -> bool:
    return VARIABLE.fullmatch(name) is not None


def members(value: Any, pointer: str, limit: int, is_name: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    """(pointer, value) of the members that are well named; none of what is no object or too large, which `wrong_names`
    reports."""
    if isinstance(value, dict) and len(value) <= limit:
        yield from ((json_pointer.join(pointer, name), member) for name, member in value.items() if is_name(name))


def wrong_names(value: Any, pointer: str, limit: int, is_name: Callable[[str], bool]) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(pointer, "wrong_type", _("Expected an object."))
    elif len(value) > limit:
        yield Problem(pointer, "too_many", _("At most %(n)s are allowed.") % {"n": limit})
    else:
        for name in value:
            if not is_name(name):
                place = json_pointer.join(pointer, name[:100])
                yield Problem(place, "bad_format", _("This is not a valid ID or name."))
