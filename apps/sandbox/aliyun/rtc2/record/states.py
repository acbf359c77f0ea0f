"""How a recording lives: it waits for somebody in the channel, records, and leaves a file a part and a format.

The vendor has no status operation for it; files and the FileCreated callback are all that is seen of it.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from apps.sandbox.engine import config, people
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.clock import iso
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, RUNNING, WAITING, media_url

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
        task["phase"], task["started_at"], task["part_since"] = RUNNING, now, now
    if task["phase"] == RUNNING:
        if anybody:
            task["empty_since"] = None
        elif task["empty_since"] is None:
            task["empty_since"] = now
        # Streams that come back within DelayStopTime continue the same recording.
        patience = task["template"]["DelayStopTime"]
        if task["empty_since"] is not None and now >= task["empty_since"] + patience:
            end(task, now)
        elif now >= task["part_since"] + task["template"]["FileSplitInterval"]:
            task["cut_at"] = task["part_since"] = now
    return before != (task["phase"], task["empty_since"]) or task["cut_at"] == now


def end(task: Task, at: float) -> None:
    task["phase"], task["ended_at"] = ENDED, at


def part_finished(runtime: Runtime, task: Task, part: dict[str, Any]) -> None:
    """FileSplitInterval is over: the part's files are listed and announced while the recording goes on."""
    seconds = part["ended_at"] - begin_of_next(task) if part["seconds"] is None else part["seconds"]
    if seconds > 0:
        _leave(runtime, task, part["path"], seconds, part["ended_at"])


def finished(runtime: Runtime, task: Task, made: dict[str, Any]) -> None:
    """The mixer has written its last segment: what is not listed yet is. Runs under the store's lock."""
    if task["started_at"] is None:
        return  # nobody ever came: nothing was recorded
    whole = task["ended_at"] - begin_of_next(task)
    parts = [part for part in made.get("parts", []) if part["seconds"] > 0] or [
        {"path": task["part"], "seconds": whole}
    ]
    task["keep"] = True  # a recording outlives the memory of its task
    for n, part in enumerate(parts):
        last = n == len(parts) - 1
        ends = task["ended_at"] if last else begin_of_next(task) + part["seconds"]
        _leave(runtime, task, part["path"], part["seconds"], ends)


def begin_of_next(task: Task) -> float:
    """When the first part that is not listed yet began."""
    return float(task["listed_until"] or task["started_at"])


def _leave(runtime: Runtime, task: Task, path: str, seconds: float, ended_at: float) -> None:
    if path in task["listed"]:
        return
    begun, base = begin_of_next(task), media_url({**task, "part": path}, task["base"])
    for form in task["template"]["Formats"]:
        file = {
            "AppId": task["app_id"],
            "ChannelId": task["room"],
            "TaskId": task["task_id"],
            "Url": f"{base}/hls/index.m3u8" if form == "m3u8" else f"{base}/recording.{form}",
            "StartTime": iso(begun),
            "StopTime": iso(ended_at),
            "CreateTime": iso(runtime.clock.now()),
            "Duration": round(seconds, 3),
            "listed_at": runtime.clock.now() + config.file_delay(),
        }
        task["files"].append(file)
        _announce(runtime, task, file)
    task["listed"].append(path)
    task["listed_until"] = ended_at


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
