"""When a task's status is requested next."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from apps.tasks.engine import ledger, lifecycle
from apps.tasks.models import State, Task
from apps.vendors.registry import adapter


def files_grace(task: Task) -> dt.timedelta:
    """How long after a stop files may arrive, where only files prove the end. A recording that was stopped before the
    vendor can have written a first frame has none to wait for."""
    grace = dt.timedelta(seconds=settings.FILES_GRACE_SECONDS)
    if task.started_at is None:
        return min(grace, dt.timedelta(seconds=lifecycle.GRACE_WITHOUT_START))
    if timezone.now() - task.started_at < dt.timedelta(seconds=lifecycle.SHORTEST_RECORDING):
        return min(grace, dt.timedelta(seconds=lifecycle.GRACE_OF_SHORT_RECORDING))
    return grace


def next_poll(task: Task, changed: bool, now: dt.datetime) -> dt.datetime | None:
    """None: it is not polled any more."""
    reports_state = adapter(task.product).reports_state
    if task.orphaned_at:
        return now + dt.timedelta(seconds=lifecycle.RARELY)
    if task.state in lifecycle.TERMINAL and (reports_state or task.state != State.STOPPED):
        return look_again(task, now) if reports_state else None
    if task.state == State.STOPPED and now - (task.ended_at or now) > dt.timedelta(
        seconds=settings.FILES_GRACE_SECONDS
    ):
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


def files_overdue(task: Task) -> bool:
    """Whether a stop that only files could prove has waited long enough for them."""
    is_waiting = task.state == State.STOPPING and not adapter(task.product).reports_state
    return is_waiting and task.retry_at is not None and task.retry_at <= timezone.now()
