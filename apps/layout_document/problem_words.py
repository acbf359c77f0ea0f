"""What is wrong with a document, in sentences with places: kept apart from their values, so that each reader is told in
their own language (`apps.core.translate`). What fills a place is the same in every language: numbers, names, JSON."""

from __future__ import annotations

from typing import Any

from apps.core.errors import Problem
from apps.core.message_templates import fill

# Name → (code, sentence). One code may be said in several ways.
SENTENCES: dict[str, tuple[str, str]] = {
    "object": ("wrong_type", "Must be an object, not {found}."),
    "array": ("wrong_type", "Must be a list, not {found}."),
    "string": ("wrong_type", "Must be a text, not {found}."),
    "number": ("wrong_type", "Must be a number, not {found}."),
    "integer": ("wrong_type", "Must be a whole number, not {found}."),
    "boolean": ("wrong_type", "Must be true or false, not {found}."),
    "not_allowed": ("not_allowed", "Must be one of {options}, not {found}."),
    "required": ("required", "“{name}” is missing."),
    "unknown_property": ("unknown_property", "Unknown property {name}. Known properties: {known}."),
    "too_small": ("too_small", "Must be at least {least}, not {found}."),
    "too_large": ("too_large", "Must be at most {most}, not {found}."),
    "too_short": ("too_short", "Must have at least {least} characters."),
    "too_long": ("too_long", "Must have at most {most} characters, not {found}."),
    "too_many": ("too_many", "Must have at most {most} items, not {found}."),
    "bad_url": ("bad_format", "{found} is neither asset:<sha256> nor an http(s) URL in plain ASCII."),
    "bad_color": ("bad_format", "{found} is not a color such as #1A2B3C (or #1A2B3C80, where it can be translucent)."),
    "bad_background": ("bad_format", "{found} is not a color such as #1A2B3C or #1A2B3C80."),
    "bad_text": ("bad_format", "{found} contains a control character or half of a surrogate pair."),
    "bad_id": (
        "bad_format",
        "{found} can contain only letters, digits, “_”, “-” and “.”, and must not start with “-” or “.”.",
    ),
    "duplicate_id": ("duplicate_id", "Object {first} already has this ID."),
    "no_such_region": ("no_such_region", "No region of this document has this ID."),
    "outside_source": ("outside_source", "{start} + {length} must be at most 1, the whole source, not {found}."),
    "unknown_schema": ("unknown_schema", "Unknown version. Known versions: {known}."),
    "too_big": ("too_big", "A document can have at most {most} bytes. This one has {found}."),
    "not_utf8": ("not_json", "This is not UTF-8 text."),
    "not_json": ("not_json", "Invalid JSON from line {line}, column {column}."),
    "no_number": ("not_json", "Invalid JSON: {found} is not a JSON number."),
    "overlong_number": ("not_json", "Invalid JSON: a number has too many digits."),
    "too_deep": ("not_json", "Invalid JSON: it is nested too deeply."),
}


def problem(pointer: str, name: str, /, **values: Any) -> Problem:
    code, sentence = SENTENCES[name]
    return Problem(pointer, code, fill(sentence, values), sentence, values)
