"""Notifications: both signatures, the envelope, and what each event means."""

from __future__ import annotations

import base64
import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from apps.vendors.callback import CallbackRequest
from apps.vendors.report import TaskState
from tests.vendors.agora.cases import ADAPTER, sample

VECTORS = json.loads((Path(__file__).parent / "vectors/agora-callback-signing.json").read_text())
EVENTS = {110: "started", 111: "stopped", 112: "status", 113: "updated"}
TASK_ID = "609f28f2644f1ae1ceb041b7047e3abc"


def arrived(content: bytes, headers: dict[str, str]) -> CallbackRequest:
    return CallbackRequest({name.lower(): header for name, header in headers.items()}, content)


def of_sample(number: int, **payload: Any) -> CallbackRequest:
    case = sample(f"ncs-transcoder-{number}-{EVENTS[number]}")
    body = json.loads(case["request"]["rawBody"])
    for name, value in payload.items():
        body["payload"][name] = value
    return arrived(json.dumps(body).encode(), case["request"]["headers"])


CASES = [*VECTORS["cases"], *VECTORS["negative"]]


def test_both_kinds_of_vectors_are_there() -> None:
    assert {case["valid"] for case in CASES} == {True, False}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_signatures(case: dict[str, Any]) -> None:
    content = base64.b64decode(case["bodyBase64"]) if "bodyBase64" in case else case["body"].encode()
    request = arrived(content, case["headers"])
    assert ADAPTER.verify_callback(request, case["secret"]) is case["valid"]


@pytest.mark.parametrize("number", EVENTS)
def test_documented_events_are_genuine_and_answered(number: int) -> None:
    case = sample(f"ncs-transcoder-{number}-{EVENTS[number]}")
    request = arrived(case["request"]["rawBody"].encode(), case["request"]["headers"])
    assert ADAPTER.verify_callback(request, case["secret"])
    assert not ADAPTER.verify_callback(request, "another")
    assert not ADAPTER.verify_callback(request, "")
    said = ADAPTER.answer_callback(request)
    assert (said.status, json.loads(said.content)) == (200, case["response"]["body"])
    assert said.content_type == case["response"]["headers"]["Content-Type"]


def test_the_older_signature_alone_is_not_enough_and_a_wrong_one_spoils_it() -> None:
    case = sample("ncs-transcoder-112-status")
    content, headers = case["request"]["rawBody"].encode(), case["request"]["headers"]
    older, newer = headers["Agora-Signature"], headers["Agora-Signature-V2"]
    assert ADAPTER.verify_callback(arrived(content, {"Agora-Signature-V2": newer}), case["secret"])
    assert not ADAPTER.verify_callback(arrived(content, {"Agora-Signature": older}), case["secret"])
    both = {"Agora-Signature": older[::-1], "Agora-Signature-V2": newer}
    assert not ADAPTER.verify_callback(arrived(content, both), case["secret"])
    assert not ADAPTER.verify_callback(arrived(content + b" ", headers), case["secret"])


@pytest.mark.parametrize(
    ("number", "state"),
    [(110, TaskState.RUNNING), (111, TaskState.STOPPED), (112, TaskState.RUNNING), (113, TaskState.RUNNING)],
)
def test_events(number: int, state: TaskState) -> None:
    news = ADAPTER.read_callback(of_sample(number))
    assert (news.vendor_task_id, news.vendor_run_id) == ("qb-job-42-1", TASK_ID)
    assert news.event == f"cloud_transcoder_{EVENTS[number]}"
    assert news.event_id == f"22:7f0c1e6a52d94d7c9f6b1f6f0d2b200{number - 109}"
    assert news.report is not None
    assert (news.report.state, dict(news.report.learned)) == (state, {"run_id": TASK_ID})


@pytest.mark.parametrize(("word", "state"), [("connecting", TaskState.STARTING), ("failed", TaskState.FAILED),
                                             ("humming", TaskState.UNKNOWN)])  # fmt: skip
def test_states_of_a_status_event(word: str, state: TaskState) -> None:
    news = ADAPTER.read_callback(of_sample(112, details={"event": "cloud_transcoder_status", "state": word}))
    assert news.report is not None
    assert news.report.state is state


def test_a_stop_says_why_and_when() -> None:
    report = ADAPTER.read_callback(of_sample(111)).report
    assert report is not None
    assert (report.reason, report.vendor_status) == ("stopped_by_user", "Stop request")
    assert (report.reason, report.at) == ("stopped_by_user", dt.datetime(2025, 10, 9, 9, 8, 21, tzinfo=dt.UTC))


def test_an_event_without_the_instance_is_known_by_the_vendors_task_id() -> None:
    news = ADAPTER.read_callback(of_sample(112, instanceId=None))
    assert (news.vendor_task_id, news.vendor_run_id) == ("", TASK_ID)


def test_the_product_number_does_not_decide() -> None:
    content = of_sample(112).content.replace(b'"productId": 22', b'"productId": 3')
    assert ADAPTER.read_callback(CallbackRequest({}, content)).vendor_task_id == "qb-job-42-1"


def test_a_repetition_is_the_same_event_though_sent_at_another_time() -> None:
    first = of_sample(112)
    again = CallbackRequest({}, first.content.replace(b"1760000003000", b"1760000009000"))
    assert ADAPTER.read_callback(first).event_id == ADAPTER.read_callback(again).event_id


@pytest.mark.parametrize(
    "body",
    [
        {
            "noticeId": "a",
            "productId": 1,
            "eventType": 101,
            "payload": {"channelName": "test_webhook", "uid": 12121212},
        },
        {"noticeId": "a", "productId": 5, "eventType": 3, "payload": {"converter": {"id": "x"}}},
        {"noticeId": "a", "productId": 3, "eventType": 40, "payload": {"sid": "x", "cname": "y"}},
        {"noticeId": "a"},
    ],
)
def test_other_products_and_the_consoles_test_are_no_news(body: dict[str, Any]) -> None:
    news = ADAPTER.read_callback(CallbackRequest({}, json.dumps(body).encode()))
    assert (news.vendor_task_id, news.vendor_run_id, news.report) == ("", "", None)


@pytest.mark.parametrize(("number", "known"), [(110, True), (111, True), (119, False)])
def test_an_event_type_nobody_documents_is_logged(number: int, known: bool, caplog: pytest.LogCaptureFixture) -> None:
    content = of_sample(110).content.replace(b'"eventType": 110', f'"eventType": {number}'.encode())
    with caplog.at_level(logging.WARNING):
        news = ADAPTER.read_callback(CallbackRequest({}, content))
    assert news.report is not None
    assert (news.report.state is TaskState.UNKNOWN) == (not known)
    said = [] if known else [f"Agora: an event type that is not documented: {number}"]
    assert [record.getMessage() for record in caplog.records] == said


def test_notices_of_other_products_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    content = json.dumps({"noticeId": "a", "productId": 3, "eventType": 40, "payload": {"sid": "x"}}).encode()
    with caplog.at_level(logging.WARNING):
        ADAPTER.read_callback(CallbackRequest({}, content))
    assert not caplog.records
