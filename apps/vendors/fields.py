"""The typed settings and options that a product declares, and whether values fit them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from apps.core import json_pointer
from apps.core.errors import Problem
from apps.core.message_templates import Translatable, fill
from apps.core.types import Json


@dataclass(frozen=True, slots=True)
class Field:
    """One typed setting or option of a product, described once: the form, the check and the help come from it."""

    name: str
    type: str  # "integer" | "number" | "string" | "boolean" | "choice"
    label: str
    help: str = ""
    default: Json = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[tuple[Json, str], ...] = ()
    pattern: str = ""
    required: bool = False
    listed: bool = False
    """What can be entered can be asked of the vendor (`abilities.ChoiceListing`)."""
    group: str = ""
    """The heading under which forms fold it away; "" for what stands in the open."""


LEFT_OPEN = "Undocumented behavior of the vendor"
"""The heading of settings that correct a reading we took."""


def grouped(group: str, *fields: Field) -> tuple[Field, ...]:
    return tuple(replace(field, group=group) for field in fields)


# Name → (code, sentence). Each is said in the reader's language, the field's label too.
SENTENCES: dict[str, tuple[str, str]] = {
    "required": ("required", "{field} is required."),
    "not_a_choice": ("not_a_choice", "{field} must be one of: {choices}."),
    "boolean": ("wrong_type", "{field} must be true or false."),
    "integer": ("wrong_type", "{field} must be a whole number."),
    "number": ("wrong_type", "{field} must be a number."),
    "string": ("wrong_type", "{field} must be a text."),
    "too_small": ("too_small", "{field} must be at least {least}."),
    "too_big": ("too_big", "{field} must be at most {most}."),
    "unknown_field": ("unknown_field", "Unknown name. Known names: {known}."),
    "bad_format": ("bad_format", "{field} contains characters that are not allowed."),
}


def check_fields(fields: Iterable[Field], values: Mapping[str, Json], pointer: str) -> list[Problem]:
    """What is wrong with the values of declared fields. Values nobody declared are left alone."""
    found: list[Problem] = []
    for field in fields:
        value = values.get(field.name)
        here = f"{pointer}/{field.name}"
        if value is None or value == "":
            if field.required:
                found.append(_problem(here, field, "required"))
        elif wrong := _check(field, value):
            found.append(_problem(here, field, *wrong))
    return found


def check_names(fields: Iterable[Field], values: Mapping[str, Json], pointer: str) -> list[Problem]:
    """The names that none of the fields has, each with its JSON pointer: a misspelt name would have no effect."""
    known = [field.name for field in fields]
    problems = []
    for name in sorted(set(values) - set(known)):
        code, sentence = SENTENCES["unknown_field"]
        params = {"known": ", ".join(known) or "–"}
        where = json_pointer.join(pointer, name[:100])
        problems.append(Problem(where, code, fill(sentence, params), sentence, params))
    return problems


def _problem(pointer: str, field: Field, name: str, values: Mapping[str, str] | None = None) -> Problem:
    code, sentence = SENTENCES[name]
    places = {"field": Translatable(field.label), **(values or {})}
    return Problem(pointer, code, fill(sentence, places), sentence, places)


def _check(field: Field, value: Json) -> tuple[str, Mapping[str, str]] | None:
    """The name of a sentence and what fills its places; None for a value that will do."""
    if field.type == "choice":
        if any(type(choice) is type(value) and choice == value for choice, _ in field.choices):
            return None
        return "not_a_choice", {"choices": ", ".join(str(choice) for choice, _ in field.choices if choice != "")}
    if field.type == "boolean":
        return None if isinstance(value, bool) else ("boolean", {})
    if field.type in ("integer", "number"):
        if isinstance(value, bool) or not isinstance(value, int if field.type == "integer" else (int, float)):
            return field.type, {}
        if field.minimum is not None and value < field.minimum:
            return "too_small", {"least": f"{field.minimum:g}"}
        if field.maximum is not None and value > field.maximum:
            return "too_big", {"most": f"{field.maximum:g}"}
        return None
    if not isinstance(value, str):
        return "string", {}
    return ("bad_format", {}) if field.pattern and not re.fullmatch(field.pattern, value) else None
