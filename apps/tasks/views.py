"""What the pages of the tasks share. The control room, the start page and the task page have files of their own."""

from __future__ import annotations

from typing import Any

from apps.tasks import live_picture
from apps.tasks.models import Desired, State, Task
from apps.vendors import registry


def dress(task: Task) -> Any:
    """What the templates want to know of a task, beside its columns."""
    shown: Any = task
    shown.records = registry.adapter(task.product).output_kind == "record"
    shown.picture = f"/tasks/{task.pk}/picture.png?v={task.layout_version}.{task.applied_version}"
    live = live_picture.of(task) if task.state == State.RUNNING else None
    shown.live_picture = live.picture if live else ""
    ends_here = task.desired == Desired.RUNNING and task.state in (State.STARTING, State.RUNNING)
    shown.stoppable = ends_here or task.orphaned_at is not None
    shown.unaskable = task.state == State.RUNNING and not registry.adapter(task.product).reports_state
    shown.startable = task.state == State.DRAFT
    shown.changeable = task.state == State.RUNNING and registry.adapter(task.product).can_update
    return shown
