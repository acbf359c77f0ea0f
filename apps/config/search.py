"""The command search: one question, asked of every part of the house that has rows to find."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.accounts import search as commands
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.archive import search as recordings
from apps.core.search import MAX_QUERY_LENGTH
from apps.layouts import search as layouts
from apps.tasks import search as tasks

SOURCES = (commands.find, tasks.find, layouts.find, recordings.find)


@require_GET
@team_page()
def search(request: TeamRequest) -> HttpResponse:
    """`{"groups": [{"title", "hits": [{"kind", "title", "detail", "url", "action"}]}]}`, of this team and role only."""
    text = request.GET.get("q", "").replace("\0", "")[:MAX_QUERY_LENGTH].strip()
    hits = [hit for find in SOURCES for hit in find(request, text)]
    titles = {
        "task": _("Tasks"),
        "layout": _("Layouts"),
        "recording": _("Recordings"),
        "action": _("Actions"),
        "page": _("Pages"),
    }
    order = titles if text else ("task", "action", "page")
    groups = [{"title": titles[kind], "hits": [hit.as_json() for hit in hits if hit.kind == kind]} for kind in order]
    answer = JsonResponse({"groups": [group for group in groups if group["hits"]]})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
