"""What GetMPUTaskStatus says, in our words."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from apps.core.errors import UnreadableReply
from apps.core.types import Json
from apps.vendors.report import TaskReport, TaskState

log = logging.getLogger(__name__)

# Status → state, reason, detail
STATES: dict[str, tuple[TaskState, str, str]] = {
    "0": (TaskState.STARTING, "waiting_for_room", "Aliyun waits for somebody to join the room, for at most 30 days."),
    "1": (TaskState.RUNNING, "", ""),
    "2": (TaskState.STOPPED, "stopped", "The relay ended some time after the last person left."),
    "3": (TaskState.STOPPED, "stopped_by_user", ""),
    "4": (TaskState.STOPPED, "room_ended", "The room was closed."),
    "5": (TaskState.FAILED, "cdn_network", "The network connection to the push URL failed. You can start a new task."),
    "6": (
        TaskState.FAILED,
        "push_url",
        "The push URL does not accept the stream. Check its host, its path and whether its key is still valid.",
    ),
}


def read_status(body: Mapping[str, Json], task_id: str, request_id: str) -> TaskReport:
    """The report in `Status`, a number or its digits. A word we do not know changes nothing."""
    status = body.get("Status")
    if isinstance(status, bool) or not isinstance(status, (int, str)) or status == "":
        raise UnreadableReply("Aliyun's response has no Status.", vendor_request_id=request_id)
    found = STATES.get(str(status))
    if found is None:
        log.warning("Aliyun gave MPU task %s a status that is not documented: %.40r", task_id, status)
        found = (TaskState.UNKNOWN, "", "")
    state, reason, detail = found
    return TaskReport(state, task_id, reason, detail, vendor_request_id=request_id, vendor_status=f"Status={status}")
