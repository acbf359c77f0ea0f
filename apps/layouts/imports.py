"""From a file, text or JSON to a layout document: the team's own, or one read from a cloud's payload."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from apps.core import json_pointer
from apps.core.errors import Invalid, Problem
from apps.core.json_text import unstorable
from apps.core.translate import translate, translate_problem
from apps.core.types import Json, JsonObject
from apps.layout_document.parse import MAX_BYTES, NO_DOCUMENT
from apps.layout_document.serialize import to_json
from apps.vendors import registry
from apps.vendors.importing import pasted_text
from apps.vendors.importing.foreign import kinds as foreign
from apps.vendors.types import Imported

MAX_PAYLOAD_BYTES = 2 * MAX_BYTES  # spaces and line breaks of a document laid out for people
MAX_DEPTH = 40  # levels of JSON; no payload and no document has more than a dozen
MAX_LISTED = 100  # of what was not understood
WITH_POSITION = re.compile(r"(.*) (\(\d+:\d+\))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """`document` is JSON, not checked yet. `product` is "" for a layout document. `not_understood` are the first ones,
    untranslated, as each reader has their own language; `more`: how many others there were. `room`, `output`, `encoding`
    and `options` are for a task that starts with it. The output may hold the key of a stream; `push_url_pointers` are the
    places in the payload where it stands."""

    document: Json
    product: str = ""
    bindings: Mapping[str, str] = field(default_factory=dict)
    not_understood: tuple[Problem, ...] = ()
    more: int = 0
    room: str = ""
    output: Mapping[str, Any] = field(default_factory=dict)
    encoding: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    push_url_pointers: tuple[str, ...] = ()

    def as_json(self, *, in_session: bool = False) -> JsonObject:
        """For REST: all but the document. Push URLs hold stream keys, so they are left out. They are named in
        `not_understood`, unless the session holds them for the start form."""
        output = {name: value for name, value in self.output.items() if name != "push_urls"}
        problems = [translated_problem(problem) for problem in self.not_understood]
        if not in_session:
            problems += map(stream_key_problem, self.push_url_pointers)
        return {
            "product": self.product,
            "bindings": {slot: {"user_id": user} for slot, user in self.bindings.items()},
            "room": self.room,
            "output": output,
            "encoding": dict(self.encoding),
            "options": dict(self.options),
            "not_understood": [problem.as_json() for problem in problems],
            "not_understood_more": self.more,
        }


def read_upload(file: UploadedFile | None, text: str) -> tuple[str, str]:
    """(text, a name for it: the file's, or ""). The file goes before the text. Raises `Invalid` with problems."""
    content = file.read(MAX_PAYLOAD_BYTES + 1) if file else text.encode(errors="surrogatepass")
    name = PurePath(file.name or "").stem[:120] if file else ""
    if not content.strip():
        problem = Problem("", "required", _("Choose a file, or paste the document."))
        raise Invalid(_("Nothing to import."), problems=[problem])
    if len(content) > MAX_PAYLOAD_BYTES:
        raise too_large()
    try:
        return (content.decode() if file else text), name
    except UnicodeDecodeError as error:
        raise Invalid(_("This file is not UTF-8 text.")) from error


def read(payload: Json, product: str = "") -> ImportResult:
    """The layout in a payload, or in a text that somebody pasted. Without a product it may be a layout document, or
    what only one product is sent. Raises `Invalid`; pointers are into the payload."""
    try:
        if len(payload if isinstance(payload, str) else dump_shallow(payload)) > MAX_PAYLOAD_BYTES:
            raise too_large()
        value = pasted_text.read(payload) if isinstance(payload, str) else payload
        dump_shallow(value)
        if problems := unstorable(value):
            raise Invalid(NO_DOCUMENT, problems=problems)
        if not product and is_document(value):
            return ImportResult(value)
        product, imported = _read_request(value, product)
    except Invalid as error:
        raise Invalid(translate(error.detail), problems=map(translated_problem, error.problems)) from error
    return ImportResult(
        to_json(imported.document),
        product,
        {slot: binding.user_id for slot, binding in imported.bindings.items()},
        imported.not_understood[:MAX_LISTED],
        max(0, len(imported.not_understood) - MAX_LISTED),
        imported.room,
        imported.output,
        imported.encoding,
        imported.options,
        tuple(pointers_to(imported.output.get("push_urls", ()), value)),
    )


def stream_key_problem(pointer: str) -> Problem:
    message = _("Push URLs are not returned because they contain a stream key. Enter them when you create the task.")
    return Problem(pointer, "stream_key", message)


def pointers_to(urls: Collection[str], value: Json) -> Iterator[str]:
    """The pointers of the texts in a payload that hold one of the URLs, or the payload's own ("") where none is found."""
    if not urls:
        return
    pointers = [pointer for pointer, text in texts_of(value) if any(url in text for url in urls)]
    yield from pointers or [""]


def texts_of(value: Json, pointer: str = "") -> Iterator[tuple[str, str]]:
    """(pointer, text) of every text in a JSON value."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts_of(inner, json_pointer.join(pointer, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts_of(inner, f"{pointer}/{index}")


def _read_request(value: Json, product: str) -> tuple[str, Imported]:
    """A product's own request; else one of a service that has no adapter, whose product is ""."""
    if not product or not registry.adapter(product).knows_payload(value):
        product = product or recognized_product(value)
        if imported := foreign.read(value):
            return "", imported
    if not product:
        message = _("This is neither a layout document nor a known request. Choose the target cloud.")
        raise Invalid(message, problems=[Problem("/product", "unknown_payload", message)])
    return product, registry.adapter(product).read_payload(value)


def is_document(value: Json) -> bool:
    return isinstance(value, Mapping) and ("schema" in value or {"canvas", "objects"} <= value.keys())


def recognized_product(value: Json) -> str:
    """The product that is sent such payloads; "" when none is."""
    return next((slug for slug in registry.products() if registry.adapter(slug).knows_payload(value)), "")


def translated_problem(problem: Problem) -> Problem:
    """In the reader's language; "(line:column)" behind a sentence stays as it is."""
    if problem.sentence:
        return translate_problem(problem)
    match = WITH_POSITION.fullmatch(problem.message)
    message = f"{translate(match[1])} {match[2]}" if match else translate(problem.message)
    return Problem(problem.pointer, problem.code, message)


def dump_shallow(value: Json) -> str:
    """The value as JSON text. Raises `Invalid` when it is nested deeper than anything readable."""
    level = [value]
    for _depth in range(MAX_DEPTH):
        containers = [
            inner.values() if isinstance(inner, dict) else inner for inner in level if isinstance(inner, dict | list)
        ]
        level = [inner for container in containers for inner in container]
        if not level:
            return json.dumps(value, ensure_ascii=False)
    raise Invalid(_("The JSON is nested too deeply."))


def too_large() -> Invalid:
    message = _("A document can have at most %(n)s KiB.") % {"n": MAX_BYTES // 1024}
    return Invalid(_("This file is too large."), problems=[Problem("", "too_big", message)])
