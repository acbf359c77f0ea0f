"""Requests the status of due tasks in lanes. A lane is (credential, product): one worker holds its lease and sends at most
at the vendor's rate."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import logging
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

import httpx2
import structlog
from asgiref.sync import async_to_sync
from django.conf import settings
from django.utils import timezone
from redis.exceptions import LockNotOwnedError

from apps.core.errors import HandleUnknown, NoSuchTask, QuadboxError, VendorBusy
from apps.tasks.engine import lifecycle, poll_failures, poll_schedule, rate_limiter, reports, retry
from apps.tasks.engine.sending import auth_of, base_url, sending_of
from apps.tasks.models import Task
from apps.tasks.planning import plans
from apps.vendors.http import VendorHttp
from apps.vendors.plan import PlannedRequest
from apps.vendors.registry import adapter
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.types import Reply

log = logging.getLogger(__name__)

BATCH_SIZE = 200  # tasks of a lane in one batch, at most
BATCH_SECONDS = 20.0
ANSWER_SECONDS = 45.0  # that the last answers of a batch, and writing them, may take
MIN_COOLDOWN = 5.0  # seconds a lane pauses after a rate limit


@dataclasses.dataclass(frozen=True, slots=True)
class Query:
    """A status request that is ready to be sent."""

    task: Task
    request: PlannedRequest
    auth: httpx2.Auth
    base_url: str | None
    values: Mapping[str, str]


@contextmanager
def lease(lane: str, seconds: float) -> Iterator[bool]:
    """True inside for the one worker that holds the lane."""
    lock = rate_limiter.connection().lock(f"lane:{lane}", timeout=seconds, blocking=False)
    acquired = lock.acquire()
    try:
        yield acquired
    finally:
        if acquired:
            with suppress(LockNotOwnedError):  # it took longer than the lease: another worker holds the lane now
                lock.release()


def poll_due(only: uuid.UUID | None = None) -> int:
    """Polls every due task, or this one; returns how many were polled."""
    due = Task.objects.filter(next_poll_at__lte=timezone.now()).exclude(vendor_task_id="")
    if only is not None:
        due = due.filter(pk=only)
    lanes = sorted(set(due.values_list("app__credential_id", "product").order_by()), key=str)
    polled = 0
    for credential_id, product in lanes:
        rows = due.filter(app__credential_id=credential_id, product=product)
        polled += poll_lane(credential_id, product, rows.order_by("next_poll_at"))
    return polled


def poll_lane(credential_id: uuid.UUID, product: str, rows: Iterable[Task]) -> int:
    """One batch of at most `BATCH_SECONDS`; tasks without a place in it stay due."""
    with lease(f"{credential_id}:{product}", BATCH_SECONDS + ANSWER_SECONDS) as acquired:
        if not acquired:
            return 0
        tasks = list(rows.select_related("app__credential", "team")[:BATCH_SIZE])  # type: ignore[attr-defined]
        by_operation: dict[str, list[Query]] = {}
        for task in tasks:
            if (query := query_of(task)) is not None:
                by_operation.setdefault(query.request.name, []).append(query)
        polled = 0
        for operation, queries in by_operation.items():
            if rate_limiter.is_cooling_down(credential_id, operation):
                continue
            rate = rate_limiter.rate_of(product, operation) / rate_limiter.backoff_factor(credential_id, operation)
            batch = queries[: max(1, int(rate * BATCH_SECONDS / len(by_operation)))]
            for query, outcome in zip(batch, async_to_sync(send_all)(batch, rate), strict=True):
                with structlog.contextvars.bound_contextvars(task=str(query.task.pk)):
                    handle_outcome(operation, query, outcome)
            polled += len(batch)
        return polled


def query_of(task: Task) -> Query | None:
    """The status request of a task; None when there is nothing to request, and the task is postponed."""
    if poll_schedule.files_overdue(task):
        reports.apply(task.pk, TaskReport(TaskState.STOPPED, reason="no_file_seen"), "us")
        return None
    try:
        request = plans.plan_for(task, "query")[0].requests[0]
        values = adapter(task.product).placeholder_values(request, sending_of(task))
        return Query(task, request, auth_of(task), base_url(task), values)
    except HandleUnknown:  # as far as is known nothing was started: the start is repeated, or a callback arrives
        handle_unpollable(task)
    except Exception as error:  # a fault of Quadbox, or keys that cannot be decrypted
        log.exception("The status of task %s cannot be requested.", task.pk)
        poll_failures.record(task, error, lifecycle.MAX_WAIT)
    return None


def handle_unpollable(task: Task) -> None:
    """The vendor never returned its ID of the run: a callback may still bring it. After a while the task counts as lost."""
    age = lifecycle.seconds_between(poll_schedule.state_since(task), timezone.now())
    if task.state in lifecycle.AT_VENDOR and age > lifecycle.MAX_UNPOLLED_AGE:
        reports.apply(task.pk, TaskReport(TaskState.LOST, reason="cannot_be_asked"), "us")
    else:
        postpone(task, lifecycle.RARELY)


async def send_all(queries: list[Query], rate: float) -> list[Reply | QuadboxError]:
    """All replies, sent concurrently and started at `rate` per second."""
    http = VendorHttp()

    async def send(position: int, query: Query) -> Reply | QuadboxError:
        await asyncio.sleep(position / rate)
        try:
            return await http.asend(query.request, query.auth, query.values, query.base_url, settings.PUBLIC_URL)
        except QuadboxError as error:
            return error

    try:
        return await asyncio.gather(*(send(position, query) for position, query in enumerate(queries)))
    finally:
        await http.aclose()


def handle_outcome(operation: str, query: Query, outcome: Reply | QuadboxError) -> None:
    task = query.task
    try:
        if isinstance(outcome, QuadboxError):
            raise outcome
        report = adapter(task.product).read_reply(query.request, outcome)
    except NoSuchTask as error:
        if (wait := absence_wait(task)) is not None:
            postpone(task, wait)
            return
        since = poll_schedule.state_since(task)
        state = lifecycle.without_trace(task.state, age=lifecycle.seconds_between(since, timezone.now()))
        report = TaskReport(state, reason="no_such_task", detail=error.detail, vendor_status=error.vendor_code)
        report = dataclasses.replace(report, vendor_request_id=error.vendor_request_id, words=error.words)
    except VendorBusy as error:
        pause = rate_limiter.slow_down(task.app.credential_id, operation, max(error.retry_after, MIN_COOLDOWN))
        retry.broadcast_throttling(task, error)
        postpone(task, pause)
        return
    except QuadboxError as error:
        poll_failures.record(task, error, lifecycle.RARELY)
        return
    if adapter(task.product).absence_waits:
        rate_limiter.connection().delete(absence_key(task))
    reports.apply(task.pk, report, "poll")


def absence_key(task: Task) -> str:
    return f"absent:{task.pk}"


def absence_wait(task: Task) -> float | None:
    """Some clouds lose sight of a task while they move it: seconds until "no such task" is requested again before it is
    believed; None when it was returned often enough, or is what was wanted."""
    waits = adapter(task.product).absence_waits
    if task.state == TaskState.STOPPING or not waits:
        return None
    count = int(rate_limiter.connection().incr(absence_key(task)))  # type: ignore[arg-type]
    rate_limiter.connection().expire(absence_key(task), 600)
    if count > len(waits):
        rate_limiter.connection().delete(absence_key(task))
        return None
    return waits[count - 1]


def postpone(task: Task, seconds: float) -> None:
    Task.objects.filter(pk=task.pk).update(next_poll_at=timezone.now() + dt.timedelta(seconds=seconds))
