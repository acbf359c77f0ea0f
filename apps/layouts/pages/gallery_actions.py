"""What is done to a layout in the gallery: duplicate, tag, delete, restore."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core import refusals
from apps.core.errors import QuadboxError
from apps.layouts import services
from apps.layouts.models import LayoutTemplate


def team_layout(request: TeamRequest, layout_id: UUID) -> LayoutTemplate:
    return get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)


@require_POST
@team_page(Role.PRODUCER)
def duplicate(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    layout = team_layout(request, layout_id)
    name = _("%(name)s copy") % {"name": layout.name[:110]}
    try:
        copied = services.duplicate_layout(layout, user=request.user, name=name)
    except QuadboxError as error:
        refusals.flash(request, error)
        return redirect("layouts")
    return redirect("layout_editor", layout_id=copied.pk)


@require_POST
@team_page(Role.PRODUCER)
def tag(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    """Replaces the tags with those typed, separated by commas."""
    layout, typed = team_layout(request, layout_id), request.POST.get("tags", "").replace("，", ",").split(",")
    try:
        services.set_tags(layout, [word.strip() for word in typed if word.strip()])
    except QuadboxError as error:
        refusals.flash(request, error)
    return redirect(gallery_url(request))


@require_POST
@team_page(Role.PRODUCER)
def delete(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    services.delete_layout(team_layout(request, layout_id))
    url = gallery_url(request)
    return redirect(f"{url}{'&' if '?' in url else '?'}deleted={layout_id}")


@require_POST
@team_page(Role.PRODUCER)
def restore(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    rows = LayoutTemplate.everything.filter(team=request.team)
    services.restore_layout(get_object_or_404(rows, pk=layout_id))
    return redirect(gallery_url(request))


def gallery_url(request: TeamRequest) -> str:
    """The gallery as it was, filters and page; never another site's address."""
    path, _sep, query = request.POST.get("next", "").partition("?")
    if path != "/layouts/":
        return "/layouts/"
    params = QueryDict(query, mutable=True)
    params.pop("deleted", None)
    return f"/layouts/?{params.urlencode()}" if params else "/layouts/"
