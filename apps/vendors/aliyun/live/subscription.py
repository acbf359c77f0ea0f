"""Where Aliyun sends its events: one subscription for an AppId, ordered by a call. There is no console page for it."""

from __future__ import annotations

import re

from apps.core.errors import BadCredentials, VendorRejected
from apps.vendors.aliyun import errors
from apps.vendors.aliyun.live import api
from apps.vendors.aliyun.live.phrases import say
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.redaction import redact_url
from apps.vendors.types import AppSpec, Reply

LONGEST = 2083
# The documented characters, and the colon that no URL does without.
CALLBACK_URL = re.compile(r"https?://[A-Za-z0-9_?%=#./+:-]+")
ABOUT_THE_APP = ("InvalidAppId", "OperationDenied", "Forbidden")


def look(app: AppSpec) -> PlannedRequest:
    return api.call(app, api.DESCRIBE_SUB, {"AppId": app.vendor_app_id}, read_only=True)


def change(app: AppSpec, url: str, request: PlannedRequest, reply: Reply) -> Plan:
    """What must be asked for so that the events of all rooms come to `url`; nothing when they do already.

    `reply` answers `look`. A subscription that points elsewhere is somebody's: replacing it is a finding `changed`.
    """
    findings = (
        () if CALLBACK_URL.fullmatch(url) and len(url) <= LONGEST else (say("callback_url_unusable", None, "url"),)
    )
    parameters = {"AppId": app.vendor_app_id, "CallbackUrl": url}
    found = described(request, reply)
    if found is None:
        return Plan((api.call(app, api.CREATE_SUB, parameters),), findings)
    old, rooms = found
    if old == url and not rooms:
        return Plan((), findings)
    if old != url:
        findings = (*findings, say("subscription_replaced", None, "url", url=redact_url(old)))
    return Plan((api.call(app, api.UPDATE_SUB, {**parameters, "ChannelIds": ""}),), findings)


def described(request: PlannedRequest, reply: Reply) -> tuple[str, str] | None:
    """The subscription's URL and rooms (none: all); None when there is none. Raises a `VendorError` for other noes:
    how Aliyun says "there is none" is not documented."""
    try:
        body = errors.body_of(request, reply)
    except BadCredentials:
        raise
    except VendorRejected as error:
        if error.vendor_code.startswith(ABOUT_THE_APP):
            raise
        return None
    info = body.get("SubInfo")
    if not isinstance(info, dict) or not info.get("CallbackUrl"):
        return None
    return str(info["CallbackUrl"]), str(info.get("ChannelIds") or "")
