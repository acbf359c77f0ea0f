"""Checks values against the typed fields a product declares (`contract.Field`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from apps.core.errors import Problem
from apps.vendors.contract import Field

Json: TypeAlias = Any


def check_fields(fields: Iterable[Field], values: Mapping[str, Json], pointer: str) -> list[Problem]:
    """What is wrong with the values of declared fields. Values nobody declared are left alone."""
    found: list[Problem] = []
    for field in fields:
        value = values.get(field.name)
        if value is None or value == "":
            if field.required:
                found.append(Problem(f"{pointer}/{field.name}", "required", f"{field.label} is needed."))
            continue
        if problem := _check(field, value):
            found.append(Problem(f"{pointer}/{field.name}", *problem))
    return found


def _check(field: Field, value: Json) -> tuple[str, str] | None:
    if field.type == "choice":
        if not any(type(choice) is type(value) and choice == value for choice, _ in field.choices):
            known = ", ".join(str(choice) for choice, _ in field.choices if choice != "")
            return "not_a_choice", f"{field.label} must be one of: {known}."
        return None
    if field.type == "boolean":
        return None if isinstance(value, bool) else ("wrong_type", f"{field.label} must be true or false.")
    if field.type in ("integer", "number"):
        if isinstance(value, bool) or not isinstance(value, int if field.type == "integer" else (int, float)):
            return "wrong_type", f"{field.label} must be a number."
        if field.minimum is not None and value < field.minimum:
            return "too_small", f"{field.label} must be at least {field.minimum:g}."
        if field.maximum is not None and value > field.maximum:
            return "too_big", f"{field.label} must be at most {field.maximum:g}."
        return None
    if not isinstance(value, str):
        return "wrong_type", f"{field.label} must be a text."
    if field.pattern and not re.fullmatch(field.pattern, value):
        return "bad_format", f"{field.label} has characters that are not allowed."
    return None
