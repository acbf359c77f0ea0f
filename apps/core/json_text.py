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
        found = []
        for name, one in value.items():
            shown = str(name).encode(errors="replace").decode().replace("\x00", "?")
            place = json_pointer.join(pointer, shown)
            found += [replace(one, pointer=place) for one in unstorable(name)] + unstorable(one, place)
        return found
    if isinstance(value, list):
        return [problem for index, one in enumerate(value) for problem in unstorable(one, f"{pointer}/{index}")]
    return []
