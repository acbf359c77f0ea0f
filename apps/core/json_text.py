"""Which text a database takes: PostgreSQL refuses NUL and lone surrogates, which JSON can hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apps.core import json_pointer
from apps.core.errors import Problem

UNSTORABLE = "This text contains a character that cannot be stored (NUL or half a surrogate pair)."


def unstorable(value: Any, pointer: str = "") -> list[Problem]:
    """A problem for each string (or name) in a JSON value that no database column takes."""
    if isinstance(value, str):
        bad = "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value)
        return [Problem(pointer, "bad_character", UNSTORABLE, UNSTORABLE)] if bad else []
    if isinstance(value, dict):
        problems = []
        for name, inner in value.items():
            printable = str(name).encode(errors="replace").decode().replace("\x00", "?")
            place = json_pointer.join(pointer, printable)
            problems += [replace(problem, pointer=place) for problem in unstorable(name)] + unstorable(inner, place)
        return problems
    if isinstance(value, list):
        return [problem for index, item in enumerate(value) for problem in unstorable(item, f"{pointer}/{index}")]
    return []
