"""Recording tasks and their files."""

from __future__ import annotations

import hashlib
import math

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import validation as check
from apps.sandbox.aliyun.rtc2.record import states, templates
from apps.sandbox.aliyun.wire.replies import Rejected, invalid
from apps.sandbox.engine import people
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.clock import from_iso
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, new_task


def _find(state: JsonObject, given: JsonObject) -> JsonObject | None:
    wanted = (ALIYUN, "", given["AppId"], given["TaskId"])  # recordings alone: other services have ids of their own
    runs = [
        task
        for task in state["tasks"].values()
        if (task["vendor"], task.get("service", ""), task["app_id"], task["task_id"]) == wanted
    ]
    return max(runs, key=lambda task: task["created_at"], default=None)


def _active(state: JsonObject, given: JsonObject) -> JsonObject:
    task = _find(state, given)
    if task is None or task["phase"] == ENDED:
        raise Rejected("InvalidTask.NotFound")
    return task


def _request(state: JsonObject, given: JsonObject, template: JsonObject) -> JsonObject:
    """What Start and Update share, read; what is left out comes from the template."""
    mixed = check.whole(given, "MixMode", 0, 1, 1)
    layouts = check.layout_ids(state, given, given["AppId"]) or template["LayoutIds"]
    encode = check.media_encode(given)
    encode = template["MediaEncode"] if encode is None else encode
    counts = [len(check.panes_of(state, given["AppId"], layout) or []) for layout in layouts]
    if mixed and max(counts, default=0) == 0 and encode != 0:
        raise Rejected("InvalidLayoutID.Malformed")
    # Also a profile that comes from the template must be large enough.
    check.profile({"TaskProfile": given.get("TaskProfile") or template["TaskProfile"]}, encode, max(counts, default=0))
    source = check.text(given, "SourceType")
    if source not in ("", "camera", "shareScreen"):
        raise invalid("SourceType")
    return {
        "MixMode": mixed,
        "StreamType": check.whole(given, "StreamType", 0, 1, 0),
        "SourceType": source or "camera",
        "LayoutIds": layouts,
        "MediaEncode": encode,
        "CropMode": check.whole(given, "CropMode", 1, 2, 2),
        "UserPanes": check.user_panes(given),
        **check.users(given),
    }


def _expect(state: JsonObject, task: JsonObject, now: float) -> None:
    bound = [
        (pane["UserId"], "screen" if pane["SourceType"] == "shareScreen" else "camera")
        for pane in task["request"]["UserPanes"]
        if pane["UserId"]
    ]
    bound += [(user, "camera") for user in task["request"]["SubSpecUsers"]]
    people.expect(state, ALIYUN, task["app_id"], task["room"], bound, now)


def start_record(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "ChannelId", "TaskId")
    with runtime.store.changing() as state:
        template = templates.find(state, given)
        request = _request(state, given, template)
        if _find(state, given) is not None:
            raise Rejected("TaskExisted")
        now = runtime.clock.now()
        name = "|".join((given["AppId"], given["ChannelId"], given["TaskId"], str(runtime.store.next_id())))
        task = new_task(
            vendor=ALIYUN,
            kind="record",
            key=hashlib.sha256(name.encode()).hexdigest()[:20],
            app_id=given["AppId"],
            room=given["ChannelId"],
            task_id=given["TaskId"],
            now=now,
        )
        task |= {"request": request, "template": template, "base": base, "empty_since": None, "files": []}
        task |= {"part_since": None, "listed": [], "listed_until": None}
        task["formats"] = [format for format in template["Formats"] if format != "m3u8"]
        _expect(state, task, now)
        state["tasks"][task["key"]] = task
    return {}


def update_record(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "ChannelId", "TaskId")
    with runtime.store.changing() as state:
        task = _active(state, given)
        if task["room"] != given["ChannelId"]:
            raise Rejected("InvalidTask.NotFound")
        if task["request"]["MixMode"] == 0:
            raise Rejected("UnsupportedOperation", "A single-stream recording cannot be updated.")
        # Backgrounds, watermarks and the clock stay those the task started with.
        template = templates.find(state, given)
        task["request"] = _request(state, given, template)
        _expect(state, task, runtime.clock.now())
    return {}


def stop_record(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "TaskId")
    with runtime.store.changing() as state:
        task = _active(state, given)
        states.walk(runtime, task, runtime.clock.now())
        if task["phase"] != ENDED:
            states.end(task, runtime.clock.now())
    return {}


def describe_files(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    channel, wanted = check.text(given, "ChannelId"), check.listed(given, "TaskIds", 10)
    number, size = check.page(given)
    span = {}
    for name in ("StartTime", "EndTime"):
        raw = check.text(given, name)
        span[name] = from_iso(raw) if raw else None
        if raw and span[name] is None:
            raise invalid(name)
    since, until = span["StartTime"], span["EndTime"]
    with runtime.store.reading() as state:
        now = runtime.clock.now()
        rows = [
            {key: value for key, value in file.items() if key != "listed_at"}
            for task in state["tasks"].values()
            if task["vendor"] == ALIYUN and task["app_id"] == given["AppId"]
            for file in task.get("files", ())
            if file["listed_at"] <= now
            and channel in ("", file["ChannelId"])
            and (not wanted or file["TaskId"] in wanted)
            and (since is None or (from_iso(file["StopTime"]) or 0) >= since)
            and (until is None or (from_iso(file["StartTime"]) or 0) <= until)
        ]
    return {
        "TotalNum": len(rows),
        "TotalPage": math.ceil(len(rows) / size),
        "RecordFiles": rows[(number - 1) * size : number * size],
    }
