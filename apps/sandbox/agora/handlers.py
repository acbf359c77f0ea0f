"""The operations of cloud transcoding."""

from __future__ import annotations

import copy
import hashlib
import secrets
from typing import Any

from apps.core.types import JsonObject
from apps.sandbox.agora import callbacks, states, validation
from apps.sandbox.agora.replies import Rejected
from apps.sandbox.agora.validation import bad, body_of
from apps.sandbox.engine import config, people
from apps.sandbox.engine.accounts import AGORA
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, new_task

TOKEN_SECONDS = 300.0  # a builder token opens one task, within five minutes
TOKENS = "agora_tokens"  # in the state: builder token → {"app_id", "instance", "created_at", "task"}
MASK = "services.cloudTranscoder.config"
REGULARS = ("90001", "90002")  # the two who come to every room that is not arranged by hand
# Tasks at once by their size (pixels of the output), in mainland China; others may have fewer, support raises them.
SIZES = ((640 * 360, 20), (1280 * 720, 10), (1920 * 1080, 5))
CHANGEABLE = ("audioOption", "videoOption")


def acquire(runtime: Runtime, app_id: str, raw: bytes) -> JsonObject:
    body = body_of(raw)
    instance = validation.instance_of(body)
    if "services" in body:
        validation.transcoder_of(body)
    with runtime.store.changing() as state:
        now = runtime.clock.now()
        known = state.setdefault(TOKENS, {})
        for token in [value for value, of in known.items() if not of["task"] and now - of["created_at"] > 3600]:
            del known[token]
        token = secrets.token_urlsafe(36)
        known[token] = {"app_id": app_id, "instance": instance, "created_at": now, "task": ""}
    return {"createTs": int(now), "instanceId": instance, "tokenName": token}


def create(runtime: Runtime, app_id: str, token: str, raw: bytes, *, fails: bool = False) -> tuple[JsonObject, int]:
    transcoder = validation.transcoder_of(body_of(raw))
    with runtime.store.changing() as state:
        now = runtime.clock.now()
        known = state.setdefault(TOKENS, {}).get(token)
        if known is None or known["app_id"] != app_id:
            raise bad("builderToken is invalid")
        running = [
            task for task in state["tasks"].values()
            if (task["vendor"], task["app_id"], task["task_id"]) == (AGORA, app_id, known["instance"])
            and task["phase"] != ENDED
        ]  # fmt: skip
        if running:
            raise Rejected(409)
        if known["task"]:
            raise bad("builderToken has been used")
        if now - known["created_at"] > TOKEN_SECONDS:
            raise bad("builderToken is expired")
        _room_for(state, app_id, transcoder)
        name = f"{app_id}|{known['instance']}|{runtime.store.next_id()}"
        sources = [*(transcoder.get("audioInputs") or []), *(transcoder.get("videoInputs") or [])]
        task = new_task(
            vendor=AGORA,
            kind="push",
            key=hashlib.sha256(name.encode()).hexdigest()[:20],
            app_id=app_id,
            room=next((source["rtc"]["rtcChannel"] for source in sources if "rtc" in source), ""),
            task_id=known["instance"],
            now=now,
        )
        task |= {
            "run_id": secrets.token_hex(16),
            "token": token,
            "request": transcoder,
            "status": "PREPARED",
            "message": "",
            "idle_since": None,
            "sequence": 0,
            "updates": None,
            "events": 0,
            "start_fails": fails,
        }
        known["task"] = task["key"]
        _expect(state, task, now)
        state["tasks"][task["key"]] = task
        return task_object(task), 202


def _room_for(state: JsonObject, app_id: str, transcoder: JsonObject) -> None:
    """Every size has its own limit, and all together may be no more than the smallest size among them may."""
    if not config.task_limits():
        return
    running = [
        _most(task["request"])
        for task in state["tasks"].values()
        if (task["vendor"], task["app_id"]) == (AGORA, app_id) and task["phase"] != ENDED
    ]
    mine = _most(transcoder)
    if running.count(mine) >= mine or len(running) >= max([mine, *running]):
        raise Rejected(429, "the number of concurrent tasks exceeds the quota")


def _most(transcoder: JsonObject) -> int:
    """How many tasks of this one's size may run."""
    pixels = [
        option.get("width", 0) * option.get("height", 0)
        for option in (output.get("videoOption") or {} for output in transcoder["outputs"])
    ]
    return next((most for largest, most in SIZES if max(pixels) <= largest), SIZES[-1][1])


def query(runtime: Runtime, app_id: str, run_id: str, token: str) -> JsonObject:
    with runtime.store.reading() as state:
        task = _find(state, app_id, run_id, token)
        now = runtime.clock.now()
        if task["phase"] != ENDED and states.walk(runtime, task, now):
            runtime.store.touch()
        if task["phase"] == ENDED and now - task["ended_at"] > states.SEEN_AFTER_END:
            raise Rejected(404)
        return task_object(task)


def update(runtime: Runtime, app_id: str, run_id: str, given: dict[str, str], raw: bytes) -> None:
    fresh = validation.transcoder_of(body_of(raw), strict_channel=False)
    if given.get("updateMask") != MASK:
        raise bad("updateMask is invalid")
    sequence = given.get("sequenceId", "")
    if not sequence.isascii() or not sequence.isdigit() or len(sequence) > 18:
        raise bad("sequenceId is invalid")
    with runtime.store.changing() as state:
        task = _find(state, app_id, run_id, given.get("builderToken", ""))
        if task["phase"] == ENDED:
            raise Rejected(404)
        if task["updates"] is not None and int(sequence) <= task["updates"]:
            raise bad("sequenceId must be larger than the last one")
        request = task["request"]
        if bool(request.get("videoInputs")) != bool(fresh.get("videoInputs")):
            raise bad("an audio task stays one, and so does one with video")
        task["request"] = merged(request, fresh)
        task["updates"], task["sequence"] = int(sequence), int(sequence)
        now = runtime.clock.now()
        _expect(state, task, now)
        callbacks.updated(runtime, task, now)


def delete(runtime: Runtime, app_id: str, run_id: str, token: str) -> JsonObject:
    with runtime.store.changing() as state:
        task = _find(state, app_id, run_id, token)
        if task["phase"] == ENDED:
            raise Rejected(404)
        states.end(runtime, task, runtime.clock.now(), "STOPPED", "Stop request")
        return task_object(task)


def merged(before: JsonObject, fresh: JsonObject) -> JsonObject:
    """What may change is taken over, all the rest stays as it was: canvas, overlays, placeholders of those who were
    there, idle time, and where the output goes."""
    request = copy.deepcopy(before)
    for name in ("audioInputs", "videoInputs"):
        if name in fresh:
            request[name] = copy.deepcopy(fresh[name])
        else:
            request.pop(name, None)
    pictures = {_uid(input_): input_.get("placeholderImageUrl") for input_ in before.get("videoInputs") or []}
    for input_ in request.get("videoInputs") or []:
        if _uid(input_) in pictures:
            input_.pop("placeholderImageUrl", None)
            if pictures[_uid(input_)]:
                input_["placeholderImageUrl"] = pictures[_uid(input_)]
    for output, new in zip(request["outputs"], fresh["outputs"], strict=False):
        for name in CHANGEABLE:
            if name in new:
                output[name] = copy.deepcopy(new[name])
    return request


def task_object(task: JsonObject) -> JsonObject:
    service, message = states.SERVICES[task["status"]]
    return {
        "createTs": int(task["created_at"]),
        "eventHandlers": {},
        "execution": {"workflows": {}},
        "properties": {},
        "sequenceId": str(task["sequence"]),
        "services": {
            "cloudTranscoder": {
                "config": {},
                "createTs": int(task["created_at"]),
                "details": {},
                "message": task["message"] or message,
                "serviceType": "cloudTranscoderV2",
                "status": service,
            }
        },
        "status": task["status"],
        "taskId": task["run_id"],
        "variables": {},
        "workflows": {},
    }


def _uid(entry: JsonObject) -> Any:
    return (entry.get("rtc") or {}).get("rtcUid")


def _find(state: JsonObject, app_id: str, run_id: str, token: str) -> JsonObject:
    """The task of this id, if it was made with this token."""
    if not token:
        raise bad("builderToken is required")
    for task in state["tasks"].values():
        if (task["vendor"], task["app_id"], task.get("run_id"), task.get("token")) == (AGORA, app_id, run_id, token):
            found: JsonObject = task
            return found
    raise Rejected(404)


def _expect(state: JsonObject, task: JsonObject, now: float) -> None:
    listed = [*states.inputs(task, "videoInputs"), *states.inputs(task, "audioInputs")]
    bound = [(str(uid), "camera") for uid in dict.fromkeys(_uid(entry) for entry in listed) if uid]
    if task["room"]:
        people.expect(state, AGORA, task["app_id"], task["room"], bound, now, regulars=REGULARS)
