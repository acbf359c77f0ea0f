"""Pages of the tasks: control room, start, one task."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.doors import page
from apps.accounts.models import Role
from apps.accounts.requests import TeamRequest
from apps.core.door import ask, is_ok, problems_of
from apps.core.paging import by_key
from apps.layouts.models import LayoutTemplate
from apps.live.models import LiveCounter
from apps.tasks import form, live_picture
from apps.tasks.api import ExportView, TaskViewSet
from apps.tasks.models import Desired, State, Task, TaskEvent
from apps.vendors import registry

GROUPS = {
    "running": Q(state=State.RUNNING),
    "starting": Q(state__in=[State.STARTING, State.STOPPING]),
    "trouble": Q(state__in=[State.FAILED, State.LOST]) | Q(orphaned_at__isnull=False),
}
ACTIVE = [State.DRAFT, State.SCHEDULED, State.STARTING, State.RUNNING, State.STOPPING]
TIMELINE = 300
PROVEN_BY = {
    "reply": gettext_lazy("the cloud's reply"),
    "poll": gettext_lazy("a poll"),
    "callback": gettext_lazy("a callback"),
}


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


@require_GET
@page()
def task_page(request: TeamRequest, task_id: UUID) -> HttpResponse:
    task = dress(get_object_or_404(own(request).select_related("app__credential", "layout"), pk=task_id))
    events = list(task.events.select_related("actor").order_by("-id")[:TIMELINE])
    for event in events:
        event.pretty = json.dumps(event.data, indent=1, ensure_ascii=False) if event.data else ""
    recording = getattr(task, "recording", None)
    return render(
        request,
        "tasks/task.html",
        {
            "section": "control",
            "task": task,
            "events": events,
            "live": live_picture.of(task),
            "recordings": list(recording.files.all()) if recording else [],
            "layouts": LayoutTemplate.objects.filter(team=task.team).order_by("name")[:200],
            "proven_by": PROVEN_BY.get(task.proven_by, task.proven_by),
            "live_seq": live_seq(task.team),
        },
    )


@page(Role.PRODUCER)
def task_new(request: TeamRequest) -> HttpResponse:
    team = request.team
    filled = form.read(request.POST) if request.method == "POST" else form.first(request.GET, team)
    context: dict[str, Any] = form.context(team, filled)
    if request.method == "POST":
        made = ask(request, TaskViewSet, "post", "create", form.payload(filled))
        if is_ok(made):
            started = ask(request, TaskViewSet, "post", "start", pk=str(made.data["id"]))
            if not is_ok(started):
                messages.error(request, str(started.data.get("detail", "")))
            return redirect("task", task_id=made.data["id"])
        context |= problems_of(made) | {"outlook": outlook(request, filled)}
    return render(request, "tasks/new.html", {"section": "control", "form": filled, **context})


@require_POST
@page(Role.PRODUCER)
def task_plan(request: TeamRequest) -> HttpResponse:
    return render(request, "tasks/_outlook.html", {"outlook": outlook(request, form.read(request.POST))})


@require_GET
@page(Role.PRODUCER)
def task_people(request: TeamRequest) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=request.GET.get("layout"))
    return render(request, "tasks/_people.html", form.seats(layout.document, form.read(request.GET)))


@require_POST
@page(Role.PRODUCER)
def task_action(request: TeamRequest, task_id: UUID, action: str) -> HttpResponse:
    data = {"layout": request.POST["layout"]} if action == "apply_layout" and request.POST.get("layout") else {}
    answer = ask(request, TaskViewSet, "post", action, data, pk=str(task_id))
    if not is_ok(answer):
        said = problems_of(answer)
        messages.error(request, " ".join([said["detail"], *(one["message"] for one in said["problems"])]))
    return redirect("task", task_id=task_id)


def outlook(request: TeamRequest, filled: dict[str, Any]) -> dict[str, Any]:
    """What will happen if this form is sent: the picture, the findings, the exact requests, and why not."""
    payload = form.payload(filled)
    picture = f"/api/v1/layouts/{filled['layout']}/preview.png" if filled["layout"] else ""
    vendor = registry.adapter(payload["product"]).vendor.title() if payload["product"] in registry.products() else ""
    found: dict[str, Any] = {"picture": picture, "vendor": vendor, "ready": False, "reason": ""}
    if not payload["room"]:
        return found | {"reason": _("Name the room first.")}
    data = {name: payload[name] for name in ("product", "app", "room", "bindings", "variables", "output", "encoding")}
    answer = ask(request, ExportView, "post", "post", data, pk=filled["layout"])
    if not is_ok(answer):
        return found | problems_of(answer) | {"reason": _("Mend what is listed above.")}
    plan = dict(answer.data)
    for one in plan["requests"]:
        one["pretty"] = json.dumps(
            {"url": one["url"], "query": one["query"], "body": one["body"]}, indent=1, ensure_ascii=False
        )
    blocked = any(finding["level"] == "error" for finding in plan["findings"])
    return found | {
        "plan": plan,
        "ready": not blocked,
        "reason": _("An error above would make the call fail.") if blocked else "",
    }


def own(request: TeamRequest) -> Any:
    return Task.objects.filter(team=request.team)


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
