"""The state of the sandbox: one JSON value, changed under one lock, written atomically to disk.

Shape: {"clock_offset", "apps": {vendor: {app id: {…}}}, "rooms": {key: room}, "tasks": {key: task},
"layouts": {…}, "templates": {…}, "outbox": [delivery], "delivered": [delivery], "faults": [fault], "next_id"}.
"""

from __future__ import annotations

import json
import logging
import os
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apps.core import own_address

log = logging.getLogger(__name__)
State = dict[str, Any]
WRITE_EVERY = 0.25  # seconds; between two writes at least, so that a busy bench does not write megabytes per call


FORMAT = 2  # 1, that of Quadbox 0.1, had absolute addresses in it
# A text that begins with an address of this server, as format 1 stored it: at whatever port it had then.
# (A quote after a backslash is inside another text, as in the signed body of a callback.)
OLD_ADDRESS = re.compile(r'(?<!\\)"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?=/(?:sandbox|callbacks|a)/|")')


def without_our_address(text: str) -> str:
    """The JSON text as it is stored: the installation may have another address when it is read again."""
    bases = "|".join(re.escape(base) for base in own_address.own_bases())
    return re.sub(rf'(?<!\\)"(?:{bases})(?=[/"])', f'"{own_address.MARKER}', text) if bases else text


def with_our_address(text: str) -> str:
    if f'"format":{FORMAT}' not in text:
        text = OLD_ADDRESS.sub(f'"{own_address.MARKER}', text)
    return text.replace(f'"{own_address.MARKER}', f'"{own_address.base_for_browsers()}')


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
        "format": FORMAT,
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
            loaded = json.loads(with_our_address(self.path.read_text("utf-8")))
            if not isinstance(loaded, dict):
                raise ValueError("not an object")
        except FileNotFoundError:
            return empty()
        except (OSError, ValueError) as error:
            log.warning("sandbox state %s cannot be read (%s): starting empty", self.path, error)
            return empty()
        return {**empty(), **loaded, "format": FORMAT}

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
            text = without_our_address(json.dumps(self.state, ensure_ascii=False, separators=(",", ":")))
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
