"""A layout brought in: a file, a layout document, or what somebody sends to a cloud."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.errors import Refused
from apps.core.translate import translate
from apps.layouts import imports, services
from apps.layouts.models import LayoutTemplate
from apps.vendors import pasted, registry


@team_page(Role.PRODUCER)
def bring(request: TeamRequest) -> HttpResponse:
    """A layout document, or what somebody sends to a cloud, as a new layout; every problem with its place. What comes
    back into the form holds no secret."""
    context: dict[str, Any] = {"section": "layouts", "name": "", "text": "", "product": ""}
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("name", "text", "product")}
        context |= {**given, "name": given["name"].strip(), "text": shown_again(given["text"])}
        try:
            text, suggested = imports.text_of(request.FILES.get("file"), given["text"])
            name = (context["name"] or suggested).replace("\0", "")[:120]
            wish = {"payload": text, "product": given["product"], "name": name}
            return brought(request, *services.import_layout(team=request.team, user=request.user, **wish))
        except Refused as error:
            problems = [imports.translated_problem(problem).as_json() for problem in error.problems]
            context |= {"detail": translate(error.detail), "problems": problems}
    context["choices"] = [(slug, translate(registry.adapter(slug).title)) for slug in registry.products()]
    return render(request, "layouts/import.html", context)


def shown_again(text: str) -> str:
    return pasted.without_secrets(text) if len(text) <= imports.LARGEST else ""


def brought(request: TeamRequest, layout: LayoutTemplate, made: imports.Brought) -> HttpResponse:
    """On to the editor, or first to what the import had to say."""
    if not made.product:
        return redirect("layout_editor", layout_id=layout.pk)
    imports.remember(request.session, str(layout.pk), made)
    return redirect("layout_brought", layout_id=layout.pk)


@require_GET
@team_page(Role.PRODUCER)
def brought_page(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    """What became of a cloud's payload, for whoever imported it just now."""
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    said = imports.remembered(request.session, str(layout.pk))
    if said is None:
        return redirect("layout_editor", layout_id=layout.pk)
    seats = [
        {"name": region.name or region.source.slot, "slot": region.source.slot, "stream": region.source.stream,
         "person": said.bindings.get(region.source.slot, "")}
        for region in services.document_of(layout).regions
    ]  # fmt: skip
    adapter = registry.adapter(said.product)
    told = [imports.translated_problem(one) for one in said.not_understood]
    context = {"section": "layouts", "layout": layout, "seats": seats, "not_understood": told, "more": said.more}
    context["left_out"] = len(told) + said.more
    context |= {"vendor": adapter.vendor, "title": translate(adapter.title)}
    return render(request, "layouts/brought.html", context)
