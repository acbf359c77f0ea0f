"""StartMPUTask, UpdateMPUTask, GetMPUTaskStatus, StopMPUTask."""

from __future__ import annotations

import hashlib

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import validation as check
from apps.sandbox.aliyun.rtc2.mpu import states
from apps.sandbox.aliyun.rtc2.mpu import validation as wanted
from apps.sandbox.aliyun.wire.replies import Rejected
from apps.sandbox.engine import people
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, new_task


def _find(state: JsonObject, given: JsonObject) -> JsonObject | None:
    name = (ALIYUN, states.SERVICE, given["AppId"], given["TaskId"])
    runs = [
        task
        for task in state["tasks"].values()
        if (task["vendor"], task.get("service", ""), task["app_id"], task["task_id"]) == name
    ]
    return max(runs, key=lambda task: task["created_at"], default=None)


def _known(state: JsonObject, given: JsonObject) -> JsonObject:
    task = _find(state, given)
    if task is None:
        raise Rejected("InvalidTask.NotFound")
    return task


def _active(runtime: Runtime, state: JsonObject, given: JsonObject) -> JsonObject:
    """Brought up to now, and not over."""
    task = _known(state, given)
    if task["phase"] != ENDED:
        states.walk(runtime, task, runtime.clock.now())
    if task["phase"] == ENDED:
        raise Rejected("InvalidTask.NotFound")
    return task


def _expect(state: JsonObject, task: JsonObject, now: float) -> None:
    request = task["request"]
    bound = [
        (pane["UserId"], "screen" if pane["SourceType"] == "shareScreen" else "camera")
        for pane in request["UserPanes"]
        if pane["UserId"]
    ]
    single = "screen" if request["MixMode"] == 0 and request["SourceType"] == "shareScreen" else "camera"
    bound += [(user, single) for user in request["SubSpecUsers"]]
    people.expect(state, ALIYUN, task["app_id"], task["room"], bound, now)


def start(runtime: Runtime, given: JsonObject, base: str, *, fails: str | None = None) -> JsonObject:
    """`fails`: what will go wrong once it pushes: "6" for the stream URL, anything else for the CDN's network."""
    check.ids(given, "ChannelId", "TaskId")
    with runtime.store.changing() as state:
        request = {**wanted.once(given), **wanted.picture(state, given, {})}
        if _find(state, given) is not None:  # a TaskId is never free again
            raise Rejected("TaskExisted")
        now = runtime.clock.now()
        name = "|".join((given["AppId"], given["ChannelId"], given["TaskId"], str(runtime.store.next_id())))
        task = new_task(
            vendor=ALIYUN,
            service=states.SERVICE,
            kind="push",
            key=hashlib.sha256(name.encode()).hexdigest()[:20],
            app_id=given["AppId"],
            room=given["ChannelId"],
            task_id=given["TaskId"],
            now=now,
        )
        failure = 0 if fails is None else states.STREAM_URL if fails == str(states.STREAM_URL) else states.CDN_NETWORK
        task |= {
            "request": request,
            "status": states.PENDING,
            "fails": failure,
            "url_taken": False,
            "empty_since": None,
        }
        _expect(state, task, now)
        state["tasks"][task["key"]] = task
    return {}


def update(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    """Without effect before the channel has started: it only works while the task runs normally."""
    check.ids(given, "TaskId")
    with runtime.store.changing() as state:
        task = _active(runtime, state, given)
        changed = wanted.picture(state, given, task["request"])
        if task["status"] == states.PUSHING:
            task["request"] = {**task["request"], **changed}
            _expect(state, task, runtime.clock.now())
    return {}


def stop(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "TaskId")
    with runtime.store.changing() as state:
        states.end(_active(runtime, state, given), runtime.clock.now(), states.STOPPED_BY_USER)
    return {}


def get_status(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "TaskId")
    with runtime.store.reading() as state:
        task = _known(state, given)
        if task["phase"] != ENDED and states.walk(runtime, task, runtime.clock.now()):
            runtime.store.touch()
        return {"Status": task["status"]}


def layout_deleted(state: JsonObject, app_id: str, layout_id: int, now: float) -> None:
    """Deleting a layout interrupts every relay that uses it."""
    for task in state["tasks"].values():
        mine = (task["vendor"], task.get("service", ""), task["app_id"]) == (ALIYUN, states.SERVICE, app_id)
        if mine and task["phase"] != ENDED and layout_id in task["request"]["LayoutIds"]:
            states.end(task, now, states.STOPPED)
