"""Notifications: the envelope, both signatures, the events of a transcoding task."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from typing import Any

from apps.sandbox.engine.accounts import AGORA
from apps.sandbox.engine.ports import Runtime

Task = dict[str, Any]
PRODUCT_ID = 22
STARTED, STOPPED, STATUS, UPDATED = 110, 111, 112, 113
RETRIES = (0.0, 5.0, 15.0)  # at once, then at growing intervals, three in all; the waits are not published
TIMEOUT = 10.0


def signatures(content: bytes, secret: str) -> dict[str, str]:
    """Of the body's bytes and nothing else."""
    key = secret.encode()
    return {
        "Agora-Signature": hmac.new(key, content, hashlib.sha1).hexdigest(),
        "Agora-Signature-V2": hmac.new(key, content, hashlib.sha256).hexdigest(),
    }


def sent_again(delivery: dict[str, Any], state: dict[str, Any], at: float) -> dict[str, Any]:
    """What changes from one attempt to the next: the moment it is sent, and so the signatures."""
    target = state["callbacks"].get(f"{AGORA}/{delivery['app_id']}")
    if not target:
        return {}
    text = json.dumps({**json.loads(delivery["body"]), "notifyMs": _ms(at)}, ensure_ascii=False, separators=(",", ":"))
    secret = target["secret"] + ("?" if delivery["fault"] == "bad_signature_callback" else "")
    return {"body": text, "headers": signatures(text.encode(), secret)}


def started(runtime: Runtime, task: Task, at: float) -> None:
    details = {"state": "Transcoder success", "createTs": _ms(task["created_at"]), "transcoder": _transcoder(task)}
    _send(runtime, task, STARTED, "cloud_transcoder_started", details, at)


def stopped(runtime: Runtime, task: Task, why: str, at: float) -> None:
    details = {"stopReason": why, "createTs": _ms(task["created_at"]), "updateTs": _ms(at)}
    _send(runtime, task, STOPPED, "cloud_transcoder_stopped", details, at)


def status(runtime: Runtime, task: Task, word: str, at: float) -> None:
    details = {"state": word, "createTs": _ms(task["created_at"]), "updateTs": _ms(at)}
    _send(runtime, task, STATUS, "cloud_transcoder_status", details, at)


def updated(runtime: Runtime, task: Task, at: float) -> None:
    details = {"state": "running", "createTs": _ms(task["created_at"]), "updateTs": _ms(at)}
    _send(runtime, task, UPDATED, "cloud_transcoder_updated", {**details, "transcoder": _transcoder(task)}, at)


def _transcoder(task: Task) -> dict[str, Any]:
    """What goes in and out, and the configuration as text, tokens and all, as the vendor sends it."""
    request = task["request"]
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for name, medium in (("audioInputs", "audio"), ("videoInputs", "video")):
        for entry in request.get(name) or []:
            if "rtc" in entry:
                rtc = entry["rtc"]
                plain = {"rtcChannel": rtc["rtcChannel"], "rtcUid": rtc["rtcUid"], "audio": False, "video": False}
                found.setdefault((rtc["rtcChannel"], rtc["rtcUid"]), plain)[medium] = True
    outputs = [
        {"rtcChannel": output["rtc"]["rtcChannel"], "rtcUid": output["rtc"]["rtcUid"], "audio": True,
         "video": "videoOption" in output}
        for output in request["outputs"] if "rtc" in output
    ]  # fmt: skip
    detail = json.dumps({"transcoder": request}, separators=(",", ":"))
    return {"inputs": list(found.values()), "outputs": outputs, "userConfigDetail": detail}


def _send(runtime: Runtime, task: Task, number: int, event: str, details: dict[str, Any], at: float) -> None:
    """To the URL that the app has set up in the console (here: the control endpoint)."""
    with runtime.store.changing() as state:
        target = state["callbacks"].get(f"{AGORA}/{task['app_id']}")
        sequence, task["events"] = task["events"], task["events"] + 1
    if not target or (target.get("events") and event not in target["events"]):
        return
    payload = {
        "taskId": task["run_id"],
        "instanceId": task["task_id"],
        "sequence": sequence,
        "sendts": _ms(at),
        "serviceScene": "rtsc/cloud-transcoder",
        "details": {"event": event, **details},
    }
    body = {
        "noticeId": uuid.uuid4().hex,
        "productId": PRODUCT_ID,
        "eventType": number,
        "notifyMs": _ms(runtime.clock.now()),
        "payload": payload,
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    runtime.callbacks.send(
        vendor=AGORA,
        app_id=task["app_id"],
        event=event,
        url=target["url"],
        body=text,
        headers=signatures(text.encode(), target["secret"]),
        spoiled_headers=signatures(text.encode(), target["secret"] + "?"),
        retries=RETRIES,
        timeout=TIMEOUT,
    )


def _ms(seconds: float) -> int:
    return int(seconds * 1000)
