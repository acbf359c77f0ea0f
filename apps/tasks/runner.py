"""Drives the vendor: works on a task until what is wished is true, proven impossible, or to be tried later."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import random
import uuid
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.errors import (
    BadCredentials,
    HandleUnknown,
    NoSuchTask,
    OutcomeUnknown,
    QuadboxError,
    Refused,
    TaskExists,
    UnreadableReply,
    VendorBusy,
    VendorError,
    VendorRejected,
)
from apps.layouts import assets
from apps.live.broadcast import tell_team
from apps.tasks import ledger, lifecycle, planning, reports
from apps.tasks.claims import Claim, ClaimLost
from apps.tasks.models import Desired, State, Task
from apps.tasks.sending import Forgotten, NotYourTurn, look_for_stored, send_plan
from apps.vendors.http import VendorHttp
from apps.vendors.plan import Plan
from apps.vendors.registry import adapter
from apps.vendors.report import TaskReport, TaskState

log = logging.getLogger(__name__)

STOP_PROVEN_WITHIN = dt.timedelta(seconds=60)  # else it is sent again
MOST_BLIND_STARTS = 5  # a start whose answers stay unreadable
MOST_NEW_PLANS = 3  # in one go, for stored objects that are gone


def carry_out(task_id: uuid.UUID, http: VendorHttp | None = None) -> float | None:
    """Does what is to be done. Answers the seconds after which to come back, None when nothing waits here.

    Safe to call at any time, from any number of workers.
    """
    own = http or VendorHttp()
    try:
        structlog.contextvars.bind_contextvars(task=str(task_id))
        while (claim := Claim.take(task_id)) is not None:
            try:
                wait = work(claim, own)
            except ClaimLost:
                log.warning("Task %s was taken over by another worker.", task_id)
                return None
            finally:
                claim.release()
            if wait is not None:
                return wait
            if operation_for(load(task_id)) is None:  # a wish made while we worked found the claim held
                return None
        return None
    finally:
        structlog.contextvars.unbind_contextvars("task")
        if http is None:
            own.close()


def work(claim: Claim, http: VendorHttp) -> float | None:
    new_plans = 0
    while True:
        task = load(claim.task_id)
        operation = operation_for(task)
        if operation is None:
            return None
        # While it stops without a failed try, `retry_at` is the time by which the stop should be proven.
        if task.retry_at and task.retry_at > timezone.now() and (task.state != State.STOPPING or task.tries):
            return (task.retry_at - timezone.now()).total_seconds()
        try:
            OPERATIONS[operation](task, claim, http)
        except ClaimLost:
            raise
        except NotYourTurn as full:
            claim.write(retry_at=timezone.now() + dt.timedelta(seconds=full.wait))
            return full.wait
        except Forgotten:
            new_plans += 1
            if new_plans == MOST_NEW_PLANS:
                return later(task, claim, lifecycle.LONGEST_WAIT)
        except QuadboxError as error:
            wait = failed(task, claim, operation, error)
            if wait is not None:
                return wait
        except Exception:
            # A fault of ours: kept for a person to see, and tried again, for the wish still stands.
            log.exception("Task %s: %s went wrong.", task.pk, operation)
            wait = later(task, claim, 0.0)
            ledger.write(task.pk, "error", "{doing}: an internal error. It will be retried.", {"doing": operation})
            return wait


def load(task_id: uuid.UUID) -> Task:
    return Task.objects.select_related("app__credential", "team").get(pk=task_id)


def operation_for(task: Task) -> lifecycle.Operation | None:
    overdue = (
        (task.state == State.STOPPING or task.orphaned_at is not None)
        and task.retry_at is not None
        and task.retry_at <= timezone.now()
        and adapter(task.product).reports_state
    )
    if task.state == State.SCHEDULED and task.desired == Desired.RUNNING and waits_for_its_time(task):
        return None  # the reconciler finds it when its time has come
    return lifecycle.next_operation(
        desired=task.desired,
        state=task.state,
        wish=task.wish,
        done_wish=task.done_wish,
        stop_overdue=overdue,
        orphaned=task.orphaned_at is not None,
    )


def waits_for_its_time(task: Task) -> bool:
    return task.starts_at is not None and task.starts_at > timezone.now()


def start(task: Task, claim: Claim, http: VendorHttp) -> None:
    product = adapter(task.product)
    if not task.vendor_task_id:  # stored before the call: whoever comes after us uses the same
        task.attempt += 1
        task.vendor_task_id = product.vendor_task_id(str(task.pk), task.attempt)
        claim.write(vendor_task_id=task.vendor_task_id, attempt=task.attempt)
    plan, pictures = planning.plan_for(task, "start")
    planning.refuse_errors(plan, task.document)
    sent = ledger.start_was_sent(task)
    wish = sent.data.get("wish", task.wish) if sent else task.wish
    if sent is not None and product.reports_state and adopted(task, claim, http, plan, wish):
        return
    plan, pictures = with_stored(task, claim, "start", plan, pictures, http)
    publish(pictures)
    claim.extend()
    try:
        report = send_plan(task, plan, http)
    except TaskExists as error:
        ledger.write_error(task, "start", error, adopted=True)
        if product.reports_state:
            if not adopted(task, claim, http, plan, wish, exists=True):
                raise UnreadableReply("The vendor reports both that the task exists and that it does not.") from error
            return
        report = TaskReport(TaskState.RUNNING, task.vendor_task_id, "existed_already")
        settle(task, claim, plan, report, wish=wish)
        return
    # a stop that has to start again (see there) leaves its own wish undone
    settle(task, claim, plan, report, wish=task.wish if task.desired == Desired.RUNNING else wish)


def with_stored(
    task: Task, claim: Claim, operation: planning.Planned, plan: Plan, pictures: dict[str, bytes], http: VendorHttp
) -> tuple[Plan, dict[str, bytes]]:
    """The plan, made anew where the vendor holds already what it would store."""
    claim.extend()
    return planning.plan_for(task, operation) if look_for_stored(task, plan, http) else (plan, pictures)


def adopted(task: Task, claim: Claim, http: VendorHttp, plan: Plan, wish: int, *, exists: bool = False) -> bool:
    """Whether the vendor runs the task already; then it is ours, as it was started for that wish.

    `exists`: the vendor said so. Raises `OutcomeUnknown` when it then cannot be asked for, as the vendor's name for
    it has not come yet: a callback may bring it.
    """
    query, _none = planning.plan_for(task, "query")
    claim.extend()
    try:
        report = send_plan(task, query, http)
    except HandleUnknown as error:
        if exists:
            raise OutcomeUnknown(error.sentence, params=error.params, said=error.said) from error
        return False
    except NoSuchTask as error:
        ledger.write_error(task, "look before repeating", error)
        return False
    if report.state == TaskState.UNKNOWN:
        report = dataclasses.replace(report, state=TaskState.STARTING)
    ledger.write(task.pk, "note", "Already exists at the vendor: not started again", {"state": str(report.state)})
    settle(task, claim, plan, report, wish=wish)
    return True


def update(task: Task, claim: Claim, http: VendorHttp) -> None:
    plan, pictures = planning.plan_for(task, "update")
    planning.refuse_errors(plan, task.document)
    plan, pictures = with_stored(task, claim, "update", plan, pictures, http)
    publish(pictures)
    if plan.spends:
        claim.write(carry={**task.carry, **plan.spends})
    claim.extend()
    report = send_plan(task, plan, http)
    settle(task, claim, plan, report, wish=task.wish)


def stop(task: Task, claim: Claim, http: VendorHttp) -> None:
    if task.state == State.SCHEDULED and ledger.start_was_sent(task) is None:
        claim.write(done_wish=task.wish, retry_at=None, tries=0)
        reports.apply(task.pk, TaskReport(TaskState.STOPPED, reason="never_started"), "us")
        return
    product = adapter(task.product)
    plan, _none = planning.plan_for(task, "stop")
    claim.extend()
    try:
        report = send_plan(task, plan, http)
    except HandleUnknown:
        find_out(task, claim, http)
        return
    proven_within = STOP_PROVEN_WITHIN
    accepted = report.state == TaskState.STOPPED and report.reason != "already_gone"
    if not product.reports_state and accepted and not task.orphaned_at:
        # Accepted is not proven: the files that come, or the time allowed for them, end it.
        report = dataclasses.replace(report, state=TaskState.STOPPING)
        proven_within = reports.files_grace()
    if report.state == TaskState.UNKNOWN:
        report = dataclasses.replace(report, state=TaskState.STOPPING)
    with transaction.atomic():
        claim.write(done_wish=task.wish, tries=0, retry_at=timezone.now() + proven_within, error=None)
        reports.apply(task.pk, report, "reply")
        stopping = Task.objects.filter(Q(state=State.STOPPING) | Q(orphaned_at__isnull=False), pk=task.pk)
        stopping.update(next_poll_at=timezone.now())


def find_out(task: Task, claim: Claim, http: VendorHttp) -> None:
    """A stop of a run whose name never reached us. Only the repeated start can tell it: the vendor runs one at most.

    What it finds (or starts) is stopped in the next round; a clear no means that nothing runs.
    """
    ledger.write(task.pk, "note", "The vendor's ID of the run is not known. It is requested by repeating the start")
    try:
        start(task, claim, http)
    except BadCredentials:
        raise
    except VendorRejected as error:
        ledger.write_error(task, "start", error)
        claim.write(done_wish=task.wish, retry_at=None, tries=0)
        reports.apply(task.pk, TaskReport(TaskState.STOPPED, reason="never_started", detail=error.detail), "us")


OPERATIONS = {"start": start, "update": update, "stop": stop}


def publish(pictures: dict[str, bytes]) -> None:
    for sha256, content in pictures.items():
        assets.publish(sha256, content)


@transaction.atomic
def settle(task: Task, claim: Claim, plan: Plan, report: TaskReport, *, wish: int) -> None:
    """The vendor took it: what is on air now is what we sent for that wish."""
    taken = wish == task.wish
    columns: dict[str, Any] = {"done_wish": wish, "carry": dict(plan.carry)}
    columns |= {"tries": 0, "retry_at": None, "error": None}
    if taken:
        columns |= {"applied_version": task.layout_version, "applied_document": task.document}
    claim.write(**columns)
    if not reports.apply(task.pk, report, "reply"):
        reports.tell_changed(load(task.pk))
    Task.objects.filter(pk=task.pk, state__in=lifecycle.AT_VENDOR).update(next_poll_at=timezone.now())


def failed(task: Task, claim: Claim, operation: lifecycle.Operation, error: QuadboxError) -> float | None:
    """What an error means: seconds to wait before the next try, or None when this wish has been dealt with."""
    ledger.write_error(task, operation, error)
    unreadable = isinstance(error, UnreadableReply) and task.tries < MOST_BLIND_STARTS
    if error.retryable or unreadable or operation == "stop":
        if isinstance(error, VendorBusy):
            throttled(task, error)
        return later(task, claim, getattr(error, "retry_after", 0.0), error)
    facts = ledger.error_facts(task, error)
    if operation == "start":
        with transaction.atomic():
            claim.write(done_wish=task.wish, error=facts)
            report = TaskReport(
                TaskState.FAILED,
                reason="refused" if isinstance(error, Refused) else "rejected",
                detail=facts["detail"],
                vendor_request_id=facts["vendor_request_id"],
                vendor_status=facts["vendor_code"],
            )
            reports.apply(task.pk, report, "us" if isinstance(error, Refused) else "reply")
        return None
    # An update that was refused: what was on air stays on air, and the row says why.
    with transaction.atomic():
        claim.write(done_wish=task.wish, error=facts, tries=0, retry_at=None, next_poll_at=timezone.now())
        reports.tell_changed(load(task.pk))
    return None


def later(task: Task, claim: Claim, at_least: float, error: QuadboxError | None = None) -> float:
    """Notes when to try again; the reconciler finds it even if everybody forgets."""
    tries = task.tries + 1
    wait = max(at_least, lifecycle.backoff(tries, random.random()))  # noqa: S311
    if isinstance(error, OutcomeUnknown):
        wait = max(wait, 1.0)  # give the cloud a moment to know what it did
    with transaction.atomic():
        claim.write(
            tries=tries,
            retry_at=timezone.now() + dt.timedelta(seconds=wait),
            error=ledger.error_facts(task, error) if error else task.error,
        )
        if error is not None:
            reports.tell_changed(load(task.pk))
    return wait


def throttled(task: Task, error: VendorError) -> None:
    tell_team(
        task.team_id,
        {
            "kind": "lane.throttled",
            "product": task.product,
            "credential": str(task.app.credential_id),
            "seconds": error.retry_after,
        },
    )


def unfinished() -> list[uuid.UUID]:
    """Tasks whose wish is not carried out and whose time has come: their worker was killed, or the broker lost them."""
    now = timezone.now()
    open_states = [State.SCHEDULED, State.STARTING, State.RUNNING, State.STOPPING]
    candidates = Task.objects.select_related("app").filter(
        Q(state__in=open_states) | Q(orphaned_at__isnull=False), desired__in=[Desired.RUNNING, Desired.STOPPED]
    )
    return [
        task.pk
        for task in candidates.iterator()
        if (task.claimed_until is None or task.claimed_until < now)
        and (task.retry_at is None or task.retry_at <= now)
        and operation_for(task) is not None
    ]
