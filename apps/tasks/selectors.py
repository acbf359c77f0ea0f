"""Reading tasks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from apps.accounts.models import Team
from apps.core.query_params import valid_id
from apps.layouts.models import LayoutTemplate
from apps.live.messages import TaskFacts
from apps.tasks import labels
from apps.tasks.models import Task


def tasks_of(team: Team) -> QuerySet[Task]:
    """The team's tasks, newest first."""
    return Task.objects.filter(team=team).select_related("app__credential", "layout", "created_by").order_by("-id")


def search(tasks: QuerySet[Task], text: str) -> QuerySet[Task]:
    """Those whose name, room or vendor task id holds the text."""
    text = text.strip()
    if not text:
        return tasks
    return tasks.filter(Q(name__icontains=text) | Q(room__icontains=text) | Q(vendor_task_id__icontains=text))


def layout_of(team: Team, layout_id: str) -> LayoutTemplate | None:
    """The team's layout with the ID that a form names; None for any other text."""
    pk = valid_id(layout_id)
    return LayoutTemplate.objects.filter(team=team, pk=pk).first() if pk else None


def iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def facts(task: Task) -> TaskFacts:
    """What messages to browsers say of a task."""
    return {
        "id": str(task.pk),
        "name": task.name,
        "product": task.product,
        "room": task.room,
        "state": str(task.state),
        "desired": str(task.desired),
        "degraded": task.degraded,
        "layout_version": task.layout_version,
        "applied_version": task.applied_version,
        "starts_at": iso(task.starts_at),
        "started_at": iso(task.started_at),
        "ended_at": iso(task.ended_at),
        "orphaned_at": iso(task.orphaned_at),
        "end_reason": task.end_reason,
        "error": {name: value for name, value in task.error.items() if name != "words"} if task.error else None,
    }


def bundle(task: Task) -> dict[str, Any]:
    """Everything the vendor's support needs, without a secret: the ledger is redacted when it is written."""
    return {
        "task": {
            **facts(task),
            "vendor_task_id": task.vendor_task_id,
            "vendor_run_id": task.vendor_run_id,
            "vendor_app_id": task.app.vendor_app_id,
            "proven_at": iso(task.proven_at),
            "proven_by": task.proven_by,
            "attempt": task.attempt,
        },
        "document": task.document,
        "applied_document": task.applied_document,
        "events": [
            {
                "id": event.pk,
                "at": iso(event.at),
                "kind": event.kind,
                "code": event.code,
                "title": labels.event_label(event),
                "data": event.data,
                "vendor_request_id": event.vendor_request_id,
            }
            for event in task.events.all()
        ],
    }
