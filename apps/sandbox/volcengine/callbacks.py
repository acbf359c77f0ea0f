"""Server callbacks: the envelope, its signature, and whom they go to."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from datetime import UTC, datetime
from typing import Any

from apps.sandbox.engine import accounts
from apps.sandbox.engine.ports import Runtime

RETRIES = (2.0, 5.0)  # up to 2 more tries; the waits between them are not published


def signature(body: dict[str, str], secret: str) -> str:
    """Hex SHA-256 of the VALUES, sorted by bytes and joined without a separator, EventId included."""
    names = ("EventType", "EventData", "EventTime", "EventId", "Version", "AppId", "Nonce")
    values = [*(body[name] for name in names), secret]
    return hashlib.sha256("".join(sorted(values, key=str.encode)).encode()).hexdigest()


def envelope(event: str, data: dict[str, Any], app_id: str, secret: str, at: float) -> dict[str, str]:
    body = {
        "EventType": event,
        "EventData": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        "EventTime": datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "000Z",  # nanoseconds
        "EventId": str(uuid.uuid4()),
        "AppId": app_id,
        "Version": "2020-12-01",
        "Nonce": f"{secrets.randbelow(10_000):04d}",
    }
    return {**body, "Signature": signature(body, secret)}


def send(runtime: Runtime, task: dict[str, Any], event: str, at: float) -> None:
    """Sends a task's event to the URL that the app has set up in the console (here: the control endpoint)."""
    with runtime.store.reading() as state:
        target = state["callbacks"].get(f"{accounts.VOLCENGINE}/{task['app_id']}")
    if not target or (target.get("events") and event not in target["events"]):
        return
    data = {"AppId": task["app_id"], "RoomId": task["room"], "TaskId": task["task_id"]}
    if task["request"].get("BusinessId"):
        data["BusinessId"] = task["request"]["BusinessId"]
    body = envelope(event, data, task["app_id"], target["secret"], at)
    runtime.callbacks.send(
        vendor=accounts.VOLCENGINE,
        app_id=task["app_id"],
        event=event,
        url=target["url"],
        body=json.dumps(body, ensure_ascii=False),
        spoiled=json.dumps({**body, "Signature": "0" * 64}, ensure_ascii=False),
        retries=RETRIES,
        timeout=5.0,
    )
