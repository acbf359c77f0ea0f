"""Pages of the layouts: gallery, new from a preset, editor."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.doors import page
from apps.accounts.models import Role
from apps.accounts.requests import TeamRequest
from apps.core.door import ask, is_ok, problems_of
from apps.core.paging import by_key
from apps.core.spoken import speak
from apps.layout_document.document import Region
from apps.layout_document.presets import PRESETS, preset
from apps.layout_document.serialize import to_json
from apps.layouts.api import LayoutViewSet
from apps.layouts.models import LayoutTemplate
from apps.vendors import registry

SIZES = {"1280x720": (1280, 720), "720x1280": (720, 1280), "720x720": (720, 720)}


@require_GET
@page()
def gallery(request: TeamRequest) -> HttpResponse:
    q = request.GET.get("q", "").replace("\0", "").strip()  # PostgreSQL takes no NUL
    rows = LayoutTemplate.objects.filter(team=request.team).select_related("updated_by")
    found, links = by_key(request, rows.filter(name__icontains=q) if q else rows)
    return render(
        request,
        "layouts/gallery.html",
        {"section": "layouts", "layouts": found, "q": q, "presets": drawn_presets(), **links},
    )


def drawn_presets() -> list[dict[str, Any]]:
    return [{"name": name, "title": speak(PRESETS[name]), "boxes": boxes} for name, boxes in preset_boxes().items()]


@cache
def preset_boxes() -> dict[str, tuple[Region, ...]]:
    return {name: preset(name, 1280, 720).regions for name in PRESETS}


@require_POST
@page(Role.PRODUCER)
def new(request: TeamRequest) -> HttpResponse:
    name = request.POST.get("preset", "")
    width, height = SIZES.get(request.POST.get("size", ""), SIZES["1280x720"])
    if name not in PRESETS:
        messages.error(request, _("Choose one of the pictures."))
        return redirect("layouts")
    title = request.POST.get("name", "").strip() or speak(PRESETS[name])
    return made(request, {"name": title, "document": to_json(preset(name, width, height))})


@require_POST
@page(Role.PRODUCER)
def duplicate(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    return made(request, {"name": _("%(name)s copy") % {"name": layout.name[:110]}, "document": layout.document})


@require_POST
@page(Role.PRODUCER)
def delete(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    answer = ask(request, LayoutViewSet, "delete", "destroy", pk=str(layout_id))
    if not is_ok(answer):
        messages.error(request, problems_of(answer)["detail"])
    return redirect("layouts")


@require_GET
@page()
def editor(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    may_change = request.membership.may(Role.PRODUCER)
    adapters = [registry.adapter(slug) for slug in registry.products()]
    api = f"/api/v1/layouts/{layout.pk}/"
    data = {
        "layout": {"id": str(layout.pk), "name": layout.name, "document": layout.document, "version": layout.version},
        "products": [{"slug": one.slug, "title": one.title, "vendor": one.vendor} for one in adapters],
        "csrf": get_token(request),
        "urls": {
            "assets": "/api/v1/assets/",
            "layout": api,
            "layouts": "/api/v1/layouts/",
            "export": f"{api}export/",
            "versions": f"{api}versions/",
            "start": f"/tasks/new/?layout={layout.pk}",
            "back": "/layouts/",
        },
        "language": get_language(),
        "readonly": not may_change,
    }
    return render(request, "layouts/editor.html", {"section": "layouts", "layout": layout, "editor_data": data})


def made(request: TeamRequest, data: dict[str, Any]) -> HttpResponse:
    answer = ask(request, LayoutViewSet, "post", "create", data)
    if not is_ok(answer):
        messages.error(request, problems_of(answer)["detail"])
        return redirect("layouts")
    return redirect("layout_editor", layout_id=answer.data["id"])
