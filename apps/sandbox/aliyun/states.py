"""How a recording lives: it waits for somebody in the channel, records, and leaves a file (dossier §7.6, §9.1).

The vendor has no status operation for it; files and the FileCreated callback are all that is seen of it.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from apps.sandbox.engine import config, people
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.clock import iso
from apps.sandbox.engine.twins import ENDED, RUNNING, WAITING, media_url

if TYPE_CHECKING:
    from apps.sandbox.engine.runtime import Runtime

Task = dict[str, Any]
STARTS_AFTER = 0.2  # seconds from the call until the recording begins, somebody being there


def present(runtime: Runtime, task: Task) -> list[dict[str, Any]]:
    with runtime.store.reading() as state:
        return people.in_room(state, ALIYUN, task["app_id"], task["room"])


def walk(runtime: Runtime, task: Task, now: float) -> bool:
    """Moves the task on to `now`; True when something changed."""
    before = (task["phase"], task["empty_since"])
    anybody = bool(present(runtime, task))
    if task["phase"] == WAITING and anybody and now >= task["created_at"] + STARTS_AFTER:
        task["phase"], task["started_at"] = RUNNING, now
    if task["phase"] == RUNNING:
        if anybody:
            task["empty_since"] = None
        elif task["empty_since"] is None:
            task["empty_since"] = now
        # Streams that come back within DelayStopTime continue the same recording.
        patience = task["template"]["DelayStopTime"]
        if task["empty_since"] is not None and now >= task["empty_since"] + patience:
            end(task, now)
    return before != (task["phase"], task["empty_since"])


def end(task: Task, at: float) -> None:
    task["phase"], task["ended_at"] = ENDED, at


def finished(runtime: Runtime, task: Task, made: dict[str, Any]) -> None:
    """The mixer has written its last segment: the file is listed and announced. Runs under the store's lock."""
    if task["started_at"] is None:
        return  # nobody ever came: nothing was recorded
    whole = task["ended_at"] - task["started_at"]
    parts = [one for one in made.get("parts", []) if one["seconds"] > 0] or [{"path": "", "seconds": whole}]
    task["keep"] = True  # a recording outlives the memory of its task
    begun = task["started_at"]
    for n, part in enumerate(parts):
        ends = task["ended_at"] if n == len(parts) - 1 else begun + part["seconds"]
        task["files"].append(
            {
                "AppId": task["app_id"],
                "ChannelId": task["room"],
                "TaskId": task["task_id"],
                "Url": f"{media_url({**task, 'part': part['path']}, task['base'])}/hls/index.m3u8",
                "StartTime": iso(begun),
                "StopTime": iso(ends),
                "CreateTime": iso(runtime.clock.now()),
                "Duration": round(part["seconds"], 3),
                "listed_at": runtime.clock.now() + config.file_delay(),
            }
        )
        begun = ends
    for one in task["files"]:
        _announce(runtime, task, one)


def _announce(runtime: Runtime, task: Task, file: dict[str, Any]) -> None:
    told = ("AppId", "ChannelId", "TaskId", "StartTime", "StopTime", "Url", "Duration")
    body = {**{name: file[name] for name in told}, "Event": "FileCreated", "MsgId": str(uuid.uuid4())}
    with runtime.store.reading() as state:
        target = state["callbacks"].get(f"{ALIYUN}/{task['app_id']}") or {}
    runtime.callbacks.send(
        vendor=ALIYUN,
        app_id=task["app_id"],
        event="FileCreated",
        url=task["template"].get("HttpCallbackUrl") or target.get("url", ""),
        body=json.dumps(body, ensure_ascii=False),
        retries=(2.0, 5.0),  # the vendor does not publish its habit
    )
