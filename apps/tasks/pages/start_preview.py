"""What will happen if the start form is sent as it is: the picture, the findings, the exact requests, and why not."""

from __future__ import annotations

import base64
import json
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.accounts.requests import TeamRequest
from apps.core.door import ask, is_ok, problems_of
from apps.core.paging import valid_id
from apps.core.types import JsonObject
from apps.layout_document.parse import parse
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter
from apps.tasks.pages import finding_groups, form_samples, start_form
from apps.tasks.rest.views import ExportView

PICTURE_WIDTH = 720  # pixels
PLANNED = ("product", "app", "room", "bindings", "variables", "output", "encoding", "options")  # what a plan needs


def outlook(request: TeamRequest, filled: start_form.Filled, *, tried: bool = False) -> JsonObject:
    """For `tasks/_outlook.html`. Until a start was `tried`, what is merely not filled in yet is no error."""
    payload = start_form.payload(filled)
    product = start_form.target_of(filled)[1]
    found: JsonObject = {
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
    data = {name: payload[name] for name in PLANNED}
    answer = ask(request, ExportView, "post", "post", data, pk=str(layout.pk))
    if not is_ok(answer):
        refused = problems_of(answer)
        elsewhere = [problem for problem in refused["problems"] if not start_form.field_of(problem["pointer"])]
        picture = drawn(request.team, layout.document, payload["variables"])
        return found | {
            "picture": picture,
            "detail": refused["detail"] if elsewhere or not refused["problems"] else "",
            "problems": elsewhere,
            "errors": start_form.at_fields(refused["problems"]),
            "reason": _("Fix the highlighted fields."),
        }
    plan = dict(answer.data)
    for one in plan["requests"]:
        one["pretty"] = json.dumps(
            {"url": one["url"], "query": one["query"], "body": one["body"]}, indent=1, ensure_ascii=False
        )
    nobody = form_samples.nobody_sits(layout.document, data["bindings"])
    samples = form_samples.with_samples(data, filled, product, people=nobody)
    sampled = (planned(request, layout, samples) if samples != data else None) or plan
    if not tried:
        plan["findings"] = form_samples.without_blame(plan["findings"], sampled["findings"])
        if not payload["room"]:
            plan["findings"].insert(0, form_samples.missing(_("Enter a room.")))
    # Where only sound is made, say, sample people are out of sight too.
    nobody = nobody and form_samples.shows_people(sampled["drawn"])
    picture = (sampled if nobody else plan)["drawn"] or layout.document
    return found | {
        "plan": plan,
        "findings": finding_groups.grouped(plan["findings"], layout.document),
        "layout": layout,
        "nobody": nobody,
        "picture": drawn(request.team, picture, payload["variables"]),
        **readiness(payload, plan),
    }


def planned(request: TeamRequest, layout: LayoutTemplate, data: JsonObject) -> JsonObject | None:
    """The plan of `data`; None where it is refused."""
    answer = ask(request, ExportView, "post", "post", data, pk=str(layout.pk))
    return dict(answer.data) if is_ok(answer) else None


def readiness(payload: JsonObject, plan: JsonObject) -> JsonObject:
    """Whether it can be started, and if not, why: the first thing to do."""
    levels = {finding["level"] for finding in plan["findings"]}
    if not payload["room"]:
        return {"reason": _("Enter a room first.")}
    if payload["output"].get("push_urls") == []:
        return {"reason": _("Enter the push URL first.")}
    if "error" in levels:
        return {"reason": _("An error below would make the request fail.")}
    if form_samples.MISSING in levels:
        return {"reason": _("Fill in the missing fields first.")}
    return {"ready": True}


def drawn(team: Team, document: Any, variables: dict[str, str]) -> str:
    """The picture of a document, as a data URL: it belongs to this moment of the form only."""
    shown = parse(document)
    painter = PreviewPainter(pictures=partial(assets.read, team=team))
    scale = min(1.0, PICTURE_WIDTH / max(shown.canvas.width, shown.canvas.height))
    png = render_png(shown, pictures=painter.opened, variables=variables, scale=scale)
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
