"""The start-a-task form: what a person typed ↔ what the REST API takes."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core import json_pointer
from apps.core.folding import BOUNDLESS, folded
from apps.core.paging import valid_id
from apps.core.translate import translate
from apps.credentials.models import App
from apps.layout_document import variables
from apps.layouts.import_session import remembered
from apps.layouts.imports import ImportResult
from apps.layouts.models import LayoutTemplate
from apps.tasks.models import Task
from apps.tasks.planning import validation
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.capabilities import Capabilities, Range
from apps.vendors.fields import Field

ENCODING = ("width", "height", "fps", "bitrate_kbps", "codec", "gop_seconds", "audio_bitrate_kbps", "audio_sample_rate",
            "audio_channels")  # fmt: skip
PLAIN = ("target", "room", "name", "layout", "push_url", "rtc_channel", "rtc_uid", "starts_at", "playback_url")
GROUPS = {"slots": "slot:", "vars": "var:", "opts": "opt:", "enc": "enc:"}  # our name → prefix in the page
LOCAL_TIME = "%Y-%m-%dT%H:%M"  # of <input type="datetime-local">

Filled = dict[str, Any]


def empty() -> Filled:
    return {**dict.fromkeys(PLAIN, ""), **{name: {} for name in GROUPS}}


def read(posted: QueryDict) -> Filled:
    filled = empty()
    for name in PLAIN:
        filled[name] = str(posted.get(name, "")).strip()
    for name, value in posted.items():
        for group, prefix in GROUPS.items():
            if name.startswith(prefix):
                filled[group][name.removeprefix(prefix)] = str(value) if group == "vars" else str(value).strip()
    return filled


def first(query: QueryDict, team: Team, session: Any) -> Filled:
    """The empty form, or one filled from an earlier task (`?again=`), a layout (`?layout=`), or a layout and what this
    session read it from (`&imported=1`)."""
    filled = empty()
    earlier = valid_id(query.get("again"))
    if earlier and (again := Task.objects.filter(team=team, pk=earlier).first()):
        options = dict(again.options)
        rtc = again.output.get("rtc") or {}
        filled |= {
            "target": f"{again.app_id}/{again.product}",
            "room": again.room,
            "name": again.name,
            "layout": str(again.layout_id or ""),
            "push_url": "\n".join(again.output.get("push_urls", [])),
            "rtc_channel": str(rtc.get("channel", "")),
            "rtc_uid": str(rtc.get("uid", "")),
            "playback_url": str(options.pop("playback_url", "")),
            "slots": {slot: binding.get("user_id", "") for slot, binding in again.bindings.items()},
            "vars": dict(again.variables),
            "enc": {name: str(value) for name, value in again.encoding.items()},
            "opts": {name: str(value) for name, value in options.items()},
        }
    elif wanted := valid_id(query.get("layout")):
        filled["layout"] = str(wanted)
        if query.get("imported") and (brought := remembered(session, str(wanted))):
            filled |= named_by(brought, team)
    return filled


def named_by(brought: ImportResult, team: Team) -> Filled:
    """What the cloud's payload, that the layout was read from, said of its task."""
    rtc = brought.output.get("rtc") or {}
    app = (
        App.objects.filter(team=team, credential__vendor=registry.adapter(brought.product).vendor)
        .order_by("id")
        .first()
    )
    return {
        "target": f"{app.pk}/{brought.product}" if app else "",
        "room": brought.room,
        "push_url": "\n".join(brought.output.get("push_urls", [])),
        "rtc_channel": str(rtc.get("channel", "")),
        "rtc_uid": str(rtc.get("uid", "")),
        "slots": dict(brought.bindings),
        "enc": {name: str(value) for name, value in brought.encoding.items()},
        "opts": {name: str(value) for name, value in brought.options.items()},
    }


def target_of(filled: Filled) -> tuple[str, VendorAdapter | None]:
    """The app's id and the product's adapter; None for a product nobody knows."""
    app, _slash, product = filled["target"].partition("/")
    return app, registry.adapter(product) if product in registry.products() else None


def payload(filled: Filled) -> dict[str, Any]:
    """The body of POST /api/v1/tasks/. Numbers stay text where they are none: the API then names the field."""
    app, product = target_of(filled)
    fields = {field.name: field for field in product.task_options} if product else {}
    options = {name: typed(fields[name], value) for name, value in filled["opts"].items() if value and name in fields}
    if filled["playback_url"]:
        options["playback_url"] = filled["playback_url"]
    body = {
        "app": app,
        "product": product.slug if product else filled["target"].partition("/")[2],
        "layout": filled["layout"],
        "room": filled["room"],
        "name": filled["name"],
        "bindings": {slot: {"user_id": user} for slot, user in filled["slots"].items() if user},
        "variables": filled["vars"],
        "output": output_of(filled, product),
        "encoding": {
            name: value if name == "codec" else number(value) for name, value in filled["enc"].items() if value
        },
        "options": options,
    }
    if filled["starts_at"]:
        body["starts_at"] = moment(filled["starts_at"])
    return body


def output_of(filled: Filled, product: VendorAdapter | None) -> dict[str, Any]:
    kind = product.output_kind if product else "push"
    if kind == "record":
        return {"record": {}}
    urls = filled["push_url"].split()
    if kind == "rtc" and (filled["rtc_channel"] or not urls):
        return {"rtc": {"channel": filled["rtc_channel"], "uid": number(filled["rtc_uid"] or "0")}}
    return {"push_urls": urls}


def number(text: str) -> int | float | str:
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d{1,15}\.\d{1,6}", text) else text


def typed(field: Field, text: str) -> Any:
    """A value of the field's type; text that is none of it stays text, so that the check names it."""
    if field.type == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    if field.type == "choice":
        return next((value for value, _label in field.choices if str(value) == text), text)
    return number(text) if field.type in ("integer", "number") else text


def moment(text: str) -> str:
    """A time of the person's clock, as the API takes it."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        return text
    if timezone.is_naive(found):
        found = timezone.make_aware(found)
    return found.astimezone(dt.UTC).isoformat()


def context(team: Team, filled: Filled, problems: list[dict[str, str]] | None = None) -> dict[str, Any]:
    apps = list(App.objects.filter(team=team).select_related("credential").order_by("name"))
    layouts = list(LayoutTemplate.objects.filter(team=team).order_by("-updated_at")[:200])
    targets = [
        {
            "value": f"{app.pk}/{slug}",
            "app": app.name,
            "title": translate(registry.adapter(slug).title),
            "vendor": app.vendor,
        }
        for app in apps
        for slug in registry.products()
        if registry.adapter(slug).vendor == app.vendor
    ]
    if targets and filled["target"] not in {target["value"] for target in targets}:
        filled["target"] = str(targets[0]["value"])
    if layouts and filled["layout"] not in {str(layout.pk) for layout in layouts}:
        filled["layout"] = str(layouts[0].pk)
    chosen = next((layout for layout in layouts if str(layout.pk) == filled["layout"]), None)
    rooms = Task.objects.filter(team=team).order_by("-id").values_list("room", flat=True)[:50]
    by_field = at_fields(problems or [])
    return {
        "apps": apps,
        "layouts": layouts,
        "targets": targets,
        "rooms": list(dict.fromkeys(rooms))[:12],
        "errors": by_field,
        "now": timezone.localtime().strftime(LOCAL_TIME),
        "zone": timezone.get_current_timezone_name(),
        **product_fields(filled, by_field),
        **(seats(chosen.document, filled, by_field) if chosen else {}),
    }


def at_fields(problems: list[dict[str, str]]) -> dict[str, str]:
    """Field of the page → what is wrong with it."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(field_of(problem["pointer"]), problem["message"])
    return found


def field_of(pointer: str) -> str:
    """The page's field for a pointer into the task; "" where there is none."""
    parts = json_pointer.split(pointer)
    head, inner = (*parts, "", "")[:2]
    if head in ("app", "product"):
        return "target"
    if head == "output":
        return {"push_urls": "push_url", "rtc": "rtc_uid" if "uid" in parts else "rtc_channel"}.get(inner, "push_url")
    prefix = {"bindings": "slot:", "variables": "var:", "options": "opt:", "encoding": "enc:"}.get(head)
    if prefix:
        return "playback_url" if inner == "playback_url" else f"{prefix}{inner}"
    return head if head in PLAIN else ""


def product_fields(filled: Filled, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the chosen product asks for: its kind of output, encoding and options."""
    _app, product = target_of(filled)
    if product is None:
        return {"output_kind": "push", "encoding_fields": [], "option_fields": []}
    said = errors or {}
    options = [shown(option, "opt:", filled["opts"].get(option.name, ""), said) for option in product.task_options]
    in_the_open, groups = folded(options, lambda one: one["value"] or one["error"])
    return {
        "output_kind": product.output_kind,
        "takes_urls": any(scheme.startswith("rtmp") for scheme in product.capabilities.output_schemes),
        "most_urls": product.capabilities.max_outputs,
        "schemes": ", ".join(
            f"{scheme}://" for scheme in product.capabilities.output_schemes if scheme.startswith("rtmp")
        )
        or "rtmp://",
        "encoding_fields": [
            shown(field, "enc:", filled["enc"].get(field.name, ""), said) for field in encoding(product.capabilities)
        ],
        "option_fields": in_the_open,
        "option_groups": groups,
        "more_open": any(filled["enc"].values()) or any(filled["opts"].values()) or bool(filled["playback_url"]),
    }


def encoding(able: Capabilities) -> list[Field]:
    """The encoding words of ours that the product lets one choose, with its ranges."""
    ranges = able.encoding
    sizes = Range(able.canvas_minimum[0], able.canvas_maximum[0]), Range(able.canvas_minimum[1], able.canvas_maximum[1])
    found = [
        ranged("width", _("Width of the output"), sizes[0], _("Leave empty for the canvas size.")),
        ranged("height", _("Height of the output"), sizes[1], _("Leave empty for the canvas size.")),
        ranged("fps", _("Frame rate (fps)"), ranges.fps),
        ranged("bitrate_kbps", _("Bitrate (kbps)"), ranges.bitrate_kbps),
        ranged("gop_seconds", _("Key frame interval (seconds)"), ranges.gop_seconds),
        ranged("audio_bitrate_kbps", _("Audio bitrate (kbps)"), ranges.audio_bitrate_kbps),
    ]
    for name, label, choices in (
        ("codec", _("Codec"), ranges.codecs),
        ("audio_sample_rate", _("Audio sample rate (Hz)"), ranges.audio_sample_rates),
        ("audio_channels", _("Audio channels"), ranges.audio_channels),
    ):
        if len(choices) > 1:
            found.append(Field(name, "choice", label, choices=tuple((choice, str(choice)) for choice in choices)))
    return [one for one in found if one is not None]


def ranged(name: str, label: str, span: Range | None, said: str = "") -> Any:
    if span is None:
        return None
    low, high = validation.ENCODING.get(name, (span.minimum, span.maximum))
    return Field(
        name,
        "integer",
        label,
        said,
        default=span.default and int(span.default),
        minimum=max(low, math.ceil(span.minimum)),
        maximum=min(high, span.maximum),
    )


def shown(field: Field, prefix: str, value: str, errors: Mapping[str, str]) -> dict[str, Any]:
    """A typed field for components/typed_field.html."""
    name = f"{prefix}{field.name}"
    default = next((translate(label) for choice, label in field.choices if choice == field.default), field.default)
    if isinstance(default, bool):
        default = _("Yes") if default else _("No")
    return {
        "name": name,
        "id": f"field-{name.replace(':', '-')}",
        "label": translate(field.label),
        "help": translate(field.help),
        "range": range_of(field),
        "value": value,
        "type": field.type,
        "default": "" if default in (None, "") else default,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "step": "1" if field.type == "integer" else "any",
        "choices": [(str(choice), translate(label)) for choice, label in field.choices],
        "error": errors.get(name, ""),
        "listed": field.name if field.listed else "",
        "fold": translate(field.group) if field.group else "",
    }


def listed(field: Field, value: str, found: list[tuple[str, str]]) -> dict[str, Any]:
    """An option to be chosen from what the cloud lists; what is chosen now stays, though it may not be listed."""
    kept = [(value, value)] if value and value not in {one for one, _label in found} else []
    return {**shown(field, "opt:", value, {}), "type": "choice", "choices": [*kept, *found]}


def range_of(field: Field) -> str:
    if field.minimum is None or field.maximum is None:
        return ""
    if field.maximum >= BOUNDLESS:
        return _("at least %(low)s") % {"low": f"{field.minimum:g}"}
    return _("%(low)s to %(high)s") % {"low": f"{field.minimum:g}", "high": f"{field.maximum:g}"}


def seats(document: Mapping[str, Any], filled: Filled, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The slots of a layout with the names of their regions, and the `{{variables}}` of its texts."""
    slots: dict[str, list[str]] = {}
    names: list[str] = []
    for item in document.get("objects", []):
        if item["kind"] == "region":
            slots.setdefault(item["source"]["slot"], []).append(item.get("name") or item["id"])
        elif item["kind"] == "text":
            names += [name for name in variables.names(item["text"]) if name not in names]
    bound, values, said = filled.get("slots", {}), filled.get("vars", {}), errors or {}
    return {
        "seats": [
            {
                "slot": slot,
                "names": ", ".join(who),
                "user_id": bound.get(slot, ""),
                "error": said.get(f"slot:{slot}", ""),
            }
            for slot, who in slots.items()
        ],
        "variables": [
            {"name": name, "value": values.get(name, ""), "error": said.get(f"var:{name}", "")} for name in names
        ],
    }
