"""How a relay task lives: numbers of the service, walked on the sandbox's clock."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from apps.sandbox.aliyun.live import events
from apps.sandbox.engine import people
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, RUNNING, WAITING

Task = dict[str, Any]
WAITS, RUNS, STOPPED, STOPPED_BY_USER, CHANNEL_STOPPED, CDN_TROUBLE, URL_TROUBLE = range(7)  # Status
STARTS_AFTER = 0.3  # seconds from the call until the task runs
UNREACHABLE = ".invalid"  # the top-level domain that never resolves: to rehearse a push URL that takes no stream


def present(runtime: Runtime, task: Task, room: str = "") -> list[dict[str, Any]]:
    """Who is in the task's channel, or in another one."""
    with runtime.store.reading() as state:
        return people.in_room(state, ALIYUN, task["app_id"], room or task["room"])


def walk(runtime: Runtime, task: Task, now: float) -> bool:
    """Moves the task on to `now`; True when something changed."""
    before = (task["phase"], task["idle_since"])
    if task["phase"] == WAITING and now >= task["created_at"] + STARTS_AFTER:
        _begin(runtime, task, now)
    if task["phase"] == RUNNING:
        if any(people.publishes(participant) for participant in present(runtime, task)):
            task["idle_since"] = None
        elif task["idle_since"] is None:
            task["idle_since"] = now
        patience = task["max_idle"]
        if task["idle_since"] is not None and patience is None and not present(runtime, task):
            end(runtime, task, now, CHANNEL_STOPPED)
        elif task["idle_since"] is not None and patience is not None and now >= task["idle_since"] + patience:
            end(runtime, task, task["idle_since"] + patience, STOPPED)
    return before != (task["phase"], task["idle_since"])


def _begin(runtime: Runtime, task: Task, now: float) -> None:
    good = [url for url in task["request"]["URLs"] if not _unreachable(url)]
    for url in task["request"]["URLs"]:
        if url in good:
            events.send(runtime, task, url, now)
        else:
            events.send(runtime, task, url, now, fault="connect to the rtmp server failed")
    if good:
        task["phase"], task["status"], task["started_at"] = RUNNING, RUNS, now
    else:
        end(runtime, task, now, URL_TROUBLE)


def _unreachable(url: str) -> bool:
    return (urlsplit(url).hostname or "").endswith(UNREACHABLE)


def end(runtime: Runtime, task: Task, at: float, status: int) -> None:
    task["phase"], task["status"], task["ended_at"] = ENDED, status, at
    if status in (STOPPED, STOPPED_BY_USER, CHANNEL_STOPPED):
        for url in task["request"]["URLs"]:
            events.send(runtime, task, url, at, ended=True)


def finished(runtime: Runtime, task: Task, made: dict[str, Any]) -> None:
    """A push leaves no file behind."""
