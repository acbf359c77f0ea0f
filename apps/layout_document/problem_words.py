"""What is wrong with a document, in sentences with places: kept apart from their values, so that each reader is told in
their own language (`apps.core.translate`). What fills a place is the same in every language: numbers, names, JSON."""

from __future__ import annotations

from typing import Any

from apps.core.errors import Problem
from apps.core.message_templates import fill

# Name → (code, sentence). One code may be said in several ways.
SENTENCES: dict[str, tuple[str, str]] = {
    "object": ("wrong_type", "Must be an object, is {found}."),
    "array": ("wrong_type", "Must be a list, is {found}."),
    "string": ("wrong_type", "Must be a text, is {found}."),
    "number": ("wrong_type", "Must be a number, is {found}."),
    "integer": ("wrong_type", "Must be a whole number, is {found}."),
    "boolean": ("wrong_type", "Must be true or false, is {found}."),
    "not_allowed": ("not_allowed", "Must be one of {options}; is {found}."),
    "required": ("required", "“{name}” is missing."),
    "unknown_property": ("unknown_property", "There is no property {name} here; known are {known}."),
    "too_small": ("too_small", "Must be at least {least}, is {found}."),
    "too_large": ("too_large", "Must be at most {most}, is {found}."),
    "too_short": ("too_short", "Needs at least {least} characters."),
    "too_long": ("too_long", "May have at most {most} characters, has {found}."),
    "too_many": ("too_many", "May have at most {most} items, has {found}."),
    "bad_url": ("bad_format", "{found} is neither asset:<sha256> nor an http(s) URL in plain ASCII."),
    "bad_color": ("bad_format", "{found} is no color such as #1A2B3C (or #1A2B3C80, where it may be translucent)."),
    "bad_background": ("bad_format", "{found} is no color such as #1A2B3C or #1A2B3C80."),
    "bad_text": ("bad_format", "{found} holds a control character or half of a surrogate pair."),
    "bad_id": (
        "bad_format",
        "{found} may have only letters, digits, “_”, “-” and “.”, and begins with none of the last two.",
    ),
    "duplicate_id": ("duplicate_id", "Object {first} has this id already."),
    "no_such_region": ("no_such_region", "No region of this document has this id."),
    "outside_source": ("outside_source", "{start} + {length} may be at most 1, the whole source; is {found}."),
    "unknown_schema": ("unknown_schema", "This version is not known; known are {known}."),
    "too_big": ("too_big", "A document may have at most {most} bytes; this one has {found}."),
    "not_utf8": ("not_json", "This is no text in UTF-8."),
    "not_json": ("not_json", "This is no JSON from line {line}, column {column} on."),
    "no_number": ("not_json", "This is no JSON: {found} is no number in it."),
    "overlong_number": ("not_json", "This is no JSON that can be read: a number has too many digits."),
    "too_deep": ("not_json", "This is no JSON that can be read: it is nested too deeply."),
}


def problem(pointer: str, name: str, /, **values: Any) -> Problem:
    code, sentence = SENTENCES[name]
    return Problem(pointer, code, fill(sentence, values), sentence, values)
