"""The drawn picture of a task, as a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.query_params import valid_id
from apps.layouts.models import LayoutTemplate
from apps.tasks import drawing
from apps.tasks.models import Task

CARD_WIDTH = 640  # pixels, of the small picture that a card shows (`?card`)


@require_GET
@team_page()
def task_picture(request: TeamRequest, task_id: UUID) -> HttpResponse:
    task = get_object_or_404(Task, team=request.team, pk=task_id)
    document = None
    if wanted := valid_id(request.GET.get("layout")):
        document = get_object_or_404(LayoutTemplate, team=request.team, pk=wanted).document
    png = drawing.draw(task, document, CARD_WIDTH if "card" in request.GET else None)
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})
