"""What Agora says about a transcoding task, in our words."""

from __future__ import annotations

import logging

from apps.core.types import Json
from apps.vendors.report import TaskReport, TaskState

log = logging.getLogger(__name__)

STATES = {
    "IDLE": TaskState.STARTING,
    "PREPARED": TaskState.STARTING,
    "STARTING": TaskState.STARTING,
    "CREATED": TaskState.STARTING,
    "STARTED": TaskState.RUNNING,
    "IN_PROGRESS": TaskState.RUNNING,
    "STOPPING": TaskState.STOPPING,
    "STOPPED": TaskState.STOPPED,
    "EXIT": TaskState.STOPPED,
    "FAILURE_STOP": TaskState.FAILED,
}

SERVICE_STATES = {
    "serviceIdle": TaskState.STARTING,
    "serviceReady": TaskState.STARTING,
    "serviceStarted": TaskState.RUNNING,
    "serviceInProgress": TaskState.RUNNING,
    "serviceCompleted": TaskState.STOPPED,
    "servicePartialCompleted": TaskState.STOPPED,
    "serviceValidationFailed": TaskState.FAILED,
    "serviceAbnormal": TaskState.FAILED,
    "serviceUnknown": TaskState.UNKNOWN,
}

REASONS = {"STOPPED": "stopped_by_user", "EXIT": "room_ended", "FAILURE_STOP": "vendor_failure"}
SERVICE_REASONS = {
    "serviceValidationFailed": "parameters_refused",
    "serviceAbnormal": "vendor_failure",
    "servicePartialCompleted": "partly_done",
}
EVENT_STATES = {
    "connecting": TaskState.STARTING,
    "running": TaskState.RUNNING,
    "failed": TaskState.FAILED,
}


def read_task(task: dict[str, Json], vendor_request_id: str) -> TaskReport:
    """The report in a task object. The task's status decides; a service that failed makes it a failure whatever that
    says, and one that ended in part is said so."""
    status = str(task.get("status") or "")
    service = _service(task)
    service_status = str(service.get("status") or "")
    state = STATES.get(status, TaskState.UNKNOWN)
    if state is TaskState.UNKNOWN:
        log.warning("Agora: a task status that is not documented: %r", status[:80])
    if service_status and service_status not in SERVICE_STATES:
        log.warning("Agora: a service status that is not documented: %r", service_status[:80])
    if SERVICE_STATES.get(service_status) is TaskState.FAILED:
        state = TaskState.FAILED
    ended = state in (TaskState.STOPPED, TaskState.FAILED)
    return TaskReport(
        state,
        reason=(SERVICE_REASONS.get(service_status) or REASONS.get(status, "")) if ended else "",
        detail=str(service.get("message") or "")[:300] if state is TaskState.FAILED else "",
        vendor_request_id=vendor_request_id,
        vendor_status=" ".join(part for part in (status, service_status) if part)[:120],
    )


def _service(task: dict[str, Json]) -> dict[str, Json]:
    services = task.get("services")
    service = services.get("cloudTranscoder") if isinstance(services, dict) else None
    return service if isinstance(service, dict) else {}
