"""Callbacks: who may send them, and what is read from them."""

from __future__ import annotations

import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from apps.vendors.callback import CallbackRequest
from apps.vendors.volcengine import callbacks

HERE = Path(__file__).parent
CASES = json.loads((HERE / "vectors/volcengine-callback-signing.json").read_text())["cases"]
SAMPLES = json.loads((HERE / "samples/callbacks.json").read_text())["samples"]


def callback(body: Any) -> CallbackRequest:
    return CallbackRequest({}, json.dumps(body).encode())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vector(case: dict[str, Any]) -> None:
    request = CallbackRequest({}, case["raw_body"].encode())
    assert callbacks.verify(request, case["secret"]) is case["valid"]
    assert callbacks.verify(request, case["secret"] + "x") is False


@pytest.mark.parametrize("field", ["EventType", "EventData", "EventTime", "Version", "AppId", "Nonce"])
def test_every_signed_value_counts(field: str) -> None:
    body = {**CASES[0]["body"], field: CASES[0]["body"][field] + "1"}
    assert callbacks.verify(callback(body), CASES[0]["secret"]) is False


@pytest.mark.parametrize("signature", [None, 7, "", "中文", []])
def test_a_missing_or_odd_signature_does_not_verify(signature: Any) -> None:
    assert callbacks.verify(callback({**CASES[0]["body"], "Signature": signature}), CASES[0]["secret"]) is False


def test_without_a_secret_nothing_verifies() -> None:
    assert callbacks.verify(callback(CASES[0]["body"]), "") is False


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if "body" in sample], ids=lambda one: one["name"])
def test_samples_name_their_task(sample: dict[str, Any]) -> None:
    news = callbacks.read(callback(sample["body"]))
    assert news.vendor_task_id == json.loads(sample["body"]["EventData"])["TaskId"]
    assert (news.event, news.event_id) == (sample["body"]["EventType"], sample["body"]["EventId"])
    assert news.report is None, "a callback is a hint: the task is asked for"
    assert news.at is not None
    assert news.at.tzinfo is not None


@pytest.mark.parametrize(("event", "known"), [("TranscodeStopped", True), ("UserJoinRoom", True),
                                              ("TranscodeTeleported", False), (7, False), (None, False)])  # fmt: skip
def test_an_event_nobody_documents_is_logged(event: Any, known: bool, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        news = callbacks.read(callback({"EventType": event, "EventData": '{"TaskId": "t"}', "EventId": "e"}))
    assert (news.vendor_task_id, news.report) == ("t", None)
    assert [record.getMessage() for record in caplog.records] == (
        [] if known else [f"Volcengine: an event type that is not documented: {event!r}"]
    )


def test_nanoseconds_are_cut() -> None:
    assert callbacks.read_time("2025-11-20T09:15:00.123456789Z") == dt.datetime(
        2025, 11, 20, 9, 15, 0, 123456, tzinfo=dt.UTC
    )
    assert callbacks.read_time("yesterday") is None


def test_without_an_event_id_the_bytes_are_the_id() -> None:
    body = {"EventType": "TranscodeStopped", "EventData": '{"taskid": "t1"}'}
    first, again = callbacks.read(callback(body)), callbacks.read(callback(body))
    other = callbacks.read(callback({**body, "EventTime": "2025-11-20T09:15:00Z"}))
    assert first.event_id == again.event_id != other.event_id
    assert first.vendor_task_id == "t1"


def test_other_events_concern_no_task() -> None:
    assert callbacks.read(callback({"EventType": "RoomDestroy", "EventData": "not json"})).vendor_task_id == ""
