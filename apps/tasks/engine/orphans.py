"""Tasks that run at the vendor although they ended here."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from apps.tasks.engine import ledger, lifecycle
from apps.tasks.engine.broadcasts import broadcast
from apps.tasks.models import EventCode, Task
from apps.vendors.report import RecordedFile, TaskReport, TaskState


def check_ended_task(task: Task, report: TaskReport, by: str) -> None:
    """A report about a task that ended here. If it runs at the vendor nobody wants it: an orphan, which must be shown.

    Only a poll proves it, and not one that may have been sent before the end; a callback makes a poll due.
    """
    now = timezone.now()
    if report.state in (TaskState.STARTING, TaskState.RUNNING):
        just_ended = lifecycle.seconds_between(task.ended_at, now) < lifecycle.STALE
        if by == "poll" and not just_ended:
            mark_orphan(task, str(report.state))
    elif task.orphaned_at and report.state in lifecycle.TERMINAL:
        task.orphaned_at = None
        task.tries, task.retry_at = 0, None
        task.save(update_fields=["orphaned_at", "tries", "retry_at", "updated_at"])
        ledger.write(task.pk, EventCode.ENDED_AT_VENDOR, {"by": by})
        broadcast(task)


def mark_orphan(task: Task, evidence: str) -> None:
    if task.orphaned_at:
        return
    task.orphaned_at = timezone.now()
    task.save(update_fields=["orphaned_at", "updated_at"])
    ledger.write(task.pk, EventCode.RUNS_AFTER_END, {"seen": evidence})
    broadcast(task)


def kept_running(task: Task, new_files: list[RecordedFile]) -> bool:
    """Whether a file was recorded long after the task ended here."""
    if task.state not in lifecycle.TERMINAL or task.orphaned_at or task.ended_at is None:
        return False
    seconds = settings.FILES_GRACE_SECONDS
    return any(
        file.ended_at is not None and (file.ended_at - task.ended_at).total_seconds() > seconds for file in new_files
    )
