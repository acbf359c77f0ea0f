"""Event subscriptions and what they bring: one subscription an AppId, one event a push URL.

Nothing is signed. EventCode 1 with ErrorCode 0 is the published example; for the rest no table is published.
"""

from __future__ import annotations

import json
import re
import secrets
import uuid

from apps.core.types import JsonObject
from apps.sandbox.aliyun.live import validation as check
from apps.sandbox.aliyun.wire.replies import Rejected
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.clock import from_iso, iso
from apps.sandbox.engine.ports import Runtime

RELAY = 1  # EventType
PUSHING, OVER, TROUBLE = 1, 2, 3  # EventCode: only the first is the vendor's, the others stand for "something else"
CANNOT_CONNECT = 1001  # ErrorCode, equally made up
EVENT = "RelayEvent"  # as faults of callbacks call it
LONGEST_URL = 2083
MOST_CHANNELS = 20
WEEK = 7 * 24 * 3600.0
# The documented characters, and the colon of the scheme.
CALLBACK_URL = re.compile(r"https?://[A-Za-z0-9_?%=#./+:-]+")


def key(app_id: str) -> str:
    return f"{ALIYUN}/live/{app_id}"


def _missing_is_not_found(given: JsonObject, *names: str) -> None:
    """This family answers a missing parameter with 404."""
    for name in names:
        if not check.text(given, name):
            raise Rejected("MissingParameter", f"{name} is mandatory for this action.", http_status=404)


def _url(given: JsonObject) -> str:
    url = check.text(given, "CallbackUrl")
    if not CALLBACK_URL.fullmatch(url) or len(url) > LONGEST_URL:
        raise check.bad("The specified CallbackUrl is invalid.")
    return url


def _channels(given: JsonObject) -> str:
    raw = check.text(given, "ChannelIds")
    names = raw.split(",") if raw else []
    if len(names) > MOST_CHANNELS or len(set(names)) < len(names):
        raise check.bad("ChannelIds has too many channels, or one twice.")
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name) for name in names):
        raise check.bad("The specified ChannelIds is invalid.")
    return raw


def create(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    _missing_is_not_found(given, "AppId", "CallbackUrl")
    check.ids(given)
    with runtime.store.changing() as state:
        if key(given["AppId"]) in state["callbacks"]:
            raise check.bad("The application is subscribed already.")
        sub = {
            "url": _url(given),
            "channels": _channels(given),
            "sub_id": f"Sub-{secrets.token_hex(12).upper()}",
            "created_at": runtime.clock.now(),
        }
        state["callbacks"][key(given["AppId"])] = sub
    return {"SubId": sub["sub_id"]}


def describe(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    _missing_is_not_found(given, "AppId")
    check.ids(given)
    with runtime.store.reading() as state:
        sub = state["callbacks"].get(key(given["AppId"]))
        if sub is None:
            return {}
        info = {
            "AppId": given["AppId"],
            "SubId": sub["sub_id"],
            "CallbackUrl": sub["url"],
            "ChannelIds": sub["channels"],
            "CreateTime": iso(sub["created_at"]).replace("T", " "),  # as its examples are written
        }
    return {"SubInfo": info}


def update(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    _missing_is_not_found(given, "AppId")
    check.ids(given)
    with runtime.store.changing() as state:
        sub = _own(state, given)
        if "CallbackUrl" in given:
            sub["url"] = _url(given)
        if "ChannelIds" in given:
            sub["channels"] = _channels(given)
    return {}


def delete(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    _missing_is_not_found(given, "AppId")
    check.ids(given)
    with runtime.store.changing() as state:
        _own(state, given)
        del state["callbacks"][key(given["AppId"])]
    return {}


def _own(state: JsonObject, given: JsonObject) -> JsonObject:
    sub: JsonObject | None = state["callbacks"].get(key(given["AppId"]))
    if sub is None:
        raise check.bad("The application has no subscription.")
    return sub


def records(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    """What was delivered, newest first; at most seven days back."""
    _missing_is_not_found(given, "AppId", "StartTime", "EndTime", "PageNo", "PageSize")
    check.ids(given)
    since, until = from_iso(check.text(given, "StartTime")), from_iso(check.text(given, "EndTime"))
    number, size = check.whole(given, "PageNo", 1, 10**6) or 1, check.whole(given, "PageSize", 1, 100) or 1
    now = runtime.clock.now()
    if since is None or until is None or since < now - WEEK - 1 or until > now + 1 or since > until:
        raise check.bad("The specified time range is invalid.")
    wanted = check.text(given, "SubId")
    with runtime.store.reading() as state:
        sent = [
            dict(delivery)
            for delivery in state["delivered"]
            if _is(delivery, given["AppId"]) and since <= delivery["at"] <= until + 1
        ]
    rows = [_row(delivery) for delivery in reversed(sent)]
    rows = [row for row in rows if wanted in ("", row["SubId"])]
    return {"Logs": rows[(number - 1) * size : number * size], "Count": len(rows), "HasMore": len(rows) > number * size}


def _is(delivery: JsonObject, app_id: str) -> bool:
    return (delivery["vendor"], delivery["app_id"], delivery["event"]) == (ALIYUN, app_id, EVENT)


def _row(delivery: JsonObject) -> JsonObject:
    data = json.loads(delivery["body"])
    return {
        "AppId": delivery["app_id"],
        "CallbackUrl": delivery["url"],
        "Cost": delivery.get("cost", 0),
        "Data": delivery["body"],
        "HTTPCode": str(delivery["status"]),
        "MsgId": data["MsgId"],
        "SubId": data["SubId"],
        "Time": iso(delivery["at"]),
    }


def send(runtime: Runtime, task: JsonObject, url: str, at: float, *, fault: str = "", ended: bool = False) -> None:
    with runtime.store.reading() as state:
        sub = state["callbacks"].get(key(task["app_id"]))
    if sub is None or (sub["channels"] and task["room"] not in sub["channels"].split(",")):
        return
    body = {
        "EventType": RELAY,
        "MsgId": str(uuid.uuid4()),
        "AppId": task["app_id"],
        "SubId": sub["sub_id"],
        "TaskId": task["task_id"],
        "CallbackTs": int(runtime.clock.now() * 1000),
        "Payload": {
            "DstUrl": url,
            "EventTs": int(at * 1000),
            "EventCode": TROUBLE if fault else OVER if ended else PUSHING,
            "ErrorCode": CANNOT_CONNECT if fault else 0,
            "ErrorMessage": fault,
        },
    }
    runtime.callbacks.send(
        vendor=ALIYUN,
        app_id=task["app_id"],
        event=EVENT,
        url=sub["url"],
        body=json.dumps(body, ensure_ascii=False),
        retries=(2.0, 5.0),  # the vendor does not publish its habit
    )
