"""Layouts for the command search."""

from __future__ import annotations

from django.db.models import Q

from apps.accounts.requests import TeamRequest
from apps.core.search import MAX_HITS_PER_KIND, Hit
from apps.layouts.models import LayoutTag, LayoutTemplate


def find(request: TeamRequest, text: str) -> list[Hit]:
    """By name or tag, last edited first; nothing without words."""
    if not text.strip():
        return []
    tagged = LayoutTag.objects.filter(layout__team=request.team, name__icontains=text).values("layout")
    rows = LayoutTemplate.objects.filter(team=request.team).filter(Q(name__icontains=text) | Q(pk__in=tagged))
    layouts = rows.prefetch_related("tag_rows").defer("document").order_by("-updated_at")[:MAX_HITS_PER_KIND]
    return [
        Hit(kind="layout", title=row.name, detail=" · ".join(row.tags), url=f"/layouts/{row.pk}/edit/")
        for row in layouts
    ]
