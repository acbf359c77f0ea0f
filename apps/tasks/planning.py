"""From a task to the value a product plans with, and to the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core.errors import Problem, Refused
from apps.core.ids import new_id
from apps.credentials.models import App, VendorObject
from apps.layout_document.parse import parse
from apps.layouts import assets
from apps.preview.painter import PreviewPainter
from apps.tasks import words
from apps.tasks.models import Task
from apps.vendors.plan import Finding, Plan
from apps.vendors.registry import adapter
from apps.vendors.sample import sample_app, sample_output, sample_people
from apps.vendors.types import AppSpec, Binding, TaskSpec

Planned: TypeAlias = Literal["start", "update", "stop", "query"]


def app_spec(app: App) -> AppSpec:
    return AppSpec(app.vendor_app_id, app.settings)


def spec_of(task: Task) -> TaskSpec:
    """The task as a value. Before the first start it has a vendor task id in prospect only."""
    vendor_task_id = task.vendor_task_id or adapter(task.product).vendor_task_id(str(task.pk), task.attempt + 1)
    return TaskSpec(
        app=app_spec(task.app),
        document=parse(task.document),
        room=task.room,
        task_id=vendor_task_id,
        bindings=bindings_of(task.bindings),
        variables=task.variables,
        output=task.output,
        encoding=task.encoding,
        options=task.options,
        previous=task.carry or None,
        known=known_objects(task.app),
    )


def bindings_of(bindings: Mapping[str, Mapping[str, Any]]) -> dict[str, Binding]:
    return {slot: Binding(str(binding["user_id"])) for slot, binding in bindings.items()}


def known_objects(app: App) -> dict[str, str]:
    return dict(VendorObject.objects.filter(app=app).values_list("key", "value"))


def plan_for(task: Task, operation: Planned) -> tuple[Plan, dict[str, bytes]]:
    """The plan, and the PNGs by SHA-256 that must be published before it is sent."""
    return plan_spec(task.product, spec_of(task), operation, task.team)


def plan_spec(product: str, spec: TaskSpec, operation: Planned, team: Team) -> tuple[Plan, dict[str, bytes]]:
    product_adapter = adapter(product)
    if operation == "stop":
        return product_adapter.plan_stop(spec), {}
    if operation == "query":
        return product_adapter.plan_query(spec), {}
    painter = PreviewPainter(pictures=assets.pictures_for(team), variables=spec.variables)
    plan = (product_adapter.plan_start if operation == "start" else product_adapter.plan_update)(spec, painter)
    return plan, painter.published


def export(
    *,
    team: Team,
    product: str,
    document: Any,
    app: App | None = None,
    room: str = "",
    bindings: Mapping[str, Any] | None = None,
    variables: Mapping[str, str] | None = None,
    output: Mapping[str, Any] | None = None,
    encoding: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Plan:
    """What a start would send, without a task. What is not given stands as a sample: app, room, people, push URL."""
    product_adapter = adapter(product)
    parsed = parse(document)
    spec = TaskSpec(
        app=app_spec(app) if app else sample_app(product_adapter),
        document=parsed,
        room=room or "room",
        task_id=product_adapter.vendor_task_id(str(new_id()), 1),
        bindings=sample_people(parsed) if bindings is None else bindings_of(bindings),
        variables=variables or {},
        output=output or sample_output(product_adapter),
        encoding=encoding or {},
        options=options or {},
        known=known_objects(app) if app else {},
    )
    return plan_spec(product, spec, "start", team)[0]


def refuse_errors(plan: Plan, document: Mapping[str, Any]) -> None:
    """Raises `Refused` when a finding says that the call would fail; each error becomes a problem."""
    if plan.errors:
        problems = [Problem(pointer_of(error, document), error.code, words.message(error)) for error in plan.errors]
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
