"""Agora's answers: the HTTP status decides which of our errors it is; texts are free and never branched on."""

from __future__ import annotations

import re

from apps.core.errors import (
    BadCredentials,
    NoSuchTask,
    OutcomeUnknown,
    TaskExists,
    UnreadableReply,
    VendorBusy,
    VendorError,
    VendorRejected,
    VendorUnreachable,
)
from apps.core.types import Json
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import Reply

STATUSES: dict[int, type[VendorError]] = {
    206: OutcomeUnknown,  # taken, but the service behind the gateway did not answer in time
    400: VendorRejected,
    401: BadCredentials,
    403: VendorRejected,
    404: NoSuchTask,
    409: TaskExists,
    415: VendorRejected,
    429: VendorBusy,
    499: VendorUnreachable,
    500: VendorUnreachable,
    501: VendorRejected,
    503: VendorUnreachable,
    504: VendorUnreachable,
}
RETRY_AFTER = {206: 3.0, 429: 1.0, 500: 3.0, 503: 3.0, 504: 3.0}  # seconds, the vendor's advice (3, 6, 9)
ADVICE = {
    "401": "Check the customer ID and secret (console → Developer Toolkit → RESTful API).",
    "403": "The product is not enabled for this App ID. Ask the vendor's support.",
    "404": "The vendor does not know this task. It may be moving it, so the request is repeated before this is trusted.",
    "409": "A task of this instance is already running.",
    "429": "The account can make 10 calls per second in total.",
}
TROUBLES = {  # what is wrong with an answer that cannot be read
    "no_object": "{operation}: HTTP {status}, and no JSON object of the Agora API. Check the endpoint URL.",
    "no_token": "{operation}: HTTP {status}, but the response has no token. Check the endpoint URL.",
    "no_addresses": "{operation}: HTTP {status}, but the response lists no addresses. Check the endpoint URL.",
    "no_task_id": "{operation}: HTTP {status}, but the response has no task ID. Check the endpoint URL.",
    "not_empty": "{operation}: HTTP {status}, but the body should be empty. Check the endpoint URL.",
}
SUCCESS = (200, 201, 202)
_TOKEN = re.compile(r"\b007[A-Za-z0-9+/=]{20,}")  # a refused parameter may be repeated in the text


def check(request: PlannedRequest, reply: Reply) -> None:
    """Raises the `VendorError` of an answer that is no success."""
    if reply.status in SUCCESS:
        return
    kind = STATUSES.get(reply.status)
    if kind is None:
        kind = VendorUnreachable if reply.status >= 500 else VendorRejected
    if kind is TaskExists and not request.starts:
        kind = VendorRejected  # only a start can collide with a running instance
    if kind is OutcomeUnknown and request.read_only:
        kind = VendorUnreachable
    if kind is VendorUnreachable and request.starts:
        kind = OutcomeUnknown  # a sick service may have started the task all the same
    said = _TOKEN.sub("***", message(reply)) or f"HTTP {reply.status}"
    raise kind(
        "",
        vendor_message=f"{request.name}: {said}",
        vendor_code=code(reply),
        vendor_request_id=request_id(reply),
        http_status=reply.status,
        retry_after=RETRY_AFTER.get(reply.status, 0.0),
    )


def answer(request: PlannedRequest, reply: Reply) -> dict[str, Json]:
    """The object in a successful answer. Raises a `VendorError` for anything else."""
    check(request, reply)
    if not isinstance(reply.json, dict):
        raise unreadable(request, reply, "no_object")
    return reply.json


def unreadable(request: PlannedRequest, reply: Reply, why: str) -> UnreadableReply:
    return UnreadableReply(
        TROUBLES[why],
        params={"operation": request.name, "status": reply.status},
        vendor_request_id=request_id(reply),
        http_status=reply.status,
    )


def message(reply: Reply) -> str:
    """What the vendor says: `reason`, `message`, or nothing."""
    body = reply.json if isinstance(reply.json, dict) else {}
    for name in ("reason", "message"):
        if isinstance(body.get(name), str) and body[name]:
            return str(body[name])[:500]
    return ""


def code(reply: Reply) -> str:
    """The product's own number where it gives one (recording does), else the HTTP status."""
    body = reply.json if isinstance(reply.json, dict) else {}
    number = body.get("code")
    return str(number) if isinstance(number, int) and not isinstance(number, bool) else str(reply.status)


def request_id(reply: Reply) -> str:
    """Support asks for it; it may be missing where the status is no success."""
    return reply.headers.get("x-request-id", "") or reply.headers.get("x-resource-id", "")
