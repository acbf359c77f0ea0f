"""A vendor's payload read back: a layout document, who sits where, and what a document has no words for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from apps.core.errors import Invalid, Problem
from apps.layout_document.document import LayoutDocument
from apps.vendors.contract import Binding

Json: TypeAlias = Any

SLOT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")  # an id of the layout document


@dataclass(frozen=True, slots=True)
class Imported:
    """`bindings`: slot → person; a slot is called like its person where that makes a name for a slot.
    `not_understood` names what could not be taken over, each with its JSON pointer into the payload."""

    document: LayoutDocument
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    not_understood: tuple[Problem, ...] = ()


def slot_for(person: str, number: int) -> str:
    """The slot of the `number`-th region, counted from 1."""
    return person if SLOT.fullmatch(person) else f"guest-{number}"


def not_in_a_layout(pointer: str) -> Problem:
    return Problem(pointer, "not_in_a_layout", "A layout has no words for this.")


def no_layout(pointer: str, message: str) -> Invalid:
    return Invalid("This payload holds no layout.", problems=[Problem(pointer, "not_understood", message)])


def number_at(value: Mapping[str, Json], name: str, where: str, default: float | None = None) -> float:
    """A JSON number. Raises `Invalid` with the pointer."""
    found = value.get(name, default)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise no_layout(f"{where}/{name}", "This must be a number.")
    return found


def object_at(value: Json, name: str, where: str) -> Mapping[str, Json]:
    """A member that is an object. Raises `Invalid` with the pointer."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(found, Mapping):
        raise no_layout(f"{where}/{name}", "An object is needed here.")
    return found


def list_at(value: Mapping[str, Json], name: str, where: str) -> list[Mapping[str, Json]]:
    """A member that is a list of objects; [] when it is left out. Raises `Invalid` with the pointer."""
    found = value.get(name) or []
    if not isinstance(found, list):
        raise no_layout(f"{where}/{name}", "A list is needed here.")
    for at, one in enumerate(found):
        if not isinstance(one, Mapping):
            raise no_layout(f"{where}/{name}/{at}", "An object is needed here.")
    return found
