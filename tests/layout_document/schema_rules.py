"""Every single rule of schema.json, as it applies to a document: a place, and the code of what breaks the rule there."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from apps.layout_document import schema_check

Json = Any
SCHEMA: dict[str, Json] = json.loads(Path(schema_check.SCHEMA_FILE).read_text(encoding="utf-8"))
CODES = {
    "minimum": "too_small", "maximum": "too_large", "minLength": "too_short", "maxLength": "too_long",
    "pattern": "bad_format", "enum": "not_allowed", "const": "not_allowed", "maxItems": "too_many",
}  # fmt: skip


def rules(document: Json) -> Iterator[tuple[dict[str, str], Json]]:
    """({"pointer", "code"}, the part of the schema) for all that the document's parts have to keep to."""
    yield from of_part(SCHEMA, document, "")


def of_part(given: Json, value: Json, at: str) -> Iterator[tuple[dict[str, str], Json]]:
    schema = resolved(given, value)
    if "type" in schema:
        yield {"pointer": at, "code": "wrong_type"}, schema
    for keyword, code in CODES.items():
        if keyword in schema:
            yield {"pointer": at, "code": code}, schema
    for name in schema.get("required", []):
        yield {"pointer": f"{at}/{name}", "code": "required"}, schema
    if schema.get("additionalProperties") is False:
        yield {"pointer": f"{at}/stranger", "code": "unknown_property"}, schema
    for name, part in schema.get("properties", {}).items():
        yield from of_part(part, value[name], f"{at}/{name}")
    for index, element in enumerate(value if "items" in schema else []):
        yield from of_part(schema["items"], element, f"{at}/{index}")


def resolved(schema: Json, value: Json) -> Json:
    """Past references and choices: an object by its kind, what may also be null without the null."""
    if "$ref" in schema:
        return resolved(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], value)
    if "anyOf" in schema:
        return resolved(schema["anyOf"][0], value)
    if "oneOf" in schema:
        return resolved({"$ref": value["kind"]}, value)
    return schema


def changed(document: Json, case: dict[str, Json]) -> Json:
    """The document with the `value` at the `pointer`, or without what is there (`drop`)."""
    made = copy.deepcopy(document)
    *path, last = case["pointer"].split("/")[1:] or [""]
    if not last:
        return case["value"]
    inner = made
    for step in path:
        inner = inner[int(step) if isinstance(inner, list) else step]
    key = int(last) if isinstance(inner, list) else last
    if case.get("drop"):
        del inner[key]
    else:
        inner[key] = case["value"]
    return made
