"""The state of the sandbox: one JSON value, changed under one lock, written atomically to disk.

Shape: {"clock_offset", "apps": {vendor: {app id: {…}}}, "rooms": {key: room}, "tasks": {key: task},
"layouts": {…}, "templates": {…}, "outbox": [delivery], "delivered": [delivery], "faults": [fault], "next_id"}.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
State = dict[str, Any]
WRITE_EVERY = 0.25  # seconds; between two writes at least, so that a busy bench does not write megabytes per call


def empty() -> State:
    return {
        "clock_offset": 0.0,
        "apps": {},
        "rooms": {},
        "tasks": {},
        "layouts": {},
        "templates": {},
        "callbacks": {},
        "outbox": [],
        "delivered": [],
        "faults": [],
        "next_id": 100_000,
    }


class Store:
    """Use `with store.changing() as state:`; what is changed inside is on disk within WRITE_EVERY seconds."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "state.json"
        self.lock = threading.RLock()
        self._dirty = False
        self._written_at = 0.0
        self.state = self._load()

    def _load(self) -> State:
        try:
            loaded = json.loads(self.path.read_text("utf-8"))
            if not isinstance(loaded, dict):
                raise ValueError("not an object")
        except FileNotFoundError:
            return empty()
        except (OSError, ValueError) as error:
            log.warning("sandbox state %s cannot be read (%s): starting empty", self.path, error)
            return empty()
        return {**empty(), **loaded}

    @contextmanager
    def changing(self) -> Iterator[State]:
        with self.lock:
            yield self.state
            self._dirty = True
            if time.monotonic() - self._written_at >= WRITE_EVERY:
                self.flush()

    @contextmanager
    def reading(self) -> Iterator[State]:
        with self.lock:
            yield self.state

    def touch(self) -> None:
        """For those who change the state inside `reading` and only then know that they did."""
        self._dirty = True

    def flush(self) -> None:
        """Writes what changed: whole file, then rename, so a killed process leaves the old one or the new one."""
        with self.lock:
            if not self._dirty:
                return
            text = json.dumps(self.state, ensure_ascii=False, separators=(",", ":"))
            self._dirty = False
            self._written_at = time.monotonic()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".state-", suffix=".json")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                os.replace(name, self.path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    def next_id(self) -> int:
        with self.changing() as state:
            state["next_id"] += 1
            return int(state["next_id"])

    def clear(self) -> None:
        with self.changing() as state:
            state.clear()
            state.update(empty())
