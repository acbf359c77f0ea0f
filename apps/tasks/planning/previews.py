"""The plan of a start that was not requested yet, with its conflicts with other tasks."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Team
from apps.core.types import JsonObject
from apps.layout_document.serialize import to_json
from apps.tasks.finding_json import plan_json
from apps.tasks.inputs import PlanRequest
from apps.tasks.planning import conflicts, plans, validation


def preview(team: Team, request: PlanRequest, document: Any) -> JsonObject:
    """A plan as `manage.py plan` prints it, with its findings in the reader's language; and `drawn`: what the cloud will
    draw, as a layout document in output pixels, or None. `document` is used where the request has none.

    Raises `Invalid` with pointers into the request.
    """
    validation.check_plan_request(request)
    plan = plans.export(team=team, request=request, document=request.document or document)
    findings = [
        conflict.as_finding()
        for conflict in conflicts.find_conflicts(
            team, product=request.product, app=request.app, room=request.room, output=request.output
        )
    ]
    body = plan_json(plan)
    body["findings"] = [*findings, *body["findings"]]
    return {**body, "drawn": to_json(plan.drawn) if plan.drawn else None}
