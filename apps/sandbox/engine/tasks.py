"""The record that the engine keeps of a vendor's task: a JSON object of the store, its phases and its media."""

from __future__ import annotations

from typing import Any

Task = dict[str, Any]

# The phases of every emulator's tasks, in the engine's words (a vendor's own state stands beside it in the task).
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
        "cut_at": None,  # when `walk` wanted the recording to go on in another part
        "formats": [],  # containers that a recording is left in beside its list: mp4, flv
    }


def next_part(part: str) -> str:
    return f"/r{int(part[2:] or 1) + 1}" if part else "/r2"
