"""Pages of the tasks: control room, start, one task."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.doors import page
from apps.accounts.requests import TeamRequest
from apps.core.paging import by_key
from apps.live.models import LiveCounter
from apps.tasks import live_picture
from apps.tasks.models import Desired, State, Task, TaskEvent
from apps.vendors import registry

GROUPS = {
    "running": Q(state=State.RUNNING),
    "starting": Q(state__in=[State.STARTING, State.STOPPING]),
    "trouble": Q(state__in=[State.FAILED, State.LOST]) | Q(orphaned_at__isnull=False),
}
ACTIVE = [State.DRAFT, State.SCHEDULED, State.STARTING, State.RUNNING, State.STOPPING]


@require_GET
@page()
def control_room(request: TeamRequest) -> HttpResponse:
    team = request.team
    state = request.GET.get("state", "")
    rows = Task.objects.filter(team=team).select_related("app__credential", "layout")
    states = GROUPS.get(state)
    shown, links = by_key(request, rows.filter(states) if states else rows)
    for task in shown:
        dress(task)
    trouble = (
        []
        if state
        else [
            dress(task)
            for task in rows.filter(GROUPS["trouble"]).order_by(F("orphaned_at").desc(nulls_last=True), "-id")[:4]
        ]
    )
    counts = {name: rows.filter(wanted).count() for name, wanted in GROUPS.items()}
    feed = TaskEvent.objects.filter(task__team=team, kind__in=["state", "wish", "error", "file"]).select_related("task")
    order = {value: place for place, value in enumerate([State.RUNNING, State.STARTING, State.STOPPING])}
    shown.sort(key=lambda task: order.get(task.state, 9))
    return render(
        request,
        "tasks/control_room.html",
        {
            "section": "control",
            "tasks": shown,
            "trouble": trouble,
            "counts": counts,
            "state": state if states else "",
            "feed": feed.order_by("-id")[:12],
            "live_seq": live_seq(team),
            **links,
        },
    )


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


def live_seq(team: Any) -> int:
    counter = LiveCounter.objects.filter(team=team).first()
    return counter.seq if counter else 0
