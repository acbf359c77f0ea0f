"""Sends the team's browsers that a task changed."""

from __future__ import annotations

import uuid

from apps.live.broadcast import send_to_team
from apps.tasks.models import Task
from apps.tasks.selectors import facts


def broadcast(task: Task) -> None:
    """After commit, in order. The row's values are read now."""
    send_to_team(task.team_id, {"kind": "task.changed", "task": facts(task)})


def broadcast_row(task_id: uuid.UUID) -> None:
    """As the row is now in the database."""
    broadcast(Task.objects.get(pk=task_id))
