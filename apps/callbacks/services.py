"""Verifies a callback, stores it as it came, and applies it to its task. Callbacks are hints: polls reach the same end."""

from __future__ import annotations

import datetime as dt
import json
import logging
import uuid
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.callbacks import queue
from apps.callbacks.models import Receipt
from apps.core.errors import QuadboxError
from apps.credentials.models import App
from apps.tasks.engine import ledger, lifecycle, reports
from apps.tasks.engine.sending import store_handles
from apps.tasks.models import EventCode, State, Task
from apps.vendors.callback import CallbackNews, CallbackRequest
from apps.vendors.redaction import is_secret_name
from apps.vendors.registry import adapter
from apps.vendors.types import AppSpec

log = logging.getLogger(__name__)

MAX_FORGED_STORED = 20  # per app and hour: a forger must not fill the disk
MAX_HEADERS = 40


class CallbackRefused(Exception):
    """It is not signed by the vendor, or too old."""


def receive(app: App, product: str, request: CallbackRequest) -> Receipt:
    """Stores a callback; a job applies it after the vendor has its answer. Raises `CallbackRefused`."""
    secrets: Any = app.secrets
    secret = str(secrets.get("callback_secret") or "")
    now = timezone.now()
    if reason := refusal(app, product, request, secret, now):
        store_forged(app, product, request, reason)
        raise CallbackRefused
    App.objects.filter(pk=app.pk).update(last_callback_at=now)
    try:
        news = adapter(product).read_callback(request, AppSpec(app.vendor_app_id, app.settings))
    except (QuadboxError, NotImplementedError) as error:
        log.warning("A callback of app %s (%s) cannot be read: %s", app.pk, product, error)
        return store(app, product, request, Receipt.Outcome.UNREADABLE)
    try:
        with transaction.atomic():
            receipt = store(app, product, request, Receipt.Outcome.NEW, news)
            queue.apply_after_commit(receipt.pk)
        return receipt
    except IntegrityError:
        return store(app, product, request, Receipt.Outcome.DUPLICATE, news)


def refusal(app: App, product: str, request: CallbackRequest, secret: str, now: dt.datetime) -> str:
    """Why a callback is refused; "" when it is accepted."""
    product_adapter = adapter(product)
    if not product_adapter.verify_callback(request, secret):
        return "signature" if secret else "no_secret"
    spec = AppSpec(app.vendor_app_id, app.settings)
    return "stale" if product_adapter.callback_is_stale(request, spec, now) else ""


def store(
    app: App,
    product: str,
    request: CallbackRequest,
    outcome: str,
    news: CallbackNews | None = None,
    reason: str = "",
) -> Receipt:
    return Receipt.objects.create(
        app=app,
        product=product,
        event_id=news.event_id[:200] if news else "",
        event=news.event[:80] if news else "",
        headers=plain_headers(request),
        content=request.content,
        outcome=outcome,
        reason=reason,
    )


def store_forged(app: App, product: str, request: CallbackRequest, reason: str) -> None:
    key = f"forged:{app.pk}:{timezone.now():%Y%m%d%H}"
    cache.add(key, 0, timeout=3700)
    if cache.incr(key) <= MAX_FORGED_STORED:
        store(app, product, request, Receipt.Outcome.FORGED, reason=reason)


def plain_headers(request: CallbackRequest) -> dict[str, str]:
    pairs = list(request.headers.items())[:MAX_HEADERS]
    return {name: "***" if is_secret_name(name) else value[:500] for name, value in pairs}


def apply_receipt(receipt_id: uuid.UUID) -> str:
    """Applies a receipt to its task, once; answers the outcome."""
    with transaction.atomic():
        receipt = Receipt.objects.select_for_update(of=("self",)).select_related("app").get(pk=receipt_id)
        if receipt.outcome != Receipt.Outcome.NEW:
            return receipt.outcome
        request = CallbackRequest(receipt.headers, bytes(receipt.content))
        spec = AppSpec(receipt.app.vendor_app_id, receipt.app.settings)
        news = adapter(receipt.product).read_callback(request, spec)
        task = task_of(receipt.app, receipt.product, news)
        if task is None:
            outcome = (
                Receipt.Outcome.APPLIED
                if news.room and poll_room_soon(receipt.app, receipt.product, news.room)
                else Receipt.Outcome.UNMATCHED
            )
        else:
            outcome = Receipt.Outcome.APPLIED
            ledger.write(
                task.pk,
                EventCode.CALLBACK_RECEIVED,
                {
                    "receipt": str(receipt.pk),
                    "event": news.event,
                    "event_id": news.event_id,
                    "body": read_body(request.content),
                },
            )
            if news.report is not None:
                if news.report.learned:
                    store_handles(task, {**task.handles, **news.report.learned})
                reports.apply(task.pk, news.report, "callback")
            # A callback is a hint: the task is polled at the next turn, also after it ended here.
            due = Task.objects.filter(pk=task.pk).exclude(state__in=[State.DRAFT, State.SCHEDULED])
            if not adapter(task.product).reports_state:
                due = due.exclude(next_poll_at=None)
            due.update(next_poll_at=timezone.now())
        receipt.outcome, receipt.task_id, receipt.applied_at = outcome, task.pk if task else None, timezone.now()
        receipt.save()
        return outcome


def poll_room_soon(app: App, product: str, room: str) -> int:
    """Something happened in the room: its tasks are polled at the next turn. Answers how many."""
    there = Task.objects.filter(app=app, product=product, room=room, state__in=lifecycle.AT_VENDOR)
    return there.update(next_poll_at=timezone.now())


def read_body(content: bytes) -> Any:
    """The body for the timeline: JSON, or text. The ledger removes the secrets."""
    text = content.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text[: ledger.MAX_TEXT_ANSWER]


def task_of(app: App, product: str, news: CallbackNews) -> Task | None:
    """The task that a callback is about, by our id of it or by the vendor's."""
    tasks = Task.objects.filter(app=app, product=product).order_by("-id")
    if news.vendor_task_id:
        return tasks.filter(vendor_task_id=news.vendor_task_id).first()
    return tasks.filter(vendor_run_id=news.vendor_run_id).first() if news.vendor_run_id else None


def unapplied(older_than: dt.timedelta = dt.timedelta(seconds=5)) -> list[uuid.UUID]:
    """Receipts whose job was lost."""
    rows = Receipt.objects.filter(outcome=Receipt.Outcome.NEW, created_at__lt=timezone.now() - older_than)
    return list(rows.order_by("id").values_list("pk", flat=True)[:500])
