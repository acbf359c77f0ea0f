"""What a failed operation means: try again later, or end the task."""

from __future__ import annotations

import datetime as dt
import random

from django.db import transaction
from django.utils import timezone

from apps.core.errors import OutcomeUnknown, QuadboxError, Refused, UnreadableReply, VendorBusy, VendorError
from apps.live.broadcast import send_to_team
from apps.tasks.engine import ledger, lifecycle, reports
from apps.tasks.engine.claims import Claim
from apps.tasks.models import Task
from apps.vendors.report import TaskReport, TaskState

MAX_UNREADABLE_TRIES = 5  # of an operation whose replies stay unreadable


def handle_failure(task: Task, claim: Claim, operation: lifecycle.Operation, error: QuadboxError) -> float | None:
    """Seconds to wait before the next try, or None when this request of a person has been dealt with."""
    ledger.write_error(task, operation, error)
    unreadable = isinstance(error, UnreadableReply) and task.tries < MAX_UNREADABLE_TRIES
    if error.retryable or unreadable or operation == "stop":
        if isinstance(error, VendorBusy):
            broadcast_throttling(task, error)
        return schedule_retry(task, claim, getattr(error, "retry_after", 0.0), error)
    payload = ledger.error_payload(task, error)
    if operation == "start":
        refused = isinstance(error, Refused)
        with transaction.atomic():
            claim.write(observed_generation=task.generation, error=payload)
            report = TaskReport(
                TaskState.FAILED,
                reason="refused" if refused else "rejected",
                detail=payload["detail"],
                vendor_request_id=payload["vendor_request_id"],
                vendor_status=payload["vendor_code"],
            )
            reports.apply(task.pk, report, "us" if refused else "reply")
        return None
    # A rejected update: the previous layout stays on air, and the row says why.
    with transaction.atomic():
        claim.write(
            observed_generation=task.generation, error=payload, tries=0, retry_at=None, next_poll_at=timezone.now()
        )
        reports.broadcast_row(task.pk)
    return None


def schedule_retry(task: Task, claim: Claim, at_least: float, error: QuadboxError | None = None) -> float:
    """Stores when to try again, for the reconciler too; returns the seconds until then, at least `at_least`."""
    tries = task.tries + 1
    wait = max(at_least, lifecycle.backoff(tries, random.random()))  # noqa: S311
    if isinstance(error, OutcomeUnknown):
        wait = max(wait, 1.0)  # the cloud needs a moment until its status shows what it did
    with transaction.atomic():
        claim.write(
            tries=tries,
            retry_at=timezone.now() + dt.timedelta(seconds=wait),
            error=ledger.error_payload(task, error) if error else task.error,
        )
        if error is not None:
            reports.broadcast_row(task.pk)
    return wait


def broadcast_throttling(task: Task, error: VendorError) -> None:
    send_to_team(
        task.team_id,
        {
            "kind": "lane.throttled",
            "product": task.product,
            "credential": str(task.app.credential_id),
            "seconds": error.retry_after,
        },
    )
