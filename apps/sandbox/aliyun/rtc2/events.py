"""Channel and user events: subscribed by a call that a token makes repeatable; nothing is signed."""

from __future__ import annotations

import json
import re
import secrets
import uuid

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import validation as check
from apps.sandbox.aliyun.wire.replies import Rejected, invalid, missing
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.ports import Runtime

CHANNEL, USER = "ChannelEvent", "UserEvent"
URL = re.compile(r"https?://[^\s]{1,2000}")
HOST, AUDIENCE = 1, 2  # Role; whoever is in our rooms is a host
EVENT = "RoomEvent"  # as faults of callbacks call it
STORE = "aliyun_events"  # in the state: SubscribeId → what was ordered


def create(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    if not URL.fullmatch(check.text(given, "CallbackUrl", required=True)):
        raise invalid("CallbackUrl")
    token = check.text(given, "ClientToken", required=True)
    events = [str(event) for event in check.listed(given, "Events", 16, required=True)]
    if not set(events) <= {CHANNEL, USER}:
        raise invalid("Events")
    users = [str(user) for user in check.listed(given, "Users", 64)]
    room = check.text(given, "ChannelId")
    if users and not room:
        raise missing("ChannelId")
    role = check.whole(given, "Role", 0, 2**31 - 1, 0)
    check.flag(given, "NeedCallbackAuth")
    with runtime.store.changing() as state:
        known = state.setdefault(STORE, {})
        for name, subscription in known.items():
            if (subscription["app_id"], subscription["token"]) == (given["AppId"], token):
                return {"SubscribeId": name}
        name = secrets.token_hex(8)
        known[name] = {
            "app_id": given["AppId"], "token": token, "url": given["CallbackUrl"], "events": events, "room": room,
            "users": users, "role": role,
        }  # fmt: skip
    return {"SubscribeId": name}


def delete(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    name = check.text(given, "SubscribeId", required=True)
    with runtime.store.changing() as state:
        subscription = state.setdefault(STORE, {}).get(name)
        if subscription is None or subscription["app_id"] != given["AppId"]:
            raise Rejected("InvalidSubscribeId.NotFound", http_status=404)
        del state[STORE][name]
    return {}


def channel(runtime: Runtime, app_id: str, room: str, tag: str, at: float) -> None:
    _send(runtime, app_id, room, {"Event": CHANNEL, CHANNEL: {"EventTag": tag, "Timestamp": int(at)}}, at)


def user(runtime: Runtime, app_id: str, room: str, user_id: str, tag: str, at: float) -> None:
    said = {
        "UserId": user_id, "SessionId": uuid.uuid4().hex[:12], "EventTag": tag, "Timestamp": int(at), "Reason": 1,
        "Role": HOST, "TerminalType": 1,
    }  # fmt: skip
    _send(runtime, app_id, room, {"Event": USER, USER: said}, at)


def _send(runtime: Runtime, app_id: str, room: str, content: JsonObject, at: float) -> None:
    with runtime.store.reading() as state:
        ordered = [
            (name, dict(subscription))
            for name, subscription in state.get(STORE, {}).items()
            if subscription["app_id"] == app_id
        ]
    for name, subscription in ordered:
        of_user = content.get(USER, {}).get("UserId", "")
        elsewhere = subscription["room"] and subscription["room"] != room
        if (
            elsewhere
            or content["Event"] not in subscription["events"]
            or (of_user and subscription["users"] and of_user not in subscription["users"])
            or (of_user and subscription.get("role") == AUDIENCE)
        ):
            continue
        body = {
            "MsgId": str(uuid.uuid4()),
            "MsgTimestamp": int(at),
            "SubscribeId": name,
            "AppId": app_id,
            "ChannelId": room,
            "Contents": [content],
        }
        runtime.callbacks.send(
            vendor=ALIYUN,
            app_id=app_id,
            event=EVENT,
            url=subscription["url"],
            body=json.dumps(body, ensure_ascii=False),
            # documented as a form although the body is JSON
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
