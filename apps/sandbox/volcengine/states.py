"""How a push task lives: numbers of the vendor, walked on the sandbox's clock."""

from __future__ import annotations

from typing import Any

from apps.sandbox.engine import people
from apps.sandbox.engine.accounts import VOLCENGINE
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, RUNNING
from apps.sandbox.volcengine import callbacks

Task = dict[str, Any]
NOT_STARTED, LIVE, OVER, FAILED = 1, 2, 3, 4  # Status
PUSH_NOT_STARTED, FIRST_CONNECTION, CONNECTED, PUSHING, PUSH_STOPPED = 1, 2, 4, 5, 6  # PushStreamState
STARTS_AFTER = 0.2  # seconds from the call until Status 2
PUSH_STEPS = ((0.0, FIRST_CONNECTION), (0.4, CONNECTED), (1.0, PUSHING))  # seconds from the first connection
DEFAULT_IDLE = 180
VISIBLE_HOURS = 72


def streams(runtime: Runtime, task: Task) -> list[dict[str, Any]]:
    """What is published now of what the task mixes: {"UserId", "StreamType", "person"}, in join order."""
    request = task["request"]
    wanted = {(stream["UserId"], stream.get("StreamType", 0)) for stream in _listed(request, "TargetStreams")}
    banned = {(stream["UserId"], stream.get("StreamType", 0)) for stream in _listed(request, "ExcludeStreams")}
    with runtime.store.reading() as state:
        present = people.in_room(state, VOLCENGINE, task["app_id"], task["room"])
    found = []
    for person in present:
        for stream_type, on in ((0, person["camera"] or person["audio"]), (1, person["screen"])):
            name = (person["user_id"], stream_type)
            if on and name not in banned and (not wanted or name in wanted):
                found.append({"UserId": person["user_id"], "StreamType": stream_type, "person": person})
    return found


def _listed(request: dict[str, Any], member: str) -> list[dict[str, Any]]:
    return list((request.get(member) or {}).get("StreamList") or [])


def walk(runtime: Runtime, task: Task, now: float) -> bool:
    """Moves the task on to `now`; True when something changed."""
    before = (task["status"], task["push_state"], task["idle_since"], task["push_at"])
    starts_at = task["created_at"] + STARTS_AFTER
    if task["status"] == NOT_STARTED and now >= starts_at:
        if task["start_fails"]:
            end(runtime, task, now, "StartTaskFailed", status=FAILED)
            return True
        task["status"], task["phase"], task["started_at"] = LIVE, RUNNING, starts_at
        callbacks.send(runtime, task, "TranscodeStarted", starts_at)
    if task["status"] == LIVE:
        control = task["request"].get("Control") or {}
        published = bool(streams(runtime, task))
        if task["push_at"] is None and (published or control.get("PushStreamMode") == 1):
            # Somebody was there from the start, or has come since the last look.
            task["push_at"] = now if before[0] == LIVE else starts_at
        if task["push_at"] is not None:
            reached = [state for after, state in PUSH_STEPS if now >= task["push_at"] + after]
            if reached and reached[-1] != task["push_state"]:
                task["push_state"] = reached[-1]
                if reached[-1] == PUSHING:
                    callbacks.send(runtime, task, "TranscodeStateChanged", now)
        if published:
            task["idle_since"] = None
        elif task["idle_since"] is None:
            # Nobody since the start, or since somewhere in the last tick.
            task["idle_since"] = starts_at if before[0] == NOT_STARTED else now
        patience = control.get("MaxIdleTime") or DEFAULT_IDLE
        if task["idle_since"] is not None and now >= task["idle_since"] + patience:
            end(runtime, task, task["idle_since"] + patience, "IdleTimeOut")
    return before != (task["status"], task["push_state"], task["idle_since"], task["push_at"])


def end(runtime: Runtime, task: Task, at: float, reason: str, *, status: int = OVER) -> None:
    task["status"], task["stop_reason"] = status, reason
    task["push_state"] = PUSH_STOPPED if status == OVER else 0
    task["phase"], task["ended_at"] = ENDED, at
    callbacks.send(runtime, task, "TranscodeStopped", at)


def finished(runtime: Runtime, task: Task, made: dict[str, Any]) -> None:
    """A push leaves no file behind."""
