"""Queues jobs by name, so that the engine can queue more work without importing the jobs that call it."""

from __future__ import annotations

import uuid
from functools import partial

from celery import current_app
from django.db import transaction


def send(job: str, task_id: uuid.UUID, countdown: float | None = None) -> None:
    current_app.send_task(f"apps.tasks.jobs.{job}", args=[str(task_id)], countdown=countdown)


def work_on(task_id: uuid.UUID, *, after: float | None = None) -> None:
    """Carries out what is wanted of a task, `after` seconds from now."""
    send("carry_out", task_id, after)


def work_on_after_commit(task_id: uuid.UUID) -> None:
    transaction.on_commit(partial(work_on, task_id))


def poll_after_commit(task_id: uuid.UUID) -> None:
    """Requests the task's status from the vendor at once."""
    transaction.on_commit(partial(send, "poll", task_id))
