"""Callbacks to the customer: queued in the state, delivered over HTTP in the background, repeated as the vendor does.

A delivery is {"id", "vendor", "app_id", "event", "url", "body" (text), "headers", "due" (sandbox clock), "attempt", "retries"
(seconds before each repetition), "timeout"} and, when it is over, {"status", "ok", "at"}.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2

from apps.core import own_address
from apps.sandbox.engine import faults
from apps.sandbox.engine.clock import Clock
from apps.sandbox.engine.emulators import EMULATORS
from apps.sandbox.engine.reach import may_reach
from apps.sandbox.engine.store import Store

log = logging.getLogger(__name__)
Delivery = dict[str, Any]
REMEMBERED = 300  # attempts shown by the control endpoint
LATE = 30.0  # seconds of the sandbox clock, when a late_callback fault does not say


class CallbacksOut:
    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="sandbox-callbacks")

    def send(
        self,
        *,
        vendor: str,
        app_id: str,
        event: str,
        url: str,
        body: str,
        spoiled: str = "",
        headers: dict[str, str] | None = None,
        spoiled_headers: dict[str, str] | None = None,
        retries: tuple[float, ...] = (2.0, 5.0),
        timeout: float = 5.0,
    ) -> None:
        """Queues one callback. `spoiled` is the body, `spoiled_headers` are the headers to send instead under a
        bad_signature_callback fault."""
        if not url:
            return
        with self.store.changing() as state:
            due = self.clock.now()
            fault = faults.take(state, vendor, event, faults.CALLBACK_KINDS)
            kind = fault["kind"] if fault else ""
            delivery: Delivery = {
                "id": uuid.uuid4().hex,
                "vendor": vendor,
                "app_id": app_id,
                "event": event,
                "url": url,
                "body": spoiled if kind == "bad_signature_callback" and spoiled else body,
                "headers": (kind == "bad_signature_callback" and spoiled_headers) or headers or {},
                "due": due + float(fault.get("seconds") or LATE) if fault and kind == "late_callback" else due,
                "attempt": 0,
                "retries": list(retries),
                "timeout": timeout,
                "fault": kind,
            }
            if kind == "drop_callback":
                self._remember(state, {**delivery, "ok": False, "status": 0, "at": due})
                return
            state["outbox"].append(delivery)
            if kind == "duplicate_callback":
                state["outbox"].append({**delivery, "id": uuid.uuid4().hex, "due": due + 0.05})
        self._wake.set()

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sandbox-callbacks", daemon=True)
            self._thread.start()

    def close(self) -> None:
        self._stopping.set()
        self._wake.set()
        if self._thread:
            self._thread.join(timeout=2)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def wake(self) -> None:
        self._wake.set()

    def _run(self) -> None:
        busy: set[str] = set()
        while not self._stopping.is_set():
            now = self.clock.now()
            with self.store.reading() as state:
                waiting = {delivery["id"] for delivery in state["outbox"]}
                busy &= waiting
                ready = [
                    dict(delivery)
                    for delivery in state["outbox"]
                    if delivery["due"] <= now and (delivery["id"] not in busy)
                ]
            for delivery in ready:
                busy.add(delivery["id"])
                self._pool.submit(self._deliver, delivery, busy)
            self._wake.wait(0.2)
            self._wake.clear()

    def _deliver(self, delivery: Delivery, busy: set[str]) -> None:
        if delivery["attempt"]:
            delivery = self._renewed(delivery)
        began = time.monotonic()
        status = post(delivery["url"], delivery["body"], delivery["timeout"], delivery.get("headers"))
        cost = round((time.monotonic() - began) * 1000)  # milliseconds
        ok = status == 200
        with self.store.changing() as state:
            entry = next((waiting for waiting in state["outbox"] if waiting["id"] == delivery["id"]), None)
            if entry is None:  # a reset came between
                return
            self._remember(state, {**entry, "ok": ok, "status": status, "cost": cost, "at": self.clock.now()})
            if ok or entry["attempt"] >= len(entry["retries"]):
                state["outbox"].remove(entry)
            else:
                entry["due"] = self.clock.now() + entry["retries"][entry["attempt"]]
                entry["attempt"] += 1
            busy.discard(delivery["id"])

    def _renewed(self, delivery: Delivery) -> Delivery:
        """As its vendor sends it once more."""
        with self.store.changing() as state:
            fresh = EMULATORS[delivery["vendor"], ""].sent_again(delivery, state, self.clock.now())
            for entry in state["outbox"]:
                if entry["id"] == delivery["id"]:
                    entry.update(fresh)
        return {**delivery, **fresh}

    def _remember(self, state: dict[str, Any], delivery: Delivery) -> None:
        state["delivered"].append(delivery)
        del state["delivered"][:-REMEMBERED]


def post(url: str, body: str, timeout: float, headers: dict[str, str] | None = None) -> int:
    """One attempt; the HTTP status, or 0 when there was no answer or the URL is out of reach."""
    url = own_address.for_server(url)
    if not may_reach(url):
        log.warning("sandbox: a callback URL outside the reach of the sandbox was not called")
        return 0
    try:
        return httpx2.post(
            url,
            content=body.encode(),
            headers={"Content-Type": "application/json", **(headers or {})},
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
        ).status_code
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        log.info("sandbox: callback not delivered: %s", type(error).__name__)
        return 0
