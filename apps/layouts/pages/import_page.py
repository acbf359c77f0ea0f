"""The import of a layout: a file, a layout document, or what somebody sends to a cloud."""

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
from apps.layouts import import_session, imports, previews, services
from apps.layouts.models import LayoutTemplate
from apps.vendors import registry
from apps.vendors.importing import pasted_text


@team_page(Role.PRODUCER)
def import_page(request: TeamRequest) -> HttpResponse:
    """A new layout from the text or file; every problem with its place. What is shown again in the form holds no
    secret."""
    context: dict[str, Any] = {"section": "layouts", "name": "", "text": "", "product": ""}
    if request.method == "POST":
        posted = {name: request.POST.get(name, "") for name in ("name", "text", "product")}
        context |= {**posted, "name": posted["name"].strip(), "text": without_secrets(posted["text"])}
        try:
            text, file_name = imports.read_upload(request.FILES.get("file"), posted["text"])
            name = (context["name"] or file_name).replace("\0", "")[:120]
            layout, result = services.import_layout(
                team=request.team, user=request.user, payload=text, product=posted["product"], name=name
            )
        except Refused as error:
            problems = [imports.translated_problem(problem).as_json() for problem in error.problems]
            context |= {"detail": translate(error.detail), "problems": problems}
        else:
            return next_page(request, layout, result)
    context["choices"] = [(slug, translate(registry.adapter(slug).title)) for slug in registry.products()]
    return render(request, "layouts/import.html", context)


def without_secrets(text: str) -> str:
    """The text to show again, or "" where it is too large to be searched for secrets."""
    return pasted_text.without_secrets(text) if len(text) <= imports.MAX_PAYLOAD_BYTES else ""


def next_page(request: TeamRequest, layout: LayoutTemplate, result: imports.ImportResult) -> HttpResponse:
    """The editor, or first the report of what was imported from a cloud's payload."""
    if not result.product:
        return redirect("layout_editor", layout_id=layout.pk)
    import_session.remember(request.session, str(layout.pk), result)
    return redirect("layout_import_report", layout_id=layout.pk)


@require_GET
@team_page(Role.PRODUCER)
def import_report(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    """What was read of a cloud's payload, for the person who imported it just now."""
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    result = import_session.remembered(request.session, str(layout.pk))
    if result is None:
        return redirect("layout_editor", layout_id=layout.pk)
    seats = [
        {"name": region.name or region.source.slot, "slot": region.source.slot, "stream": region.source.stream,
         "person": result.bindings.get(region.source.slot, "")}
        for region in previews.document_of(layout).regions
    ]  # fmt: skip
    adapter = registry.adapter(result.product)
    not_understood = [imports.translated_problem(problem) for problem in result.not_understood]
    context = {
        "section": "layouts",
        "layout": layout,
        "seats": seats,
        "not_understood": not_understood,
        "more": result.more,
        "left_out": len(not_understood) + result.more,
        "vendor": adapter.vendor,
        "title": translate(adapter.title),
    }
    return render(request, "layouts/import_report.html", context)
