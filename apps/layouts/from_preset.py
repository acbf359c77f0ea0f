"""A new layout from one of the pictures: ours and the team's own, drawn small in every shape."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.door import ask, complain, is_ok
from apps.core.paging import valid_id
from apps.core.translate import translate
from apps.layout_document.places import document, seats
from apps.layout_document.presets import PRESETS, preset
from apps.layout_document.serialize import to_json
from apps.layouts.api import LayoutViewSet
from apps.layouts.models import LayoutPreset

SIZES = {"1280x720": (1280, 720), "720x1280": (720, 1280), "720x720": (720, 720)}


def drawn_presets() -> list[dict[str, Any]]:
    """Each preset in each shape, as boxes for a small drawing."""
    return [
        {"name": name, "title": translate(PRESETS[name]), "shapes": shapes} for name, shapes in preset_shapes().items()
    ]


@cache
def preset_shapes() -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {"size": size, "width": width, "height": height, "boxes": preset(name, width, height).regions}
            for size, (width, height) in SIZES.items()
        ]
        for name in PRESETS
    }


def own_presets(request: TeamRequest) -> list[dict[str, Any]]:
    """The team's own, drawn like the others."""
    return [
        {
            "name": str(row.pk),
            "title": row.name,
            "shapes": [
                {
                    "size": size,
                    "width": width,
                    "height": height,
                    "boxes": [box for box, _seat in seats(row.shapes, width, height)],
                }
                for size, (width, height) in SIZES.items()
            ],
        }
        for row in LayoutPreset.objects.filter(team=request.team).order_by("name", "id")
    ]


@require_POST
@team_page(Role.PRODUCER)
def new(request: TeamRequest) -> HttpResponse:
    name = request.POST.get("preset", "")
    width, height = SIZES.get(request.POST.get("size", ""), SIZES["1280x720"])
    chosen = None if name in PRESETS else valid_id(name)
    own = LayoutPreset.objects.filter(team=request.team, pk=chosen).first() if chosen else None
    if name not in PRESETS and own is None:
        messages.error(request, _("Choose one of the pictures."))
        return redirect("layouts")
    drawn = document(own.shapes, width, height) if own else preset(name, width, height)
    title = request.POST.get("name", "").strip() or (own.name if own else translate(PRESETS[name]))
    answer = ask(request, LayoutViewSet, "post", "create", {"name": title, "document": to_json(drawn)})
    complain(request, answer)
    if not is_ok(answer):
        return redirect("layouts")
    return redirect("layout_editor", layout_id=answer.data["id"])
