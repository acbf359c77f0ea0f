"""What happens in rooms, ordered by a call: relays are never called back about, but who joins and leaves tells when to
ask for them."""

from __future__ import annotations

import hashlib

from apps.vendors.aliyun.base import signing
from apps.vendors.aliyun.wire import rpc
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.types import AppSpec

KNOWN = "aliyun-rtc-events"  # the content key under which the subscription's id is remembered
EVENTS = ["ChannelEvent", "UserEvent"]


def look(app: AppSpec) -> PlannedRequest:
    """There is no call that lists subscriptions: whether the app is one of ours is what can be asked."""
    parameters = {"AppId": app.vendor_app_id, "PageNum": 1, "PageSize": 1}
    return rpc.rpc("DescribeApps", parameters, signing=signing(app), read_only=True)


def subscribe(app: AppSpec, url: str) -> Plan:
    """The same token for the same URL: asked twice, Aliyun has one subscription. How it would sign its callbacks is
    not documented, so they come unsigned."""
    token = hashlib.sha256(f"{app.vendor_app_id} {url}".encode()).hexdigest()[:32]
    parameters = {
        "AppId": app.vendor_app_id,
        "CallbackUrl": url,
        "ClientToken": token,
        "Events": EVENTS,
        "NeedCallbackAuth": False,
    }
    request = rpc.rpc(
        "CreateEventSubscribe",
        parameters,
        signing=signing(app),
        gives={"subscribeId": "/SubscribeId"},
        remember={KNOWN: "subscribeId"},
    )
    return Plan((request,))


def unsubscribe(app: AppSpec, known: str) -> PlannedRequest:
    parameters = {"AppId": app.vendor_app_id, "SubscribeId": known}
    return rpc.rpc("DeleteEventSubscribe", parameters, signing=signing(app))
