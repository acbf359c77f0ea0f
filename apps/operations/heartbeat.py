"""The heartbeat: beat asks for it every 10 s and a worker writes it, so while it comes, both are alive."""

from __future__ import annotations

import time

from django.core.cache import cache

KEY = "worker-heartbeat"
MAX_AGE = 45.0  # seconds


def record() -> None:
    cache.set(KEY, time.time(), timeout=None)


def age() -> float | None:
    """Seconds since the last heartbeat; None when there never was one."""
    last = cache.get(KEY)
    return None if last is None else max(0.0, time.time() - last)
