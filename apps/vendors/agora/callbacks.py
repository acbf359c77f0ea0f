"""Notifications (NCS): signed hints about tasks. At most three repetitions, no order, no guarantee: polling decides."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from dataclasses import dataclass

from apps.core.errors import UnreadableReply
from apps.core.types import Json
from apps.vendors.callback import CallbackRequest

SHA1, SHA256 = "agora-signature", "agora-signature-v2"


@dataclass(frozen=True, slots=True)
class Notice:
    """The envelope of every product's notification. `event_type` is unique within a product only."""

    notice_id: str
    product_id: int
    event_type: int
    at: dt.datetime | None
    payload: dict[str, Json]


def verify(request: CallbackRequest, secret: str) -> bool:
    """Whether the body, byte for byte as it came, was signed with this secret.

    The newer signature (SHA-256) is required; where the older one (SHA-1) came too, it must hold as well.
    """
    if not secret:
        return False
    key = secret.encode()
    newer, older = request.headers.get(SHA256, ""), request.headers.get(SHA1)
    if not _same(hmac.new(key, request.content, hashlib.sha256).hexdigest(), newer):
        return False
    return older is None or _same(hmac.new(key, request.content, hashlib.sha1).hexdigest(), older)


def _same(expected: str, given: str) -> bool:
    # bytes, because compare_digest refuses text outside ASCII
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape"))


def notice(request: CallbackRequest) -> Notice:
    """The envelope. Raises `UnreadableReply` when the body is no JSON object."""
    try:
        body = json.loads(request.content)
    except (ValueError, RecursionError) as error:
        raise UnreadableReply("The notification's body is not JSON.") from error
    if not isinstance(body, dict):
        raise UnreadableReply("The notification's body is not a JSON object.")
    payload = body.get("payload")
    return Notice(
        notice_id=str(body.get("noticeId") or "") or hashlib.sha256(request.content).hexdigest(),
        product_id=whole(body.get("productId")) or 0,
        event_type=whole(body.get("eventType")) or 0,
        at=moment(body.get("notifyMs")),
        payload=payload if isinstance(payload, dict) else {},
    )


def whole(value: Json) -> int | None:
    """An integer, also from digits; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) else None


def moment(value: Json) -> dt.datetime | None:
    """Seconds or milliseconds since 1970, told apart by their size: pages call both seconds."""
    number = whole(value)
    if not number or not 0 < number < 10**14:
        return None
    return dt.datetime.fromtimestamp(number / 1000 if number >= 10**11 else number, dt.UTC)
