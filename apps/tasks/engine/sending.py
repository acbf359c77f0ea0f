"""Sends one plan, request by request, with the ledger written around each. No transaction is open meanwhile."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Mapping
from typing import Any

import httpx2
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.core import clock_skew
from apps.core.errors import QuadboxError, StoredObjectGone, VendorBusy
from apps.credentials.models import VendorObject
from apps.tasks.engine import ledger, rate_limiter
from apps.tasks.models import Task
from apps.tasks.planning import specs
from apps.vendors.http import VendorHttp
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.registry import adapter
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.request_template import reply_values
from apps.vendors.types import Reply, Sending

MAX_SLEEP = 2.0  # seconds a worker waits for the rate limit; for longer it does something else meanwhile


class RateLimited(Exception):
    """The budget of this operation is used up: nothing was sent. `wait` is in seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"in {wait:.1f} s")
        self.wait = wait


class StoredObjectDropped(Exception):
    """A stored object no longer exists at the vendor and was dropped here: a new plan creates it again."""


def now() -> dt.datetime:
    return timezone.now()


def auth_of(task: Task) -> httpx2.Auth:
    """Signs as this task's app; the keys are decrypted here and stored nowhere."""
    keys: Any = task.app.credential.keys
    return adapter(task.product).auth(keys, specs.app_spec(task.app), now)


def base_url(task: Task) -> str | None:
    return task.app.credential.endpoints.get(task.product) or None


def sending_of(task: Task) -> Sending:
    """What the adapter may know at the moment of sending; the app's secrets are decrypted here and stored nowhere."""
    secrets: Any = task.app.secrets
    return Sending(specs.app_spec(task.app), now(), secrets, dict(task.handles))


def store_handles(task: Task, handles: Mapping[str, str]) -> None:
    """Before anything else is sent: without them the run could not be named again."""
    if dict(handles) == task.handles:
        return
    with transaction.atomic():  # a callback may have brought others meanwhile
        current = Task.objects.select_for_update().get(pk=task.pk).handles
        task.handles = {**current, **handles}
        task.vendor_run_id = str(task.handles.get("run_id", ""))[:128]
        Task.objects.filter(pk=task.pk).update(handles=task.handles, vendor_run_id=task.vendor_run_id)


def store_learned(task: Task, request: PlannedRequest, reply: Reply) -> None:
    store_handles(task, adapter(task.product).read_handles(request, reply, sending_of(task)))


def send_plan(task: Task, plan: Plan, http: VendorHttp) -> TaskReport:
    """The report of the last answer, with the files of all.

    What an answer gives is kept before the next request goes: whatever becomes of that one, it is not lost.
    Raises the `VendorError` of the first that fails, `RateLimited`, `StoredObjectDropped`.
    """
    product = adapter(task.product)
    auth = auth_of(task)
    values: dict[str, str] = {}
    report = TaskReport(TaskState.UNKNOWN)
    for request in plan.requests:
        if product.can_skip(request, sending_of(task)):
            continue
        values = {**product.placeholder_values(request, sending_of(task)), **values}  # one plan, one set of tokens
        take_turn(task, request)
        ledger.write_request(task, request)
        reply = http.send(request, auth, values, base_url(task), settings.PUBLIC_URL)
        if not base_url(task):  # a gateway or the sandbox has a clock of its own
            clock_skew.record(reply.headers, now())
        store_learned(task, request, reply)
        try:
            report = dataclasses.replace(
                reply_report := product.read_reply(request, reply), files=(*report.files, *reply_report.files)
            )
            values |= reply_values(request, reply)
        except QuadboxError as error:
            ledger.write_answer(task, request, reply, getattr(error, "vendor_request_id", ""))
            on_rejection(task, request, error)
            raise
        for key, name in request.remember.items():
            VendorObject.objects.update_or_create(app=task.app, key=key, defaults={"value": values[name]})
        ledger.write_answer(task, request, reply, report.vendor_request_id)
    return report


def take_turn(task: Task, request: PlannedRequest) -> None:
    wait = rate_limiter.acquire(task.app.credential_id, task.product, request.name, MAX_SLEEP)
    if wait > MAX_SLEEP:
        raise RateLimited(wait)
    time.sleep(wait)


def on_rejection(task: Task, request: PlannedRequest, error: QuadboxError) -> None:
    if isinstance(error, VendorBusy):
        rate_limiter.slow_down(task.app.credential_id, request.name, error.retry_after)
    if isinstance(error, StoredObjectGone) and drop_stored(task, request):
        ledger.write_error(task, request.name, error, forgotten=sorted(request.uses.values()))
        raise StoredObjectDropped from error


def drop_stored(task: Task, request: PlannedRequest) -> bool:
    """Whether the request relied on stored objects; their rows are deleted, unless one was created again meanwhile."""
    for key, value in request.uses.items():
        VendorObject.objects.filter(app=task.app, key=key, value=value).delete()
    return bool(request.uses)
