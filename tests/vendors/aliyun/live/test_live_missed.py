"""The list of callbacks that ApsaraVideo Live sent, read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from apps.vendors.callback import CallbackRequest
from apps.vendors.types import AppSpec
from tests.vendors.aliyun.cases import reply
from tests.vendors.aliyun.live_tasks import ADAPTER, APP, sample

NOON = dt.datetime(2024, 5, 20, 12, tzinfo=dt.UTC)
LOOK = ADAPTER.plan_missed(AppSpec(APP), NOON - dt.timedelta(hours=12), NOON)


def found(*logs: Any) -> tuple[CallbackRequest, ...]:
    return ADAPTER.read_missed(AppSpec(APP), LOOK, reply(200, {"RequestId": "R", "HasMore": False, "Logs": [*logs]}))[0]


def test_the_vendors_example() -> None:
    example = sample("ListRtcMPUEventSubRecord")["response"]["body"]
    requests, more = ADAPTER.read_missed(AppSpec(APP), LOOK, reply(200, example))
    (log,) = example["Logs"]
    assert requests == (CallbackRequest({}, log["Data"].encode(), vendor_message_id=log["MsgId"]),)
    assert more is None
    assert ADAPTER.read_callback(requests[0]).event_id == log["MsgId"]


@pytest.mark.parametrize("content", [{}, {"Data": None}, {"Data": ""}, {"Data": {"EventType": 1}}])
def test_one_without_its_content_is_among_them(content: Any) -> None:
    assert found({"MsgId": "m1", **content}) == (CallbackRequest({}, b"", vendor_message_id="m1"),)


def test_half_a_letter_stops_nobody() -> None:
    lone, good = found({"MsgId": "m1", "Data": "\ud83d"}, {"MsgId": 2, "Data": "{}"})
    assert lone == CallbackRequest({}, b"?", vendor_message_id="m1")
    assert good == CallbackRequest({}, b"{}")
