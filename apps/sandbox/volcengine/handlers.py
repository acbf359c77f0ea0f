"""The operations of the push product."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

from apps.core.types import JsonObject
from apps.sandbox.engine import people
from apps.sandbox.engine.accounts import DEMO_APPS, VOLCENGINE
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, new_task
from apps.sandbox.volcengine import callbacks, states
from apps.sandbox.volcengine.replies import Rejected
from apps.sandbox.volcengine.validation import Checker, bad, body_of, ids

REPEATED = "The task has been started. Please do not call the startup task interface repeatedly"
FIXED_ENCODE = ("AudioProfile", "VideoCodec")  # not to be changed on air


def _find(state: JsonObject, given: JsonObject) -> JsonObject | None:
    """The newest run of this id."""
    wanted = (VOLCENGINE, given["AppId"], given["RoomId"], given.get("TaskId"))
    runs = [
        task
        for task in state["tasks"].values()
        if (task["vendor"], task["app_id"], task["room"], task["task_id"]) == wanted
    ]
    return max(runs, key=lambda task: task["created_at"], default=None)


def _active(state: JsonObject, given: JsonObject) -> JsonObject:
    task = _find(state, given)
    if task is None or task["phase"] == ENDED:
        raise Rejected("InvalidParameter.ErrorActiveTaskNotFound", "active task not found")
    return task


def _expect(state: JsonObject, task: JsonObject, now: float) -> None:
    listed = (task["request"].get("TargetStreams") or {}).get("StreamList") or []
    bound = [(entry["UserId"], "screen" if entry.get("StreamType") == 1 else "camera") for entry in listed]
    people.expect(state, VOLCENGINE, task["app_id"], task["room"], bound, now)


def start(runtime: Runtime, raw: bytes, version: str, *, fails: bool = False) -> str:
    body = body_of(raw)
    ids(body, "RoomId", "TaskId")
    Checker(version).push(body)
    with runtime.store.changing() as state:
        now = runtime.clock.now()
        before = _find(state, body)
        if before is not None and before["phase"] != ENDED:
            return REPEATED
        name = "|".join((body["AppId"], body["RoomId"], body["TaskId"], str(runtime.store.next_id())))
        task = new_task(
            vendor=VOLCENGINE,
            kind="push",
            key=hashlib.sha256(name.encode()).hexdigest()[:20],
            app_id=body["AppId"],
            room=body["RoomId"],
            task_id=body["TaskId"],
            now=now,
        )
        task |= {
            "request": body,
            "version": version,
            "status": states.NOT_STARTED,
            "push_state": states.PUSH_NOT_STARTED,
            "push_at": None,
            "idle_since": None,
            "stop_reason": "",
            "sequence": None,
            "start_fails": fails,
        }
        _expect(state, task, now)
        state["tasks"][task["key"]] = task
    return "ok"


def update(runtime: Runtime, raw: bytes, version: str) -> str:
    body = body_of(raw)
    ids(body, "RoomId", "TaskId")
    checker = Checker(version)
    for name in ("TargetStreams", "Layout", "Encode", "Control"):
        checker.section(body, name)
    checker.section(body.get("Control") or {}, "SEIConfig")
    with runtime.store.changing() as state:
        task = _active(state, body)
        states.walk(runtime, task, runtime.clock.now())
        if task["status"] != states.LIVE:
            raise Rejected("InvalidParameter.ErrorActiveTaskNotFound", "the task is not running")
        number = checker.whole(body, "SequenceNumber", -(2**31), 2**31 - 1)
        if number is not None and task["sequence"] is not None and number <= task["sequence"]:
            raise bad("SequenceNumber is stale")
        request = copy.deepcopy(task["request"])
        if (request.get("Layout") or {}).get("LayoutMode", 0) != 2:
            raise bad("only tasks of LayoutMode 2 can be updated")
        changed = _patched(request, body) if body.get("IsUpdatePartialParam") is True else _replaced(request, body)
        checker.parts(changed)
        checker.control(checker.section(changed, "Control"))
        _same_canvas(request, changed)
        task["request"] = changed
        task["sequence"] = number if number is not None else task["sequence"]
        now = runtime.clock.now()
        _expect(state, task, now)
        callbacks.send(runtime, task, "TranscodeUpdated", now)
    return "ok"


def _replaced(request: JsonObject, body: JsonObject) -> JsonObject:
    """Every updatable member that is left out falls back to its default."""
    kept = {name: request[name] for name in request if name not in ("TargetStreams", "Layout", "Encode", "Control")}
    fresh: JsonObject = copy.deepcopy(
        {name: body[name] for name in ("TargetStreams", "Layout", "Encode") if name in body}
    )
    fixed = {name: value for name, value in (request.get("Encode") or {}).items() if name in FIXED_ENCODE}
    fresh["Encode"] = {**(fresh.get("Encode") or {}), **fixed}
    control = copy.deepcopy(request.get("Control") or {})
    given = body.get("Control") or {}
    control.pop("SpatialConfig", None)
    if "SpatialConfig" in given:
        control["SpatialConfig"] = copy.deepcopy(given["SpatialConfig"])
    if "SEIConfig" in control or "SEIConfig" in given:
        sei = control.setdefault("SEIConfig", {})
        sei["UserConfigExtraInfo"] = (given.get("SEIConfig") or {}).get("UserConfigExtraInfo", "")
    return {**kept, **fresh, "Control": control}


def _patched(request: JsonObject, body: JsonObject) -> JsonObject:
    changed = copy.deepcopy(request)
    for name in ("TargetStreams", "Layout", "Encode"):
        if name in body:
            fixed = {key: (request.get(name) or {}).get(key) for key in FIXED_ENCODE} if name == "Encode" else {}
            changed[name] = _merged(changed.get(name), body[name])
            changed[name].update({key: value for key, value in fixed.items() if value is not None})
    given = body.get("Control") or {}
    control = changed.setdefault("Control", {})
    if "SpatialConfig" in given:
        control["SpatialConfig"] = _merged(control.get("SpatialConfig"), given["SpatialConfig"])
    sei = (given.get("SEIConfig") or {}).get("UserConfigExtraInfo")
    if sei is not None:
        control.setdefault("SEIConfig", {})["UserConfigExtraInfo"] = sei
    return changed


def _merged(old: Any, new: Any) -> Any:
    """Objects are merged, arrays and values replaced."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return copy.deepcopy(new)
    return {**old, **{name: _merged(old.get(name), value) for name, value in new.items()}}


def _same_canvas(before: JsonObject, after: JsonObject) -> None:
    old = ((before.get("Layout") or {}).get("CustomLayout") or {}).get("Canvas") or {}
    layout = after.get("Layout") or {}
    new = (layout.get("CustomLayout") or {}).get("Canvas") or {}
    if layout.get("LayoutMode", 0) != 2:
        raise bad("LayoutMode cannot be changed")
    if (old.get("Width", 640), old.get("Height", 480)) != (new.get("Width", 640), new.get("Height", 480)):
        raise bad("the size of the canvas cannot be changed")


def stop(runtime: Runtime, raw: bytes, version: str) -> str:
    body = body_of(raw)
    ids(body, "RoomId", "TaskId")
    with runtime.store.changing() as state:
        task = _active(state, body)
        states.end(runtime, task, runtime.clock.now(), "StopByAPI")
    return "ok"


def get(runtime: Runtime, query: JsonObject, version: str) -> JsonObject:
    ids(query, "RoomId")
    given = dict(query)
    if not given.get("TaskId"):
        given["TaskId"] = given.get("UserId", "")  # a task that a client SDK started without a task id
    if not given["TaskId"]:
        raise bad("TaskId or UserId is required")
    with runtime.store.reading() as state:
        now = runtime.clock.now()
        task = _find(state, given)
        if task is None or now - task["created_at"] > states.VISIBLE_HOURS * 3600:
            raise Rejected("InvalidParameter.ErrorActiveTaskNotFound", "task not found")
        if task["phase"] != ENDED and states.walk(runtime, task, now):
            runtime.store.touch()
        request = task["request"]
        return {
            "PushMixedStreamToCDNTask": {
                "StartTime": int((task["started_at"] or task["created_at"]) * 1000),
                "EndTime": int((task["ended_at"] or 0) * 1000),
                "Status": task["status"],
                "StopReason": task["stop_reason"],
                # a string in the vendor's 2020-12-01 sample, though its table says Int
                "PushStreamState": str(task["push_state"]) if version == "2020-12-01" else task["push_state"],
                "TargetStreams": copy.deepcopy(request.get("TargetStreams") or {"StreamList": []}),
                "ExcludeStreams": copy.deepcopy(request.get("ExcludeStreams") or {"StreamList": []}),
                "PushURL": request["PushURL"],
                "Encode": copy.deepcopy(request.get("Encode") or {}),
                "Layout": copy.deepcopy(request.get("Layout") or {}),
                "Control": copy.deepcopy(request.get("Control") or {}),
            }
        }


def list_apps(runtime: Runtime, query: JsonObject, version: str) -> JsonObject:
    apps = [{"AppId": app, "AppName": "sandbox", "Status": 1} for app in DEMO_APPS[VOLCENGINE]]
    return {"Total": len(apps), "AppList": apps}


def room_online_users(runtime: Runtime, query: JsonObject, version: str) -> JsonObject:
    ids(query, "RoomId")
    with runtime.store.reading() as state:
        present = people.in_room(state, VOLCENGINE, query["AppId"], query["RoomId"])
    return {"TotalUser": len(present), "VisibleUserList": [participant["user_id"] for participant in present]}
