"""A layout document as JSON: one canonical form, every field written out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import Any

from apps.layout_document.document import (
    SCHEMA,
    Canvas,
    Image,
    LayoutDocument,
    LayoutObject,
    Picture,
    Region,
    Source,
    SourceCrop,
    Text,
)

OBJECT_FIELDS = {
    kind: ("kind", *(field.name for field in fields(kind) if field.name != "kind")) for kind in (Region, Image, Text)
}
PART_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in (Canvas, Picture, Source, SourceCrop)}


def plain(value: Any) -> Any:
    """A field's value in JSON. 1.0 is written 1, as JavaScript does, so that equal documents are equal text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if names := PART_FIELDS.get(type(value)):
        return {name: plain(getattr(value, name)) for name in names}
    return value


def object_json(item: LayoutObject) -> dict[str, Any]:
    return {name: plain(getattr(item, name)) for name in OBJECT_FIELDS[type(item)]}


def to_json(document: LayoutDocument) -> dict[str, Any]:
    """The document as `quadbox.layout/1`. `parse(to_json(document)) == document`."""
    return {
        "schema": SCHEMA,
        "canvas": plain(document.canvas),
        "objects": [object_json(item) for item in document.objects],
    }


def dumps(document: LayoutDocument) -> str:
    """The canonical form as compact text."""
    return json.dumps(to_json(document), ensure_ascii=False, separators=(",", ":"))


def content_hash(document: LayoutDocument) -> str:
    """SHA-256 (64 hex digits) of the canonical form: equal for equal documents, whoever wrote them."""
    text = json.dumps(to_json(document), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
