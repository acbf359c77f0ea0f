"""Polls in lanes. A lane is (credential, product): one worker holds its lease and asks at most at the vendor's pace."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import logging
import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import httpx2
import structlog
from asgiref.sync import async_to_sync
from django.conf import settings
from django.utils import timezone

from apps.core.errors import HandleUnknown, NoSuchTask, QuadboxError, VendorBusy
from apps.tasks import ledger, lifecycle, pace, planning, reports, runner
from apps.tasks.models import Task
from apps.tasks.sending import auth_of, base_url, sending_of
from apps.vendors.http import VendorHttp
from apps.vendors.plan import PlannedRequest
from apps.vendors.registry import adapter
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.types import Reply

log = logging.getLogger(__name__)

A_ROUND = 200  # tasks of a lane in one go, at most
ROUND = 20.0  # seconds
AN_ANSWER = 45.0  # seconds that the last answers of a round, and writing them, may take
COOL = 5.0  # seconds a lane rests after "slow down"
RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    task: Task
    request: PlannedRequest
    auth: httpx2.Auth
    base_url: str | None
    values: Mapping[str, str]


@contextmanager
def lease(lane: str, seconds: float) -> Iterator[bool]:
    """True inside for the one worker that holds the lane."""
    key, mine = f"lane:{lane}", secrets.token_hex(8)
    held = bool(pace.connection().set(key, mine, nx=True, px=int(seconds * 1000)))
    try:
        yield held
    finally:
        if held:
            pace.connection().eval(RELEASE, 1, key, mine)


def poll_due(only: uuid.UUID | None = None) -> int:
    """Asks for every due task (or for this one's lane); answers how many were asked for."""
    due = Task.objects.filter(next_poll_at__lte=timezone.now()).exclude(vendor_task_id="")
    if only is not None:
        due = due.filter(pk=only)
    lanes = sorted(set(due.values_list("app__credential_id", "product").order_by()), key=str)
    asked = 0
    for credential_id, product in lanes:
        rows = due.filter(app__credential_id=credential_id, product=product)
        asked += poll_lane(credential_id, product, rows.order_by("next_poll_at"))
    return asked


def poll_lane(credential_id: uuid.UUID, product: str, rows: Iterable[Task]) -> int:
    """A round of at most `ROUND` seconds; who finds no place in it stays due."""
    with lease(f"{credential_id}:{product}", ROUND + AN_ANSWER) as held:
        if not held:
            return 0
        tasks = list(rows.select_related("app__credential", "team")[:A_ROUND])  # type: ignore[attr-defined]
        by_operation: dict[str, list[Question]] = {}
        for task in tasks:
            if (one := question_of(task)) is not None:
                by_operation.setdefault(one.request.name, []).append(one)
        asked = 0
        for operation, questions in by_operation.items():
            if pace.rests(credential_id, operation):
                continue
            speed = pace.pace_of(product, operation) / pace.slowness(credential_id, operation)
            now = questions[: max(1, int(speed * ROUND / len(by_operation)))]
            for question, outcome in zip(now, async_to_sync(ask_all)(now, speed), strict=True):
                with structlog.contextvars.bound_contextvars(task=str(question.task.pk)):
                    take(operation, question, outcome)
            asked += len(now)
        return asked


def question_of(task: Task) -> Question | None:
    """What to ask; None when nothing can be asked, then the task is put off."""
    if reports.overdue(task):
        reports.apply(task.pk, TaskReport(TaskState.STOPPED, reason="no_file_seen"), "us")
        return None
    try:
        plan, _none = planning.plan_for(task, "query")
        request = plan.requests[0]
        values = adapter(task.product).placeholder_values(request, sending_of(task))
        return Question(task, request, auth_of(task), base_url(task), values)
    except HandleUnknown:  # nothing was started yet, as far as we know: the start is repeated, or a callback comes
        unaskable(task)
        return None
    except Exception:
        log.exception("Task %s cannot be asked for.", task.pk)
        put_off(task, lifecycle.LONGEST_WAIT)
        return None


def unaskable(task: Task) -> None:
    """The vendor never named it, so nobody can ask: a callback may still bring the name. After a while the task
    counts as lost."""
    age = lifecycle.seconds_between(reports.state_since(task), timezone.now())
    if task.state in lifecycle.AT_VENDOR and age > lifecycle.UNASKABLE:
        reports.apply(task.pk, TaskReport(TaskState.LOST, reason="cannot_be_asked"), "us")
    else:
        put_off(task, lifecycle.RARELY)


async def ask_all(questions: list[Question], speed: float) -> list[Reply | QuadboxError]:
    """All answers, asked concurrently and started `speed` a second."""
    http = VendorHttp()

    async def ask(place: int, one: Question) -> Reply | QuadboxError:
        await asyncio.sleep(place / speed)
        try:
            return await http.asend(one.request, one.auth, one.values, one.base_url, settings.PUBLIC_URL)
        except QuadboxError as error:
            return error

    try:
        return await asyncio.gather(*(ask(place, question) for place, question in enumerate(questions)))
    finally:
        await http.aclose()


def take(operation: str, question: Question, outcome: Reply | QuadboxError) -> None:
    task = question.task
    try:
        if isinstance(outcome, QuadboxError):
            raise outcome
        report = adapter(task.product).read_reply(question.request, outcome)
    except NoSuchTask as error:
        if (wait := unconfirmed(task)) is not None:
            put_off(task, wait)
            return
        since = reports.state_since(task)
        state = lifecycle.without_trace(task.state, age=lifecycle.seconds_between(since, timezone.now()))
        report = TaskReport(state, reason="no_such_task", detail=error.detail, vendor_status=error.vendor_code)
        report = dataclasses.replace(report, vendor_request_id=error.vendor_request_id, words=error.words)
    except VendorBusy as error:
        rest = pace.slow_down(task.app.credential_id, operation, max(error.retry_after, COOL))
        runner.throttled(task, error)
        put_off(task, rest)
        return
    except QuadboxError as error:
        # Asking failed, which says nothing about the task: noted once, and asked again later.
        last = task.events.order_by("-id").first()
        if last is None or last.title != f"poll: {error.detail}"[:200]:
            ledger.write_error(task, "poll", error)
        put_off(task, lifecycle.RARELY)
        return
    if adapter(task.product).absence_waits:
        pace.connection().delete(absent_key(task))
    reports.apply(task.pk, report, "poll")


def absent_key(task: Task) -> str:
    return f"absent:{task.pk}"


def unconfirmed(task: Task) -> float | None:
    """Some clouds lose sight of a task while they move it: seconds until "no such task" is to be heard again before
    it is believed; None when it has been heard often enough, or is what we asked for."""
    waits = adapter(task.product).absence_waits
    if task.state == TaskState.STOPPING or not waits:
        return None
    heard = int(pace.connection().incr(absent_key(task)))  # type: ignore[arg-type]
    pace.connection().expire(absent_key(task), 600)
    if heard > len(waits):
        pace.connection().delete(absent_key(task))
        return None
    return waits[heard - 1]


def put_off(task: Task, seconds: float) -> None:
    Task.objects.filter(pk=task.pk).update(next_poll_at=timezone.now() + dt.timedelta(seconds=seconds))
