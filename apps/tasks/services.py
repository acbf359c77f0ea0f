"""What people can request of tasks. Each request is stored in one transaction; a job carries it out.

Pages and REST both call these, with inputs that each has validated by its own forms or serializers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Team, User
from apps.core.errors import Conflict, Invalid, Problem, Refused
from apps.core.translate import translate
from apps.core.types import JsonObject
from apps.layout_document.parse import parse
from apps.layout_document.serialize import to_json
from apps.layouts.models import LayoutTemplate, LayoutVersion
from apps.tasks import finding_json, queue
from apps.tasks.engine import ledger, lifecycle
from apps.tasks.engine.broadcasts import broadcast
from apps.tasks.inputs import ChangeOnAir, NewTask
from apps.tasks.models import Desired, EventCode, State, Task
from apps.tasks.planning import changes, conflicts, plans
from apps.tasks.planning.validation import check_fields
from apps.tasks.selectors import iso
from apps.vendors.plan import Plan
from apps.vendors.registry import adapter

DRAFT_FIELDS = ("name", "app", "product", "layout", "room", "bindings", "variables", "output", "encoding", "options",
                "starts_at")  # fmt: skip


@transaction.atomic
def create_task(*, team: Team, user: User | None, inputs: NewTask) -> Task:
    """A draft. Raises `Invalid` with problems."""
    layout_version, document = layout_at(inputs.layout, inputs.version)
    task = Task(
        team=team,
        created_by=user,
        app=inputs.app,
        product=inputs.product,
        layout=inputs.layout,
        layout_version=layout_version,
        document=document,
        room=inputs.room,
        name=inputs.name,
        bindings=inputs.bindings,
        variables=inputs.variables,
        output=inputs.output,
        encoding=inputs.encoding,
        options=inputs.options,
        starts_at=inputs.starts_at,
    )
    check_fields(task)
    task.save()
    ledger.write(task.pk, EventCode.CREATED, {"layout": str(inputs.layout.pk), "version": layout_version}, actor=user)
    broadcast(task)
    return task


@transaction.atomic
def create_and_start(*, team: Team, user: User | None, inputs: NewTask) -> Task:
    """Both or nothing: a start that is refused leaves no draft. Raises as `create_task` and `start_task` do."""
    return start_task(create_task(team=team, user=user, inputs=inputs), user=user)


@transaction.atomic
def change_task(task: Task, *, user: User | None, **changes: Any) -> Task:
    """Changes a draft; a new layout takes that layout's present version."""
    task = locked(task)
    if task.state != State.DRAFT:
        raise Conflict(
            _("Only a draft can be changed. Apply a layout to a running task, or stop it and start a new one.")
        )
    for name, value in changes.items():
        setattr(task, name, value)
    if "layout" in changes:
        task.layout_version, task.document = layout_at(changes["layout"], None)
    check_fields(task)
    task.save()
    ledger.write(task.pk, EventCode.CHANGED, {"fields": sorted(changes)}, actor=user)
    broadcast(task)
    return task


@transaction.atomic
def delete_task(task: Task) -> None:
    task = locked(task)
    if task.state != State.DRAFT:
        raise Conflict(_("Only a draft can be deleted. Other tasks stay in the ledger."))
    task.delete()


@transaction.atomic
def start_task(task: Task, *, user: User | None) -> Task:
    """Requests the task to run, now or at its `starts_at`. Raises `Refused` with problems where the product would certainly
    reject it."""
    task = locked(task)
    if task.state != State.DRAFT:
        raise Conflict(_("This task was already started."))
    plan, _pictures = plans.plan_for(task, "start")
    plans.refuse_errors(plan, task.document)
    task.desired, task.state = Desired.RUNNING, State.SCHEDULED
    later = task.starts_at is not None and task.starts_at > timezone.now()
    code = EventCode.SCHEDULED_START if later else EventCode.START
    schedule = {"starts_at": iso(task.starts_at)} if later else {}
    other_tasks = conflicts.find_conflicts(
        task.team, product=task.product, app=task.app, room=task.room, output=task.output, exclude=task.pk
    )
    findings = [conflict.as_finding() for conflict in other_tasks]
    findings += [finding_json.for_ledger(finding) for finding in plan.findings]
    store_request(task, code, user, {**schedule, "findings": findings})
    ledger.write(task.pk, EventCode.STATE_CHANGED, {"from": "draft", "to": "scheduled", "by": "us"})
    return task


@transaction.atomic
def apply_layout(task: Task, *, user: User | None, change: ChangeOnAir) -> Task:
    """Changes what is on air: another layout (or the saved version of its own), other people, texts or options of the product
    where it supports them."""
    task = locked(task)
    plan = planned_change(task, change)
    plans.refuse_errors(plan, task.document)
    data: dict[str, Any] = {"layout": str(task.layout_id or ""), "version": task.layout_version}
    if change.bindings is not None:
        data["people"] = sorted(binding["user_id"] for binding in change.bindings.values())
    if change.options:
        data["options"] = sorted(change.options)
    data["findings"] = [finding_json.for_ledger(finding) for finding in plan.findings]
    store_request(task, EventCode.APPLY_LAYOUT, user, data)
    return task


def planned_change(task: Task, change: ChangeOnAir) -> Plan:
    """Sets the change on the row, unsaved, and returns the plan for it. Raises `Conflict`, `Refused` or
    `Invalid` where it cannot be."""
    product = adapter(task.product)
    if task.desired != Desired.RUNNING or task.state in lifecycle.TERMINAL:
        raise Conflict(_("A layout can be applied only to a task that is running or starting."))
    if not product.can_update:
        raise Refused(_("%(product)s does not support changes on air.") % {"product": translate(product.title)})
    chosen = change.layout or task.layout
    if chosen is None and change.version is not None:
        raise Invalid(
            _("The layout of this task was deleted."), problems=[Problem("/layout", "required", _("Choose a layout."))]
        )
    own = chosen is not None and (chosen.pk, change.version) == (task.layout_id, task.layout_version)
    if chosen is not None and not own:  # the task has its own version's document, also when that is stored no more
        task.layout_version, task.document = layout_at(chosen, change.version)
        task.layout = chosen
    if change.bindings is not None:
        task.bindings = change.bindings
    if change.variables is not None:
        task.variables = change.variables
    if change.options is not None:
        task.options = merged(task.options, change.options)
    check_fields(task)
    return plans.plan_for(task, "update")[0]


def preview_change(task: Task, change: ChangeOnAir) -> JsonObject:
    """What `apply_layout` would send, draw and change, with sentences in the reader's language. Nothing is sent or stored;
    the row is changed in memory only. Raises as `planned_change` does."""
    before = changes.on_air(task)
    plan = planned_change(task, change)
    drawn = to_json(plan.drawn) if plan.drawn else None
    sentences = changes.changes(before, changes.wanted(task))
    return {**finding_json.plan_json(plan), "drawn": drawn, "changes": sentences}


def merged(before: dict[str, Any], options: Any) -> Any:
    """The options with those given; null removes one. A value that is not an object is returned unchanged, for the validation to
    name it."""
    if not isinstance(options, dict):
        return options
    return {name: value for name, value in {**before, **options}.items() if value is not None}


@transaction.atomic
def stop_task(task: Task, *, user: User | None) -> Task:
    """Requests the task to stop, also one that ended here and still runs at the cloud. A second request is no error: it sends
    the stop again."""
    task = locked(task)
    if task.state == State.DRAFT:
        raise Conflict(_("A draft is not running."))
    if task.state in lifecycle.TERMINAL and not task.orphaned_at:
        raise Conflict(_("This task has already ended."))
    task.desired = Desired.STOPPED
    store_request(task, EventCode.STOP, user, {})
    return task


@transaction.atomic
def poll_now(task: Task) -> Task:
    """Requests the status from the cloud now instead of at the next poll."""
    task = locked(task)
    if not task.vendor_task_id:
        raise Conflict(_("The cloud does not know this task yet."))
    if task.state in (State.DRAFT, State.SCHEDULED):
        raise Conflict(_("There is no status to request in this state."))
    task.next_poll_at = timezone.now()
    task.save(update_fields=["next_poll_at", "updated_at"])
    queue.poll_after_commit(task.pk)
    return task


def store_request(task: Task, code: EventCode, user: User | None, data: dict[str, Any]) -> None:
    """Saves the task with the next generation, and queues the job that carries it out."""
    task.generation += 1
    task.tries, task.retry_at = 0, None
    task.save()
    ledger.write(task.pk, code, {**data, "generation": task.generation}, actor=user)
    broadcast(task)
    queue.work_on_after_commit(task.pk)


def locked(task: Task) -> Task:
    rows = Task.objects.select_for_update(of=("self",))
    return rows.select_related("app__credential", "team", "layout").get(pk=task.pk)


def layout_at(layout: LayoutTemplate, version: int | None) -> tuple[int, dict[str, Any]]:
    """(version, document): the present one, or the one asked for. Raises `Invalid`."""
    if version is None or version == layout.version:
        parse(layout.document)
        return layout.version, layout.document
    stored = LayoutVersion.objects.filter(layout=layout, version=version).first()
    if stored is None:
        message = _("This layout has no version %(n)s.") % {"n": version}
        problem = Problem("/version", "no_such_version", message)
        raise Invalid(_("Unknown version."), problems=[problem])
    parse(stored.document)
    return stored.version, stored.document
