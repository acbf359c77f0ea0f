"""Pages of the archive: list, player, shared player."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.doors import page
from apps.accounts.models import Role
from apps.accounts.requests import TeamRequest
from apps.archive.api import RecordingViewSet
from apps.archive.models import Recording, ShareLink
from apps.core.door import ask, is_ok
from apps.core.paging import by_key

PLAYABLE = ("m3u8", "hls", "mp4")


@require_GET
@page()
def recordings(request: TeamRequest) -> HttpResponse:
    rows = Recording.objects.filter(team=request.team).select_related("task__app__credential")
    q = request.GET.get("q", "").replace("\0", "").strip()  # PostgreSQL takes no NUL
    since, until = day(request.GET.get("from")), day(request.GET.get("to"))
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(task__name__icontains=q) | Q(task__room__icontains=q))
    if since:
        rows = rows.filter(created_at__gte=since)
    if until:
        rows = rows.filter(created_at__lt=until + dt.timedelta(days=1))
    found, links = by_key(request, rows)
    context = {
        "section": "recordings",
        "recordings": [dress(one) for one in found],
        "q": q,
        "from": request.GET.get("from", ""),
        "to": request.GET.get("to", ""),
        "filtered": bool(q or since or until),
        **links,
    }
    return render(request, "archive/list.html", context)


@require_GET
@page()
def recording(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    rows = Recording.objects.select_related("task__app__credential")
    one = get_object_or_404(rows, team=request.team, pk=recording_id)
    return player(request, one)


@require_POST
@page(Role.PRODUCER)
def share(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    one = get_object_or_404(Recording, team=request.team, pk=recording_id)
    answer = ask(request, RecordingViewSet, "post", "share", pk=str(recording_id))
    return player(request, one, share_url=answer.data["url"] if is_ok(answer) else "")


@require_GET
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """The player for whoever holds the link. It shows the recording and nothing else of the team."""
    link = get_object_or_404(ShareLink.objects.select_related("recording"), key=key, expires_at__gt=timezone.now())
    response = player(request, link.recording, public=True)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def player(request: HttpRequest, one: Recording, **context: Any) -> HttpResponse:
    files = list(one.files.all())
    playable = next((file for file in files if file.format in PLAYABLE), files[0] if files else None)
    return render(
        request,
        "archive/recording.html",
        {"section": "recordings", "recording": dress(one), "files": files, "file": playable, **context},
    )


def dress(one: Recording) -> Any:
    shown: Any = one
    shown.picture = one.poster or f"/tasks/{one.task_id}/picture.png"
    shown.length = clock(one.duration) if one.duration else ""
    return shown


def clock(seconds: float) -> str:
    """75.4 → "1:15"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def day(text: str | None) -> dt.datetime | None:
    try:
        found = parse_date(text or "")
    except ValueError:
        return None
    if not found or not 1900 <= found.year <= 9000:  # a day at the end of the calendar has no next one
        return None
    return timezone.make_aware(dt.datetime.combine(found, dt.time.min))
