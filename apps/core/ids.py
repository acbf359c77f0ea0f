"""Identifiers: time-ordered, so that a list can be paged by key."""

from __future__ import annotations

import os
import threading
import time
import uuid

TICKS = 4096  # a millisecond; what 12 bits count
RANDOM_BITS = 62

_lock = threading.Lock()
_last = 0


def new_id() -> uuid.UUID:
    """A UUID version 7 (RFC 9562, method 3): 48 bits of Unix milliseconds, 12 of their fraction, then randomness.

    In one process each is greater than the one before: rows made together keep their order.
    """
    global _last
    with _lock:
        _last = max(time.time_ns() * TICKS // 1_000_000, _last + 1)
        tick = _last
    milliseconds, fraction = divmod(tick, TICKS)
    random = int.from_bytes(os.urandom(8), "big") >> (64 - RANDOM_BITS)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)
