"""The export page: what each cloud makes of a layout, side by side. Nothing is sent or stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.accounts.models import Team
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.query_params import valid_id
from apps.core.translate import translate
from apps.credentials.models import App
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter
from apps.tasks import finding_json
from apps.tasks.inputs import PlanRequest
from apps.tasks.pages import export_choice, finding_groups
from apps.tasks.planning import plans, specs
from apps.vendors import registry, snippets
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec

PICTURE_WIDTH = 960  # pixels; a page shows several
LISTED = 200  # layouts to choose from; the shelf searches all


@require_GET
@team_page()
def export_page(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    if (other := valid_id(request.GET.get("layout"))) and other != layout_id:
        return redirect(f"{reverse('layout_export', args=[other])}?{export_choice.kept(request.GET)}")
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    choice = export_choice.read(request.GET, request.team)
    clouds = list(choice.clouds())
    products = [product for product, _app in clouds]
    context = {
        "section": "layouts",
        "layout": layout,
        "layouts": LayoutTemplate.objects.filter(team=request.team).order_by("name").only("pk", "name")[:LISTED],
        "choices": choice.products_to_choose(),
        "apps": choice.apps_to_choose(),
        "clouds": [
            {**shown(request.team, layout, *cloud), "beside": products.count(cloud[0]) > 1}
            for cloud in clouds[: export_choice.MOST]
        ],
        "left_out": max(0, len(clouds) - export_choice.MOST),
    }
    return render(request, "tasks/export.html", context)


@require_GET
@team_page()
def export_picture(request: TeamRequest, layout_id: UUID, product: str) -> HttpResponse:
    """The picture a cloud would draw of the layout, with the app that is asked for."""
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    if product not in registry.products():
        raise Http404
    app = next(iter(export_choice.read(request.GET, request.team).of(registry.adapter(product).vendor)), None)
    plan = plans.export(team=request.team, request=PlanRequest(product, app=app), document=layout.document)
    png = drawn_png(plan, request.team)
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": "private, no-cache"})


def shown(team: Team, layout: LayoutTemplate, product: str, app: App | None) -> dict[str, Any]:
    adapter = registry.adapter(product)
    plan = plans.export(team=team, request=PlanRequest(product, app=app), document=layout.document)
    spec = specs.app_spec(app) if app else AppSpec("")
    app_id = f"&app={app.pk}" if app else ""
    return {
        "id": f"{product}-{app.pk}" if app else product,
        "slug": product,
        "title": translate(adapter.title),
        "vendor": adapter.vendor,
        "app": app,
        "verdict": verdict(plan),
        "findings": finding_groups.grouped(
            (finding_json.finding_json(finding) for finding in plan.findings), layout.document
        ),
        "picture": f"/layouts/{layout.pk}/export/{product}.png?v={layout.version}{app_id}",
        "width": plan.drawn.canvas.width if plan.drawn else layout.document["canvas"]["width"],
        "height": plan.drawn.canvas.height if plan.drawn else layout.document["canvas"]["height"],
        "requests": [
            {
                "name": published.name,
                "method": published.method,
                "texts": [
                    {"kind": "json", "title": "JSON", "text": snippets.as_json(published)},
                    {
                        "kind": "curl",
                        "title": "curl",
                        "text": snippets.curl(published, adapter.preview_signature(published, spec)),
                    },
                    {"kind": "sdk", "title": "Python SDK", "text": adapter.sdk_call(published, spec)},
                ],
            }
            for published in (snippets.published(request, settings.PUBLIC_URL) for request in plan.requests)
        ],
    }


def verdict(plan: Plan) -> str:
    """ok, changed or error: what a badge says of all findings."""
    levels = {finding.level for finding in plan.findings}
    return "error" if "error" in levels else "changed" if levels & {"changed", "dropped"} else "ok"


def drawn_png(plan: Plan, team: Team, variables: dict[str, str] | None = None) -> bytes:
    """The picture of a plan, at most `PICTURE_WIDTH` wide. Raises Http404 for a plan that draws nothing."""
    if plan.drawn is None:
        raise Http404
    pictures = PreviewPainter(pictures=assets.pictures_for(team)).opened
    scale = min(1.0, PICTURE_WIDTH / plan.drawn.canvas.width)
    return render_png(plan.drawn, pictures=pictures, variables=variables or {}, scale=scale)
