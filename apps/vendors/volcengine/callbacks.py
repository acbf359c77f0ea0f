"""Server callbacks of Volcengine RTC: a hint to look, never the truth about a push task."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import logging
import re

from apps.core.errors import UnreadableReply
from apps.core.types import Json
from apps.vendors.callback import CallbackNews, CallbackRequest

log = logging.getLogger(__name__)

# Of all products: one URL may get the events of any. The last ones were seen, and are in no list.
EVENTS = {
    "TranscodeStarted", "TranscodeStopped", "TranscodeUpdated", "TranscodeStateChanged", "RecordStarted", "RecordStopped",
    "RecordUploadDone", "RecordUploadStarted", "RecordUploadProcessing", "RecordAudioStreamStateChanged",
    "SegmentRealTimeData", "SnapshotRealTimeData", "UserJoinRoom", "UserLeaveRoom", "InvisibleUserJoinRoom",
    "InvisibleUserLeaveRoom", "RoleChangeInvisible2Visible", "RoleChangeVisible2Invisible", "RoomDestroy",
    "UserScreenVideoStreamStart", "UserScreenVideoStreamStop", "UserScreenAudioStreamStart", "UserScreenAudioStreamStop",
}  # fmt: skip
_FRACTION = re.compile(r"\.(\d+)")


def verify(request: CallbackRequest, secret: str) -> bool:
    """Whether `Signature` is the digest of the sorted values.

    The documentation lists EventId among them, its published example reproduces only without: both forms count
    (docs 6348/75125, read 2026-03). Without a secret nothing verifies.
    """
    body = _body(request)
    if not secret or body is None:
        return False
    nonce = body.get("Nonce") or body.get("Noce") or ""  # older material spells it so
    base = [body.get(name) or "" for name in ("EventType", "EventData", "EventTime", "Version", "AppId")]
    values = [*base, nonce, secret]
    given = body.get("Signature")
    if not isinstance(given, str) or not all(isinstance(value, str) for value in values):
        return False
    event_id = body.get("EventId") or ""
    forms = ([*values, event_id], values) if isinstance(event_id, str) else (values,)
    # bytes, because compare_digest refuses text outside ASCII
    return any(hmac.compare_digest(_digest(form).encode(), given.lower().encode()) for form in forms)


def _digest(values: list[str]) -> str:
    joined = b"".join(sorted(value.encode("utf-8", "surrogatepass") for value in values))
    return hashlib.sha256(joined).hexdigest()


def read(request: CallbackRequest) -> CallbackNews:
    """The news in a callback. Unknown events and missing fields are news of nothing, not errors.

    Raises `UnreadableReply` when the body is no JSON object.
    """
    body = _body(request)
    if body is None:
        raise UnreadableReply("The callback's body is not a JSON object.")
    event, data = str(body.get("EventType") or ""), _event_data(body.get("EventData"))
    if event not in EVENTS:
        log.warning("Volcengine: an event type that is not documented: %.80r", body.get("EventType"))
    event_id = str(body.get("EventId") or "") or hashlib.sha256(request.content).hexdigest()
    return CallbackNews(
        event_id=event_id,
        event=event,
        vendor_task_id=str(data.get("taskid") or ""),
        report=None,
        at=read_time(body.get("EventTime")),
    )


def read_time(text: Json) -> dt.datetime | None:
    """RFC 3339 in UTC, also with nanoseconds (Python reads six digits); None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        moment = dt.datetime.fromisoformat(_FRACTION.sub(lambda found: f".{found[1][:6]:0<6}", text, count=1))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _body(request: CallbackRequest) -> dict[str, Json] | None:
    try:
        body = json.loads(request.content)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _event_data(text: Json) -> dict[str, Json]:
    """Member names in lower case: `Code` has been seen as `code`."""
    try:
        data = json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return {}
    return {str(name).lower(): value for name, value in data.items()} if isinstance(data, dict) else {}
