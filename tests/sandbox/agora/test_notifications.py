"""What is told, signed in both ways, and told again."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.sandbox.agora.call import (
    OPEN_APP,
    call,
    sample,
    start,
    transcoder,
    update,
)
from tests.sandbox.conftest import Receiver, eventually


@pytest.fixture
def told(control: Callable[..., Any], receiver: Receiver) -> Receiver:
    control("callbacks", vendor="agora", app_id=OPEN_APP, url=receiver.url, secret="s3cret")
    return receiver


def events(receiver: Receiver) -> list[dict[str, Any]]:
    return sorted((json.loads(body) for body in receiver.bodies), key=lambda one: one["payload"]["sequence"])


def test_a_task_is_told_from_start_to_stop(client: Client, control: Callable[..., Any], told: Receiver) -> None:
    task = start(client, instance="qb-1")
    control("clock/advance", seconds=2)
    update(client, task, transcoder(), 1)
    call(client, "DELETE", f"tasks/{task[0]}", builderToken=task[1])
    told.wait(4)
    found = events(told)
    assert [one["eventType"] for one in found] == [110, 112, 113, 111]
    assert {one["payload"]["taskId"] for one in found} == {task[0]}
    assert {one["payload"]["instanceId"] for one in found} == {"qb-1"}
    assert len({one["noticeId"] for one in found}) == 4
    for number, word in ((110, "started"), (111, "stopped"), (112, "status"), (113, "updated")):
        documented = sample(f"ncs-transcoder-{number}-{word}")["request"]["body"]
        made = next(one for one in found if one["eventType"] == number)
        assert made.keys() == documented.keys()
        assert made["payload"].keys() == documented["payload"].keys()
        assert made["payload"]["details"].keys() == documented["payload"]["details"].keys()
    assert found[0]["payload"]["details"]["transcoder"]["inputs"][0] == {
        "rtcChannel": "room", "rtcUid": 1, "audio": True, "video": True,
    }  # fmt: skip


def test_both_signatures_are_of_the_body_as_sent(client: Client, control: Callable[..., Any], told: Receiver) -> None:
    start(client)
    control("clock/advance", seconds=0.4)
    (body,) = told.wait(1)[:1]
    attempt = first_attempt(client)
    assert attempt["headers"] == {
        "Agora-Signature": hmac.new(b"s3cret", body, hashlib.sha1).hexdigest(),
        "Agora-Signature-V2": hmac.new(b"s3cret", body, hashlib.sha256).hexdigest(),
    }


def test_a_spoiled_signature_does_not_hold(client: Client, control: Callable[..., Any], told: Receiver) -> None:
    control("faults", vendor="agora", operation="*", kind="bad_signature_callback")
    start(client)
    control("clock/advance", seconds=0.4)
    (body,) = told.wait(1)[:1]
    attempt = first_attempt(client)
    assert attempt["headers"]["Agora-Signature-V2"] != hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()


def test_what_is_not_taken_is_sent_again_three_times(
    client: Client, control: Callable[..., Any], receiver: Receiver
) -> None:
    only = ["cloud_transcoder_started"]
    control("callbacks", vendor="agora", app_id=OPEN_APP, url=receiver.url, secret="s3cret", events=only)
    receiver.answers = [500] * 9
    start(client)
    control("clock/advance", seconds=0.4)
    receiver.wait(2)  # at once again
    for count, seconds in ((3, 5), (4, 16)):
        eventually(lambda count=count: attempts(client) == count - 1)  # type: ignore[misc]
        control("clock/advance", seconds=seconds)
        receiver.wait(count)
    eventually(lambda: attempts(client) == 4)
    assert client.get("/sandbox/control/callbacks/").json()["waiting"] == []
    sent = [json.loads(body) for body in receiver.bodies]
    assert len({one["notifyMs"] for one in sent}) > 1  # says when it was sent, not when it happened
    assert len({json.dumps({**one, "notifyMs": 0}) for one in sent}) == 1
    for attempt, body in zip(
        client.get("/sandbox/control/callbacks/").json()["attempts"], receiver.bodies, strict=True
    ):
        assert attempt["headers"]["Agora-Signature-V2"] == hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()


def attempts(client: Client) -> int:
    return len(client.get("/sandbox/control/callbacks/").json()["attempts"])


def first_attempt(client: Client) -> dict[str, Any]:
    """It is written down a moment after the receiver has it."""
    eventually(lambda: attempts(client))
    found: dict[str, Any] = client.get("/sandbox/control/callbacks/").json()["attempts"][0]
    return found
