"""Plans: what would be sent to the vendor for a task, and what it cannot draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core.errors import Problem, Refused
from apps.core.ids import new_id
from apps.layout_document.parse import parse
from apps.layouts import assets
from apps.preview.painter import PreviewPainter
from apps.tasks import finding_json
from apps.tasks.inputs import PlanRequest
from apps.tasks.models import Task
from apps.tasks.planning.specs import app_spec, bindings_of, known_objects, ref_of, spec_of
from apps.vendors.plan import Finding, Plan
from apps.vendors.registry import adapter
from apps.vendors.sample import sample_app, sample_output, sample_people
from apps.vendors.types import TaskSpec

Planned: TypeAlias = Literal["start", "update", "stop", "query"]


def plan_for(task: Task, operation: Planned) -> tuple[Plan, dict[str, bytes]]:
    """The plan, and the PNGs by SHA-256 that must be published before it is sent."""
    product = adapter(task.product)
    if operation == "stop":
        return product.plan_stop(ref_of(task)), {}
    if operation == "query":
        return product.plan_query(ref_of(task)), {}
    return plan_layout(task.product, spec_of(task), operation, task.team)


def plan_layout(
    product: str, spec: TaskSpec, operation: Literal["start", "update"], team: Team
) -> tuple[Plan, dict[str, bytes]]:
    painter = PreviewPainter(pictures=assets.pictures_for(team), variables=spec.variables)
    return adapter(product).plan(operation, spec, painter), painter.published


def export(*, team: Team, request: PlanRequest, document: Any) -> Plan:
    """What a start would send, without a task. What is missing stands as a sample: app, room, people, push URL."""
    product, app = adapter(request.product), request.app
    parsed = parse(document)
    spec = TaskSpec(
        app=app_spec(app) if app else sample_app(product),
        document=parsed,
        room=request.room or "room",
        task_id=product.vendor_task_id(str(new_id()), 1),
        bindings=sample_people(parsed) if request.bindings is None else bindings_of(request.bindings),
        variables=request.variables or {},
        output=request.output or sample_output(product),
        encoding=request.encoding or {},
        options=request.options or {},
        known=known_objects(app) if app else {},
    )
    return plan_layout(request.product, spec, "start", team)[0]


def refuse_errors(plan: Plan, document: Mapping[str, Any]) -> None:
    """Raises `Refused` when a finding says that the call would fail; each error becomes a problem."""
    if plan.errors:
        problems = [
            Problem(pointer_of(error, document), error.code, finding_json.finding_message(error))
            for error in plan.errors
        ]
        raise Refused(_("This product cannot run this task as it is."), problems=problems)


def pointer_of(finding: Finding, document: Mapping[str, Any]) -> str:
    """Where the finding points, seen from the task: into its document or at one of its own fields."""
    field = finding.field.replace(".", "/")
    if finding.object_id is not None:
        ids = [item.get("id") for item in document.get("objects", [])]
        if finding.object_id in ids:
            where = f"/document/objects/{ids.index(finding.object_id)}"
            return f"{where}/{field}" if field else where
    if field.split("/")[0] == "canvas":
        return f"/document/{field}"
    return f"/{field}" if field else ""
