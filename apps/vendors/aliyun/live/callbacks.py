"""Events of relay tasks, as `CreateRtcMPUEventSub` orders them. Nothing is signed: the secret path of the URL guards
them. Any HTTP 200 is the answer Aliyun wants."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Mapping

from apps.core.errors import UnreadableReply
from apps.core.types import Json
from apps.vendors.aliyun.live.states import whole
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest
from apps.vendors.redaction import redact_text, redact_url
from apps.vendors.report import TaskReport, TaskState

log = logging.getLogger(__name__)


RELAY = 1  # EventType; no other is documented
ANSWER = CallbackAnswer(status=200, content_type="application/json", content=b"{}")


def read(request: CallbackRequest, pushing: int) -> CallbackNews:
    """`pushing` is the EventCode that means so. Raises `UnreadableReply` for anything but a JSON object."""
    try:
        body = json.loads(request.content)
    except (ValueError, RecursionError) as error:
        raise UnreadableReply("The callback's body is not JSON.") from error
    if not isinstance(body, dict):
        raise UnreadableReply("The callback's body is not a JSON object.")
    payload = body.get("Payload")
    payload = payload if isinstance(payload, dict) else {}
    # Without a MsgId the very same bytes are the same news.
    event_id = _text(body, "MsgId") or hashlib.sha256(request.content).hexdigest()
    at = _moment(payload.get("EventTs")) or _moment(body.get("CallbackTs"))
    task = _text(body, "TaskId")
    if whole(body.get("EventType")) != RELAY or not task:
        log.warning("Aliyun Live sent an event of type %r that we do not know.", body.get("EventType"))
        return CallbackNews(event_id, f"event {_text(body, 'EventType')}"[:40], at=at)
    report = read_event(payload, task, at, pushing)
    return CallbackNews(event_id, f"relay {report.vendor_status}", task, report, at)


def read_event(payload: Mapping[str, Json], task: str, at: dt.datetime | None, pushing: int) -> TaskReport:
    """A hint; whoever gets it asks for the task. Only "pushes, without an error" is known for sure."""
    code, fault = whole(payload.get("EventCode")), whole(payload.get("ErrorCode"))
    status = f"EventCode={_text(payload, 'EventCode')} ErrorCode={_text(payload, 'ErrorCode')}"[:60]
    where = redact_url(_text(payload, "DstUrl"))
    if fault > 0:
        said = redact_text(_text(payload, "ErrorMessage")) or status
        detail = f"Aliyun reports trouble with {where}: {said}"
        return TaskReport(TaskState.UNKNOWN, task, "push_trouble", detail, True, vendor_status=status, at=at)
    if code == pushing and fault == 0:
        return TaskReport(TaskState.RUNNING, task, "pushing", vendor_status=status, at=at)
    log.warning("Aliyun Live sent a relay event we do not know: %s", status)
    return TaskReport(TaskState.UNKNOWN, task, "event_unknown", vendor_status=status, at=at)


def _moment(value: Json) -> dt.datetime | None:
    """Milliseconds since 1970."""
    number = whole(value)
    return dt.datetime.fromtimestamp(number / 1000, dt.UTC) if 0 < number < 10**14 else None


def _text(body: Mapping[str, Json], name: str) -> str:
    value = body.get(name)
    return "" if value is None or isinstance(value, (dict, list)) else str(value)
