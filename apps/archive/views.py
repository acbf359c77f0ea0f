"""Pages of the archive: list, player, shared player, policies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import settings_pages
from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.archive import retention, selectors
from apps.archive.api import PolicyViewSet, RecordingViewSet, picture
from apps.archive.chapters import chapters, clock
from apps.archive.listing import Listing
from apps.archive.models import Policy, Recording, RecordingFile, ShareLink
from apps.archive.serializers import poster_url
from apps.core.door import ask, complain, is_ok, problems_of
from apps.credentials.models import App
from apps.vendors import registry

VIEW_COOKIE = "recordings_view"  # written by the page's switch
SHARE_DAYS = (1, 7, 30, 90, 365)


@require_GET
@team_page()
def recordings(request: TeamRequest) -> HttpResponse:
    context = Listing(request).context()
    for recording in context["recordings"]:
        dress(recording)
    is_list = request.COOKIES.get(VIEW_COOKIE) == "list"
    context |= {"section": "recordings", "is_list": is_list}
    return render(request, "archive/list.html", context)


@require_GET
@team_page()
def recording(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    rows = Recording.objects.select_related("task__app__credential", "task__layout")
    one = get_object_or_404(rows, team=request.team, pk=recording_id)
    if one.removed_at:
        ends = one.removed_at + retention.RESTORABLE
        context = {"section": "recordings", "recording": one, "ends": ends}
        return render(request, "archive/removed.html", context, status=410)
    links = []
    if request.membership.may(Role.PRODUCER):
        links = list(selectors.live_links().filter(recording=one).select_related("created_by"))
    task = one.task
    parts = selectors.parts(one)
    context = {
        "links": links,
        "share_days": SHARE_DAYS,
        "chapters": chapters(one, parts),
        "people": sorted({str(seat.get("user_id", "")) for seat in task.bindings.values()} - {""}),
        "policy": retention.policy_of(one),
        "product": registry.adapter(task.product).title,
    }
    return player(request, one, parts, **context)


@require_POST
@team_page(Role.PRODUCER)
def share(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    days = request.POST.get("days", "")
    data = {"days": days} if days else {}
    answer = ask(request, RecordingViewSet, "post", "share", data, pk=str(recording_id))
    return back(request, answer, recording_id, _("The link is ready. Copy it below."), "#share")


@require_POST
@team_page(Role.PRODUCER)
def revoke(request: TeamRequest, recording_id: UUID, link_id: UUID) -> HttpResponse:
    answer = ask(request, RecordingViewSet, "delete", "revoke", pk=str(recording_id), link_id=str(link_id))
    return back(request, answer, recording_id, _("The link was revoked."), "#share")


@require_POST
@team_page(Role.PRODUCER)
def change(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    data = {name: request.POST[name] for name in ("name", "kept") if name in request.POST}
    answer = ask(request, RecordingViewSet, "patch", "partial_update", data, pk=str(recording_id))
    return back(request, answer, recording_id, _("Saved."))


@require_POST
@team_page(Role.ADMIN)
def restore(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    answer = ask(request, RecordingViewSet, "post", "restore", pk=str(recording_id))
    return back(request, answer, recording_id, _("The recording was restored and will be kept."))


def back(request: TeamRequest, answer: Any, recording_id: UUID, done: str, place: str = "") -> HttpResponse:
    if answer.status_code == 404:
        raise Http404
    if is_ok(answer):
        messages.success(request, done)
    complain(request, answer)
    return redirect(f"/recordings/{recording_id}/{place}")


@require_GET
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """The player for whoever holds the link. It shows the recording and nothing else of the team."""
    link = held(key)
    one = link.recording
    return unlisted(player(request, one, selectors.parts(one), public=True, link=link))


@require_GET
def shared_poster(request: HttpRequest, key: str) -> HttpResponseBase:
    return unlisted(picture(held(key).recording))


def held(key: str) -> ShareLink:
    link = selectors.shared(key)
    if link is None:
        raise Http404
    return link


def unlisted(response: Any) -> Any:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@team_page(Role.ADMIN)
def policies(request: TeamRequest) -> HttpResponse:
    """`policy` of the form names the one to change; without it a new one is made."""
    said: dict[str, Any] = {}
    if request.method == "POST":
        form = request.POST
        data: dict[str, Any] = {"days": form.get("days") or None, "file_hosts": form.get("file_hosts", "").split()}
        if pk := form.get("policy"):
            answer = ask(request, PolicyViewSet, "patch", "partial_update", data, pk=pk)
        else:
            answer = ask(request, PolicyViewSet, "post", "create", data | {"app": form.get("app") or None})
        if answer.status_code == 404:
            raise Http404
        if is_ok(answer):
            messages.success(request, _("Saved."))
            return redirect("archive_policies")
        said = problems_of(answer)
    rows = list(Policy.objects.filter(team=request.team).select_related("app").order_by("app__name", "id"))
    ruled = {row.app_id for row in rows}
    gone = [dress(one) for one in retention.removed(request.team)[:50]]
    context = {
        "policies": rows,
        "apps": [app for app in App.objects.filter(team=request.team).order_by("name") if app.pk not in ruled],
        "needs_team": None not in ruled,
        "removed": gone,
        "notice": retention.NOTICE.days,
        "restorable": retention.RESTORABLE.days,
        **settings_pages.side("recordings"),
        **said,
    }
    return render(request, "archive/policies.html", context)


@require_POST
@team_page(Role.ADMIN)
def delete_policy(request: TeamRequest, policy_id: UUID) -> HttpResponse:
    answer = ask(request, PolicyViewSet, "delete", "destroy", pk=str(policy_id))
    if answer.status_code == 404:
        raise Http404
    messages.success(request, _("This policy no longer removes recordings."))
    return redirect("archive_policies")


def player(request: HttpRequest, one: Recording, parts: list[RecordingFile], **context: Any) -> HttpResponse:
    files = list(one.files.all())
    for file in files:
        dress_file(file)
    return render(
        request,
        "archive/recording.html",
        {
            "section": "recordings",
            "recording": dress(one),
            "files": files,
            "bytes": sum(file.bytes or 0 for file in files),
            "parts": [{"url": file.address, "format": file.format, "duration": file.duration} for file in parts],
            "is_missing": bool(parts) and all(file.missing_at for file in parts),
            **context,
        },
    )


def dress(one: Recording) -> Any:
    """What the templates want to know of a recording, beside its columns."""
    shown: Any = one
    parts = selectors.parts(one)
    shown.picture = poster_url(one) if one.poster else f"/tasks/{one.task_id}/picture.png"
    shown.length = clock(one.duration) if one.duration else ""
    shown.scrub = parts[0] if parts and not parts[0].missing_at else None
    shown.is_missing = bool(parts) and all(file.missing_at for file in parts)
    shown.leaves_in = max(0, (one.leaves_at - timezone.now()).days) if one.leaves_at else None
    return shown


def dress_file(file: RecordingFile) -> None:
    shown: Any = file
    shown.length = clock(file.duration) if file.duration else ""
    shown.is_playlist = file.format in ("m3u8", "hls")
