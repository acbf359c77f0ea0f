"""The layout document in the OpenAPI description: schema.json, each of its parts a component of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apps.core.types import Json
from apps.layout_document import schema_check

PREFIX = "Layout"
DOCUMENT = {"$ref": f"#/components/schemas/{PREFIX}Document"}
# JSON text in UTF-8 holds no half of a surrogate pair, and not every reader of regular expressions knows the range.
SURROGATES = r"\ud800-\udfff"


def describe_documents(result: Json, generator: Any, request: Any, public: bool) -> Json:
    """A hook of SPECTACULAR_SETTINGS["POSTPROCESSING_HOOKS"]."""
    schema = json.loads(Path(schema_check.SCHEMA_FILE).read_text(encoding="utf-8"))
    parts = schema.pop("$defs")
    for name in ("$schema", "$id"):
        del schema[name]
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas[f"{PREFIX}Document"] = renamed(schema)
    schemas.update({component(name): renamed(part) for name, part in parts.items()})
    return result


def component(name: str) -> str:
    return PREFIX + name.title().replace("_", "")


def renamed(value: Json) -> Json:
    """`#/$defs/source_crop` → `#/components/schemas/LayoutSourceCrop`."""
    if isinstance(value, dict):
        return {key: reference(part) if key == "$ref" else renamed(part) for key, part in value.items() if known(key)}
    if isinstance(value, list):
        return [renamed(item) for item in value]
    return value.replace(SURROGATES, "") if isinstance(value, str) else value


def known(keyword: str) -> bool:
    """OpenAPI's discriminator wants names of components, ours is the plain word: `oneOf` says enough."""
    return keyword != "discriminator"


def reference(pointer: str) -> str:
    return f"#/components/schemas/{component(pointer.rpartition('/')[2])}"
