"""What the engine wrote down, in the words of the person who reads: findings, the ledger, ends and errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core.message_templates import fill
from apps.core.translate import translate, translate_reason
from apps.tasks.models import State, Task, TaskEvent
from apps.vendors.plan import Finding, Plan
from apps.vendors.registry import adapter, advice

# Translatable of the layout document that stand as params in findings.
DOCUMENT_WORDS = {
    "cover": pgettext_lazy("fit", "cover"),
    "contain": pgettext_lazy("fit", "contain"),
    "stretch": pgettext_lazy("fit", "stretch"),
    "camera": pgettext_lazy("stream", "camera"),
    "screen": pgettext_lazy("stream", "screen"),
    "left": pgettext_lazy("align", "left"),
    "center": pgettext_lazy("align", "center"),
    "right": pgettext_lazy("align", "right"),
}
WORD_PARAMS = {"fit", "picture_fit", "stream", "align", "to"}  # others may be names that people gave

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
WISHES = {
    "Start": gettext_lazy("Start requested"),
    "Scheduled start": gettext_lazy("Scheduled start requested"),
    "Apply layout": gettext_lazy("Change on air requested"),
    "Stop": gettext_lazy("Stop requested"),
}
DOINGS = {
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

# Class of the error (apps/core/errors.py) → what happened, and what a person can do. "" is a failure the cloud reported.
TROUBLES: dict[str, tuple[Any, Any]] = {
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
TROUBLES["Invalid"] = TROUBLES["Conflict"] = TROUBLES["UnsupportedByVendor"] = TROUBLES["Refused"]


def params(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: DOCUMENT_WORDS.get(value, value) if name in WORD_PARAMS and isinstance(value, str) else value
        for name, value in values.items()
    }


def message(finding: Finding) -> str:
    """What a finding says, in the reader's language."""
    return translate(finding.sentence, params(finding.params))


def finding_json(finding: Finding) -> dict[str, Any]:
    return {**finding.as_json(), "message": message(finding)}


def plan_json(plan: Plan) -> dict[str, Any]:
    """`Plan.as_json()` with its findings in the reader's language."""
    return {**plan.as_json(), "findings": [finding_json(finding) for finding in plan.findings]}


def kept(finding: Finding) -> dict[str, Any]:
    """A finding for the ledger: readable as it is, and sayable in any language later."""
    return {**finding.as_json(), "sentence": finding.sentence, "params": dict(finding.params)}


def kept_message(one: Mapping[str, Any]) -> str:
    """What a finding in the ledger says; those of older rows have only their English."""
    if not one.get("sentence"):
        return str(one.get("message", ""))
    return translate(one["sentence"], params(one.get("params") or {}))


def state_name(state: str) -> str:
    return str(State(state).label) if state in State.values else state


def kind(event: TaskEvent) -> str:
    return str(KINDS.get(event.kind, event.kind))


def title(event: TaskEvent) -> str:
    """A line of the timeline."""
    data: Mapping[str, Any] = event.data if isinstance(event.data, dict) else {}
    if event.kind == "state" and "to" in data:
        return f"{state_name(data.get('from', ''))} → {state_name(data['to'])}"
    if event.kind == "wish":
        return str(WISHES.get(event.title) or translate(event.title))
    doing = str(DOINGS.get(data.get("doing", ""), data.get("doing", "")))
    if event.kind == "error" and data.get("detail"):
        why = translate_reason(data.get("words"), str(data["detail"]))
        return f"{doing}: {why}" if doing else why
    if event.kind == "answer" and "status" in data:
        operation = event.title.rsplit(":", 1)[0]
        return _("%(operation)s returned %(status)s") % {"operation": operation, "status": data["status"]}
    if event.kind == "request":
        return event.title
    if sentence := data.get("sentence"):
        return fill(translate(sentence), {**data, "doing": doing})
    return translate(event.title) if event.kind in ("note", "file", "error") else event.title


def why(error: Mapping[str, Any] | None) -> str:
    """Why a task is in trouble: our words in the reader's language, the cloud's own as they came; "" without an error."""
    return translate_reason(error.get("words"), str(error.get("detail") or "")) if error else ""


def error_json(error: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A task's error as it is given out, its detail in the reader's language."""
    if not error:
        return None
    return {**{name: one for name, one in error.items() if name != "words"}, "detail": why(error)}


def trouble(task: Task) -> dict[str, str] | None:
    """The error of a task for its card: what happened, why (in the cloud's words), what to do; None without one."""
    error = task.error
    if not error:
        return None
    what, todo = TROUBLES.get(error.get("kind", ""), TROUBLES["VendorRejected"])
    code = error.get("vendor_code", "")
    advised = advice(adapter(task.product), code)
    return {
        "what": str(what),
        "why": why(error),
        "todo": translate(advised) if advised else str(todo),
        "code": code,
        "request_id": error.get("vendor_request_id", ""),
    }


def end_reason(task: Task) -> str:
    """Why a task ended; a vendor's own word stays as it is."""
    return str(END_REASONS.get(task.end_reason, task.end_reason))
