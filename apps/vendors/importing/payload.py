"""A vendor's payload read back: a layout document, who sits where, and what a document has no words for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard
from urllib.parse import urlsplit

from apps.core import json_pointer
from apps.core.errors import Invalid, Problem
from apps.core.types import Json
from apps.layout_document.document import LayoutDocument
from apps.layout_document.parse import parse
from apps.vendors.redaction import redact_text, redact_url
from apps.vendors.types import Binding, Imported

__all__ = ["NOT_UNDERSTOOD", "Imported", "Pictures", "Seats", "layout_of", "no_layout", "unread"]


SLOT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")  # an id of the layout document
LONGEST_ROOM = 128
PUSHED = re.compile(r"rtmps?://[!-~]{1,1000}")
START = {"x": 0, "y": 0, "X": 0, "Y": 0}  # clients leave out members that are 0; a size of 0 would make no sense
FARTHEST = 1e6  # pixels or shares; more is no place in any picture

# Code → sentence. A vendor's own are in a table of this name in its folder.
NOT_UNDERSTOOD = {
    "no_layout": "This payload contains no layout.",
    "not_in_a_layout": "A layout has no equivalent for this.",
    "task_option": "This is a task option and not part of a layout.",
    "app_setting": "This is a setting of the app and not part of a layout or task.",
    "seen_only": "This person is only shown. A task also plays the audio of everybody it shows.",
    "not_an_object": "This must be an object.",
    "not_a_list": "This must be a list.",
    "not_a_number": "This must be a number.",
    "not_whole": "This must be a whole number.",
    "push_address": "This is not an RTMP push URL. It was left out.",
    "unknown_word": "This value is unknown. The default is used.",
    "picture_address": "This is not an http or https URL of a picture. The picture was left out.",
    "picture_secret": "The URL of this picture contains a key or a signature, which is not stored. Upload the picture in the editor.",
}


def room_of(value: Json) -> str:
    """The room's name, "" where that is none."""
    name = word_of(value) or ""
    return name if len(name) <= LONGEST_ROOM and name.isprintable() else ""


def push_to(*urls: Json) -> dict[str, list[str]]:
    """The output of a task that pushes there; nothing where no address is one to push to."""
    found = [url for url in urls if isinstance(url, str) and PUSHED.fullmatch(url)]
    return {"push_urls": found} if found else {}


def unread(pointer: str, code: str = "not_in_a_layout", sentences: Mapping[str, str] = NOT_UNDERSTOOD) -> Problem:
    """Something that was left out, or taken otherwise, with its pointer into the payload."""
    return Problem(pointer, code, sentences[code])


def no_layout(pointer: str, code: str, sentences: Mapping[str, str] = NOT_UNDERSTOOD) -> Invalid:
    """The refusal of a whole payload."""
    return Invalid(NOT_UNDERSTOOD["no_layout"], problems=[unread(pointer, code, sentences)])


def layout_of(value: Json, places: Mapping[str, str]) -> LayoutDocument:
    """The document of this JSON. `places` say where a part of it (a pointer) came from in the payload, so that what is
    wrong is named where the reader can mend it. Raises `Invalid`."""
    try:
        return parse(value)
    except Invalid as error:
        found = [
            Problem(_place(problem.pointer, places), problem.code, redact_text(problem.message))
            for problem in error.problems
        ]
        raise Invalid(NOT_UNDERSTOOD["no_layout"], problems=found) from error


def _place(pointer: str, places: Mapping[str, str]) -> str:
    steps = pointer.split("/")
    for length in range(len(steps), 0, -1):
        if (found := places.get("/".join(steps[:length]))) is not None:
            return found
    return ""


@dataclass(slots=True)
class Seats:
    """Who sits where: a slot is called like its person where that makes a name for a slot."""

    bindings: dict[str, Binding] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def slot(self, person: str, number: int) -> str:
        """The slot of the `number`-th region, counted from 1; nobody ("") gets one for whoever comes next."""
        known = next((slot for slot, binding in self.bindings.items() if person and binding.user_id == person), "")
        if known:
            return known
        slot = person if SLOT.fullmatch(person) and person not in self.taken else f"guest-{number}"
        while slot in self.taken:
            number += 1
            slot = f"guest-{number}"
        self.taken.add(slot)
        if person:
            self.bindings[slot] = Binding(person)
        return slot


@dataclass(slots=True)
class Pictures:
    """Addresses of pictures, without those that a layout may not keep."""

    problems: list[Problem]

    def url(self, value: Json, pointer: str) -> str:
        """The address, "" for one that is left out (which is told)."""
        if value in (None, ""):
            return ""
        code = "" if isinstance(value, str) else "picture_address"
        if not code:
            code = "picture_address" if not _is_web(value) else "picture_secret" if redact_url(value) != value else ""
        if code:
            self.problems.append(unread(pointer, code))
        return "" if code else value


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", url)


def unknown_members(value: Mapping[str, Json], known: Iterable[str], where: str) -> list[Problem]:
    """The members that a layout has no words for."""
    words = set(known)
    return [unread(json_pointer.join(where, name)) for name in value if name not in words]


def number_at(value: Mapping[str, Json], name: str, where: str, default: float | None = None) -> float:
    """A JSON number, or one written as text, as queries have it. Raises `Invalid` with the pointer."""
    found = value.get(name, default)
    if isinstance(found, str):
        try:
            found = float(found)
        except ValueError:
            found = None
    if isinstance(found, bool) or not isinstance(found, int | float) or not -FARTHEST <= found <= FARTHEST:
        raise no_layout(f"{where}/{name}", "not_a_number")  # NaN is refused by the comparison
    return found


def whole_at(value: Mapping[str, Json], name: str, where: str, default: int | None = None) -> int:
    """A whole number, or one written as text. Raises `Invalid` with the pointer."""
    found = value.get(name, default)
    if isinstance(found, str) and re.fullmatch(r"-?[0-9]{1,9}", found):
        found = int(found)
    if isinstance(found, float) and math.isfinite(found) and found.is_integer():
        found = int(found)
    if isinstance(found, bool) or not isinstance(found, int) or not -(2**31) <= found < 2**32:
        raise no_layout(f"{where}/{name}", "not_whole")
    return found


def object_at(value: Json, name: str, where: str) -> Mapping[str, Json]:
    """A member that is an object. Raises `Invalid` with the pointer."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(found, Mapping):
        raise no_layout(f"{where}/{name}", "not_an_object")
    return found


def list_at(value: Mapping[str, Json], name: str, where: str) -> list[Mapping[str, Json]]:
    """A member that is a list of objects; [] when it is left out. Raises `Invalid` with the pointer."""
    found = value.get(name) or []
    if not isinstance(found, list):
        raise no_layout(f"{where}/{name}", "not_a_list")
    for at, entry in enumerate(found):
        if not isinstance(entry, Mapping):
            raise no_layout(f"{where}/{name}/{at}", "not_an_object")
    return found


def is_number(value: Json) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def word_of(value: Json) -> str:
    """A name (of a person) that came as a text or a number; "" for anything else."""
    return str(value) if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)) else ""
