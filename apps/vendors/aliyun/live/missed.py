"""Events that Aliyun sent, as it remembers them for seven days: what got lost on the way is found here."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from apps.core.types import Json
from apps.vendors.aliyun import errors
from apps.vendors.aliyun.live import api
from apps.vendors.aliyun.rtc2.stored_layouts import listed
from apps.vendors.callback import CallbackRequest
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import AppSpec, Reply

RECORDS = "ListRtcMPUEventSubRecord"
REMEMBERED = dt.timedelta(days=7) - dt.timedelta(minutes=5)  # a clock that differs must not make the call refused
A_PAGE, MOST_PAGES = 100, 50


def look(app: AppSpec, since: dt.datetime, until: dt.datetime) -> PlannedRequest:
    since = max(since, until - REMEMBERED)
    parameters = {
        "AppId": app.vendor_app_id,
        "StartTime": f"{since:%Y-%m-%dT%H:%M:%SZ}",
        "EndTime": f"{until:%Y-%m-%dT%H:%M:%SZ}",
        "PageNo": 1,
        "PageSize": A_PAGE,
    }
    return api.call(app, RECORDS, parameters, read_only=True)


def read(request: PlannedRequest, reply: Reply) -> tuple[tuple[CallbackRequest, ...], PlannedRequest | None]:
    """`Data` is the callback's body, as text."""
    body = errors.body_of(request, reply)
    found = tuple(_sent(log_entry) for log_entry in listed(body, "Logs", "Log"))
    number = int(request.query["PageNo"])
    if body.get("HasMore") is not True or number >= MOST_PAGES:
        return found, None
    return found, dataclasses.replace(request, query={**request.query, "PageNo": str(number + 1)})


def _sent(log: Mapping[str, Json]) -> CallbackRequest:
    text, message = log.get("Data"), log.get("MsgId")
    content = text.encode(errors="replace") if isinstance(text, str) else b""
    return CallbackRequest({}, content, vendor_message_id=message if isinstance(message, str) else "")
