"""Celery jobs of tasks. A job decides nothing: it calls one function of the engine."""

from __future__ import annotations

import uuid

from celery import shared_task

from apps.tasks import queue
from apps.tasks.engine import polling, worker


@shared_task
def carry_out(task_id: str) -> None:
    """Works on what is wanted of a task, and again later when the worker says so."""
    wait = worker.carry_out(uuid.UUID(task_id))
    if wait is not None:
        queue.work_on(uuid.UUID(task_id), after=wait)


@shared_task
def poll_due() -> int:
    """Requests the status of every task that is due."""
    return polling.poll_due()


@shared_task
def poll(task_id: str) -> int:
    """Requests the status of one task that was made due."""
    return polling.poll_due(uuid.UUID(task_id))


@shared_task
def reconcile() -> int:
    """Queues the tasks that nobody works on."""
    unfinished = worker.unfinished()
    for task_id in unfinished:
        queue.work_on(task_id)
    return len(unfinished)
