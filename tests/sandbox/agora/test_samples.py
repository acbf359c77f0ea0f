"""Every documented example of Agora, by the emulator: taken as it stands, or, of services it does not play, refused as the
gateway refuses a path it never heard of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.sandbox.agora.call import call, sample
from tests.vendors import documented

CREATE = "transcoder-create"
PLAYED = ("transcoder-acquire", CREATE, "transcoder-update", "transcoder-query", "transcoder-delete", "ncs-ip")
GUIDE = "guide-2022/"
EXAMPLES = {
    name: documented.sample("agora", name)
    for name in documented.samples("agora", "*.json")
    if not name.startswith(GUIDE)
}
CALLS = [name for name, example in EXAMPLES.items() if "url" in example.get("request", {})]
TOLD = [name for name in EXAMPLES if name.startswith("ncs-") and name not in CALLS]
ANSWERS = ["converter-errors.json", "recording-errors.json", "transcoder-errors.json"]
PLAYLIST = "recording-index.m3u8"
KEY = {"agora": {"0f1e2d3c4b5a69788796a5b4c3d2e1f0": "f0e1d2c3b4a5968778695a4b3c2d1e0f"}}  # of the examples' header


@pytest.fixture(autouse=True)
def the_examples_have_an_account(settings: Any) -> None:
    settings.SANDBOX_KEYS = KEY


def send(client: Client, name: str, **ids: str) -> Any:
    """The example's own call; the ids that the vendor gave there are those that the emulator gave (`taskId`, `builderToken`)."""
    request = EXAMPLES[name]["request"]
    path = urlsplit(request["url"]).path
    if "taskId" in ids and path.count("/tasks/"):
        path = f"{path.rpartition('/')[0]}/{ids['taskId']}"
    query = {key: ids.get(key, value) for key, value in request.get("query", {}).items()}
    header = request["headers"]["Authorization"]
    return call(client, request["method"], path, request.get("body"), authorization=header, **query)


@pytest.mark.parametrize("name", CALLS)
def test_a_documented_call(client: Client, name: str) -> None:
    example = EXAMPLES[name]
    if not name.startswith(PLAYED):
        answer = send(client, name)
        assert (answer.status_code, answer.json()) == (404, {"message": "no Route matched with those values"})
        return
    ids = {}
    if not name.startswith(("transcoder-acquire", "ncs-ip")):
        ids["builderToken"] = send(client, "transcoder-acquire.json").json()["tokenName"]
    if ids and not name.startswith(CREATE):
        ids["taskId"] = send(client, f"{CREATE}.json", **ids).json()["taskId"]
    answer = send(client, name, **ids)
    expected = {200, 202} if name.startswith(CREATE) else {example["response"]["status"]}  # 202: "accepted"
    assert answer.status_code in expected, answer.content
    if example["response"]["body"] is None:
        assert answer.content == b""
    else:
        assert answer.json().keys() == example["response"]["body"].keys()
    assert answer["X-Request-ID"]


@pytest.mark.parametrize("name", ["create", "create-audio-only", "create-whole-channel"])
def test_calls_of_the_guide(client: Client, name: str) -> None:
    """The document this product began with."""
    held = call(client, "POST", "builderTokens", sample(f"{GUIDE}acquire"))
    assert held.json().keys() == sample(f"{GUIDE}acquire-answer").keys()
    token = {"builderToken": held.json()["tokenName"]}
    made = call(client, "POST", "tasks", sample(f"{GUIDE}{name}"), **token)
    assert made.status_code == 202, made.content
    assert made.json().keys() == sample(f"{GUIDE}create-answer").keys()
    task = f"tasks/{made.json()['taskId']}"
    if name == "create":
        mask = "services.cloudTranscoder.config"
        changed = call(client, "PATCH", task, sample(f"{GUIDE}update"), **token, sequenceId=0, updateMask=mask)
        assert (changed.status_code, changed.content) == (200, b"")
    assert call(client, "GET", task, **token).json().keys() == sample(f"{GUIDE}query-answer").keys()
    assert call(client, "DELETE", task, **token).json().keys() == sample(f"{GUIDE}delete-answer").keys()


def test_every_example_is_somewhere() -> None:
    """What is told is in test_notifications, for the services that are played; the answers are read by the adapter."""
    guide = {name for name in documented.samples("agora") if name.startswith(GUIDE)}
    assert {*documented.samples("agora")} == {*CALLS, *TOLD, *ANSWERS, PLAYLIST, *guide}
    used = ("acquire", "create", "create-audio-only", "create-whole-channel", "update")
    answers = ("acquire-answer", "create-answer", "query-answer", "delete-answer")
    assert guide == {f"{GUIDE}{name}.json" for name in (*used, *answers)}
