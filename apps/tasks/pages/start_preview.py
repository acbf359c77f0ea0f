"""What will happen if the start form is sent as it is: the picture, the findings, the exact requests, or why it cannot."""

from __future__ import annotations

import base64
import json
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core import refusals
from apps.core.errors import Invalid
from apps.core.types import JsonObject
from apps.layout_document.parse import parse
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter
from apps.tasks import selectors
from apps.tasks.inputs import PlanRequest
from apps.tasks.pages import finding_groups, form_samples, start_form, start_time
from apps.tasks.pages.start_values import StartValues
from apps.tasks.planning import previews

PICTURE_WIDTH = 720  # pixels


def start_preview(team: Team, values: StartValues, *, tried: bool = False) -> JsonObject:
    """For `tasks/_start_preview.html`. Until a start was `tried`, what is merely missing is no error."""
    product = values.product
    start = start_time.read(values.starts_at, values.starts_at_fold)
    context: JsonObject = {
        "vendor": product.vendor.title() if product else "",
        "scheduled": values.starts_at,
        "start": start,
        "ready": False,
        "reason": "",
        "errors": start_form.errors_by_field([start.problem] if start.problem else []),
    }
    layout = selectors.layout_of(team, values.layout)
    if layout is None or product is None:
        return context | {"reason": _("Choose a cloud and a layout first.")}
    try:
        request = start_form.plan_request(team, values)
        plan = previews.preview(team, request, layout.document)
    except Invalid as error:
        elsewhere = [problem for problem in error.problems if not start_form.field_at(problem.pointer)]
        problems = refusals.as_context(error, elsewhere)
        return context | {
            "picture": draw(team, layout.document, values.vars),
            "detail": problems["detail"] if elsewhere or not error.problems else "",
            "problems": problems["problems"],
            "errors": context["errors"] | start_form.errors_by_field(error.problems),
            "reason": _("Fix the highlighted fields."),
        }
    for planned in plan["requests"]:
        planned["pretty"] = json.dumps(
            {"url": planned["url"], "query": planned["query"], "body": planned["body"]}, indent=1, ensure_ascii=False
        )
    return context | shown_plan(team, values, layout, request, plan, tried) | readiness(request, plan, start)


def shown_plan(
    team: Team, values: StartValues, layout: LayoutTemplate, request: PlanRequest, plan: JsonObject, tried: bool
) -> JsonObject:
    """The plan and its picture, drawn with sample people while nobody is assigned. Changes the plan's findings."""
    unassigned = form_samples.has_no_bindings(layout.document, request.bindings)
    with_samples = form_samples.with_samples(request, values, people=unassigned)
    sample_plan = plan
    if with_samples != request:
        try:
            sample_plan = previews.preview(team, with_samples, layout.document)
        except Invalid:
            sample_plan = plan
    if not tried:
        plan["findings"] = form_samples.downgrade_missing(plan["findings"], sample_plan["findings"])
        if not request.room:
            plan["findings"].insert(0, form_samples.missing(_("Enter a room.")))
    # Where only audio is made, for example, sample people are not drawn either.
    unassigned = unassigned and form_samples.shows_people(sample_plan["drawn"])
    document = (sample_plan if unassigned else plan)["drawn"] or layout.document
    return {
        "plan": plan,
        "findings": finding_groups.grouped(plan["findings"], layout.document),
        "layout": layout,
        "unassigned": unassigned,
        "picture": draw(team, document, values.vars),
    }


def readiness(request: PlanRequest, plan: JsonObject, start: start_time.StartTime) -> JsonObject:
    """Whether it can be started, and if not, the first thing to do."""
    levels = {finding["level"] for finding in plan["findings"]}
    if not request.room:
        return {"reason": _("Enter a room first.")}
    if request.output.get("push_urls") == []:
        return {"reason": _("Enter the push URL first.")}
    if "error" in levels:
        return {"reason": _("An error below would make the request fail.")}
    if form_samples.MISSING in levels:
        return {"reason": _("Fill in the missing fields first.")}
    if start.problem:
        return {"reason": _("Fix the highlighted fields.")}
    return {"ready": True}


def draw(team: Team, document: Any, variables: dict[str, str]) -> str:
    """The picture of a document as a data URL: it belongs to this moment of the form only."""
    parsed = parse(document)
    painter = PreviewPainter(pictures=partial(assets.read, team=team))
    scale = min(1.0, PICTURE_WIDTH / max(parsed.canvas.width, parsed.canvas.height))
    png = render_png(parsed, pictures=painter.opened, variables=variables, scale=scale)
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
