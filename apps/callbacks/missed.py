"""Fetches callbacks that did not arrive from the vendor's own list, where it has one."""

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
from apps.callbacks.services import store, task_of
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
FIRST_PERIOD = dt.timedelta(hours=1)  # of an app that was not fetched before
CACHE_SECONDS = 7 * 24 * 3600
MAX_WAIT = 2.0  # seconds for the rate limiter; else the next round fetches


def fetch_all(http: VendorHttp | None = None) -> int:
    """For every app with a task at such a vendor. Answers how many callbacks had not arrived."""
    total = 0
    own = http or VendorHttp()
    try:
        for slug in products():
            if not isinstance(adapter(slug), MissedCallbackListing):
                continue
            tasks = Task.objects.filter(product=slug, state__in=lifecycle.AT_VENDOR)
            for app in App.objects.filter(pk__in=tasks.values("app")).select_related("credential"):
                total += fetch(app, slug, own)
    finally:
        if http is None:
            own.close()
    return total


def fetch(app: App, product: str, http: VendorHttp) -> int:
    """After a failure, the next round fetches the same period again."""
    now = timezone.now()
    key = f"missed:{product}:{app.pk}"
    since: dt.datetime = cache.get(key) or now - FIRST_PERIOD
    listing = adapter(product)
    assert isinstance(listing, MissedCallbackListing)
    spec = AppSpec(app.vendor_app_id, app.settings)
    keys: Any = app.credential.keys
    auth = adapter(product).auth(keys, spec, timezone.now)
    base = app.credential.endpoints.get(product)
    request: PlannedRequest | None = listing.plan_missed(spec, since - OVERLAP, now)
    total, operation = 0, ""
    try:
        while request is not None:
            operation = request.name
            if rate_limiter.acquire(app.credential_id, product, operation, MAX_WAIT) > MAX_WAIT:
                return total
            reply = http.send(request, auth, None, base, settings.PUBLIC_URL)
            callbacks, request = listing.read_missed(spec, request, reply)
            total += sum(accept(app, product, callback) for callback in callbacks)
    except QuadboxError as error:
        if isinstance(error, VendorBusy):
            rate_limiter.slow_down(app.credential_id, operation, error.retry_after)
        log.info("The list of callbacks of app %s cannot be read: %s", app.pk, error)
        return total
    cache.set(key, now, CACHE_SECONDS)
    return total


def accept(app: App, product: str, request: CallbackRequest) -> bool:
    """Stores a callback that had not arrived and answers True. One about no task of ours is left out."""
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
            receipt = store(app, product, request, Receipt.Outcome.NEW, news)
            queue.apply_after_commit(receipt.pk)
    except IntegrityError:  # it arrived meanwhile
        return False
    return True
