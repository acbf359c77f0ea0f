"""How often an account may call an operation: fixed windows of real time, as gateways count."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Quotas:
    """`allow(account, operation, limit, window)` counts one call; False when the window is full."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._windows: dict[tuple[str, str], tuple[int, int]] = {}

    def allow(self, account: str, operation: str, limit: int, window: float = 1.0) -> bool:
        number = int(self._monotonic() / window)
        with self._lock:
            started, used = self._windows.get((account, operation), (number, 0))
            if started != number:
                used = 0
            if used >= limit:
                return False
            self._windows[account, operation] = (number, used + 1)
            return True
