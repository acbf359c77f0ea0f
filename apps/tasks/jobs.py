"""Celery's way in. A job finds nothing out and decides nothing: it calls one function."""

from __future__ import annotations

import uuid

from celery import shared_task

from apps.tasks import lanes, runner


@shared_task
def carry_out(task_id: str) -> None:
    """Works on a task's wish; comes back when the runner says so."""
    wait = runner.carry_out(uuid.UUID(task_id))
    if wait is not None:
        carry_out.apply_async(args=[task_id], countdown=wait)


@shared_task
def poll_due() -> int:
    """Asks for every task whose time has come."""
    return lanes.poll_due()


@shared_task
def poll(task_id: str) -> int:
    """Asks for one task, which was made due."""
    return lanes.poll_due(uuid.UUID(task_id))


@shared_task
def reconcile() -> int:
    """Finds wishes that nobody works on."""
    found = runner.unfinished()
    for task_id in found:
        carry_out.delay(str(task_id))
    return len(found)
