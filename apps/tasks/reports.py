"""The one door for news, whether a reply, a poll or a callback brought it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from functools import partial
from typing import Literal, TypeAlias

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.credentials.models import VendorObject
from apps.live.broadcast import tell_team
from apps.tasks import ledger, lifecycle
from apps.tasks.models import State, Task
from apps.tasks.selectors import facts
from apps.tasks.signals import files_reported
from apps.vendors.registry import adapter
from apps.vendors.report import RecordedFile, TaskReport, TaskState

By: TypeAlias = Literal["reply", "poll", "callback", "us"]


def files_grace() -> dt.timedelta:
    """How long after a stop files may come, where only files prove it."""
    return dt.timedelta(seconds=settings.FILES_GRACE_SECONDS)


@transaction.atomic
def apply(task_id: uuid.UUID, report: TaskReport, by: By) -> bool:
    """Takes the report in; answers whether it changed anything. Late and repeated news changes nothing."""
    task = Task.objects.select_for_update().get(pk=task_id)
    if report.vendor_task_id and report.vendor_task_id != task.vendor_task_id:
        run = {"run": report.vendor_task_id}
        ledger.write(
            task.pk,
            "note",
            "Report about another run ({run}), ignored",
            run,
            vendor_request_id=report.vendor_request_id,
        )
        return False
    report = ledger.told(task, report)
    if task.state in lifecycle.TERMINAL:
        after_the_end(task, report, by)
    new_files = unseen(task, report.files)
    state = proven_state(task, report, new_files)
    changed = lifecycle.is_news(task.state, state)
    degraded = report.degraded if report.state in lifecycle.AT_VENDOR else task.degraded or report.degraded
    for key, value in report.known.items():
        VendorObject.objects.update_or_create(app_id=task.app_id, key=key, defaults={"value": value})
    resumed = ran_on(task, new_files)
    if resumed:
        mark_orphan(task, "files")
    anything = changed or resumed or degraded != task.degraded or bool(new_files)
    now = timezone.now()
    if changed or lifecycle.confirms(task.state, report.state):
        task.proven_at, task.proven_by = now, by
    elif new_files and task.state == State.RUNNING:
        until = newest(new_files).ended_at  # it ran at least until this file was closed
        if until is not None and (task.proven_at or until) <= until <= now:
            task.proven_at, task.proven_by = until, by
    if changed:
        if state == TaskState.STOPPED and task.state == State.RUNNING and report.state == TaskState.UNKNOWN:
            report = dataclasses.replace(report, reason="recording_closed", at=newest(new_files).ended_at)
        enter(task, state, report, by, now)
    task.degraded = degraded and task.state not in lifecycle.TERMINAL
    for file in new_files:
        data = {
            "url": file.url,
            "format": file.format,
            "duration": file.duration,
            "vendor_file_id": file.vendor_file_id,
        }
        title = "Recorded file ({format})" if file.format else "Recorded file"
        ledger.write(task.pk, "file", title, {**data, "file": key_of(file)})
    task.next_poll_at = next_poll(task, changed, now)
    task.save()
    if changed and by != "reply" and waits(task):
        transaction.on_commit(partial(nudge, task.pk))
    if new_files:
        files_reported.send(sender=Task, task=task, files=new_files)
    if anything:
        tell_changed(task)
    return anything


def after_the_end(task: Task, report: TaskReport, by: By) -> None:
    """News of a task that ended here. If it runs at the vendor nobody wants it: an orphan, which must not stay unseen.

    Only a poll proves it, and not one that may have been asked before the end; a callback makes one due.
    """
    now = timezone.now()
    if report.state in (TaskState.STARTING, TaskState.RUNNING):
        fresh = lifecycle.seconds_between(task.ended_at, now) < lifecycle.STALE
        if by == "poll" and not fresh:
            mark_orphan(task, str(report.state))
    elif task.orphaned_at and report.state in lifecycle.TERMINAL:
        task.orphaned_at = None
        task.tries, task.retry_at = 0, None
        task.save(update_fields=["orphaned_at", "tries", "retry_at", "updated_at"])
        ledger.write(task.pk, "note", "It is no longer running at the cloud.", {"by": by})
        tell_changed(task)


def mark_orphan(task: Task, seen: str) -> None:
    if task.orphaned_at:
        return
    task.orphaned_at = timezone.now()
    task.save(update_fields=["orphaned_at", "updated_at"])
    ledger.write(task.pk, "error", "The task ended here but is still running at the cloud.", {"seen": seen})
    tell_changed(task)


def ran_on(task: Task, new_files: list[RecordedFile]) -> bool:
    """Whether a file was recorded long after the task ended here."""
    if task.state not in lifecycle.TERMINAL or task.orphaned_at or task.ended_at is None:
        return False
    late = task.ended_at + files_grace()
    return any(file.ended_at is not None and file.ended_at > late for file in new_files)


def waits(task: Task) -> bool:
    """Whether this state is what a wish was waiting for."""
    operation = lifecycle.next_operation(
        desired=task.desired,
        state=task.state,
        wish=task.wish,
        done_wish=task.done_wish,
        stop_overdue=False,
        orphaned=task.orphaned_at is not None,
    )
    return operation is not None and (task.retry_at is None or task.retry_at <= timezone.now())


def nudge(task_id: uuid.UUID) -> None:
    from apps.tasks import jobs  # jobs lead here: one of the two must import late

    jobs.carry_out.delay(str(task_id))


def proven_state(task: Task, report: TaskReport, new_files: list[RecordedFile]) -> TaskState:
    """Products without a status operation: a file that comes after the stop proves the end, and so does one that was
    closed though nobody asked (`RecordedFile.closes`)."""
    if not new_files or report.state != TaskState.UNKNOWN or adapter(task.product).reports_state:
        return report.state
    ends = task.state == State.STOPPING or (task.state == State.RUNNING and newest(new_files).closes)
    return TaskState.STOPPED if ends else report.state


def newest(files: list[RecordedFile]) -> RecordedFile:
    long_ago = dt.datetime.min.replace(tzinfo=dt.UTC)
    return max(files, key=lambda one: one.ended_at or long_ago)


def enter(task: Task, state: TaskState, report: TaskReport, by: By, now: dt.datetime) -> None:
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
    ledger.write(task.pk, "state", "{from} → {to}", data, vendor_request_id=report.vendor_request_id)


def next_poll(task: Task, changed: bool, now: dt.datetime) -> dt.datetime | None:
    reports_state = adapter(task.product).reports_state
    if task.orphaned_at:
        return now + dt.timedelta(seconds=lifecycle.RARELY)
    if task.state in lifecycle.TERMINAL and (reports_state or task.state != State.STOPPED):
        return look_again(task, now) if reports_state else None
    if task.state == State.STOPPED and now - (task.ended_at or now) > files_grace():
        return None
    age = 0.0 if changed else lifecycle.seconds_between(state_since(task), now)
    after = lifecycle.poll_after(task.state, age=age, reports_state=reports_state)
    return now + dt.timedelta(seconds=after) if after is not None else None


def look_again(task: Task, now: dt.datetime) -> dt.datetime | None:
    if task.end_reason == "never_started" or ledger.start_was_sent(task) is None:
        return None
    after = lifecycle.look_again_after(task.state, age=lifecycle.seconds_between(task.ended_at, now))
    return now + dt.timedelta(seconds=after) if after is not None else None


def state_since(task: Task) -> dt.datetime | None:
    """When the task entered its state, from the ledger."""
    return task.events.filter(kind="state").order_by("-id").values_list("at", flat=True).first()


def unseen(task: Task, files: tuple[RecordedFile, ...]) -> list[RecordedFile]:
    """Those not in the ledger yet, each once: callbacks and polls announce the same files."""
    if not files:
        return []
    seen = set(task.events.filter(kind="file").values_list("data__file", flat=True))
    found: list[RecordedFile] = []
    for file in files:
        if key_of(file) not in seen:
            seen.add(key_of(file))
            found.append(file)
    return found


def key_of(file: RecordedFile) -> str:
    return file.vendor_file_id or file.url.split("?")[0]


def tell_changed(task: Task) -> None:
    tell_team(task.team_id, {"kind": "task.changed", "task": facts(task)})


def overdue(task: Task) -> bool:
    """Whether a stop that only files could prove has waited long enough for them."""
    waits = task.state == State.STOPPING and not adapter(task.product).reports_state
    return waits and task.retry_at is not None and task.retry_at <= timezone.now()
