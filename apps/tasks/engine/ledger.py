"""Writes the ledger. Everything is redacted here, in one place: secrets by name, by form and by value."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any

from apps.accounts.models import User
from apps.core.errors import QuadboxError, VendorError
from apps.tasks.engine.secrets import secrets_of_task
from apps.tasks.models import EventCode, Task, TaskEvent
from apps.vendors.plan import PlannedRequest
from apps.vendors.redaction import redact, redact_text
from apps.vendors.report import TaskReport
from apps.vendors.types import Reply

MAX_TEXT_ANSWER = 16_000  # characters of an answer that is not JSON


def write(
    task_id: uuid.UUID,
    code: EventCode,
    data: Mapping[str, Any] | None = None,
    *,
    vendor_request_id: str = "",
    actor: User | None = None,
) -> TaskEvent:
    """`code` says what happened and `data` the particulars; pages derive the sentence in the reader's language."""
    secrets = secrets_of_task(task_id)
    return TaskEvent.objects.create(
        task_id=task_id,
        code=code,
        kind=code.event_kind,
        data=secrets.hide_all(redact(dict(data or {}))),
        vendor_request_id=secrets.hide(vendor_request_id)[:120],
        actor=actor,
    )


def as_written(task_id: uuid.UUID, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as `write` stores it, to compare news with what the ledger has."""
    written: dict[str, Any] = secrets_of_task(task_id).hide_all(redact(dict(data)))
    return written


def write_request(task: Task, request: PlannedRequest) -> None:
    """Before it is sent: a worker that dies on the way leaves a trace, and the next one looks before repeating."""
    data = {
        **request.as_json(),
        "starts": request.starts,
        "vendor_task_id": task.vendor_task_id,
        "generation": task.generation,
    }
    write(task.pk, EventCode.REQUEST_SENT, data)


def write_answer(task: Task, request: PlannedRequest, reply: Reply, vendor_request_id: str) -> None:
    content = reply.json if reply.json is not None else reply.content[:MAX_TEXT_ANSWER].decode("utf-8", "replace")
    data = {"operation": request.name, "status": reply.status, "body": content}
    write(task.pk, EventCode.ANSWER_RECEIVED, data, vendor_request_id=vendor_request_id)


def write_error(task: Task, operation: str, error: QuadboxError, **particulars: Any) -> None:
    write(
        task.pk,
        EventCode.OPERATION_FAILED,
        {"operation": operation, **error_payload(task, error), **particulars},
        vendor_request_id=getattr(error, "vendor_request_id", ""),
    )


def error_payload(task: Task, error: QuadboxError) -> dict[str, Any]:
    """What a task row and a page show of an error. `words`: what its detail is made of, to be translated."""
    vendor = error if isinstance(error, VendorError) else None
    payload = {
        "kind": type(error).__name__,
        "detail": redact_text(error.detail),
        "vendor_code": vendor.vendor_code if vendor else "",
        "vendor_request_id": vendor.vendor_request_id if vendor else "",
    }
    secrets = secrets_of_task(task.pk)
    hidden: dict[str, Any] = {name: secrets.hide(text) for name, text in payload.items()}
    return {**hidden, "words": secrets.hide_all(redact(vendor.words))} if vendor else hidden


def redacted(task: Task, report: TaskReport) -> TaskReport:
    """The report with its texts redacted; state, files and learned values are unchanged."""
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
    requests = TaskEvent.objects.filter(
        task=task, kind="request", data__starts=True, data__vendor_task_id=task.vendor_task_id
    )
    return requests.order_by("-id").first()
