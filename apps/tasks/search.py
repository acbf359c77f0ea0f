"""Tasks for the command search."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Value, When

from apps.accounts.requests import TeamRequest
from apps.core.search import MAX_HITS_PER_KIND, Hit
from apps.tasks import selectors
from apps.tasks.models import State, Task


def find(request: TeamRequest, text: str) -> list[Hit]:
    """What runs first, then the newest; without words, only what runs."""
    rows = selectors.search(Task.objects.filter(team=request.team).defer("document", "applied_document"), text)
    if not text.strip():
        rows = rows.filter(state__in=[State.RUNNING, State.STARTING])
    live = Case(When(state=State.RUNNING, then=Value(0)), default=Value(1), output_field=IntegerField())
    return [
        Hit(kind="task", title=str(task), detail=f"{task.get_state_display()} · {task.room}", url=f"/tasks/{task.pk}/")
        for task in rows.order_by(live, "-id")[:MAX_HITS_PER_KIND]
    ]
