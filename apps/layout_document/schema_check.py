"""schema.json as fast checks: the file is read once and compiled into functions that report problems.

Only the few JSON Schema keywords that schema.json uses are understood; any other is an error when the module is
imported, so that the file cannot promise what is not checked. A general validator gives the same verdicts
(a test holds them together) but takes some fifty times as long and words its answers for programmers.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from apps.core import json_pointer
from apps.core.errors import Problem
from apps.layout_document.problem_words import problem

Check: TypeAlias = Callable[[object, str, list[Problem]], None]

SCHEMA_FILE = Path(__file__).with_name("schema.json")
NOTES = {"title", "description", "default", "$schema", "$id", "$defs", "discriminator"}
SHOWN = 60  # characters of a wrong value that a message repeats


def is_number(value: object) -> bool:
    """A JSON number: `true` is none, nor are NaN and the infinities."""
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))


def is_integer(value: object) -> bool:
    """A whole JSON number; 2.0 is one, as JSON Schema and JavaScript have it."""
    return (type(value) is int) or (isinstance(value, float) and math.isfinite(value) and value.is_integer())


def type_name(value: object) -> str:
    """What JSON calls the value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    for kind, name in ((str, "string"), (list, "array"), (dict, "object")):
        if isinstance(value, kind):
            return name
    return type(value).__name__


def shown(value: object) -> str:
    """The value, short enough for a message."""
    if isinstance(value, dict | list):
        return type_name(value)
    if type(value) is int and value.bit_length() > 200:
        return f"{'-' if value < 0 else ''}2^{value.bit_length() - 1}…"  # Python refuses to write out the longest
    text = json.dumps(value, default=str)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


class Compiler:
    """Turns one schema, and those it refers to, into checks."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        self.known: dict[str, Check] = {}

    def compile(self, schema: Mapping[str, Any]) -> Check:
        rest = {key: value for key, value in schema.items() if key not in NOTES}
        if "$ref" in rest:
            return self.reference(rest.pop("$ref"), rest)
        if "anyOf" in rest:
            return self.nullable(rest.pop("anyOf"), rest)
        if "oneOf" in rest:
            return self.by_kind(rest.pop("oneOf"), schema["discriminator"]["propertyName"], rest)
        if "const" in rest:
            return self.choice([rest.pop("const")], rest)
        if "enum" in rest:
            return self.choice(rest.pop("enum"), rest)
        makers = {
            "object": self.object,
            "array": self.array,
            "string": self.string,
            "integer": self.number,
            "number": self.number,
            "boolean": self.boolean,
        }
        return makers[rest["type"]](rest)

    def reference(self, target: str, rest: dict[str, Any]) -> Check:
        nothing_left(rest)
        if target not in self.known:
            self.known[target] = self.compile(self.root["$defs"][target.removeprefix("#/$defs/")])
        return self.known[target]

    def nullable(self, options: list[Any], rest: dict[str, Any]) -> Check:
        nothing_left(rest)
        option, null = options
        if null != {"type": "null"}:
            raise ValueError("anyOf is understood as: this, or null")
        inner = self.compile(option)

        def check(value: object, pointer: str, problems: list[Problem]) -> None:
            if value is not None:
                inner(value, pointer, problems)

        return check

    def by_kind(self, options: list[Any], name: str, rest: dict[str, Any]) -> Check:
        nothing_left(rest)
        checks: dict[str, Check] = {}
        for option in options:
            definition = self.root["$defs"][option["$ref"].removeprefix("#/$defs/")]
            checks[definition["properties"][name]["const"]] = self.compile(option)

        def check(value: object, pointer: str, problems: list[Problem]) -> None:
            if not isinstance(value, dict):
                problems.append(wrong_type(value, pointer, "object"))
            elif name not in value:
                problems.append(missing(pointer, name))
            elif not isinstance(kind := value[name], str) or kind not in checks:
                problems.append(not_allowed(kind, f"{pointer}/{name}", list(checks)))
            else:
                checks[kind](value, pointer, problems)

        return check

    def choice(self, options: list[Any], rest: dict[str, Any]) -> Check:
        nothing_left(rest)

        def check(value: object, pointer: str, problems: list[Problem]) -> None:
            # `True == 1` in Python, not in JSON
            if isinstance(value, bool) or not any(value == option for option in options):
                problems.append(not_allowed(value, pointer, options))

        return check

    def boolean(self, rest: dict[str, Any]) -> Check:
        rest.pop("type")
        nothing_left(rest)

        def check(value: object, pointer: str, problems: list[Problem]) -> None:
            if not isinstance(value, bool):
                problems.append(wrong_type(value, pointer, "boolean"))

        return check

    def number(self, rest: dict[str, Any]) -> Check:
        whole = rest.pop("type") == "integer"
        low, high = rest.pop("minimum"), rest.pop("maximum")
        nothing_left(rest)
        right_type = is_integer if whole else is_number
        wanted = "integer" if whole else "number"

        def check(value: Any, pointer: str, problems: list[Problem]) -> None:
            if not right_type(value):
                problems.append(wrong_type(value, pointer, wanted))
            elif value < low:
                problems.append(problem(pointer, "too_small", least=low, found=shown(value)))
            elif value > high:
                problems.append(problem(pointer, "too_large", most=high, found=shown(value)))

        return check

    def string(self, rest: dict[str, Any]) -> Check:
        rest.pop("type")
        shortest, longest = rest.pop("minLength", 0), rest.pop("maxLength", None)
        # `$` also matches before a last line feed in Python, and only at the end in JavaScript: hence fullmatch
        pattern = re.compile(rest.pop("pattern"))
        nothing_left(rest)

        def check(value: object, pointer: str, problems: list[Problem]) -> None:
            if not isinstance(value, str):
                problems.append(wrong_type(value, pointer, "string"))
            elif len(value) < shortest:
                problems.append(problem(pointer, "too_short", least=shortest))
            elif longest is not None and len(value) > longest:
                problems.append(problem(pointer, "too_long", most=longest, found=len(value)))
            elif not pattern.fullmatch(value):
                problems.append(problem(pointer, why_bad(pointer), found=shown(value)))

        return check

    def array(self, rest: dict[str, Any]) -> Check:
        rest.pop("type")
        most, item = rest.pop("maxItems"), self.compile(rest.pop("items"))
        nothing_left(rest)

        def check(value: object, pointer: str, problems: list[Problem]) -> None:
            if not isinstance(value, list):
                problems.append(wrong_type(value, pointer, "array"))
                return
            if len(value) > most:
                problems.append(problem(pointer, "too_many", most=most, found=len(value)))
                return
            for index, element in enumerate(value):
                item(element, f"{pointer}/{index}", problems)

        return check

    def object(self, rest: dict[str, Any]) -> Check:
        rest.pop("type")
        if rest.pop("additionalProperties") is not False:
            raise ValueError("objects are closed here")
        required = rest.pop("required")
        checks = {
            name: (json_pointer.join("", name), self.compile(member)) for name, member in rest.pop("properties").items()
        }
        nothing_left(rest)

        def check(value: object, pointer: str, problems: list[Problem]) -> None:
            if not isinstance(value, dict):
                problems.append(wrong_type(value, pointer, "object"))
                return
            problems.extend(missing(pointer, name) for name in required if name not in value)
            for name, member in value.items():
                if known := checks.get(name):
                    known[1](member, pointer + known[0], problems)
                else:
                    problems.append(unknown(pointer, name, list(checks)))

        return check


def nothing_left(rest: Mapping[str, Any]) -> None:
    if rest:
        raise ValueError(f"schema.json uses keywords nobody checks: {sorted(rest)}")


def wrong_type(value: object, pointer: str, wanted: str) -> Problem:
    not_finite = isinstance(value, float) and not math.isfinite(value)
    found = shown(value) if not_finite or (wanted == "integer" and is_number(value)) else type_name(value)
    return problem(pointer, wanted, found=found)


def not_allowed(value: object, pointer: str, options: list[Any]) -> Problem:
    return problem(pointer, "not_allowed", options=", ".join(map(shown, options)), found=shown(value))


def missing(pointer: str, name: str) -> Problem:
    return problem(json_pointer.join(pointer, name), "required", name=name)


def unknown(pointer: str, name: object, names: list[str]) -> Problem:
    return problem(json_pointer.join(pointer, name), "unknown_property", name=shown(str(name)), known=", ".join(names))


def why_bad(pointer: str) -> str:
    """The sentence on what a well-formed value looks like, by the last step of its pointer."""
    names = {
        "url": "bad_url",
        "color": "bad_color",
        "background": "bad_background",
        "text": "bad_text",
        "name": "bad_text",
    }
    return names.get(pointer.rpartition("/")[2], "bad_id")


SCHEMA: Mapping[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
check_document = Compiler(SCHEMA).compile(SCHEMA)
