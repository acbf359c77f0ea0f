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
    "wish": pgettext_lazy("ledger", "Asked by a person"),
    "request": pgettext_lazy("ledger", "Sent to the cloud"),
    "answer": pgettext_lazy("ledger", "The cloud answered"),
    "error": pgettext_lazy("ledger", "Trouble"),
    "callback": pgettext_lazy("ledger", "Callback from the cloud"),
    "state": pgettext_lazy("ledger", "State"),
    "note": pgettext_lazy("ledger", "Note"),
    "file": pgettext_lazy("ledger", "Recorded file"),
}
WISHES = {
    "Start": gettext_lazy("Asked to start"),
    "Start at a set time": gettext_lazy("Asked to start at a set time"),
    "Apply layout": gettext_lazy("Asked to change what is on air"),
    "Stop": gettext_lazy("Asked to stop"),
}
DOINGS = {
    "start": gettext_lazy("Starting"),
    "update": gettext_lazy("Changing what is on air"),
    "stop": gettext_lazy("Stopping"),
    "poll": gettext_lazy("Asking for the state"),
    "look before repeating": gettext_lazy("Looking whether it runs already"),
}
END_REASONS = {
    "never_started": gettext_lazy("It was stopped before it started."),
    "no_such_task": gettext_lazy("The cloud no longer knows this task."),
    "cannot_be_asked": gettext_lazy("The cloud never told its name for this task, so nobody can ask for it."),
    "recording_closed": gettext_lazy("The cloud closed the recording by itself: the room was empty."),
    "no_file_seen": gettext_lazy("Stopped; no recorded file was announced in time."),
    "already_gone": gettext_lazy("The cloud had ended it already."),
    "stopped_by_user": gettext_lazy("It was stopped, as asked."),
    "room_ended": gettext_lazy("The room ended: everybody had left."),
    "cdn_network": gettext_lazy("The network to the push URL failed. Start it again."),
    "push_url": gettext_lazy("The push URL does not take the stream: check its host, path and key."),
    "vendor_failure": gettext_lazy("The cloud could not go on: its service failed."),
    "parameters_refused": gettext_lazy("The cloud refused what it was asked to do."),
    "partly_done": gettext_lazy("It ended with a part of its work undone."),
    "existed_already": gettext_lazy("It ran already."),
    "refused": gettext_lazy("It was not sent: the cloud cannot run it as it is."),
    "rejected": gettext_lazy("The cloud said no."),
}

# Class of the error (apps/core/errors.py) → what happened, and what a person can do. "" is a failure the cloud reported.
TROUBLES: dict[str, tuple[Any, Any]] = {
    "": (
        gettext_lazy("The cloud reports that the task failed."),
        gettext_lazy("Look at the timeline for its reason, mend it, then start again."),
    ),
    "Refused": (
        gettext_lazy("It was not sent: the cloud cannot do this as it is."),
        gettext_lazy("Change what is named here, then try again."),
    ),
    "VendorUnreachable": (
        gettext_lazy("The cloud could not be reached."),
        gettext_lazy(
            "It is tried again by itself. If it stays: check the network of this server and the cloud's status page."
        ),
    ),
    "OutcomeUnknown": (
        gettext_lazy("The cloud did not answer in time, so nobody knows whether it did it."),
        gettext_lazy("It is looked up before anything is repeated: nothing runs twice. Wait a moment."),
    ),
    "VendorBusy": (
        gettext_lazy("The cloud asks to slow down."),
        gettext_lazy("It is tried again by itself. If it stays: raise the account's quota at the cloud."),
    ),
    "VendorRejected": (
        gettext_lazy("The cloud said no."),
        gettext_lazy("Mend what the cloud names, then try again. Its support finds the call by the request id."),
    ),
    "BadCredentials": (
        gettext_lazy("The cloud does not accept the keys."),
        gettext_lazy("Ask an admin to test the credential in the settings and to renew its keys."),
    ),
    "NoSuchTask": (
        gettext_lazy("The cloud does not know this task."),
        gettext_lazy("It ended by itself or was stopped elsewhere. Start again if it should run."),
    ),
    "TaskExists": (
        gettext_lazy("The cloud says that this task runs already."),
        gettext_lazy("Ask the cloud now; stop the task if it should not run."),
    ),
    "UnreadableReply": (
        gettext_lazy("The cloud answered, but not in its documented words."),
        gettext_lazy("Check the endpoint's address in the credential; send the bundle to the cloud's support."),
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
        return _("%(operation)s answered with %(status)s") % {"operation": operation, "status": data["status"]}
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
