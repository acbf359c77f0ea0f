"""What Aliyun says about a task, in our words: answers, and the reasons a call did not work out."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from apps.core.errors import NotYet, TaskExists, VendorRejected
from apps.core.types import Json
from apps.vendors.report import TaskReport, TaskState

log = logging.getLogger(__name__)


# Status of GetMPUTaskStatus → our state, reason, sentence
STATES: dict[int, tuple[TaskState, str, str]] = {
    0: (TaskState.STARTING, "waits_for_room", "The task is waiting for the room to open."),
    1: (TaskState.RUNNING, "", ""),
    2: (TaskState.STOPPED, "stopped", "The task was stopped."),
    3: (TaskState.STOPPED, "stopped_by_user", "The task was stopped by a request."),
    4: (TaskState.STOPPED, "room_closed", "The task ended because the room closed."),
    5: (TaskState.FAILED, "cdn_trouble", "The stream was not delivered by the network."),
    6: (TaskState.FAILED, "push_url_trouble", "The push URL does not accept the stream."),
}

EMPTY_ROOM = re.compile(r"channel\b.*\bnot\s*exist|channel.*no\s*exist|channel\s+is\s+not\s+found", re.IGNORECASE)
EXISTS = re.compile(r"task\b.*\balready\s+exist|task\s+exist", re.IGNORECASE)
RETRY_EMPTY_ROOM = 5.0  # seconds
TROUBLES = {
    "exists": "Aliyun already has a task with this ID.",
    "room_empty": "Nobody is in the room yet. Aliyun starts when the first person joins.",
}
WITHDRAWN = ("InvalidAction", "UnsupportedOperation", "InvalidVersion")


def read_status(body: Mapping[str, Json], task: str, request_id: str) -> TaskReport:
    """The report in an answer of GetMPUTaskStatus."""
    raw = body.get("Status")
    number = whole(raw)
    if number not in STATES:
        log.warning("Aliyun Live has a status we do not know: %r", raw)
        return TaskReport(TaskState.UNKNOWN, task, vendor_request_id=request_id, vendor_status=f"Status={raw}")
    state, reason, detail = STATES[number]
    return TaskReport(state, task, reason, detail, vendor_request_id=request_id, vendor_status=f"Status={raw}")


def whole(value: Json) -> int:
    """An integer, also from its digits; -1 for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return -1
    try:
        return int(value)
    except ValueError:
        return -1


def better_named(error: VendorRejected) -> VendorRejected:
    """The refusal of a start by what it means: `InvalidParam` stands for many things, told apart by their message."""
    kind: type[VendorRejected]
    if EXISTS.search(error.detail):
        kind, sentence, wait = TaskExists, TROUBLES["exists"], 0.0
    elif EMPTY_ROOM.search(error.detail):
        kind, sentence, wait = NotYet, TROUBLES["room_empty"], RETRY_EMPTY_ROOM
    else:
        return error
    return kind(
        sentence,
        vendor_message=error.vendor_message,
        vendor_code=error.vendor_code,
        vendor_request_id=error.vendor_request_id,
        http_status=error.http_status,
        retry_after=wait,
    )
