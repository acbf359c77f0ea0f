"""Relay tasks, and the helpers around them."""

from __future__ import annotations

import hashlib
import json

from apps.core.types import JsonObject
from apps.sandbox.aliyun.live import states
from apps.sandbox.aliyun.live import validation as check
from apps.sandbox.aliyun.wire.replies import Rejected
from apps.sandbox.engine import people
from apps.sandbox.engine.accounts import ALIYUN
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, new_task

SERVICE = "live"
MOST = {check.SINGLE: 200, check.MIXED: 40}  # parallel tasks of an app
URL_RESTS = 10.0  # seconds a push URL must rest after a stop
LONGEST_SEI = 4096


def _tasks(state: JsonObject, app_id: str) -> list[JsonObject]:
    mine = (ALIYUN, SERVICE, app_id)
    return [task for task in state["tasks"].values() if (task["vendor"], task.get("service"), task["app_id"]) == mine]


def _find(state: JsonObject, given: JsonObject) -> JsonObject | None:
    return next((task for task in _tasks(state, given["AppId"]) if task["task_id"] == given["TaskId"]), None)


def _active(state: JsonObject, given: JsonObject) -> JsonObject:
    task = _find(state, given)
    if task is None or task["phase"] == ENDED:
        raise check.bad("The specified task does not exist.")
    return task


def _expect(state: JsonObject, task: JsonObject, now: float) -> None:
    """The people a task names come to their rooms, unless those were arranged by hand."""
    request = task["request"]
    named = [request["Single"]] if "Single" in request else request["Mix"]["UserInfos"]
    for room in dict.fromkeys([task["room"], *(task["ChannelId"] for task in named if task["ChannelId"])]):
        bound = [
            (named_task["UserId"], "screen" if named_task["SourceType"] == "shareScreen" else "camera")
            for named_task in named
            if (named_task["ChannelId"] or task["room"]) == room
        ]
        people.expect(state, ALIYUN, task["app_id"], room, bound, now)


def start(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "ChannelId", "TaskId")
    request = check.task(given)
    check.one_of(given, "Region", check.REGIONS)
    idle = check.whole(given, "MaxIdleTime", 10, 86_400)
    with runtime.store.changing() as state:
        now = runtime.clock.now()
        if _find(state, given) is not None:
            raise check.bad("The specified task already exists.")
        _free(state, given["AppId"], request, now)
        name = "|".join((SERVICE, given["AppId"], given["TaskId"], str(runtime.store.next_id())))
        task = new_task(
            vendor=ALIYUN,
            service=SERVICE,
            kind="push",
            key=hashlib.sha256(name.encode()).hexdigest()[:20],
            app_id=given["AppId"],
            room=given["ChannelId"],
            task_id=given["TaskId"],
            now=now,
        )
        task |= {
            "request": request,
            "given": dict(given),
            "status": states.WAITS,
            "max_idle": idle,
            "idle_since": None,
            "updated_at": now,
            "sei": [],
        }
        _expect(state, task, now)
        if not people.in_room(state, ALIYUN, task["app_id"], task["room"]):
            raise check.bad("The specified channel does not exist.")
        state["tasks"][task["key"]] = task
    return {}


def _free(state: JsonObject, app_id: str, request: JsonObject, now: float) -> None:
    """The app may have one more task of this kind, and its URLs are not in use, nor just were."""
    running = [task for task in _tasks(state, app_id) if task["phase"] != ENDED]
    alike = [task for task in running if task["request"]["MixMode"] == request["MixMode"]]
    if len(alike) >= MOST[request["MixMode"]]:
        raise check.bad("The number of parallel tasks exceeds the limit.")
    everyone = [task for task in state["tasks"].values() if (task["vendor"], task.get("service")) == (ALIYUN, SERVICE)]
    for listed_task in everyone:
        resting = listed_task["phase"] == ENDED and now < listed_task["ended_at"] + URL_RESTS
        if (listed_task["phase"] != ENDED or resting) and set(listed_task["request"]["URLs"]) & set(request["URLs"]):
            raise check.bad("The stream URL is in use, or was until less than 10 seconds ago.")


def update(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    """Replaces what is mixed. Push URLs and encoding stay as the task was started: what else a change of them does
    is not documented."""
    check.ids(given, "ChannelId", "TaskId")
    request = check.task(given)
    if "PayloadType" in request["SeiParams"]:
        raise check.bad("PayloadType cannot be updated.")
    with runtime.store.changing() as state:
        task = _active(state, given)
        if task["room"] != given["ChannelId"]:
            raise check.bad("The specified task is not in this channel.")
        states.walk(runtime, task, runtime.clock.now())
        before = task["request"]
        request["URLs"] = before["URLs"]
        if "Mix" in before and "Mix" in request and not before["Mix"]["Encode"]["AudioOnly"]:
            request["Mix"]["Encode"] = before["Mix"]["Encode"]
        task["request"], task["updated_at"] = request, runtime.clock.now()
        kept = {name: task["given"][name] for name in ("Region", "MaxIdleTime") if name in task["given"]}
        task["given"] = {**given, **kept}
        _expect(state, task, runtime.clock.now())
    return {}


def stop(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "TaskId")
    with runtime.store.changing() as state:
        task = _active(state, given)
        now = runtime.clock.now()
        states.walk(runtime, task, now)
        if task["phase"] != ENDED:
            states.end(runtime, task, now, states.STOPPED_BY_USER)
    return {}


def status(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "TaskId")
    with runtime.store.changing() as state:
        task = _find(state, given)
        if task is None:
            raise Rejected("InvalidTask.NotFound", "The specified task is not found.")
        if task["phase"] != ENDED:
            states.walk(runtime, task, runtime.clock.now())
        return {"Status": task["status"]}


def detail(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    """The stored parameters of the tasks that are not over, newest change first. No state is in it."""
    check.ids(given)
    wanted = check.text(given, "TaskId")
    number = check.whole(given, "PageNo", 1, 10**6, required=not wanted) or 1
    size = check.whole(given, "PageSize", 1, 100, required=not wanted) or 1
    with runtime.store.reading() as state:
        known = [task for task in _tasks(state, given["AppId"]) if task["phase"] != ENDED]
        known = [task for task in known if wanted in ("", task["task_id"])]
        rows = [_listed(task["given"]) for task in sorted(known, key=lambda task: -task["updated_at"])]
    return {"MPUTasks": rows[(number - 1) * size : number * size]}


def _listed(given: JsonObject) -> JsonObject:
    names = ("AppId", "ChannelId", "TaskId", "MixMode", "StreamURL", "Region", "MaxIdleTime")
    row = {name: given[name] for name in names if given.get(name)}
    for name in ("MultiStreamURL", "SingleSubParams", "TranscodeParams", "SeiParams"):
        if value := json.loads(given.get(name) or "null"):
            row[name] = value
    return row


def set_sei(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "TaskId")
    raw = check.text(given, "CustomSei", required=True)
    if len(raw) > LONGEST_SEI:
        raise check.bad("CustomSei is too long.")
    check.parsed(given, "CustomSei", object)
    with runtime.store.changing() as state:
        _active(state, given)["sei"].append(raw)
    return {}


def rooms(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    number = check.whole(given, "PageNo", 1, 10**6) or 1
    size = check.whole(given, "PageSize", 10, 100) or 50
    prefix = people.room_key(ALIYUN, given["AppId"], "")
    with runtime.store.reading() as state:
        open_ones = sorted(
            name.removeprefix(prefix)
            for name, room in state["rooms"].items()
            if name.startswith(prefix) and room["people"]
        )
    return {"Rooms": open_ones[(number - 1) * size : number * size], "Total": len(open_ones)}
