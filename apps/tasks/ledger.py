"""Writes the ledger. Everything is redacted here, at the one door: secrets by name, by form and by value."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from apps.accounts.models import User
from apps.core.errors import QuadboxError, VendorError
from apps.core.message_templates import fill
from apps.tasks.models import Task, TaskEvent
from apps.tasks.secrets import secrets_of_task
from apps.vendors.plan import PlannedRequest
from apps.vendors.redaction import redact, redact_text
from apps.vendors.report import TaskReport
from apps.vendors.types import Reply

LONGEST_ANSWER = 16_000  # characters of an answer that is not JSON


def write(
    task_id: uuid.UUID,
    kind: str,
    title: str,
    data: dict[str, Any] | None = None,
    *,
    vendor_request_id: str = "",
    actor: User | None = None,
) -> TaskEvent:
    """`title` is a literal sentence whose `{places}` are values of `data`; a page says it in the reader's language."""
    secrets = secrets_of_task(task_id)
    kept = secrets.hide_all(redact(data or {}))
    said = fill(title, kept)
    if said != title:
        kept["sentence"] = title
    return TaskEvent.objects.create(
        task_id=task_id,
        kind=kind,
        title=secrets.hide(redact_text(said))[:200],
        data=kept,
        vendor_request_id=secrets.hide(vendor_request_id)[:120],
        actor=actor,
    )


def write_request(task: Task, request: PlannedRequest) -> None:
    """Before it is sent: a worker that dies on the way leaves a trace, and the next one looks before repeating."""
    data = {
        **request.as_json(),
        "starts": request.starts,
        "vendor_task_id": task.vendor_task_id,
        "wish": task.wish,
    }
    write(task.pk, "request", request.name, data)


def write_answer(task: Task, request: PlannedRequest, reply: Reply, vendor_request_id: str) -> None:
    content = reply.json if reply.json is not None else reply.content[:LONGEST_ANSWER].decode("utf-8", "replace")
    data = {"status": reply.status, "body": content}
    write(task.pk, "answer", f"{request.name}: {reply.status}", data, vendor_request_id=vendor_request_id)


def write_error(task: Task, doing: str, error: QuadboxError, **more: Any) -> None:
    write(
        task.pk,
        "error",
        f"{doing}: {error.detail}",
        {"doing": doing, **error_facts(task, error), **more},
        vendor_request_id=getattr(error, "vendor_request_id", ""),
    )


def error_facts(task: Task, error: QuadboxError) -> dict[str, Any]:
    """What a task row and a page show of an error. `words`: what its detail is made of, to be said in any language."""
    vendor = error if isinstance(error, VendorError) else None
    found = {
        "kind": type(error).__name__,
        "detail": redact_text(error.detail),
        "vendor_code": vendor.vendor_code if vendor else "",
        "vendor_request_id": vendor.vendor_request_id if vendor else "",
    }
    secrets = secrets_of_task(task.pk)
    facts: dict[str, Any] = {name: secrets.hide(text) for name, text in found.items()}
    return {**facts, "words": secrets.hide_all(redact(vendor.words))} if vendor else facts


def told(task: Task, report: TaskReport) -> TaskReport:
    """The report with its words redacted; state, files and what was learned are as they were."""
    names = ("reason", "detail", "vendor_status", "vendor_request_id")
    texts: dict[str, Any] = {name: text for name in names if (text := getattr(report, name))}
    if not texts:
        return report
    secrets = secrets_of_task(task.pk)
    for name, text in texts.items():
        texts[name] = secrets.hide(redact_text(text))
    return dataclasses.replace(report, **texts, words=secrets.hide_all(redact(dict(report.words))))


def start_was_sent(task: Task) -> TaskEvent | None:
    """The last request that may have started this vendor task, None when there was none."""
    if not task.vendor_task_id:
        return None
    sent = TaskEvent.objects.filter(
        task=task, kind="request", data__starts=True, data__vendor_task_id=task.vendor_task_id
    )
    return sent.order_by("-id").first()
