"""A task as its card and its page show it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.row_view import RowView
from apps.tasks.models import Desired, State, Task
from apps.tasks.pages import live_picture
from apps.tasks.trouble import Trouble, trouble_of
from apps.vendors import registry


@dataclass(frozen=True)
class TaskCard(RowView):
    """A task with its picture, its trouble and what can be done with it."""

    records: bool
    picture: str
    live_picture: str
    trouble: Trouble | None
    stoppable: bool
    cannot_poll: bool
    startable: bool
    changeable: bool

    @classmethod
    def from_task(cls, task: Task) -> TaskCard:
        product = registry.adapter(task.product)
        is_running = task.state == State.RUNNING
        ends_here = task.desired == Desired.RUNNING and task.state in (State.STARTING, State.RUNNING)
        return cls(
            row=task,
            records=product.output_kind == "record",
            picture=f"/tasks/{task.pk}/picture.png?v={task.layout_version}.{task.applied_version}",
            live_picture=live_picture.of(task).picture if is_running else "",
            trouble=trouble_of(task),
            stoppable=ends_here or task.orphaned_at is not None,
            cannot_poll=is_running and not product.reports_state,
            startable=task.state == State.DRAFT,
            changeable=is_running and product.can_update,
        )
