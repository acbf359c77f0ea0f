"""How a relay lives: it waits for the channel, pushes, and ends in one of five ways."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from apps.sandbox.aliyun.rtc2 import events
from apps.sandbox.engine import config, people
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, RUNNING

Task = dict[str, Any]
SERVICE = "mpu"  # these tasks' name among the vendor's services
PENDING, PUSHING, STOPPED, STOPPED_BY_USER, CHANNEL_STOPPED, CDN_NETWORK, STREAM_URL = range(7)  # Status
STARTS_AFTER = 0.2  # seconds from the call until the push begins, somebody being there
FAILS_AFTER = 0.5  # seconds from there until a bad push URL or network is noticed
PATIENCE = 120.0  # seconds after the last person left (30 in the access guide)
LONGEST_WAIT = 30 * 86_400.0  # seconds for a channel that never starts
MOST_PUSHES = (20, 10)  # at once to a live domain: passed on (MixMode 0), mixed (MixMode 1)
URL_REST = 10.0  # seconds until a push URL may be used again


def present(runtime: Runtime, task: Task) -> list[dict[str, Any]]:
    with runtime.store.reading() as state:
        return people.in_room(state, ALIYUN, task["app_id"], task["room"])


def walk(runtime: Runtime, task: Task, now: float) -> bool:
    """Moves the task on to `now`; True when something changed."""
    before = (task["status"], task["empty_since"])
    there = {participant["user_id"] for participant in present(runtime, task)}
    anybody = bool(there)
    _tell(runtime, task, there, now)
    if task["status"] == PENDING and anybody and now >= task["created_at"] + STARTS_AFTER:
        task["status"], task["phase"], task["started_at"] = PUSHING, RUNNING, now
        task["url_taken"] = _taken(runtime, task, now)
        if _crowded(runtime, task):
            task["fails"] = task["fails"] or CDN_NETWORK
    elif task["status"] == PENDING and now >= task["created_at"] + LONGEST_WAIT:
        end(task, now, STOPPED)
    if task["status"] == PUSHING:
        if task["fails"] and now >= task["started_at"] + FAILS_AFTER:
            end(task, now, task["fails"])
        elif task["url_taken"] and now >= task["started_at"] + FAILS_AFTER:
            end(task, now, STREAM_URL)
        elif anybody:
            task["empty_since"] = None
        elif task["empty_since"] is None:
            task["empty_since"] = now
        elif now >= task["empty_since"] + PATIENCE:
            end(task, task["empty_since"] + PATIENCE, CHANNEL_STOPPED)
    return before != (task["status"], task["empty_since"])


def _tell(runtime: Runtime, task: Task, there: set[str], now: float) -> None:
    """Who came and went since the last look. Two relays of a room would tell it twice, as the vendor may."""
    seen = set(task.get("seen") or ())
    if there == seen:
        return
    task["seen"] = sorted(there)
    app_id, room = task["app_id"], task["room"]
    if there and not seen:
        events.channel(runtime, app_id, room, "Open", now)
    for user_id in sorted(there - seen):
        events.user(runtime, app_id, room, user_id, "Join", now)
    for user_id in sorted(seen - there):
        events.user(runtime, app_id, room, user_id, "Leave", now)
    if seen and not there:
        events.channel(runtime, app_id, room, "Close", now)


def _taken(runtime: Runtime, task: Task, now: float) -> bool:
    """Whether another relay pushes to this URL, or did until a moment ago. The key in its query does not matter."""
    mine = _target(task["request"]["StreamURL"])
    if not mine:
        return False
    with runtime.store.reading() as state:
        others = [
            other
            for other in state["tasks"].values()
            if other.get("service") == SERVICE and other["key"] != task["key"]
        ]
    return any(
        _target(other["request"]["StreamURL"]) == mine
        and other["started_at"] is not None
        and (other["ended_at"] is None or now < other["ended_at"] + URL_REST)
        for other in others
    )


def _crowded(runtime: Runtime, task: Task) -> bool:
    """Whether the domain takes no further push. No code is published for it: here the network turns it away."""
    domain, mode = urlsplit(task["request"]["StreamURL"]).hostname, task["request"]["MixMode"]
    if not domain or not config.task_limits():
        return False
    with runtime.store.reading() as state:
        alike = [
            other
            for other in state["tasks"].values()
            if (other.get("service"), other["phase"]) == (SERVICE, RUNNING)
            and other["key"] != task["key"]
            and other["request"]["MixMode"] == mode
            and urlsplit(other["request"]["StreamURL"]).hostname == domain
        ]
    return len(alike) >= MOST_PUSHES[mode]


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"


def end(task: Task, at: float, status: int) -> None:
    task["status"], task["phase"], task["ended_at"] = status, ENDED, at


def finished(runtime: Runtime, task: Task, made: dict[str, Any]) -> None:
    """A relay leaves no file behind, and nobody is called back."""
