"""From what a person brings (a file, text, JSON) to a layout document: their own, or one read from a cloud's payload."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from apps.core.errors import Invalid, Problem
from apps.core.json_text import unstorable
from apps.core.translate import translate, translate_problem
from apps.layout_document.parse import MAX_BYTES, NO_DOCUMENT
from apps.layout_document.serialize import to_json
from apps.vendors import pasted, registry

LARGEST = 2 * MAX_BYTES  # bytes: spaces and line breaks of a document laid out for people
DEEPEST = 40  # levels of JSON; no payload and no document has more than a dozen
MOST_TOLD = 100  # of what was not understood
SESSION, REMEMBERED = "brought", 5  # where a session keeps what its last imports said
PLACE = re.compile(r"(.*) (\(\d+:\d+\))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Brought:
    """`document` is JSON, not checked yet. `product` is "" for a layout document. `not_understood` are the first ones,
    in the words of the catalog: each reader is told in their own language. `more`: how many others there were. `room`,
    `output`, `encoding` and `options` are for a task that begins with it; no answer holds them, as an output may hold the
    key of a stream."""

    document: Any
    product: str = ""
    bindings: Mapping[str, str] = field(default_factory=dict)
    not_understood: tuple[Problem, ...] = ()
    more: int = 0
    room: str = ""
    output: Mapping[str, Any] = field(default_factory=dict)
    encoding: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "product": self.product,
            "bindings": {slot: {"user_id": user} for slot, user in self.bindings.items()},
            "not_understood": [translated_problem(one).as_json() for one in self.not_understood],
            "not_understood_more": self.more,
        }


def remember(session: Any, layout_id: str, made: Brought) -> None:
    """For the page that tells of it, and for the task that begins with it."""
    kept = session.get(SESSION, {})
    said = {
        "product": made.product,
        "bindings": dict(made.bindings),
        "not_understood": [one.as_json() for one in made.not_understood],
        "more": made.more,
        "room": made.room,
        "output": dict(made.output),
        "encoding": dict(made.encoding),
        "options": dict(made.options),
    }
    session[SESSION] = {**dict(list(kept.items())[1 - REMEMBERED :]), layout_id: said}


def remembered(session: Any, layout_id: str) -> Brought | None:
    """Without the document; None where this session imported no such layout."""
    said = session.get(SESSION, {}).get(layout_id)
    if said is None:
        return None
    problems = tuple(Problem(**one) for one in said["not_understood"])
    task = {name: said.get(name, {}) for name in ("output", "encoding", "options")}
    return Brought(None, said["product"], said["bindings"], problems, said["more"], said["room"], **task)


def text_of(file: UploadedFile | None, text: str) -> tuple[str, str]:
    """(text, a name for it: the file's, or ""). The file goes before the text. Raises `Invalid` with problems."""
    content = file.read(LARGEST + 1) if file else text.encode(errors="surrogatepass")
    name = PurePath(file.name or "").stem[:120] if file else ""
    if not content.strip():
        problem = Problem("", "required", _("Choose a file, or paste the document."))
        raise Invalid(_("Nothing to import."), problems=[problem])
    if len(content) > LARGEST:
        raise too_large()
    try:
        return (content.decode() if file else text), name
    except UnicodeDecodeError as error:
        raise Invalid(_("This file is not UTF-8 text.")) from error


def read(payload: Any, product: str = "") -> Brought:
    """The layout in a payload, or in a text that somebody pasted. Without a product it may be a layout document, or
    what only one product is sent. Raises `Invalid`; pointers are into the payload."""
    try:
        if len(payload if isinstance(payload, str) else shallow(payload)) > LARGEST:
            raise too_large()
        value = pasted.read(payload) if isinstance(payload, str) else payload
        shallow(value)
        if found := unstorable(value):
            raise Invalid(NO_DOCUMENT, problems=found)
        if not product and is_document(value):
            return Brought(value)
        product = product or recognized(value)
        made = registry.adapter(product).read_payload(value)
    except Invalid as error:
        raise Invalid(translate(error.detail), problems=map(translated_problem, error.problems)) from error
    told, more = made.not_understood[:MOST_TOLD], max(0, len(made.not_understood) - MOST_TOLD)
    seated = {slot: binding.user_id for slot, binding in made.bindings.items()}
    task: dict[str, Any] = {
        "room": made.room,
        "output": made.output,
        "encoding": made.encoding,
        "options": made.options,
    }
    return Brought(to_json(made.document), product, seated, told, more, **task)


def is_document(value: Any) -> bool:
    return isinstance(value, Mapping) and ("schema" in value or {"canvas", "objects"} <= value.keys())


def recognized(value: Any) -> str:
    """The product that is sent such payloads. Raises `Invalid` when none is."""
    for slug in registry.products():
        if registry.adapter(slug).knows_payload(value):
            return slug
    message = _("This is neither a layout document nor a known request. Choose the target cloud.")
    raise Invalid(message, problems=[Problem("/product", "unknown_payload", message)])


def translated_problem(problem: Problem) -> Problem:
    """In the reader's language; "(line:column)" behind a sentence stays as it is."""
    if problem.sentence:
        return translate_problem(problem)
    place = PLACE.fullmatch(problem.message)
    message = f"{translate(place[1])} {place[2]}" if place else translate(problem.message)
    return Problem(problem.pointer, problem.code, message)


def shallow(value: Any) -> str:
    """The value as JSON text. Raises `Invalid` when it is nested deeper than anything readable."""
    level = [value]
    for _level in range(DEEPEST):
        lists = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [inner for one in lists for inner in one]
        if not level:
            return json.dumps(value, ensure_ascii=False)
    raise Invalid(_("The JSON is nested too deeply."))


def too_large() -> Invalid:
    message = _("A document can have at most %(n)s KiB.") % {"n": MAX_BYTES // 1024}
    return Invalid(_("This file is too large."), problems=[Problem("", "too_big", message)])
