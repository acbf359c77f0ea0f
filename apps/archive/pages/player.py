"""The player of a recording, for members of the team and for whoever has a share link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.archive import retention, selectors
from apps.archive.models import Recording, RecordingFile, ShareLink
from apps.archive.pages.cards import FileLine, RecordingCard
from apps.archive.pages.chapters import chapters
from apps.archive.poster_response import poster_response
from apps.vendors import registry

SHARE_DAYS = (1, 7, 30, 90, 365)


@require_GET
@team_page()
def recording_page(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    rows = Recording.objects.select_related("task__app__credential", "task__layout")
    recording = get_object_or_404(rows, team=request.team, pk=recording_id)
    if recording.removed_at:
        context = {
            "section": "recordings",
            "recording": recording,
            "restorable_until": recording.removed_at + retention.RESTORABLE_FOR,
        }
        return render(request, "archive/removed.html", context, status=410)
    links = []
    if request.membership.may(Role.PRODUCER):
        links = list(selectors.active_links().filter(recording=recording).select_related("created_by"))
    task = recording.task
    parts = selectors.parts(recording)
    return render_player(
        request,
        recording,
        parts,
        links=links,
        share_days=SHARE_DAYS,
        chapters=chapters(recording, parts),
        people=sorted({str(binding.get("user_id", "")) for binding in task.bindings.values()} - {""}),
        policy=retention.policy_of(recording),
        product=registry.adapter(task.product).title,
    )


@require_GET
def shared_page(request: HttpRequest, key: str) -> HttpResponse:
    """The player for whoever has the link. It shows the recording and nothing else of the team."""
    link = active_link(key)
    response = render_player(request, link.recording, selectors.parts(link.recording), public=True, link=link)
    set_private_headers(response)
    return response


@require_GET
def shared_poster(request: HttpRequest, key: str) -> HttpResponseBase:
    response = poster_response(active_link(key).recording)
    set_private_headers(response)
    return response


def active_link(key: str) -> ShareLink:
    link = selectors.active_link(key)
    if link is None:
        raise Http404
    return link


def set_private_headers(response: HttpResponseBase) -> None:
    """Keeps the link out of search engines and out of the Referer header of the cloud's file server."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"


def render_player(
    request: HttpRequest, recording: Recording, parts: list[RecordingFile], **context: Any
) -> HttpResponse:
    files = [FileLine.from_row(file) for file in recording.files.all()]
    return render(
        request,
        "archive/recording.html",
        {
            "section": "recordings",
            "recording": RecordingCard.from_row(recording),
            "files": files,
            "bytes": sum(file.row.bytes or 0 for file in files),
            "parts": [{"url": file.address, "format": file.format, "duration": file.duration} for file in parts],
            "is_missing": bool(parts) and all(file.missing_at for file in parts),
            **context,
        },
    )
