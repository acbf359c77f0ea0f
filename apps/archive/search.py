"""Recordings for the command search."""

from __future__ import annotations

from django.template.defaultfilters import date
from django.utils import timezone

from apps.accounts.requests import TeamRequest
from apps.archive import selectors
from apps.archive.models import Recording
from apps.core.search import MAX_HITS_PER_KIND, Hit


def find(request: TeamRequest, text: str) -> list[Hit]:
    """By name, task or room, newest first; nothing without words."""
    if not text.strip():
        return []
    rows = selectors.search(Recording.objects.filter(team=request.team).select_related("task"), text)
    return [
        Hit(
            kind="recording",
            title=str(row),
            detail=f"{row.task.room} · {date(timezone.localtime(row.created_at), 'Y-m-d H:i')}",
            url=f"/recordings/{row.pk}/",
        )
        for row in rows.order_by("-id")[:MAX_HITS_PER_KIND]
    ]
