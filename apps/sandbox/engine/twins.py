"""The table of twins: what the engine asks of a vendor's folder. Importing its routes enters a folder here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.sandbox.engine.mixer.scene import Scene
    from apps.sandbox.engine.runtime import Runtime

Task = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Twin:
    """`walk` moves a task on to `now` and says whether anything changed; it runs under the store's lock.

    `scene` is the picture by the vendor's rules, None for audio only. `finished` is told what the mixer made of a
    stopped task: {"parts": [{"path", "seconds"}]}, or {} when nothing was mixed; `part_finished` of each part that was
    cut while the task goes on: {"path", "seconds", "ended_at"}. `sent_again` answers what is other than
    last time of a callback that is repeated; it runs under the lock too, with the delivery, the state and the time.
    """

    walk: Callable[[Runtime, Task, float], bool]
    scene: Callable[[Runtime, Task], Scene | None]
    finished: Callable[[Runtime, Task, dict[str, Any]], None]
    part_finished: Callable[[Runtime, Task, dict[str, Any]], None] = lambda *_: None
    sent_again: Callable[[dict[str, Any], dict[str, Any], float], dict[str, Any]] = lambda *_: {}


TWINS: dict[tuple[str, str], Twin] = {}


def register(vendor: str, twin: Twin, service: str = "") -> None:
    """A vendor whose services live apart registers each under its own name (the `service` of its tasks)."""
    TWINS[vendor, service] = twin


def twin_of(task: Task) -> Twin:
    return TWINS[task["vendor"], task.get("service", "")]


def vendors() -> tuple[str, ...]:
    """Every vendor that has a twin, in order."""
    return tuple(sorted({vendor for vendor, _ in TWINS}))


# The phases of every twin's tasks, in the engine's words (a vendor's own state stands beside it in the task).
WAITING, RUNNING, ENDED = "waiting", "running", "ended"


def media_url(task: Task, base: str) -> str:
    """Where the media of a task's current part lie, without a slash at the end."""
    return f"{base}/sandbox/media/{task['vendor']}/{task['key']}{task['part']}"


def new_task(
    *, vendor: str, kind: str, key: str, app_id: str, room: str, task_id: str, now: float, service: str = ""
) -> Task:
    return {
        "vendor": vendor,
        "service": service,
        "kind": kind,  # "push" (a rolling HLS) or "record" (a whole one)
        "key": key,
        "app_id": app_id,
        "room": room,
        "task_id": task_id,
        "phase": WAITING,
        "created_at": now,
        "started_at": None,
        "ended_at": None,
        "finalised": False,
        "part": "",  # "", or "/r2" and so on after a restart or a cut of the recording
        "cut_at": None,  # when `walk` wished the recording to go on in another part
        "formats": [],  # containers that a recording is left in beside its list: mp4, flv
    }


def next_part(part: str) -> str:
    return f"/r{int(part[2:] or 1) + 1}" if part else "/r2"
