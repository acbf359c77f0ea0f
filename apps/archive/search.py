"""Recordings for the command search."""

from __future__ import annotations

from django.template.defaultfilters import date
from django.utils import timezone

from apps.accounts.requests import TeamRequest
from apps.archive import selectors
from apps.core.search import MAX_HITS_PER_KIND, Hit


def find(request: TeamRequest, text: str) -> list[Hit]:
    """By name, task or room, newest first; nothing without a text. Removed recordings are not found."""
    if not text.strip():
        return []
    rows = selectors.search(selectors.recordings_of(request.team), text)
    return [
        Hit(
            kind="recording",
            title=str(row),
            detail=f"{row.task.room} · {date(timezone.localtime(row.created_at), 'Y-m-d H:i')}",
            url=f"/recordings/{row.pk}/",
        )
        for row in rows[:MAX_HITS_PER_KIND]
    ]
