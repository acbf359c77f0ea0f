"""A client of the emulator, and bodies as the vendor's guide writes them. RTC tokens are made by a second implementation."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import time
import zlib
from typing import Any

from django.test import Client

from tests.vendors import documented

CUSTOMER, SECRET = "SANDBOXagoraCustomer0001", "sandbox-agora-secret-0001"
APP_ID, CERTIFICATE = "a9b8c7d6e5f40312233445566778899a", "5a4d6e0b1c2f3e4d9a8b7c6d5e4f3021"
MASK = "services.cloudTranscoder.config"
OPEN_APP = "0123456789abcdef0123456789abcdef"  # a project without a certificate


def call(
    client: Client, method: str, path: str, body: Any = None, *, app_id: str = OPEN_APP, customer: str = CUSTOMER,
    secret: str = SECRET, authorization: str | None = None, **query: Any,
) -> Any:  # fmt: skip
    pair = base64.b64encode(f"{customer}:{secret}".encode()).decode()
    where = path if path.startswith("/") else f"/v1/projects/{app_id}/rtsc/cloud-transcoder/{path}"
    return client.generic(
        method,
        f"/sandbox/agora{where}",
        body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode(),
        content_type="application/json",
        headers={"authorization": f"Basic {pair}" if authorization is None else authorization},
        query_params={name: str(one) for name, one in query.items()},
    )


def token(
    channel: str, uid: int, *, certificate: str = CERTIFICATE, age: int = 0, rights: tuple[int, ...] = (1, 2, 3, 4)
) -> str:
    def text(content: bytes) -> bytes:
        return struct.pack("<H", len(content)) + content

    issued, salt = int(time.time()) - age, 4711
    body = text(APP_ID.encode()) + struct.pack("<IIIHHH", issued, 3600, salt, 1, 1, len(rights))
    body += b"".join(struct.pack("<HI", right, 3600) for right in rights)
    body += text(channel.encode()) + text(b"" if uid == 0 else str(uid).encode())
    key = certificate.encode()
    for number in (issued, salt):
        key = hmac.new(struct.pack("<I", number), key, hashlib.sha256).digest()
    signature = hmac.new(key, body, hashlib.sha256).digest()
    return "007" + base64.b64encode(zlib.compress(text(signature) + body)).decode()


def source(uid: int, channel: str = "room", **more: Any) -> dict[str, Any]:
    return {"rtc": {"rtcChannel": channel, "rtcUid": uid, **more}}


def seat(uid: int, x: int, z: int = 2, **more: Any) -> dict[str, Any]:
    return {**source(uid), "region": {"x": x, "y": 0, "width": 320, "height": 360, "zOrder": z}, **more}


def transcoder(**changes: Any) -> dict[str, Any]:
    """Two people side by side on 640 × 360; a change to None leaves the member out."""
    made: dict[str, Any] = {
        "idleTimeout": 30,
        "audioInputs": [source(1), source(2)],
        "videoInputs": [seat(1, 0), seat(2, 320)],
        "canvas": {"width": 640, "height": 360, "color": 0x102030},
        "outputs": [
            {
                **source(1000, "mixed"),
                "audioOption": {"profileType": "AUDIO_PROFILE_MUSIC_STANDARD"},
                "videoOption": {"fps": 15, "codec": "H264", "bitrate": 800, "width": 640, "height": 360},
            }
        ],
        **changes,
    }
    return {name: one for name, one in made.items() if one is not None}


def services(body: dict[str, Any] | None = None) -> dict[str, Any]:
    made = transcoder() if body is None else body
    return {"services": {"cloudTranscoder": {"serviceType": "cloudTranscoderV2", "config": {"transcoder": made}}}}


def acquire(client: Client, instance: str = "one", **more: Any) -> str:
    answer = call(client, "POST", "builderTokens", {"instanceId": instance}, **more)
    assert answer.status_code == 200, answer.content
    found: str = answer.json()["tokenName"]
    return found


def start(client: Client, body: dict[str, Any] | None = None, instance: str = "one", **more: Any) -> tuple[str, str]:
    """(task id, builder token)."""
    held = acquire(client, instance, **more)
    answer = call(client, "POST", "tasks", services(body), builderToken=held, **more)
    assert answer.status_code == 202, answer.content
    return answer.json()["taskId"], held


def sample(name: str) -> Any:
    return documented.sample("agora", name)


def status(client: Client, task: tuple[str, str], **more: Any) -> str:
    answer = call(client, "GET", f"tasks/{task[0]}", builderToken=task[1], **more)
    assert answer.status_code == 200, answer.content
    found: str = answer.json()["status"]
    return found


def create(client: Client, held: str, **more: Any) -> Any:
    return call(client, "POST", "tasks", services(), builderToken=held, **more)


def update(client: Client, task: tuple[str, str], body: dict[str, Any], sequence: Any, mask: str = MASK) -> Any:
    return call(
        client, "PATCH", f"tasks/{task[0]}", services(body), builderToken=task[1], sequenceId=sequence, updateMask=mask
    )


def output(**changes: Any) -> list[dict[str, Any]]:
    made = transcoder()["outputs"][0]
    return [{**made, "videoOption": {**made["videoOption"], **changes}}]
