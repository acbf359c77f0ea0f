"""What Volcengine says about a push task, in our words (docs 6348/196883)."""

from __future__ import annotations

import datetime as dt
import logging

from apps.core.types import Json
from apps.vendors.report import TaskReport, TaskState

log = logging.getLogger(__name__)

STATES = {
    1: TaskState.STARTING,
    2: TaskState.RUNNING,
    3: TaskState.STOPPED,
    4: TaskState.FAILED,
}  # what is not here is UNKNOWN
ASK_AGAIN = 0  # "abnormal", of Status and of PushStreamState

REASONS = {
    "StopByAPI": "stopped",
    "UserDisconnect": "client_left",
    "IdleTimeOut": "idle",
    "StartTaskFailed": "start_failed",
    "UnknownStopReason": "unknown",
}

PUSH_STATES = {
    1: "The task is running. Nothing is pushed until somebody publishes.",
    2: "Connecting to the push URL.",
    3: "The connection to the push URL was lost. Reconnecting.",
    4: "Connected to the push URL. The push is about to start.",
}
RECONNECTING, PUSHING, PUSH_STOPPED = 3, 5, 6
DOCUMENTED_PUSH = {ASK_AGAIN, *PUSH_STATES, PUSHING, PUSH_STOPPED}


def read_task(task: Json, vendor_task_id: str, vendor_request_id: str) -> TaskReport:
    """The report in `Result.PushMixedStreamToCDNTask`. Numbers may come as strings (the 2020-12-01 sample does)."""
    status, push = whole(task.get("Status")), whole(task.get("PushStreamState"))
    stop_reason = str(task.get("StopReason") or "")
    state = STATES.get(status if status is not None else -1, TaskState.UNKNOWN)
    if state is TaskState.STOPPED and stop_reason == "StartTaskFailed":
        state = TaskState.FAILED
    _log_unknown(task, status, push, stop_reason)
    running = state is TaskState.RUNNING
    return TaskReport(
        state,
        vendor_task_id=vendor_task_id,
        reason=REASONS.get(stop_reason, stop_reason),
        detail=PUSH_STATES.get(push if push is not None else -1, "") if running else "",
        degraded=running and push == RECONNECTING,
        vendor_request_id=vendor_request_id,
        vendor_status=f"Status={task.get('Status')} PushStreamState={task.get('PushStreamState')}",
        at=_moment(task.get("EndTime")) if state in (TaskState.STOPPED, TaskState.FAILED) else None,
    )


def _log_unknown(task: Json, status: int | None, push: int | None, stop_reason: str) -> None:
    """What the vendor's documents do not list. The push state is left out where nothing is pushed yet."""
    if status != ASK_AGAIN and status not in STATES:
        log.warning("Volcengine: a task status that is not documented: %.80r", task.get("Status"))
    if task.get("PushStreamState") not in (None, "") and push not in DOCUMENTED_PUSH:
        log.warning("Volcengine: a push state that is not documented: %.80r", task.get("PushStreamState"))
    if stop_reason and stop_reason not in REASONS:
        log.warning("Volcengine: a stop reason that is not documented: %.80r", stop_reason)


def whole(value: Json) -> int | None:
    """An integer, also from a numeric string; None for anything else."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _moment(value: Json) -> dt.datetime | None:
    """Milliseconds since 1970; 0 means "not yet"."""
    milliseconds = whole(value)
    if not milliseconds or not 0 < milliseconds < 10**14:
        return None
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
