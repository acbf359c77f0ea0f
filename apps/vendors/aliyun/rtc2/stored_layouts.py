"""Layouts that Aliyun holds already: found by what they are, so that none is stored twice.

Ours are named after their content, but only the content counts: somebody may have changed one in the console.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

from apps.core.types import Json
from apps.vendors.aliyun import errors
from apps.vendors.aliyun.base import signing
from apps.vendors.aliyun.rtc2.layouts import KIND, content_key, name_of
from apps.vendors.aliyun.wire import rpc
from apps.vendors.aliyun.wire.values import r6
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.types import AppSpec, Reply, Stored, TaskRef

log = logging.getLogger(__name__)


LOOK, CREATE = "DescribeMPULayoutInfoList", "CreateMPULayout"
A_PAGE, MOST_PAGES = 100, 100
SHARES, NUMBERS = ("X", "Y", "Width", "Height"), ("PaneId", "MajorPane", "ZOrder")


def look(task: TaskRef, plan: Plan) -> PlannedRequest | None:
    """By name; all of them where we know no layout of this app: then the cache is made again."""
    keys = [key for request in plan.requests if request.name == CREATE for key in request.remember]
    if not keys:
        return None
    name = name_of(keys[0]) if any(key.startswith(KIND) for key in task.known) else None
    return page(task.app, name, 1)


def page(app: AppSpec, name: str | None, number: int) -> PlannedRequest:
    parameters = {"AppId": app.vendor_app_id, "Name": name, "PageNum": number, "PageSize": A_PAGE}
    return rpc.rpc(LOOK, parameters, signing=signing(app), read_only=True)


def read(app: AppSpec, request: PlannedRequest, reply: Reply) -> Stored:
    """The first of equal layouts counts, so that everybody finds the same one."""
    body = errors.body_of(request, reply)
    known: dict[str, str] = {}
    for entry in listed(body, "Layouts", "Layout"):
        key = _key(app, entry)
        if key is not None:
            known.setdefault(key, str(entry["LayoutId"]))
    number = int(request.query["PageNum"])
    total = _whole(body.get("TotalPage")) or 0
    more = page(app, request.query.get("Name"), number + 1) if number < min(total, MOST_PAGES) else None
    return Stored(known, more)


def listed(body: Mapping[str, Json], outer: str, inner: str) -> Iterator[Mapping[str, Json]]:
    """A list that is written bare in one page and in an object in another."""
    found = body.get(outer)
    if isinstance(found, Mapping):
        found = found.get(inner)
    yield from (layout for layout in found if isinstance(layout, Mapping)) if isinstance(found, list) else ()


def _key(app: AppSpec, layout: Mapping[str, Json]) -> str | None:
    """None for what cannot be one of ours."""
    voices = _whole(layout.get("AudioMixCount"))
    panes = [_pane(pane) for pane in listed(layout, "Panes", "Panes")]
    if voices is None or layout.get("LayoutId") in (None, "") or not panes or None in panes:
        log.info("A stored layout of Aliyun is not readable and is left alone: %.80r", layout.get("LayoutId"))
        return None
    rows = sorted((pane for pane in panes if pane is not None), key=lambda pane: int(pane["PaneId"]))
    return content_key(app.vendor_app_id, voices, rows)


def _pane(given: Mapping[str, Json]) -> dict[str, Json] | None:
    """As it is sent. Published examples write numbers as texts."""
    try:
        shares = {name: r6(float(given[name])) for name in SHARES}
    except (KeyError, TypeError, ValueError):
        return None
    numbers = {name: _whole(given.get(name, 0)) for name in NUMBERS}
    return None if None in numbers.values() else {**numbers, **shares}


def _whole(value: Json) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    try:
        return int(value)
    except ValueError:
        return None
