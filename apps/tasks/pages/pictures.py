"""The drawn picture of a task: its layout as it is on air (or will be), with its variables filled in."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.paging import valid_id
from apps.layout_document.parse import parse
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter
from apps.tasks.models import Task

CARD_WIDTH = 640  # pixels, of the small picture that a card shows (`?card`)


def draw(task: Task, document: Any = None, width: int | None = None) -> bytes:
    """A PNG of the task's layout, or of another one with the task's texts; `width` pixels wide at most."""
    shown = parse(document or task.applied_document or task.document)
    return render_png(
        shown,
        scale=min(1.0, width / shown.canvas.width) if width else 1.0,
        pictures=PreviewPainter(pictures=partial(assets.read, team=task.team)).opened,
        variables=task.variables,
    )


@require_GET
@team_page()
def task_picture(request: TeamRequest, task_id: UUID) -> HttpResponse:
    task = get_object_or_404(Task, team=request.team, pk=task_id)
    document = None
    if wanted := valid_id(request.GET.get("layout")):
        document = get_object_or_404(LayoutTemplate, team=request.team, pk=wanted).document
    png = draw(task, document, CARD_WIDTH if "card" in request.GET else None)
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})
