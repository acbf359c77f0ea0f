"""From JSON to a `TaskSpec` or a `TaskRef`, or to the list of what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from apps.core import json_pointer
from apps.core.errors import Invalid, Problem
from apps.core.types import Json
from apps.layout_document.document import Canvas, LayoutDocument
from apps.layout_document.parse import parse
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.fields import check_fields, check_names
from apps.vendors.types import AppSpec, Binding, TaskRef, TaskSpec

MEMBERS = ("app", "document", "room", "bindings", "variables", "output", "encoding", "options", "task_id", "previous",
           "known")  # fmt: skip
OUR_OPTIONS = ("playback_url",)  # Quadbox's own, of every product: where a CDN shows the picture
LONGEST_ID = 512  # of a room, a person, a task; a vendor's own limit is a finding
MOST_URLS = 20
_NOTHING = LayoutDocument(Canvas(1280, 720))  # for a stop or a query, which draw nothing


def parse_spec(value: Json, adapter: VendorAdapter | None = None) -> TaskSpec:
    """The task to start or update in a JSON value (design: command line). With an adapter, its settings and options
    are checked too.

    Raises `Invalid` with every problem found, each with a JSON pointer into the value.
    """
    return _parse(value, adapter, needs_document=True)


def parse_ref(value: Json, adapter: VendorAdapter | None = None) -> TaskRef:
    """The task to stop or query in a JSON value: the same value, without the need for a document. Whatever else is in
    it is checked all the same. Raises `Invalid` as `parse_spec` does."""
    spec = _parse(value, adapter, needs_document=False)
    return TaskRef(app=spec.app, room=spec.room, task_id=spec.task_id, previous=spec.previous, known=spec.known)


def _parse(value: Json, adapter: VendorAdapter | None, *, needs_document: bool) -> TaskSpec:
    if not isinstance(value, dict):
        raise Invalid("The input is wrong.", problems=[Problem("", "wrong_type", "The input must be an object.")])
    reader = _Reader(value)
    for name in sorted(set(value) - set(MEMBERS)):
        reader.add(json_pointer.join("", name), "unknown", "There is no such member here.")
    app = _app(reader, adapter)
    document = _document(reader, needs_document=needs_document)
    spec = TaskSpec(
        app=app,
        document=document,
        room=reader.identifier("room"),
        task_id=reader.identifier("task_id"),
        bindings=parse_bindings(reader.object("bindings"), reader.add),
        variables=_texts(reader, "variables"),
        output=parse_output(reader.object("output"), reader.add),
        encoding=parse_encoding(reader.object("encoding"), reader.add),
        options=reader.object("options"),
        previous=reader.object("previous") if value.get("previous") is not None else None,
        known=_texts(reader, "known"),
    )
    if adapter is not None:
        of_vendor = registry.vendor_fields(adapter.vendor, "app_settings")
        reader.problems += check_names(of_vendor, app.settings, "/app/settings")
        options = {name: value for name, value in spec.options.items() if name not in OUR_OPTIONS}
        reader.problems += check_names(adapter.task_options, options, "/options")
        reader.problems += check_fields(adapter.app_settings, app.settings, "/app/settings")
        reader.problems += check_fields(adapter.task_options, spec.options, "/options")
    if reader.problems:
        raise Invalid("The input is wrong.", problems=reader.problems)
    return spec


Add: TypeAlias = Callable[[str, str, str], None]  # pointer, code, message


class _Reader:
    """Takes members out of the input and keeps the problems; answers something harmless where one is wrong."""

    def __init__(self, value: Mapping[str, Json]) -> None:
        self.value = value
        self.problems: list[Problem] = []

    def add(self, pointer: str, code: str, message: str) -> None:
        self.problems.append(Problem(pointer, code, message))

    def object(self, name: str) -> dict[str, Json]:
        """An optional object; {} when it is left out."""
        found = self.value.get(name)
        if found is None:
            return {}
        if not isinstance(found, dict):
            self.add(f"/{name}", "wrong_type", "This must be an object.")
            return {}
        return found

    def identifier(self, name: str) -> str:
        return _identifier(self.value.get(name), f"/{name}", self.add, there=name in self.value)


def _identifier(value: Json, pointer: str, add: Add, *, there: bool = True) -> str:
    if value is None:
        add(pointer, "wrong_type" if there else "required", "This is needed: a text.")
    elif not isinstance(value, str):
        add(pointer, "wrong_type", "This must be a text.")
    elif not value.strip():
        add(pointer, "empty", "This must not be empty.")
    elif len(value) > LONGEST_ID:
        add(pointer, "too_long", f"This may have at most {LONGEST_ID} characters.")
    elif not value.isprintable():
        add(pointer, "bad_format", "This must not contain control characters.")
    else:
        return value
    return ""


def _app(reader: _Reader, adapter: VendorAdapter | None) -> AppSpec:
    if "app" not in reader.value:
        reader.add("/app", "required", "This is needed: an object.")
        return AppSpec("")
    app = reader.value["app"]
    if not isinstance(app, dict):
        reader.add("/app", "wrong_type", "This must be an object.")
        return AppSpec("")
    for name in sorted(set(app) - {"vendor_app_id", "settings"}):
        reader.add(json_pointer.join("/app", name), "unknown", "There is no such member here.")
    vendor_app_id = _identifier(
        app.get("vendor_app_id"), "/app/vendor_app_id", reader.add, there="vendor_app_id" in app
    )
    settings = app.get("settings")
    if settings is not None and not isinstance(settings, dict):
        reader.add("/app/settings", "wrong_type", "This must be an object.")
        settings = None
    return AppSpec(vendor_app_id, settings or {})


def _document(reader: _Reader, *, needs_document: bool) -> LayoutDocument:
    if "document" not in reader.value:
        if needs_document:
            reader.add("/document", "required", "This is needed: a layout document.")
        return _NOTHING
    try:
        return parse(reader.value["document"])
    except Invalid as error:
        for problem in error.problems:
            reader.add(f"/document{problem.pointer}", problem.code, problem.message)
        return _NOTHING


def _texts(reader: _Reader, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, member in reader.object(name).items():
        if isinstance(member, str):
            found[key] = member
        else:
            reader.add(json_pointer.join("", name, key), "wrong_type", "This must be a text.")
    return found


def parse_bindings(value: Mapping[str, Json], add: Add, pointer: str = "/bindings") -> dict[str, Binding]:
    """`{"host": {"user_id": "123"}}`; a whole number counts as its digits."""
    bindings: dict[str, Binding] = {}
    for slot, member in value.items():
        here = json_pointer.join(pointer, slot)
        if not isinstance(member, dict):
            add(here, "wrong_type", "This must be an object with a user_id.")
            continue
        for name in sorted(set(member) - {"user_id"}):
            add(json_pointer.join(here, name), "unknown", "There is no such member here.")
        user_id = member.get("user_id")
        if isinstance(user_id, int) and not isinstance(user_id, bool):
            user_id = str(user_id)
        if text := _identifier(user_id, f"{here}/user_id", add, there="user_id" in member):
            bindings[slot] = Binding(text)
    return bindings


def parse_output(value: Mapping[str, Json], add: Add, pointer: str = "/output") -> dict[str, Json]:
    """`{"push_urls": […]}`, `{"rtc": {"channel", "uid"}}` or `{"record": {…}}`."""
    for name in sorted(set(value) - {"push_urls", "rtc", "record"}):
        add(json_pointer.join(pointer, name), "unknown", "An output is push_urls, rtc or record.")
    urls = value.get("push_urls")
    if "push_urls" in value:
        if not isinstance(urls, list):
            add(f"{pointer}/push_urls", "wrong_type", "This must be a list of URLs.")
        elif len(urls) > MOST_URLS:
            add(f"{pointer}/push_urls", "too_many", f"At most {MOST_URLS} URLs.")
        else:
            for at, url in enumerate(urls):
                if not isinstance(url, str):
                    add(f"{pointer}/push_urls/{at}", "wrong_type", "This must be a text.")
                elif "://" not in url or not url.isprintable() or " " in url or len(url) > 2048:
                    add(f"{pointer}/push_urls/{at}", "bad_format", "This must be a URL, such as rtmp://host/app/key.")
    for name in ("rtc", "record"):
        if name in value and not isinstance(value[name], dict):
            add(f"{pointer}/{name}", "wrong_type", "This must be an object.")
    rtc = value.get("rtc")
    if isinstance(rtc, dict):
        _identifier(rtc.get("channel"), f"{pointer}/rtc/channel", add, there="channel" in rtc)
    return dict(value)


def parse_encoding(value: Mapping[str, Json], add: Add, pointer: str = "/encoding") -> dict[str, Json]:
    """`{"width", "height", "fps", "bitrate_kbps", "codec", …}`: `codec` is a text, everything else a number.
    A null is the same as leaving it out. Ranges are the product's affair: findings, not problems."""
    encoding: dict[str, Json] = {}
    for name, member in value.items():
        here = json_pointer.join(pointer, name)
        if member is None:
            continue
        if name == "codec":
            if not isinstance(member, str) or not member:
                add(here, "wrong_type", "This must be a text, such as h264.")
                continue
        elif not isinstance(member, (int, float)) or isinstance(member, bool) or member != member:
            add(here, "wrong_type", "This must be a number.")
            continue
        elif member < 0 or (member == 0 and name in ("width", "height", "fps")):
            add(here, "too_small", "This must be more than zero.")
            continue
        elif member > 10**9 or (name in ("width", "height") and not isinstance(member, int)):
            add(here, "bad_number", "This must be a whole number of a sensible size.")
            continue
        encoding[name] = member
    return encoding
