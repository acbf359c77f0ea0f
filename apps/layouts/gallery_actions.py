"""What is done to a layout in the gallery: duplicate, tag, delete, bring back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.door import act, ask, complain, is_ok
from apps.core.errors import Refused
from apps.core.translate import translate
from apps.layouts import imports, services
from apps.layouts.api import LayoutViewSet
from apps.layouts.models import LayoutTemplate


@require_POST
@team_page(Role.PRODUCER)
def duplicate(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    name = _("%(name)s copy") % {"name": layout.name[:110]}
    try:
        copied = services.duplicate_layout(layout, user=request.user, name=name)
    except Refused as error:
        messages.error(
            request,
            " ".join(
                [translate(error.detail), *(imports.translated_problem(problem).message for problem in error.problems)]
            ),
        )
        return redirect("layouts")
    return redirect("layout_editor", layout_id=copied.pk)


@require_POST
@team_page(Role.PRODUCER)
def tag(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    words = [word.strip() for word in request.POST.get("tags", "").replace("，", ",").split(",") if word.strip()]
    answer = ask(request, LayoutViewSet, "patch", "partial_update", {"tags": words}, pk=str(layout_id))
    complain(request, answer)
    return redirect(back(request))


@require_POST
@team_page(Role.PRODUCER)
def delete(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    answer = act(request, LayoutViewSet, "delete", "destroy", pk=str(layout_id))
    complain(request, answer)
    where = back(request)
    if not is_ok(answer):
        return redirect(where)
    return redirect(f"{where}{'&' if '?' in where else '?'}deleted={layout_id}")


@require_POST
@team_page(Role.PRODUCER)
def restore(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    rows = LayoutTemplate.everything.filter(team=request.team)
    services.restore_layout(get_object_or_404(rows, pk=layout_id))
    return redirect(back(request))


def back(request: TeamRequest) -> str:
    """The gallery as it was, filters and page; never another site's address."""
    path, _sep, query = request.POST.get("next", "").partition("?")
    if path != "/layouts/":
        return "/layouts/"
    kept = QueryDict(query, mutable=True)
    kept.pop("deleted", None)
    return f"/layouts/?{kept.urlencode()}" if kept else "/layouts/"
