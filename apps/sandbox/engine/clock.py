"""The sandbox's clock: real time plus an offset that tests advance."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """`now()` is Unix seconds. It never goes back except by `reset`."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset

    def now(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> float:
        if seconds < 0:
            raise ValueError("the clock only goes forward")
        self.offset += seconds
        return self.now()


def iso(seconds: float) -> str:
    """`2024-05-20T08:30:15Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_iso(text: str) -> float | None:
    """The reverse of `iso`; None when it is not in that form."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
