"""How a transcoding task lives, on the sandbox's clock."""

from __future__ import annotations

import time
from typing import Any

from apps.sandbox.agora import callbacks, signature
from apps.sandbox.engine import accounts, people
from apps.sandbox.engine.accounts import AGORA
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, RUNNING

Task = dict[str, Any]
STARTS_AFTER, WORKS_AFTER = 0.3, 1.0  # seconds from the create
DEFAULT_IDLE = 300
SEEN_AFTER_END = 600.0  # seconds during which an ended task can be asked for
SERVICES = {  # the service's status and message beside the task's
    "PREPARED": ("serviceIdle", ""),
    "STARTED": ("serviceReady", ""),
    "IN_PROGRESS": ("serviceInProgress", "OnSlaveServiceQueryUpdated"),
    "STOPPED": ("serviceCompleted", "OnSlaveServiceStopped"),
    "EXIT": ("serviceCompleted", "OnSlaveServiceIdle"),
    "FAILURE_STOP": ("serviceAbnormal", "OnSlaveServiceFailed"),
}


def inputs(task: Task, name: str) -> list[dict[str, Any]]:
    """The RTC sources of `audioInputs` or `videoInputs` in the task's channel."""
    listed = task["request"].get(name) or []
    return [entry for entry in listed if "rtc" in entry and entry["rtc"]["rtcChannel"] == task["room"]]


def heard(task: Task) -> set[str] | None:
    """The user ids whose sound is mixed; None means everybody. Left out, it is those who are seen."""
    listed = inputs(task, "audioInputs" if task["request"].get("audioInputs") else "videoInputs")
    uids = {entry["rtc"]["rtcUid"] for entry in listed}
    return None if 0 in uids else {str(uid) for uid in uids}


def present(runtime: Runtime, task: Task) -> dict[str, dict[str, Any]]:
    """The people of the input channel who publish, by user id."""
    with runtime.store.reading() as state:
        found = people.in_room(state, AGORA, task["app_id"], task["room"])
    return {entry["user_id"]: entry for entry in found if people.publishes(entry)}


def publishing(runtime: Runtime, task: Task) -> bool:
    """Whether anybody whose stream is mixed is there."""
    there, wanted = present(runtime, task), heard(task)
    seen = {str(input_["rtc"]["rtcUid"]) for input_ in inputs(task, "videoInputs")}
    cdn = any(
        "streamUrl" in entry for name in ("audioInputs", "videoInputs") for entry in task["request"].get(name) or []
    )
    return cdn or (bool(there) if wanted is None else bool((wanted | seen) & set(there)))


def walk(runtime: Runtime, task: Task, now: float) -> bool:
    """Moves the task on to `now`; True when something changed."""
    before = (task["status"], task["idle_since"])
    starts_at = task["created_at"] + STARTS_AFTER
    if task["status"] == "PREPARED" and now >= starts_at:
        why = "start failed" if task["start_fails"] else token_refusal(task)
        if why:
            fail(runtime, task, now, why)
            return True
        task["status"], task["phase"], task["started_at"] = "STARTED", RUNNING, starts_at
        callbacks.started(runtime, task, starts_at)
    if task["status"] == "STARTED" and now >= task["created_at"] + WORKS_AFTER:
        task["status"] = "IN_PROGRESS"
        callbacks.status(runtime, task, "running", now)
    if task["phase"] == RUNNING:
        if publishing(runtime, task):
            task["idle_since"] = None
        elif task["idle_since"] is None:
            task["idle_since"] = starts_at if before[0] == "PREPARED" else now
        patience = task["request"].get("idleTimeout") or DEFAULT_IDLE
        if task["idle_since"] is not None and now >= task["idle_since"] + patience:
            end(runtime, task, task["idle_since"] + patience, "EXIT", "Idle timeout")
    return before != (task["status"], task["idle_since"])


def token_refusal(task: Task) -> str:
    """Why a channel does not open; "" where it does, or the project has no certificate. Tokens live in real time."""
    certificate = accounts.certificate_of(task["app_id"])
    if not certificate:
        return ""
    now = time.time()
    sources = [entry for name in ("audioInputs", "videoInputs") for entry in task["request"].get(name) or []]
    doors = [(source["rtc"], 0, False) for source in sources if "rtc" in source]
    doors += [
        (output["rtc"], output["rtc"]["rtcUid"], True) for output in task["request"]["outputs"] if "rtc" in output
    ]
    for rtc, uid, publish in doors:
        app_id, name, token = task["app_id"], rtc["rtcChannel"], rtc.get("rtcToken")
        if why := signature.refusal(token, app_id, certificate, name, uid, now, publish):
            return f"{name}: {why}"
    return ""


def fail(runtime: Runtime, task: Task, at: float, why: str) -> None:
    task["message"] = why
    callbacks.status(runtime, task, "failed", at)
    end(runtime, task, at, "FAILURE_STOP", why)


def end(runtime: Runtime, task: Task, at: float, status: str, why: str) -> None:
    task["status"], task["phase"], task["ended_at"] = status, ENDED, at
    callbacks.stopped(runtime, task, why, at)


def finished(runtime: Runtime, task: Task, made: dict[str, Any]) -> None:
    """A mix into a channel leaves no file behind."""
