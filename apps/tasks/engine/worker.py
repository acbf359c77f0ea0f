"""Works on a task until what is wanted is true, proven impossible, or to be tried later."""

from __future__ import annotations

import datetime as dt
import logging
import uuid

import structlog
from django.db.models import Q
from django.utils import timezone

from apps.core.errors import QuadboxError
from apps.tasks.engine import ledger, lifecycle, operations, retry
from apps.tasks.engine.claims import Claim, ClaimLost
from apps.tasks.engine.sending import RateLimited, StoredObjectDropped
from apps.tasks.models import Desired, EventCode, State, Task
from apps.vendors.http import VendorHttp
from apps.vendors.registry import adapter

log = logging.getLogger(__name__)

MAX_NEW_PLANS = 3  # in one go, for stored objects that the vendor no longer has
OPERATIONS = {"start": operations.start, "update": operations.update, "stop": operations.stop}


def carry_out(task_id: uuid.UUID, http: VendorHttp | None = None) -> float | None:
    """Does what is to be done. Returns the seconds after which to come back, None when nothing is left to do.

    Safe to call at any time, from any number of workers.
    """
    client = http or VendorHttp()
    try:
        structlog.contextvars.bind_contextvars(task=str(task_id))
        while (claim := Claim.take(task_id)) is not None:
            try:
                wait = work(claim, client)
            except ClaimLost:
                log.warning("Task %s was taken over by another worker.", task_id)
                return None
            finally:
                claim.release()
            if wait is not None:
                return wait
            if operation_for(load(task_id)) is None:  # a request made meanwhile could not take the claim
                return None
        return None
    finally:
        structlog.contextvars.unbind_contextvars("task")
        if http is None:
            client.close()


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
        except RateLimited as limited:
            claim.write(retry_at=timezone.now() + dt.timedelta(seconds=limited.wait))
            return limited.wait
        except StoredObjectDropped:
            new_plans += 1
            if new_plans == MAX_NEW_PLANS:
                return retry.schedule_retry(task, claim, lifecycle.MAX_WAIT)
        except QuadboxError as error:
            wait = retry.handle_failure(task, claim, operation, error)
            if wait is not None:
                return wait
        except Exception:
            # A fault of Quadbox: stored for a person to see, and tried again, since the task is still wanted.
            log.exception("Task %s: %s failed.", task.pk, operation)
            wait = retry.schedule_retry(task, claim, 0.0)
            ledger.write(task.pk, EventCode.INTERNAL_ERROR, {"operation": operation})
            return wait


def load(task_id: uuid.UUID) -> Task:
    return Task.objects.select_related("app__credential", "team").get(pk=task_id)


def operation_for(task: Task) -> lifecycle.Operation | None:
    stop_overdue = (
        (task.state == State.STOPPING or task.orphaned_at is not None)
        and task.retry_at is not None
        and task.retry_at <= timezone.now()
        and adapter(task.product).reports_state
    )
    if task.state == State.SCHEDULED and task.desired == Desired.RUNNING and starts_later(task):
        return None  # the reconciler queues it when its time has come
    return lifecycle.next_operation(
        desired=task.desired,
        state=task.state,
        generation=task.generation,
        observed_generation=task.observed_generation,
        stop_overdue=stop_overdue,
        orphaned=task.orphaned_at is not None,
    )


def starts_later(task: Task) -> bool:
    return task.starts_at is not None and task.starts_at > timezone.now()


def unfinished() -> list[uuid.UUID]:
    """Tasks with an operation to carry out now and no worker: theirs was killed, or the broker lost the job."""
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
