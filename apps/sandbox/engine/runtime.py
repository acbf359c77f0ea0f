"""The running sandbox: one object a directory, made at the first request, with its threads."""

from __future__ import annotations

import atexit
import copy
import logging
import shutil
import threading
from pathlib import Path
from typing import Any

from apps.sandbox.engine import config
from apps.sandbox.engine.callbacks_out import CallbacksOut
from apps.sandbox.engine.clock import Clock
from apps.sandbox.engine.emulators import emulator_of
from apps.sandbox.engine.jobs import Jobs
from apps.sandbox.engine.pictures import Pictures
from apps.sandbox.engine.quotas import Quotas
from apps.sandbox.engine.store import Store
from apps.sandbox.engine.tasks import ENDED, Task

log = logging.getLogger(__name__)
KEPT_SECONDS = 72 * 3600.0  # how long an ended task is remembered


class Runtime:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.media = directory / "media"
        self.store = Store(directory)
        self.clock = Clock(float(self.store.state["clock_offset"]))
        self.quotas = Quotas()
        self.pictures = Pictures(directory / "pictures")
        self.callbacks = CallbacksOut(self.store, self.clock)
        self.jobs = Jobs(self)
        self.nonces: dict[str, float] = {}
        self._stopping = threading.Event()
        self._ticks = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="sandbox-ticker", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self.callbacks.start()

    def tick(self) -> None:
        """Walks every task on to now, and brings the mixers in line."""
        with self._ticks:
            now = self.clock.now()
            with self.store.reading() as state:
                changed = [self._walk(task, now) for task in list(state["tasks"].values())]
                if any(changed):
                    self.store.touch()
                self._forget(state, now)
                unfinished = [copy.deepcopy(task) for task in state["tasks"].values() if not task["finalised"]]
            self.jobs.care_for(unfinished)
            self.store.flush()

    def advance(self, seconds: float) -> float:
        with self.store.changing() as state:
            now = self.clock.advance(seconds)
            state["clock_offset"] = self.clock.offset
        self.tick()
        self.callbacks.wake()
        return now

    def reset(self) -> None:
        """Forgets everything and takes the mixers down."""
        with self._ticks:
            self.jobs.close()
            self.jobs = Jobs(self)
            with self.store.changing():
                self.store.clear()
                self.clock.offset = 0.0
            self.quotas = Quotas()
            self.nonces.clear()
            shutil.rmtree(self.media, ignore_errors=True)

    def close(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        self.callbacks.close()
        self.pictures.close()
        self.jobs.close()
        self.store.flush()

    def _walk(self, task: Task, now: float) -> bool:
        if task["phase"] == ENDED:
            return False
        return emulator_of(task).walk(self, task, now)

    def _forget(self, state: dict[str, Any], now: float) -> None:
        for key, task in list(state["tasks"].items()):
            if task["finalised"] and not task.get("keep") and now - (task["ended_at"] or now) > KEPT_SECONDS:
                del state["tasks"][key]
                shutil.rmtree(self.jobs.directory(task), ignore_errors=True)
                self.store.touch()

    def _run(self) -> None:
        while not self._stopping.wait(config.tick_seconds()):
            try:
                self.tick()
            except Exception:  # one bad tick must not stop the world; the next one tries again
                log.exception("sandbox: a tick failed")


_lock = threading.Lock()
_current: Runtime | None = None


def current() -> Runtime:
    """The runtime of the configured directory, started. Another SANDBOX_DIR (tests) ends the one before."""
    global _current
    with _lock:
        directory = config.directory()
        if _current is None or _current.directory != directory:
            if _current is not None:
                _current.close()
            _current = Runtime(directory)
            _current.start()
        return _current


def shut_down() -> None:
    """Ends the running sandbox, if any; the next `current()` reads the state back, as after a restart."""
    global _current
    with _lock:
        if _current is not None:
            _current.close()
            _current = None


atexit.register(shut_down)
