"""A new layout from a preset: ours and the team's own, drawn small in every shape."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.models import Role, Team
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core import refusals
from apps.core.errors import QuadboxError
from apps.core.query_params import valid_id
from apps.core.translate import translate
from apps.layout_document.places import document, seats
from apps.layout_document.presets import PRESETS, preset
from apps.layout_document.serialize import to_json
from apps.layouts import services
from apps.layouts.models import LayoutPreset

SIZES = {"1280x720": (1280, 720), "720x1280": (720, 1280), "720x720": (720, 720)}


class NewLayoutForm(forms.Form):
    name = forms.CharField(max_length=120, required=False)


def preset_choices() -> list[dict[str, Any]]:
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


def team_preset_choices(team: Team) -> list[dict[str, Any]]:
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
        for row in LayoutPreset.objects.filter(team=team).order_by("name", "id")
    ]


@require_POST
@team_page(Role.PRODUCER)
def new_layout(request: TeamRequest) -> HttpResponse:
    preset_name = request.POST.get("preset", "")
    width, height = SIZES.get(request.POST.get("size", ""), SIZES["1280x720"])
    own_id = None if preset_name in PRESETS else valid_id(preset_name)
    own = LayoutPreset.objects.filter(team=request.team, pk=own_id).first() if own_id else None
    if preset_name not in PRESETS and own is None:
        messages.error(request, _("Choose a preset."))
        return redirect("layouts")
    form = NewLayoutForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["name"]))
        return redirect("layouts")
    drawn = document(own.shapes, width, height) if own else preset(preset_name, width, height)
    name = form.cleaned_data["name"] or (own.name if own else translate(PRESETS[preset_name]))
    try:
        layout = services.create_layout(team=request.team, user=request.user, name=name, document=to_json(drawn))
    except QuadboxError as error:
        refusals.flash(request, error)
        return redirect("layouts")
    return redirect("layout_editor", layout_id=layout.pk)
