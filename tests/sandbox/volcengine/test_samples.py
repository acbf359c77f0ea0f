"""Every documented example of Volcengine, by the emulator: taken as it stands, or, of services it does not play, refused as
the gateway refuses a name it never heard."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from apps.sandbox.volcengine.routes import OPERATIONS
from tests.sandbox.conftest import Receiver
from tests.sandbox.volcengine.call import call
from tests.vendors import documented

START = "start_push_mixed_stream_to_cdn.json"
OLD_START = "start_push_mixed_stream_to_cdn.2020-12-01.json"
TOLD, ERRORS = "callbacks.json", "errors.json"
EXAMPLES = {name: documented.sample("volcengine", name) for name in documented.samples("volcengine", "*.json")}
CALLS = [name for name, example in EXAMPLES.items() if "request" in example]
NEEDS_A_TASK = ("Update", "Stop", "Get")
STORAGE = "StorageConfig"  # of a variant of another product, which is given by that member alone


def send(client: Client, name: str, body: Any = None, **query: str) -> Any:
    """The example's own call; `body` and `query` instead of its own."""
    example = EXAMPLES[name]
    given = dict(parse_qsl(urlsplit(example["request"]["url"]).query)) | query
    action, version = given.pop("Action"), given.pop("Version")
    if body is None:
        body = example["request"]["body"]
    return call(client, action, body, query=given, version=version, method=example["request"]["method"])


def bodies(name: str) -> list[Any]:
    """The example's own body and those of its variants."""
    example = EXAMPLES[name]
    return [
        example["request"]["body"],
        *(alternate["body"] for alternate in example.get("alternates", []) if "body" in alternate),
    ]


@pytest.mark.parametrize("name", CALLS)
def test_a_documented_call(client: Client, control: Callable[..., Any], name: str) -> None:
    operation = EXAMPLES[name]["operation"]
    if operation not in OPERATIONS:
        answer = send(client, name)
        assert (answer.status_code, answer.json()["ResponseMetadata"]["Error"]["Code"]) == (
            404,
            "InvalidActionOrVersion",
        )
        return
    if operation.startswith(NEEDS_A_TASK):
        assert send(client, START).json()["Result"] == "ok"
        control("clock/advance", seconds=2)
    documented_answer = EXAMPLES[name]["responses"][0]
    for number, body in enumerate(bodies(name)):
        if operation.startswith("Update"):
            body = {**body, "SequenceNumber": number + 10}
        answer = send(client, name, body)
        assert answer.status_code == documented_answer["http_status"], answer.content
        assert shape(answer.json()) >= shape(documented_answer["body"])
        if operation.startswith("Start"):
            assert answer.json()["Result"] == "ok"


def shape(value: Any, at: str = "") -> set[str]:
    """The members of an answer, by their path; a list is as its first."""
    if isinstance(value, list):
        return shape(value[0], f"{at}/0") if value else set()
    if isinstance(value, dict):
        found = {f"{at}/{name}" for name in value}
        return found.union(*(shape(one, f"{at}/{name}") for name, one in value.items()))
    return set()


def test_events_are_enveloped_as_documented(client: Client, control: Callable[..., Any], receiver: Receiver) -> None:
    example = next(sample for sample in EXAMPLES[TOLD]["samples"] if sample["name"] == "TranscodeStarted")["body"]
    control("callbacks", vendor="volcengine", app_id=example["AppId"], url=receiver.url, secret="s3cret")
    send(client, START)
    control("clock/advance", seconds=0.3)
    told = json.loads(receiver.wait(1)[0])
    assert told.keys() == example.keys()
    assert json.loads(told["EventData"]).keys() >= {"AppId", "RoomId", "TaskId"}
    assert json.loads(example["EventData"]).keys() >= {"AppId", "RoomId", "TaskId"}


def test_every_example_is_somewhere() -> None:
    """The errors are answers of a real gateway: what the emulator refuses with is in test_push."""
    assert {*documented.samples("volcengine")} == {*CALLS, TOLD, ERRORS}
