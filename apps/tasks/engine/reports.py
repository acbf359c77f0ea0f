"""The one place where news of a task is applied, whether a reply, a poll or a callback brought it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from typing import Literal, TypeAlias

from django.db import transaction
from django.utils import timezone

from apps.credentials.models import VendorObject
from apps.tasks import queue
from apps.tasks.engine import ledger, lifecycle, orphans, poll_schedule, recorded_files
from apps.tasks.engine.broadcasts import broadcast, broadcast_row
from apps.tasks.models import EventCode, State, Task
from apps.tasks.signals import files_reported
from apps.vendors.report import TaskReport, TaskState

__all__ = ["By", "apply", "broadcast", "broadcast_row"]

By: TypeAlias = Literal["reply", "poll", "callback", "us"]


@transaction.atomic
def apply(task_id: uuid.UUID, report: TaskReport, by: By) -> bool:
    """Takes the report in; returns whether it changed anything. Late and repeated news changes nothing."""
    task = Task.objects.select_for_update().get(pk=task_id)
    if report.vendor_task_id and report.vendor_task_id != task.vendor_task_id:
        data = {"run": report.vendor_task_id}
        ledger.write(task.pk, EventCode.OTHER_RUN_IGNORED, data, vendor_request_id=report.vendor_request_id)
        return False
    report = ledger.redacted(task, report)
    if task.state in lifecycle.TERMINAL:
        orphans.check_ended_task(task, report, by)
    new_files, updated_files = recorded_files.sort_files(task, report.files)
    state = recorded_files.state_from_files(task, report, new_files)
    changed = lifecycle.is_news(task.state, state)
    degraded = report.degraded if report.state in lifecycle.AT_VENDOR else task.degraded or report.degraded
    for key, value in report.known.items():
        VendorObject.objects.update_or_create(app_id=task.app_id, key=key, defaults={"value": value})
    resumed = orphans.kept_running(task, new_files)
    if resumed:
        orphans.mark_orphan(task, "files")
    answered_again = by == "poll" and task.poll_failures > 0
    anything = changed or resumed or degraded != task.degraded or bool(new_files) or answered_again
    now = timezone.now()
    if by == "poll":
        task.poll_failures, task.poll_failed_since, task.poll_error = 0, None, None
    if changed or lifecycle.confirms(task.state, report.state):
        task.proven_at, task.proven_by = now, by
    elif new_files and task.state == State.RUNNING:
        until = recorded_files.newest(new_files).ended_at  # it ran at least until this file was closed
        if until is not None and (task.proven_at or until) <= until <= now:
            task.proven_at, task.proven_by = until, by
    if changed:
        if state == TaskState.STOPPED and task.state == State.RUNNING and report.state == TaskState.UNKNOWN:
            report = dataclasses.replace(
                report, reason="recording_closed", at=recorded_files.newest(new_files).ended_at
            )
        enter(task, state, report, by, now)
    task.degraded = degraded and task.state not in lifecycle.TERMINAL
    recorded_files.write_to_ledger(task, new_files, EventCode.FILE_RECORDED)
    recorded_files.write_to_ledger(task, updated_files, EventCode.FILE_UPDATED)
    task.next_poll_at = poll_schedule.next_poll(task, changed, now)
    task.save()
    if changed and by != "reply" and is_waiting_for_news(task):
        queue.work_on_after_commit(task.pk)
    if report.files:  # known ones too: a link may have been renewed, which the redacted ledger cannot show
        files_reported.send(sender=Task, task=task, files=list(report.files))
    if anything:
        broadcast(task)
    return anything


def is_waiting_for_news(task: Task) -> bool:
    """Whether this state is what an operation was waiting for."""
    operation = lifecycle.next_operation(
        desired=task.desired,
        state=task.state,
        generation=task.generation,
        observed_generation=task.observed_generation,
        stop_overdue=False,
        orphaned=task.orphaned_at is not None,
    )
    return operation is not None and (task.retry_at is None or task.retry_at <= timezone.now())


def enter(task: Task, state: TaskState, report: TaskReport, by: By, now: dt.datetime) -> None:
    """Sets the new state on the row, unsaved, and writes it to the ledger."""
    before, task.state = task.state, str(state)
    if state == TaskState.RUNNING and task.started_at is None:
        task.started_at = now
    if state in lifecycle.TERMINAL:
        task.ended_at = report.at if report.at and task.started_at and task.started_at <= report.at <= now else now
        task.end_reason = (report.reason or report.vendor_status or "")[:120]
        task.tries, task.retry_at = 0, None
        if state == TaskState.FAILED and not task.error:
            task.error = {
                "detail": report.detail or report.reason or "The cloud reports that the task failed.",
                "words": dict(report.words),
                "vendor_code": report.vendor_status,
                "vendor_request_id": report.vendor_request_id,
            }
    data = {
        "from": before,
        "to": task.state,
        "by": by,
        "reason": report.reason,
        "detail": report.detail,
        "vendor_status": report.vendor_status,
    }
    ledger.write(task.pk, EventCode.STATE_CHANGED, data, vendor_request_id=report.vendor_request_id)
