"""Start, update and stop of a task at its vendor. Never two runs for one request: before a start is repeated, the vendor
is asked whether the task already exists."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.errors import (
    BadCredentials,
    HandleUnknown,
    NoSuchTask,
    OutcomeUnknown,
    TaskExists,
    UnreadableReply,
    VendorRejected,
)
from apps.layouts import assets
from apps.tasks.engine import ledger, lifecycle, poll_schedule, reports
from apps.tasks.engine.claims import Claim
from apps.tasks.engine.sending import send_plan
from apps.tasks.engine.stored_objects import look_for_stored
from apps.tasks.models import Desired, EventCode, State, Task
from apps.tasks.planning import plans
from apps.vendors.http import VendorHttp
from apps.vendors.plan import Plan
from apps.vendors.registry import adapter
from apps.vendors.report import TaskReport, TaskState

STOP_PROVEN_WITHIN = dt.timedelta(seconds=60)
"""A stop that is not proven by then is sent again."""


def start(task: Task, claim: Claim, http: VendorHttp) -> None:
    product = adapter(task.product)
    if not task.vendor_task_id:  # stored before the call, so that a later worker uses the same ID
        task.attempt += 1
        task.vendor_task_id = product.vendor_task_id(str(task.pk), task.attempt)
        claim.write(vendor_task_id=task.vendor_task_id, attempt=task.attempt)
    plan, pictures = plans.plan_for(task, "start")
    plans.refuse_errors(plan, task.document)
    sent = ledger.start_was_sent(task)
    generation = sent.data.get("generation", task.generation) if sent else task.generation
    if sent is not None and product.reports_state and adopt_if_running(task, claim, http, plan, generation):
        return
    plan, pictures = with_stored(task, claim, "start", plan, pictures, http)
    publish(pictures)
    claim.extend()
    try:
        report = send_plan(task, plan, http)
    except TaskExists as error:
        ledger.write_error(task, "start", error, adopted=True)
        if product.reports_state:
            if not adopt_if_running(task, claim, http, plan, generation, exists=True):
                raise UnreadableReply("The vendor reports both that the task exists and that it does not.") from error
            return
        report = TaskReport(TaskState.RUNNING, task.vendor_task_id, "existed_already")
        record_success(task, claim, plan, report, generation=generation)
        return
    # A stop that has to start again (see recover_handle) leaves its own generation undone.
    done = task.generation if task.desired == Desired.RUNNING else generation
    record_success(task, claim, plan, report, generation=done)


def adopt_if_running(
    task: Task, claim: Claim, http: VendorHttp, plan: Plan, generation: int, *, exists: bool = False
) -> bool:
    """Whether the vendor already runs the task. It is then taken over, as started for that generation.

    `exists`: the vendor said that it does. Raises `OutcomeUnknown` when its status cannot be requested then, because the
    vendor's own ID has not arrived yet: a callback may bring it.
    """
    query, _pictures = plans.plan_for(task, "query")
    claim.extend()
    try:
        report = send_plan(task, query, http)
    except HandleUnknown as error:
        if exists:
            raise OutcomeUnknown(error.sentence, params=error.params, vendor_message=error.vendor_message) from error
        return False
    except NoSuchTask as error:
        ledger.write_error(task, "look before repeating", error)
        return False
    if report.state == TaskState.UNKNOWN:
        report = dataclasses.replace(report, state=TaskState.STARTING)
    ledger.write(task.pk, EventCode.ADOPTED, {"state": str(report.state)})
    record_success(task, claim, plan, report, generation=generation)
    return True


def update(task: Task, claim: Claim, http: VendorHttp) -> None:
    plan, pictures = plans.plan_for(task, "update")
    plans.refuse_errors(plan, task.document)
    plan, pictures = with_stored(task, claim, "update", plan, pictures, http)
    publish(pictures)
    if plan.spends:
        claim.write(plan_state={**task.plan_state, **plan.spends})
    claim.extend()
    report = send_plan(task, plan, http)
    record_success(task, claim, plan, report, generation=task.generation)


def stop(task: Task, claim: Claim, http: VendorHttp) -> None:
    if task.state == State.SCHEDULED and ledger.start_was_sent(task) is None:
        claim.write(observed_generation=task.generation, retry_at=None, tries=0)
        reports.apply(task.pk, TaskReport(TaskState.STOPPED, reason="never_started"), "us")
        return
    product = adapter(task.product)
    plan, _pictures = plans.plan_for(task, "stop")
    claim.extend()
    try:
        report = send_plan(task, plan, http)
    except HandleUnknown:
        recover_handle(task, claim, http)
        return
    proven_within = STOP_PROVEN_WITHIN
    accepted = report.state == TaskState.STOPPED and report.reason != "already_gone"
    if not product.reports_state and accepted and not task.orphaned_at:
        # Accepted is not proven: the files that arrive, or the time allowed for them, end it.
        report = dataclasses.replace(report, state=TaskState.STOPPING)
        proven_within = poll_schedule.files_grace(task)
    if report.state == TaskState.UNKNOWN:
        report = dataclasses.replace(report, state=TaskState.STOPPING)
    with transaction.atomic():
        claim.write(observed_generation=task.generation, tries=0, retry_at=timezone.now() + proven_within, error=None)
        reports.apply(task.pk, report, "reply")
        stopping = Task.objects.filter(Q(state=State.STOPPING) | Q(orphaned_at__isnull=False), pk=task.pk)
        stopping.update(next_poll_at=timezone.now())


def recover_handle(task: Task, claim: Claim, http: VendorHttp) -> None:
    """A stop of a run whose ID at the vendor never arrived. Only repeating the start returns it: the vendor runs at most
    one.

    What it finds (or starts) is stopped in the next round; a clear rejection means that nothing runs.
    """
    ledger.write(task.pk, EventCode.RUN_ID_UNKNOWN)
    try:
        start(task, claim, http)
    except BadCredentials:
        raise
    except VendorRejected as error:
        ledger.write_error(task, "start", error)
        claim.write(observed_generation=task.generation, retry_at=None, tries=0)
        reports.apply(task.pk, TaskReport(TaskState.STOPPED, reason="never_started", detail=error.detail), "us")


def with_stored(
    task: Task, claim: Claim, operation: plans.Planned, plan: Plan, pictures: dict[str, bytes], http: VendorHttp
) -> tuple[Plan, dict[str, bytes]]:
    """The plan, made again where the vendor already holds what it would store."""
    claim.extend()
    return plans.plan_for(task, operation) if look_for_stored(task, plan, http) else (plan, pictures)


def publish(pictures: dict[str, bytes]) -> None:
    for sha256, content in pictures.items():
        assets.publish(sha256, content)


@transaction.atomic
def record_success(task: Task, claim: Claim, plan: Plan, report: TaskReport, *, generation: int) -> None:
    """The vendor accepted the plan: what is on air now is what was sent for that generation."""
    columns: dict[str, Any] = {"observed_generation": generation, "plan_state": dict(plan.carry)}
    columns |= {"tries": 0, "retry_at": None, "error": None}
    if generation == task.generation:
        columns |= {"applied_version": task.layout_version, "applied_document": task.document}
    claim.write(**columns)
    if not reports.apply(task.pk, report, "reply"):
        reports.broadcast_row(task.pk)
    Task.objects.filter(pk=task.pk, state__in=lifecycle.AT_VENDOR).update(next_poll_at=timezone.now())
