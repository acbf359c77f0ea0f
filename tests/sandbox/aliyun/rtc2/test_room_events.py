"""Room events of the RTC emulator: the vendor's own examples, what it refuses, and what it sends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.sandbox.engine import runtime
from tests.sandbox.aliyun.call import acs3, v1
from tests.sandbox.aliyun.rtc2.mpu.test_mpu import arrange, start, status
from tests.sandbox.aliyun.rtc2.record.test_record import APP, code_of, sample

WANTED = {
    "AppId": APP, "CallbackUrl": "http://127.0.0.1:9/e", "ClientToken": "t-1", "Events.1": "ChannelEvent",
    "Events.2": "UserEvent",
}  # fmt: skip


@pytest.mark.parametrize("call", [acs3, v1])
def test_the_vendors_examples(client: Any, sandbox: Any, call: Any) -> None:
    made = call(client, "CreateEventSubscribe", sample("rtc_CreateEventSubscribe")["request"]["wire_query"])
    assert made.json().keys() == sample("rtc_CreateEventSubscribe")["response"]["body"].keys()
    gone = sample("rtc_DeleteEventSubscribe")["request"]["wire_query"] | {"SubscribeId": made.json()["SubscribeId"]}
    assert code_of(call(client, "DeleteEventSubscribe", gone)) == (200, "")
    assert code_of(call(client, "DeleteEventSubscribe", gone))[0] == 404


def test_the_same_token_makes_one_subscription(client: Any, sandbox: Any) -> None:
    first, again = (acs3(client, "CreateEventSubscribe", WANTED).json()["SubscribeId"] for _ in range(2))
    other = acs3(client, "CreateEventSubscribe", {**WANTED, "ClientToken": "t-2"}).json()["SubscribeId"]
    assert first == again != other


@pytest.mark.parametrize(
    "wrong",
    [{"CallbackUrl": ""}, {"CallbackUrl": "ftp://a"}, {"ClientToken": ""}, {"Events.1": "Weather"},
     {"Events.1": "", "Events.2": ""}, {"Users.1": "anna"}, {"NeedCallbackAuth": "perhaps"}],
)  # fmt: skip
def test_what_it_refuses(client: Any, sandbox: Any, wrong: dict[str, str]) -> None:
    params = {name: value for name, value in {**WANTED, **wrong}.items() if value}
    assert code_of(acs3(client, "CreateEventSubscribe", params))[0] == 400


def told() -> list[tuple[str, str]]:
    with runtime.current().store.reading() as state:
        bodies = [json.loads(one["body"]) for one in (*state["delivered"], *state["outbox"])]
    contents = [value["Contents"][0] for value in {body["MsgId"]: body for body in bodies}.values()]
    return [
        (content[content["Event"]]["EventTag"], content[content["Event"]].get("UserId", "")) for content in contents
    ]


def test_who_comes_and_goes_is_told(client: Any, control: Any, sandbox: Any) -> None:
    acs3(client, "CreateEventSubscribe", WANTED)
    arrange(control, "anna")
    start(client)
    status(client)
    arrange(control, "bo")
    status(client)
    assert sorted(told()) == [("Join", "anna"), ("Join", "bo"), ("Leave", "anna"), ("Open", "")]
    arrange(control)
    status(client)
    assert set(told()) >= {("Leave", "bo"), ("Close", "")}


def test_only_what_was_ordered_is_told(client: Any, control: Any, sandbox: Any) -> None:
    acs3(client, "CreateEventSubscribe", {**WANTED, "Events.1": "UserEvent", "ChannelId": "room-1", "Users.1": "bo"})
    acs3(client, "CreateEventSubscribe", {**WANTED, "ClientToken": "t-3", "ChannelId": "elsewhere"})
    arrange(control, "anna", "bo")
    start(client)
    status(client)
    assert told() == [("Join", "bo")]


def test_whoever_ordered_the_audience_hears_of_no_host(client: Any, control: Any, sandbox: Any) -> None:
    """Everybody in our rooms is a host."""
    acs3(client, "CreateEventSubscribe", {**WANTED, "Role": "2"})
    arrange(control, "anna")
    start(client)
    status(client)
    assert told() == [("Open", "")]
