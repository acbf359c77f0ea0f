"""Notifications about transcoding tasks: which task, and what they say of it."""

from __future__ import annotations

import logging

from apps.core.types import Json
from apps.vendors.agora.callbacks import Notice, moment
from apps.vendors.agora.transcoder.states import EVENT_STATES
from apps.vendors.callback import CallbackNews
from apps.vendors.report import TaskReport, TaskState

log = logging.getLogger(__name__)

SCENE = "rtsc/cloud-transcoder"
STARTED, STOPPED, STATUS, UPDATED = 110, 111, 112, 113
STOP_REASONS = {"Stop request": "stopped_by_user"}  # free text; only this one is documented
NAMES = {
    STARTED: "cloud_transcoder_started",
    STOPPED: "cloud_transcoder_stopped",
    STATUS: "cloud_transcoder_status",
    UPDATED: "cloud_transcoder_updated",
}


def read(notice: Notice) -> CallbackNews:
    """News of a task. Other products' notices, the console's test events among them, are news of nothing.

    The product number of this product differs between editions (22, 3): what the payload says decides.
    """
    payload, details = notice.payload, _object(notice.payload.get("details"))
    event_id = f"{notice.product_id}:{notice.notice_id}"  # the time of sending differs between repetitions
    event = str(details.get("event") or NAMES.get(notice.event_type) or f"event {notice.event_type}")
    if not is_ours(payload):
        return CallbackNews(event_id=event_id, event=event, at=notice.at)
    run_id = str(payload.get("taskId") or "")
    at = moment(payload.get("sendts")) or notice.at
    return CallbackNews(
        event_id=event_id,
        event=event,
        vendor_task_id=str(payload.get("instanceId") or ""),
        vendor_run_id=run_id,
        report=_report(notice.event_type, details, run_id),
        at=at,
    )


def is_ours(payload: dict[str, Json]) -> bool:
    return payload.get("serviceScene") == SCENE or bool(payload.get("taskId"))


def _report(event_type: int, details: dict[str, Json], run_id: str) -> TaskReport:
    learned = {"run_id": run_id} if run_id else {}
    state = str(details.get("state") or "")
    if event_type == STARTED:
        return TaskReport(TaskState.RUNNING, vendor_status=state, learned=learned)
    if event_type == STOPPED:
        said = str(details.get("stopReason") or "")[:120]
        reason, ended = STOP_REASONS.get(said, said), moment(details.get("updateTs"))
        return TaskReport(TaskState.STOPPED, reason=reason, vendor_status=said, at=ended, learned=learned)
    if event_type in (STATUS, UPDATED):
        found = EVENT_STATES.get(state, TaskState.UNKNOWN)
        if found is TaskState.UNKNOWN:
            log.warning("Agora: an event state that is not documented: %r", state[:80])
        return TaskReport(found, vendor_status=state, learned=learned)
    log.warning("Agora: an event type that is not documented: %r", event_type)
    return TaskReport(TaskState.UNKNOWN, vendor_status=state, learned=learned)


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
