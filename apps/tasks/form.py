"""The start-a-task form: what a person typed ↔ what the REST API takes."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from apps.accounts.models import Team
from apps.core.paging import valid_id
from apps.credentials.models import App
from apps.layout_document import variables
from apps.layouts.models import LayoutTemplate
from apps.tasks.models import Task
from apps.vendors import registry

PLAIN = ("target", "room", "name", "layout", "push_url", "fps", "bitrate_kbps")


def read(posted: QueryDict) -> dict[str, Any]:
    filled: dict[str, Any] = {name: str(posted.get(name, "")).strip() for name in PLAIN}
    filled["slots"] = {name[5:]: str(value).strip() for name, value in posted.items() if name.startswith("slot:")}
    filled["vars"] = {name[4:]: value for name, value in posted.items() if name.startswith("var:")}
    return filled


def first(query: QueryDict, team: Team) -> dict[str, Any]:
    """The empty form, or one filled from an earlier task (`?again=`) or a layout (`?layout=`)."""
    filled: dict[str, Any] = {**dict.fromkeys(PLAIN, ""), "slots": {}, "vars": {}}
    earlier = valid_id(query.get("again"))
    if earlier and (again := Task.objects.filter(team=team, pk=earlier).first()):
        filled |= {
            "target": f"{again.app_id}/{again.product}",
            "room": again.room,
            "name": again.name,
            "layout": str(again.layout_id or ""),
            "push_url": "".join(again.output.get("push_urls", [])[:1]),
            "fps": str(again.encoding.get("fps", "")),
            "bitrate_kbps": str(again.encoding.get("bitrate_kbps", "")),
            "slots": {slot: one.get("user_id", "") for slot, one in again.bindings.items()},
            "vars": again.variables,
        }
    elif wanted := valid_id(query.get("layout")):
        filled["layout"] = str(wanted)
    return filled


def payload(filled: dict[str, Any]) -> dict[str, Any]:
    """The body of POST /api/v1/tasks/. Numbers stay text where they are none: the API then names the field."""
    app, _slash, product = filled["target"].partition("/")
    records = product in registry.products() and registry.adapter(product).output_kind == "record"
    encoding = {name: number(filled[name]) for name in ("fps", "bitrate_kbps") if filled[name]}
    return {
        "app": app,
        "product": product,
        "layout": filled["layout"],
        "room": filled["room"],
        "name": filled["name"],
        "bindings": {slot: {"user_id": user} for slot, user in filled["slots"].items() if user},
        "variables": filled["vars"],
        "output": {"record": {}} if records else {"push_urls": [filled["push_url"]] if filled["push_url"] else []},
        "encoding": encoding,
        "options": {},
    }


def number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() else text


def context(team: Team, filled: dict[str, Any]) -> dict[str, Any]:
    apps = list(App.objects.filter(team=team).select_related("credential").order_by("name"))
    layouts = list(LayoutTemplate.objects.filter(team=team).order_by("-updated_at")[:200])
    targets = [
        {"value": f"{app.pk}/{slug}", "label": f"{app.name} · {registry.adapter(slug).title}"}
        for app in apps
        for slug in registry.products()
        if registry.adapter(slug).vendor == app.vendor
    ]
    if layouts and not filled["layout"]:
        filled["layout"] = str(layouts[0].pk)
    chosen = next((one for one in layouts if str(one.pk) == filled["layout"]), layouts[0] if layouts else None)
    return {"apps": apps, "layouts": layouts, "targets": targets, **(seats(chosen.document, filled) if chosen else {})}


def seats(document: dict[str, Any], filled: dict[str, Any]) -> dict[str, Any]:
    """The slots of a layout with the names of their regions, and the `{{variables}}` of its texts."""
    slots: dict[str, list[str]] = {}
    names: list[str] = []
    for one in document.get("objects", []):
        if one["kind"] == "region":
            slots.setdefault(one["source"]["slot"], []).append(one.get("name") or one["id"])
        elif one["kind"] == "text":
            names += [name for name in variables.names(one["text"]) if name not in names]
    bound, values = filled.get("slots", {}), filled.get("vars", {})
    return {
        "seats": [
            {"slot": slot, "names": ", ".join(who), "user_id": bound.get(slot, "")} for slot, who in slots.items()
        ],
        "variables": [{"name": name, "value": values.get(name, "")} for name in names],
    }
