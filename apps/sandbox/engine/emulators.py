"""The table of emulators: what the engine calls in a vendor's folder. Importing its routes registers a folder here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import Task

if TYPE_CHECKING:
    from apps.sandbox.engine.mixer.scene import Scene


@dataclass(frozen=True, slots=True)
class Emulator:
    """`walk` advances a task to `now` and returns whether anything changed; it runs under the store's lock.

    `scene` is the picture by the vendor's rules, None for audio only. `finished` receives what the mixer made of a
    stopped task: {"parts": [{"path", "seconds"}]}, or {} when nothing was mixed; `part_finished` each part that was
    cut while the task goes on: {"path", "seconds", "ended_at"}. `sent_again` returns the members of a repeated
    callback that differ from the last time; it runs under the lock too, with the delivery, the state and the time.
    """

    walk: Callable[[Runtime, Task, float], bool]
    scene: Callable[[Runtime, Task], Scene | None]
    finished: Callable[[Runtime, Task, dict[str, Any]], None]
    part_finished: Callable[[Runtime, Task, dict[str, Any]], None] = lambda *_: None
    sent_again: Callable[[dict[str, Any], dict[str, Any], float], dict[str, Any]] = lambda *_: {}


EMULATORS: dict[tuple[str, str], Emulator] = {}


def register(vendor: str, emulator: Emulator, service: str = "") -> None:
    """A vendor with several separate services registers each under its own name (the `service` of its tasks)."""
    EMULATORS[vendor, service] = emulator


def emulator_of(task: Task) -> Emulator:
    return EMULATORS[task["vendor"], task.get("service", "")]


def vendors() -> tuple[str, ...]:
    """Every vendor that has an emulator, in order."""
    return tuple(sorted({vendor for vendor, _ in EMULATORS}))
