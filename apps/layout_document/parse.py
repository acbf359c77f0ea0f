"""From JSON to a layout document, or to the list of what is wrong with it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, TypeGuard

from apps.core.errors import Invalid, Problem
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
from apps.layout_document.problem_words import problem
from apps.layout_document.schema_check import check_document
from apps.layout_document.serialize import dumps
from apps.layout_document.upgrades import UPGRADES, upgrade

MAX_BYTES = 256 * 1024
MAX_PROBLEMS = 100  # a person mends the first ones first; a hostile document gets no megabytes of answer
ROUNDING = 1e-9  # 0.7 + 0.3 is not quite 1 in binary

KINDS: dict[str, type[LayoutObject]] = {"region": Region, "image": Image, "text": Text}
NO_DOCUMENT = "This is not a valid layout document."


def problems(value: object) -> list[Problem]:
    """Everything that is wrong with the value, [] if it is a document. An old version is upgraded first, and
    the pointers are then into the upgraded value. At most `MAX_PROBLEMS`; never raises."""
    return check(upgrade(value))


def parse(value: object) -> LayoutDocument:
    """The document in a JSON value of any version we know. Raises `Invalid` with `problems`."""
    value = upgrade(value)
    if found := check(value):
        raise Invalid(NO_DOCUMENT, problems=found)
    document = build(value)
    if (size := len(dumps(document).encode())) > MAX_BYTES:
        raise Invalid(NO_DOCUMENT, problems=[too_big(size)])
    return document


def loads(text: str | bytes) -> LayoutDocument:
    """The document in JSON text (UTF-8 if bytes). Raises `Invalid` with `problems`."""
    size = len(text) if isinstance(text, bytes) else len(text.encode(errors="surrogatepass"))
    if size > MAX_BYTES:
        raise Invalid(NO_DOCUMENT, problems=[too_big(size)])
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        value = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Invalid(NO_DOCUMENT, problems=[unreadable(error)]) from error
    return parse(value)


def unreadable(error: Exception) -> Problem:
    """What json raised, Unicode, or the reading of an overlong integer."""
    match error:
        case RecursionError():
            return problem("", "too_deep")
        case UnicodeDecodeError():
            return problem("", "not_utf8")
        case json.JSONDecodeError():
            return problem("", "not_json", line=error.lineno, column=error.colno)
        case NoNumber():
            return problem("", "no_number", found=str(error))
    return problem("", "overlong_number")


class NoNumber(ValueError):
    """NaN or an infinity, which Python's json would take."""


def refuse_constant(name: str) -> None:
    raise NoNumber(name)


def too_big(size: int) -> Problem:
    return problem("", "too_big", most=MAX_BYTES, found=size)


def check(value: object) -> list[Problem]:
    found: list[Problem] = []
    if isinstance(value, dict) and "schema" in value and value["schema"] != SCHEMA:
        # The other checks would judge a version they do not know.
        known = ", ".join([SCHEMA, *UPGRADES])
        return [problem("/schema", "unknown_schema", known=known)]
    check_document(value, "", found)
    if isinstance(value, dict) and isinstance(objects := value.get("objects"), list):
        check_ids(objects, found)
        check_attachments(objects, found)
        check_crops(objects, found)
    return found[:MAX_PROBLEMS]


def check_ids(objects: list[Any], found: list[Problem]) -> None:
    first: dict[str, int] = {}
    for index, item in enumerate(objects):
        if isinstance(item, dict) and isinstance(name := item.get("id"), str) and name:
            if name in first:
                found.append(problem(f"/objects/{index}/id", "duplicate_id", first=first[name]))
            first.setdefault(name, index)


def check_attachments(objects: list[Any], found: list[Problem]) -> None:
    regions = {
        item.get("id")
        for item in objects
        if isinstance(item, dict) and item.get("kind") == "region" and isinstance(item.get("id"), str)
    }
    for index, item in enumerate(objects):
        if isinstance(item, dict) and isinstance(target := item.get("attached_to"), str) and target not in regions:
            found.append(problem(f"/objects/{index}/attached_to", "no_such_region"))


def check_crops(objects: list[Any], found: list[Problem]) -> None:
    for index, item in enumerate(objects):
        crop = item.get("source_crop") if isinstance(item, dict) else None
        if not isinstance(crop, dict):
            continue
        for start, length in (("x", "width"), ("y", "height")):
            begin, extent = crop.get(start), crop.get(length)
            # What is no fraction, the schema has named already.
            if is_fraction(begin) and is_fraction(extent) and begin + extent > 1 + ROUNDING:
                place = f"/objects/{index}/source_crop/{length}"
                found.append(problem(place, "outside_source", start=start, length=length, found=f"{begin + extent:g}"))


def is_fraction(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def build(value: Any) -> LayoutDocument:
    """The dataclasses of a value that passed every check."""
    canvas = value["canvas"]
    return LayoutDocument(
        canvas=replace(
            Canvas(width=int(canvas["width"]), height=int(canvas["height"]), image=picture(canvas.get("image"))),
            **({"color": canvas["color"]} if "color" in canvas else {}),
        ),
        objects=tuple(build_object(item) for item in value["objects"]),
    )


def build_object(value: dict[str, Any]) -> LayoutObject:
    given = {key: CONVERT[key](member) if key in CONVERT else member for key, member in value.items()}
    return KINDS[value["kind"]](**given)


def picture(value: dict[str, Any] | None) -> Picture | None:
    return None if value is None else Picture(**value)


def source_crop(value: dict[str, Any] | None) -> SourceCrop | None:
    return None if value is None else SourceCrop(**{key: float(member) for key, member in value.items()})


def source(value: dict[str, Any]) -> Source:
    return Source(**value)


# 960.0 is a whole number in JSON and an int here
CONVERT: dict[str, Any] = {
    **dict.fromkeys(("x", "y", "width", "height", "corner_radius", "size", "weight"), int),
    "opacity": float,
    "source": source,
    "source_crop": source_crop,
    "placeholder": picture,
}
