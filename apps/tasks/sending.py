"""Sends one plan, request by request, with the ledger written around each. No transaction is open meanwhile."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import httpx2
from django.conf import settings
from django.utils import timezone

from apps.core.errors import QuadboxError
from apps.credentials.models import VendorObject
from apps.tasks import ledger, planning
from apps.tasks.models import Task
from apps.vendors.contract import Reply, Sending, TaskReport, TaskState
from apps.vendors.http import VendorHttp, given
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.registry import adapter


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
    task.handles = dict(handles)
    task.vendor_run_id = str(handles.get("run_id", ""))[:128]
    Task.objects.filter(pk=task.pk).update(handles=task.handles, vendor_run_id=task.vendor_run_id)


def learn(task: Task, request: PlannedRequest, reply: Reply) -> None:
    keep_handles(task, adapter(task.product).learn(request, reply, sending_of(task)))


def send_plan(task: Task, plan: Plan, http: VendorHttp, *, quiet: bool = False) -> TaskReport:
    """The report of the last answer, with the files of all. Raises the `VendorError` of the first that fails.

    `quiet` keeps questions out of the ledger: polls would fill it, their news is written by `reports`.
    """
    product = adapter(task.product)
    auth = auth_of(task)
    values: dict[str, str] = {}
    report = TaskReport(TaskState.UNKNOWN)
    for request in plan.requests:
        if product.still_serves(request, sending_of(task)):
            continue
        filling = {**values, **product.values(request, sending_of(task))}
        if not quiet:
            ledger.write_request(task, request)
        reply = http.send(request, auth, filling, base_url(task), settings.PUBLIC_URL)
        learn(task, request, reply)
        try:
            report = dataclasses.replace(one := product.read_reply(request, reply), files=(*report.files, *one.files))
            values |= given(request, reply)
        except QuadboxError as error:
            if not quiet:
                ledger.write_answer(task, request, reply, getattr(error, "vendor_request_id", ""))
            raise
        if not quiet:
            ledger.write_answer(task, request, reply, report.vendor_request_id)
        for key, name in request.remember.items():
            VendorObject.objects.update_or_create(app=task.app, key=key, defaults={"value": values[name]})
    return report
