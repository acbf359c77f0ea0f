"""Sentences for what the engine stored as codes: ledger events, ends and errors, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core.translate import translate, translate_reason
from apps.tasks.models import EventCode, State, Task, TaskEvent
from apps.vendors.registry import adapter, advice

KINDS = {
    "wish": pgettext_lazy("ledger", "Requested by a user"),
    "request": pgettext_lazy("ledger", "Sent to the cloud"),
    "answer": pgettext_lazy("ledger", "Response from the cloud"),
    "error": pgettext_lazy("ledger", "Problem"),
    "callback": pgettext_lazy("ledger", "Callback from the cloud"),
    "state": pgettext_lazy("ledger", "State"),
    "note": pgettext_lazy("ledger", "Note"),
    "file": pgettext_lazy("ledger", "Recorded file"),
}
EVENTS = {
    EventCode.START: gettext_lazy("Start requested"),
    EventCode.SCHEDULED_START: gettext_lazy("Scheduled start requested"),
    EventCode.APPLY_LAYOUT: gettext_lazy("Change on air requested"),
    EventCode.STOP: gettext_lazy("Stop requested"),
    EventCode.RUNS_AFTER_END: gettext_lazy("The task ended here but is still running at the cloud."),
    EventCode.CREATED: gettext_lazy("Created"),
    EventCode.CHANGED: gettext_lazy("Changed"),
    EventCode.ADOPTED: gettext_lazy("Already exists at the vendor: not started again"),
    EventCode.ENDED_AT_VENDOR: gettext_lazy("It is no longer running at the cloud."),
    EventCode.RUN_ID_UNKNOWN: gettext_lazy(
        "The vendor's ID of the run is not known. It is requested by repeating the start"
    ),
    EventCode.RECORDING_REMOVED: gettext_lazy(
        "The recording was removed from the archive by its retention policy. The cloud's own files were not deleted."
    ),
}
OPERATIONS = {
    "start": gettext_lazy("Starting"),
    "update": gettext_lazy("Change on air"),
    "stop": gettext_lazy("Stopping"),
    "poll": gettext_lazy("Status request"),
    "look before repeating": gettext_lazy("Check whether it is already running"),
}
END_REASONS = {
    "never_started": gettext_lazy("The task was stopped before it started."),
    "no_such_task": gettext_lazy("The cloud no longer knows this task."),
    "cannot_be_asked": gettext_lazy("The cloud never returned its ID for this task, so its state cannot be requested."),
    "recording_closed": gettext_lazy("The cloud ended the recording because the room was empty."),
    "no_file_seen": gettext_lazy("Stopped. No recorded file was announced in time."),
    "already_gone": gettext_lazy("The cloud had already ended it."),
    "stopped_by_user": gettext_lazy("The task was stopped as requested."),
    "room_ended": gettext_lazy("The room ended: everybody left."),
    "cdn_network": gettext_lazy("The network connection to the push URL failed. Start the task again."),
    "push_url": gettext_lazy("The push URL does not accept the stream. Check its host, path and key."),
    "vendor_failure": gettext_lazy("The cloud's service failed."),
    "parameters_refused": gettext_lazy("The cloud rejected the request."),
    "partly_done": gettext_lazy("It ended before all its work was done."),
    "existed_already": gettext_lazy("It was already running."),
    "refused": gettext_lazy("The request was not sent: the cloud cannot run this task as it is."),
    "rejected": gettext_lazy("The cloud rejected the request."),
}

# Class of the error (apps/core/errors.py) → what happened, and what a person can do. "" is a failure that the cloud reported.
ERRORS: dict[str, tuple[Any, Any]] = {
    "": (
        gettext_lazy("The cloud reports that the task failed."),
        gettext_lazy("Find the reason in the timeline, fix it, then start again."),
    ),
    "Refused": (
        gettext_lazy("The request was not sent: the cloud cannot do this as it is."),
        gettext_lazy("Fix what is listed here, then try again."),
    ),
    "VendorUnreachable": (
        gettext_lazy("The cloud could not be reached."),
        gettext_lazy(
            "It is retried automatically. If it keeps failing, check the network of this server and the status page of the cloud."
        ),
    ),
    "OutcomeUnknown": (
        gettext_lazy("The cloud did not respond in time, so it is not known whether the request was carried out."),
        gettext_lazy("Quadbox checks the state before repeating anything, so nothing runs twice. Wait a moment."),
    ),
    "VendorBusy": (
        gettext_lazy("The cloud is limiting the request rate."),
        gettext_lazy(
            "It is retried automatically. If it keeps happening, ask the cloud to raise the quota of the account."
        ),
    ),
    "VendorRejected": (
        gettext_lazy("The cloud rejected the request."),
        gettext_lazy("Fix what the cloud reports, then try again. Its support can find the call by the request ID."),
    ),
    "BadCredentials": (
        gettext_lazy("The cloud does not accept the keys."),
        gettext_lazy("Ask an admin to test the credential in the settings and to replace its keys."),
    ),
    "NoSuchTask": (
        gettext_lazy("The cloud does not know this task."),
        gettext_lazy("It ended or was stopped elsewhere. Start it again if it should run."),
    ),
    "TaskExists": (
        gettext_lazy("The cloud reports that this task is already running."),
        gettext_lazy("Refresh from the cloud. Stop the task if it should not run."),
    ),
    "UnreadableReply": (
        gettext_lazy("The response of the cloud could not be understood."),
        gettext_lazy("Check the endpoint URL in the credential. Send the bundle to the support of the cloud."),
    ),
}
ERRORS["Invalid"] = ERRORS["Conflict"] = ERRORS["UnsupportedByVendor"] = ERRORS["Refused"]


def state_label(state: str) -> str:
    return str(State(state).label) if state in State.values else state


def kind_label(event: TaskEvent) -> str:
    return str(KINDS.get(event.kind, event.kind))


def operation_label(operation: str) -> str:
    """Of one of ours; a vendor's operation keeps its name."""
    return str(OPERATIONS.get(operation, operation))


def event_label(event: TaskEvent) -> str:
    """A line of the timeline."""
    data: Mapping[str, Any] = event.data if isinstance(event.data, dict) else {}
    code = event.code
    if code in EVENTS:
        return str(EVENTS[EventCode(code)])
    if code == EventCode.STATE_CHANGED:
        return f"{state_label(str(data.get('from', '')))} → {state_label(str(data.get('to', '')))}"
    if code == EventCode.REQUEST_SENT:
        return str(data.get("name", ""))
    if code == EventCode.ANSWER_RECEIVED:
        return _("%(operation)s returned %(status)s") % {
            "operation": data.get("operation", ""),
            "status": data.get("status", ""),
        }
    if code == EventCode.CALLBACK_RECEIVED:
        return str(data.get("event") or _("Callback"))
    if code == EventCode.OPERATION_FAILED:
        operation = operation_label(str(data.get("operation", "")))
        detail = translate_reason(data.get("words"), str(data.get("detail") or ""))
        return f"{operation}: {detail}" if operation else detail
    if code == EventCode.INTERNAL_ERROR:
        return _("%(operation)s: an internal error. It will be retried.") % {
            "operation": operation_label(str(data.get("operation", "")))
        }
    if code == EventCode.OTHER_RUN_IGNORED:
        return _("Report about another run (%(run)s), ignored") % {"run": data.get("run", "")}
    if code in (EventCode.FILE_RECORDED, EventCode.FILE_UPDATED):
        return file_label(code, str(data.get("format") or ""))
    return translate(str(data.get("text", "")))


def file_label(code: str, format: str) -> str:
    if code == EventCode.FILE_UPDATED:
        return _("Recorded file updated (%(format)s)") % {"format": format} if format else _("Recorded file updated")
    return _("Recorded file (%(format)s)") % {"format": format} if format else _("Recorded file")


def error_detail(error: Mapping[str, Any] | None) -> str:
    """Why a task has an error: Quadbox's words in the reader's language, the cloud's own unchanged; "" without an error."""
    return translate_reason(error.get("words"), str(error.get("detail") or "")) if error else ""


def error_json(error: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A task's error for REST, its detail in the reader's language."""
    if not error:
        return None
    return {**{name: value for name, value in error.items() if name != "words"}, "detail": error_detail(error)}


def error_card(task: Task, error: Mapping[str, Any] | None) -> dict[str, str] | None:
    """An error on the page of its task: what happened, why (in the cloud's words), what to do; None without one."""
    if not error:
        return None
    what, todo = ERRORS.get(error.get("kind", ""), ERRORS["VendorRejected"])
    code = error.get("vendor_code", "")
    vendor_advice = advice(adapter(task.product), code)
    return {
        "what": str(what),
        "why": error_detail(error),
        "todo": translate(vendor_advice) if vendor_advice else str(todo),
        "code": code,
        "request_id": error.get("vendor_request_id", ""),
    }


def end_reason_label(task: Task) -> str:
    """Why a task ended; a vendor's own word stays unchanged."""
    return str(END_REASONS.get(task.end_reason, task.end_reason))
