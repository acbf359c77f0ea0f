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

from apps.core import skew
from apps.core.errors import QuadboxError, StoredObjectGone, VendorBusy, VendorRejected
from apps.credentials.models import VendorObject
from apps.tasks import ledger, pace, planning
from apps.tasks.models import Task, TaskEvent
from apps.vendors.abilities import StoredObjectLookup
from apps.vendors.http import VendorHttp, given
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.registry import adapter
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.types import Reply, Sending

LONGEST_NAP = 2.0  # seconds a worker waits for its turn; for longer it does something else meanwhile


class NotYourTurn(Exception):
    """The budget of this operation is used up: nothing was sent. `wait` is in seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"in {wait:.1f} s")
        self.wait = wait


class Forgotten(Exception):
    """A stored object was gone and is forgotten: a new plan makes it anew."""


def now() -> dt.datetime:
    return timezone.now()


def auth_of(task: Task) -> httpx2.Auth:
    """Signs as this task's app; the keys are decrypted here and nowhere kept."""
    keys: Any = task.app.credential.keys
    return adapter(task.product).auth(keys, planning.app_spec(task.app), now)


def base_url(task: Task) -> str | None:
    return task.app.credential.endpoints.get(task.product) or None


def sending_of(task: Task) -> Sending:
    """What the adapter may know at the moment of sending; the app's secrets are decrypted here and nowhere kept."""
    secrets: Any = task.app.secrets
    return Sending(planning.app_spec(task.app), now(), secrets, dict(task.handles))


def keep_handles(task: Task, handles: Mapping[str, str]) -> None:
    """Before anything else is sent: without them nobody could speak of the run again."""
    if dict(handles) == task.handles:
        return
    with transaction.atomic():  # a callback may have brought others meanwhile
        current = Task.objects.select_for_update().get(pk=task.pk).handles
        task.handles = {**current, **handles}
        task.vendor_run_id = str(task.handles.get("run_id", ""))[:128]
        Task.objects.filter(pk=task.pk).update(handles=task.handles, vendor_run_id=task.vendor_run_id)


def learn(task: Task, request: PlannedRequest, reply: Reply) -> None:
    keep_handles(task, adapter(task.product).read_handles(request, reply, sending_of(task)))


def send_plan(task: Task, plan: Plan, http: VendorHttp) -> TaskReport:
    """The report of the last answer, with the files of all.

    What an answer gives is kept before the next request goes: whatever becomes of that one, it is not lost.
    Raises the `VendorError` of the first that fails, `NotYourTurn`, `Forgotten`.
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
            skew.note(reply.headers, now())
        learn(task, request, reply)
        try:
            report = dataclasses.replace(one := product.read_reply(request, reply), files=(*report.files, *one.files))
            values |= given(request, reply)
        except QuadboxError as error:
            ledger.write_answer(task, request, reply, getattr(error, "vendor_request_id", ""))
            refused(task, request, error)
            raise
        for key, name in request.remember.items():
            VendorObject.objects.update_or_create(app=task.app, key=key, defaults={"value": values[name]})
        ledger.write_answer(task, request, reply, report.vendor_request_id)
    return report


def look_for_stored(task: Task, plan: Plan, http: VendorHttp) -> bool:
    """Whether the vendor holds what the plan would store: kept, so that the next plan uses it. Nothing is ever deleted
    there: a running task may use it."""
    product, auth = adapter(task.product), auth_of(task)
    if not isinstance(product, StoredObjectLookup):
        return False
    request = product.plan_stored(planning.spec_of(task), plan)
    wanted = {key for request in plan.requests for key in request.remember}
    found: set[str] = set()
    denied = denied_lately(task) if request is not None else set()
    while request is not None:
        take_turn(task, request)
        ledger.write_request(task, request)
        reply = http.send(request, auth, None, base_url(task), settings.PUBLIC_URL)
        try:
            stored = product.read_stored(planning.app_spec(task.app), request, reply)
        except VendorRejected as error:  # who may not look may still store
            refused(task, request, error)
            ledger.write_error(task, request.name, error)
            return bool(found & wanted)
        ledger.write_answer(task, request, reply, "")
        believed = {key: value for key, value in stored.known.items() if value not in denied}
        for key, value in believed.items():
            VendorObject.objects.get_or_create(app=task.app, key=key, defaults={"value": value})
        found |= believed.keys()
        request = None if wanted <= found else stored.more
    return bool(found & wanted)


def denied_lately(task: Task) -> set[str]:
    """Stored objects that the vendor would not take from this task, whatever it lists."""
    errors = TaskEvent.objects.filter(task=task, kind="error").order_by("-id")[:20]
    return {value for error in errors for value in error.data.get("forgotten", ())}


def take_turn(task: Task, request: PlannedRequest) -> None:
    wait = pace.place(task.app.credential_id, task.product, request.name, LONGEST_NAP)
    if wait > LONGEST_NAP:
        raise NotYourTurn(wait)
    time.sleep(wait)


def refused(task: Task, request: PlannedRequest, error: QuadboxError) -> None:
    if isinstance(error, VendorBusy):
        pace.slow_down(task.app.credential_id, request.name, error.retry_after)
    if isinstance(error, StoredObjectGone) and forget(task, request):
        ledger.write_error(task, request.name, error, forgotten=sorted(request.uses.values()))
        raise Forgotten from error


def forget(task: Task, request: PlannedRequest) -> bool:
    """Whether the request relied on stored objects, which we then no longer believe in. One made anew meanwhile
    stays."""
    for key, value in request.uses.items():
        VendorObject.objects.filter(app=task.app, key=key, value=value).delete()
    return bool(request.uses)
