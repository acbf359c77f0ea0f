"""Start a task: the form, and beside it what will happen."""

from __future__ import annotations

import base64
import json
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.doors import page
from apps.accounts.models import Role, Team
from apps.accounts.requests import TeamRequest
from apps.core.door import ask, is_ok, problems_of
from apps.core.paging import valid_id
from apps.layout_document.parse import parse
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter
from apps.tasks import form
from apps.tasks.api import ExportView, TaskViewSet
from apps.tasks.task_page import name_objects

PICTURE_WIDTH = 720  # pixels


@page(Role.PRODUCER)
def task_new(request: TeamRequest) -> HttpResponse:
    team = request.team
    filled = form.read(request.POST) if request.method == "POST" else form.first(request.GET, team)
    refused: dict[str, Any] = {}
    if request.method == "POST":
        made = ask(request, TaskViewSet, "post", "create", form.payload(filled))
        if is_ok(made):
            started = ask(request, TaskViewSet, "post", "start", pk=str(made.data["id"]))
            if not is_ok(started):
                said = problems_of(started)
                messages.error(request, " ".join([said["detail"], *(one["message"] for one in said["problems"])]))
            return redirect("task", task_id=made.data["id"])
        refused = problems_of(made)
    context = form.context(team, filled, refused.get("problems"))
    refused["problems"] = [one for one in refused.get("problems", []) if not form.field_of(one["pointer"])]
    context |= refused | {"refused": bool(refused.get("detail")), "outlook": outlook(request, filled)}
    return render(request, "tasks/new.html", {"section": "control", "form": filled, **context})


@require_POST
@page(Role.PRODUCER)
def task_plan(request: TeamRequest) -> HttpResponse:
    return render(request, "tasks/_outlook.html", {"outlook": outlook(request, form.read(request.POST))})


@require_GET
@page(Role.PRODUCER)
def task_seats(request: TeamRequest) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=valid_id(request.GET.get("layout")))
    return render(request, "tasks/_people.html", form.seats(layout.document, form.read(request.GET)))


@require_GET
@page(Role.PRODUCER)
def task_fields(request: TeamRequest) -> HttpResponse:
    """What the chosen product asks for."""
    filled = form.read(request.GET)
    return render(request, "tasks/_product.html", {"form": filled, **form.product_fields(filled)})


def outlook(request: TeamRequest, filled: form.Filled) -> dict[str, Any]:
    """What will happen if this form is sent: the picture, the findings, the exact requests, and why not."""
    payload = form.payload(filled)
    product = form.target_of(filled)[1]
    found: dict[str, Any] = {
        "vendor": product.vendor.title() if product else "",
        "later": filled["starts_at"],
        "ready": False,
        "reason": "",
        "errors": {},
    }
    wanted = valid_id(filled["layout"])
    layout = LayoutTemplate.objects.filter(team=request.team, pk=wanted).first() if wanted else None
    if layout is None or product is None:
        return found | {"reason": _("Choose a cloud and a layout first.")}
    data = {name: payload[name] for name in ("product", "app", "room", "bindings", "variables", "output", "encoding",
                                             "options")}  # fmt: skip
    answer = ask(request, ExportView, "post", "post", data, pk=str(layout.pk))
    if not is_ok(answer):
        refused = problems_of(answer)
        elsewhere = [one for one in refused["problems"] if not form.field_of(one["pointer"])]
        picture = drawn(request.team, layout.document, payload["variables"])
        return found | {
            "picture": picture,
            "detail": refused["detail"] if elsewhere or not refused["problems"] else "",
            "problems": elsewhere,
            "errors": form.at_fields(refused["problems"]),
            "reason": _("Mend the fields that are marked."),
        }
    plan = dict(answer.data)
    name_objects(plan["findings"], layout.document)
    for one in plan["requests"]:
        one["pretty"] = json.dumps(
            {"url": one["url"], "query": one["query"], "body": one["body"]}, indent=1, ensure_ascii=False
        )
    return found | {
        "plan": plan,
        "layout": layout,
        "picture": drawn(request.team, plan["drawn"] or layout.document, payload["variables"]),
        **readiness(payload, plan),
    }


def readiness(payload: dict[str, Any], plan: dict[str, Any]) -> dict[str, Any]:
    """Whether it can be started, and if not, why: the first thing to do."""
    if not payload["room"]:
        return {"reason": _("Name the room first.")}
    if payload["output"].get("push_urls") == []:
        return {"reason": _("Give the push URL first.")}
    if any(one["level"] == "error" for one in plan["findings"]):
        return {"reason": _("An error above would make the call fail.")}
    return {"ready": True}


def drawn(team: Team, document: Any, variables: dict[str, str]) -> str:
    """The picture of a document, as a data URL: it belongs to this moment of the form only."""
    shown = parse(document)
    painter = PreviewPainter(pictures=partial(assets.read, team=team))
    scale = min(1.0, PICTURE_WIDTH / max(shown.canvas.width, shown.canvas.height))
    png = render_png(shown, pictures=painter.opened, variables=variables, scale=scale)
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
