"""The page of the editor: the layout, and the addresses it needs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.translate import translate
from apps.layouts import editor_state
from apps.layouts.models import LayoutTemplate
from apps.vendors import registry
from apps.vendors.capabilities import Capabilities


@require_GET
@team_page()
def editor(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    can_edit = request.membership.may(Role.PRODUCER)
    adapters = [registry.adapter(slug) for slug in registry.products()]
    api = f"/api/v1/layouts/{layout.pk}/"
    data = {
        "layout": {"id": str(layout.pk), "name": layout.name, "document": layout.document, "version": layout.version},
        "aids": editor_state.get_state(layout),
        "products": [
            {
                "slug": adapter.slug,
                "title": translate(adapter.title),
                "vendor": adapter.vendor,
                "limits": limits(adapter.capabilities),
            }
            for adapter in adapters
        ],
        "csrf": get_token(request),
        "urls": {
            "assets": "/api/v1/assets/",
            "presets": "/api/v1/presets/",
            "layout": api,
            "layouts": "/api/v1/layouts/",
            "export": f"{api}export/",
            "exportPage": f"/layouts/{layout.pk}/export/",
            "versions": f"{api}versions/",
            "restore": f"/layouts/{layout.pk}/restore/",
            "aids": f"{api}editor-state/",
            "check": "/api/v1/layouts/check/",
            "read": "/api/v1/layouts/read/",
            "tasks": "/api/v1/tasks/",
            "apps": "/api/v1/apps/",
            "start": f"/tasks/new/?layout={layout.pk}",
            "back": "/layouts/",
        },
        "language": get_language(),
        "readonly": not can_edit or request.GET.get("view") == "1",
        "person": str(request.user.pk),
    }
    return render(request, "layouts/editor.html", {"section": "layouts", "layout": layout, "editor_data": data})


def limits(capabilities: Capabilities) -> dict[str, Any]:
    """The limits the canvas keeps to while drawing for a product."""
    names = ("region_minimum", "regions_even", "overhang", "canvas_maximum", "opacity")
    return {name: value for name, value in capabilities.to_json().items() if name in names}
