"""Polls that bring no status. They say nothing about the task, but several in a row are trouble that people must see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.errors import QuadboxError
from apps.tasks.engine import ledger, lifecycle
from apps.tasks.engine.broadcasts import broadcast
from apps.tasks.models import Task

INTERNAL = {"kind": "InternalError", "detail": "", "vendor_code": "", "vendor_request_id": ""}


@transaction.atomic
def record(task: Task, error: Exception, wait: float) -> None:
    """Counts the failure, postpones the next poll by `wait` seconds, and writes each reason to the ledger once. The next
    status resets the count (reports.apply)."""
    row = Task.objects.select_for_update().get(pk=task.pk)
    payload = ledger.error_payload(task, error) if isinstance(error, QuadboxError) else dict(INTERNAL)
    now = timezone.now()
    if isinstance(error, QuadboxError) and not same_reason(row.poll_error, payload):
        ledger.write_error(task, "poll", error)
    row.poll_failures += 1
    row.poll_failed_since = row.poll_failed_since or now
    row.poll_error = payload
    row.next_poll_at = now + dt.timedelta(seconds=wait)
    row.save(update_fields=["poll_failures", "poll_failed_since", "poll_error", "next_poll_at", "updated_at"])
    if row.poll_failures == lifecycle.SILENT_POLLS:
        broadcast(row)


def same_reason(stored: Mapping[str, Any] | None, payload: Mapping[str, Any]) -> bool:
    """Whether both are the same error; the vendor's request ID differs each time."""
    if stored is None:
        return False
    return all(stored.get(name) == payload.get(name) for name in ("kind", "detail", "vendor_code"))
