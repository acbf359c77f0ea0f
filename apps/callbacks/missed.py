"""Callbacks that got lost on the way, fetched from the vendor's own list of them where it keeps one."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.callbacks import queue
from apps.callbacks.models import Receipt
from apps.callbacks.services import keep, task_of
from apps.core.errors import QuadboxError, VendorBusy
from apps.credentials.models import App
from apps.tasks.engine import lifecycle, rate_limiter
from apps.tasks.models import Task
from apps.vendors.abilities import MissedCallbackListing
from apps.vendors.callback import CallbackRequest
from apps.vendors.http import VendorHttp
from apps.vendors.plan import PlannedRequest
from apps.vendors.registry import adapter, products
from apps.vendors.types import AppSpec

log = logging.getLogger(__name__)

OVERLAP = dt.timedelta(minutes=5)  # the vendor's list may lag behind
FIRST_LOOK = dt.timedelta(hours=1)
REMEMBER = 7 * 24 * 3600  # seconds
PATIENCE = 2.0  # seconds for a turn; else the next round asks


def fetch_all(http: VendorHttp | None = None) -> int:
    """For every app with a task at such a vendor; answers how many callbacks were found that had not come."""
    total = 0
    own = http or VendorHttp()
    try:
        for slug in products():
            if not isinstance(adapter(slug), MissedCallbackListing):
                continue
            there = Task.objects.filter(product=slug, state__in=lifecycle.AT_VENDOR)
            for app in App.objects.filter(pk__in=there.values("app")).select_related("credential"):
                total += fetch(app, slug, own)
    finally:
        if http is None:
            own.close()
    return total


def fetch(app: App, product: str, http: VendorHttp) -> int:
    """Where it fails, the next round looks at the same time again."""
    now = timezone.now()
    key = f"missed:{product}:{app.pk}"
    since: dt.datetime = cache.get(key) or now - FIRST_LOOK
    vendor_list = adapter(product)
    assert isinstance(vendor_list, MissedCallbackListing)
    spec = AppSpec(app.vendor_app_id, app.settings)
    keys: Any = app.credential.keys
    auth = adapter(product).auth(keys, spec, timezone.now)
    base = app.credential.endpoints.get(product)
    request: PlannedRequest | None = vendor_list.plan_missed(spec, since - OVERLAP, now)
    total, operation = 0, ""
    try:
        while request is not None:
            operation = request.name
            if rate_limiter.acquire(app.credential_id, product, operation, PATIENCE) > PATIENCE:
                return total
            reply = http.send(request, auth, None, base, settings.PUBLIC_URL)
            some, request = vendor_list.read_missed(spec, request, reply)
            total += sum(take(app, product, callback) for callback in some)
    except QuadboxError as error:
        if isinstance(error, VendorBusy):
            rate_limiter.slow_down(app.credential_id, operation, error.retry_after)
        log.info("The list of callbacks of app %s cannot be read: %s", app.pk, error)
        return total
    cache.set(key, now, REMEMBER)
    return total


def take(app: App, product: str, request: CallbackRequest) -> bool:
    """Whether it was one that had not come. What concerns no task of ours is somebody else's and is left alone."""
    try:
        news = adapter(product).read_callback(request, AppSpec(app.vendor_app_id, app.settings))
    except QuadboxError as error:
        # Not its content: that may hold the keys of streams.
        name = request.vendor_message_id[:200] or "without an id"
        log.warning("The missed callback %r of app %s (%s) cannot be read: %s", name, app.pk, product, error)
        return False
    known = Receipt.objects.filter(app=app, product=product, event_id=news.event_id[:200]).exists()
    if known or task_of(app, product, news) is None:
        return False
    try:
        with transaction.atomic():
            receipt = keep(app, product, request, "new", news)
            queue.apply_after_commit(receipt.pk)
    except IntegrityError:  # it came at this very moment
        return False
    return True
