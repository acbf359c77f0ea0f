"""The control room: what is on air and what is in trouble, all of it; what has ended, page by page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.accounts.models import Team
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.pagination import paginate
from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate
from apps.tasks import labels, selectors
from apps.tasks.models import State, Task, TaskEvent
from apps.tasks.pages.task_card import TaskCard
from apps.tasks.trouble import ACTIVE, in_trouble
from apps.vendors import registry

ACTIVE_SHOWN = 240  # cards at once; more than a wall of screens shows
TROUBLE_SHOWN = 12
FEED_LENGTH = 16

# Of two hundred rows only what a card shows is read: documents are large, secrets are decrypted as they are read.
DEFERRED = ("document", "applied_document", "plan_state", "bindings", "app__secrets", "app__credential__keys")
LIVE_FILTERS = {
    "running": Q(state=State.RUNNING),
    "starting": Q(state__in=[State.STARTING, State.STOPPING, State.SCHEDULED]),
}
PAST_FILTERS = ("draft", "stopped", "failed", "lost")
CARD_ORDER = {
    state: position for position, state in enumerate((State.RUNNING, State.STARTING, State.STOPPING, State.SCHEDULED))
}


@require_GET
@team_page()
def control_room(request: TeamRequest) -> HttpResponse:
    """`?state=` running, starting, trouble (what is live) or draft, stopped, failed, lost (what is not); `?q=` a name, a
    room or the cloud's task id; `?product=`."""
    state = request.GET.get("state", "")
    q = request.GET.get("q", "").replace("\0", "").strip()  # PostgreSQL takes no NUL
    product = request.GET.get("product", "")
    rows = Task.objects.filter(team=request.team).select_related("app__credential").defer(*DEFERRED)
    found = selectors.search(rows, q)
    if product in registry.products():
        found = found.filter(product=product)
    context: dict[str, Any] = {
        "section": "control",
        "counts": counts(rows),
        "state": state if state in (*LIVE_FILTERS, "trouble", *PAST_FILTERS) else "",
        "q": q,
        "product": product if product in registry.products() else "",
        "products": [(slug, registry.adapter(slug).title) for slug in registry.products()],
        "feed": [feed_line(event) for event in recent_events(request)],
        "past_filters": PAST_FILTERS,
    }
    context |= trouble_of(found, state) | active_of(found, state) | past_of(request, found, state)
    context["filtered"] = bool(q or context["product"])
    context["blank"] = not (
        state or context["filtered"] or any(context[name] for name in ("trouble", "active", "past"))
    )
    is_quiet = not (state or context["filtered"] or context["trouble"] or context["active"])
    steps = first_steps(request.team) if is_quiet else []
    context["steps"] = steps if not all(step["done"] for step in steps) else []
    return render(request, "tasks/control_room.html", context)


def first_steps(team: Team) -> list[dict[str, Any]]:
    """The way to a first recording, with what is done."""
    tasks = Task.objects.filter(team=team)
    return [
        {"name": "draw", "done": LayoutTemplate.objects.filter(team=team).exists()},
        {"name": "connect", "done": App.objects.filter(team=team).exists()},
        {"name": "start", "done": tasks.exclude(started_at=None).exists()},
        {"name": "watch", "done": tasks.filter(recording__isnull=False).exists()},
    ]


def counts(rows: QuerySet[Task]) -> dict[str, int]:
    wanted = {name: Count("id", filter=where) for name, where in (*LIVE_FILTERS.items(), ("trouble", in_trouble()))}
    return rows.aggregate(**wanted)


def trouble_of(rows: QuerySet[Task], state: str) -> dict[str, Any]:
    if state not in ("", "trouble"):
        return {"trouble": []}
    limit = None if state else TROUBLE_SHOWN
    tasks = rows.filter(in_trouble()).order_by(F("orphaned_at").desc(nulls_last=True), "-id")[:limit]
    return {"trouble": [TaskCard.from_task(task) for task in tasks]}


def active_of(rows: QuerySet[Task], state: str) -> dict[str, Any]:
    """Cards, what is on air first. A state filter of what has ended shows none of them."""
    if state and state not in LIVE_FILTERS:
        return {"active": [], "left_out": 0}
    where = LIVE_FILTERS.get(state, Q(state__in=ACTIVE))
    found = list(rows.filter(where).order_by("-id")[: ACTIVE_SHOWN + 1])
    left_out = rows.filter(where).count() - ACTIVE_SHOWN if len(found) > ACTIVE_SHOWN else 0
    shown = sorted(found[:ACTIVE_SHOWN], key=lambda task: CARD_ORDER[State(task.state)])  # stable: newest first within
    return {"active": [TaskCard.from_task(task) for task in shown], "left_out": left_out}


def past_of(request: TeamRequest, rows: QuerySet[Task], state: str) -> dict[str, Any]:
    """Drafts and what has ended, newest first, paged by key."""
    if state and state not in PAST_FILTERS:
        return {"past": []}
    where = [state] if state else list(PAST_FILTERS)
    found, links = paginate(request, rows.filter(state__in=where))
    return {"past": [TaskCard.from_task(task) for task in found], **links}


def recent_events(request: TeamRequest) -> QuerySet[TaskEvent]:
    rows = TaskEvent.objects.filter(task__team=request.team, kind__in=["state", "wish", "error", "file"])
    rows = rows.defer("task__document", "task__applied_document", "task__plan_state")
    return rows.select_related("task", "actor").order_by("-id")[:FEED_LENGTH]


def feed_line(event: TaskEvent) -> dict[str, Any]:
    """An event of the ledger as a line of the feed: icon, words, who."""
    to = str(event.data.get("to", "")) if isinstance(event.data, dict) else ""
    who = event.actor.get_full_name() or event.actor.username if event.actor else ""
    line = {"task": event.task, "at": event.at, "who": who, "id": event.pk}
    if event.kind == "state":
        return {**line, "text": state_text(event, to), **STATES.get(to, {"icon": "dot", "tone": ""})}
    icon, tone = KINDS.get(event.kind, ("alert", "bad"))
    return {**line, "icon": icon, "tone": tone, "text": labels.event_label(event)}


KINDS = {"wish": ("person", ""), "file": ("film", "done")}
STATES: dict[str, dict[str, str]] = {
    State.SCHEDULED: {"icon": "clock", "tone": ""},
    State.STARTING: {"icon": "half", "tone": "wait"},
    State.RUNNING: {"icon": "broadcast", "tone": "live"},
    State.STOPPING: {"icon": "half", "tone": "wait"},
    State.STOPPED: {"icon": "check", "tone": "done"},
    State.FAILED: {"icon": "alert", "tone": "bad"},
    State.LOST: {"icon": "question", "tone": "bad"},
}


def state_text(event: TaskEvent, to: str) -> str:
    records = registry.adapter(event.task.product).output_kind == "record"
    said = {
        State.SCHEDULED: _("Scheduled"),
        State.STARTING: _("Starting"),
        State.RUNNING: _("Recording") if records else _("On air"),
        State.STOPPING: _("Stopping"),
        State.STOPPED: _("Stopped"),
        State.FAILED: _("Failed"),
        State.LOST: _("Lost"),
    }
    return str(said.get(to, to))  # type: ignore[call-overload]
