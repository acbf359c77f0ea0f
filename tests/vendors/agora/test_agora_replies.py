"""Answers: the documented ones, every status, and what is learned of a run from them."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from apps.core.errors import (
    BadCredentials,
    HandleUnknown,
    NoSuchTask,
    OutcomeUnknown,
    TaskExists,
    UnreadableReply,
    VendorBusy,
    VendorError,
    VendorRejected,
    VendorUnreachable,
)
from apps.vendors.agora.transcoder.states import SERVICE_STATES, STATES
from apps.vendors.plan import PlannedRequest
from apps.vendors.report import TaskState
from tests.vendors.agora.cases import ADAPTER, answer, documented, sample, sending, spec, start, update
from tests.vendors.contract import raised

ACQUIRE, CREATE = start().requests
QUERY, DELETE = ADAPTER.plan_query(spec()).requests[0], ADAPTER.plan_stop(spec()).requests[0]
UPDATE = update(start()).requests[0]
TEST = ADAPTER.plan_test(None).requests[0]
REQUEST_ID = "9d1c7a5e-3b0f-4d53-8f2a-6c1b0d4e7f21"
TASK_ID = "609f28f2644f1ae1ceb041b7047e3abc"


@pytest.mark.parametrize(
    ("name", "request_", "state"),
    [
        ("transcoder-acquire", ACQUIRE, TaskState.UNKNOWN),
        ("transcoder-create", CREATE, TaskState.RUNNING),
        ("transcoder-create-audio-only", CREATE, TaskState.RUNNING),
        ("transcoder-create-cdn", CREATE, TaskState.RUNNING),
        ("transcoder-create-raw-cdn", CREATE, TaskState.RUNNING),
        ("transcoder-query", QUERY, TaskState.RUNNING),
        ("transcoder-update", UPDATE, TaskState.UNKNOWN),
        ("transcoder-delete", DELETE, TaskState.STOPPED),
        ("ncs-ip", TEST, TaskState.UNKNOWN),
    ],
)
def test_documented_answers(name: str, request_: PlannedRequest, state: TaskState) -> None:
    report = ADAPTER.read_reply(request_, documented(sample(name)["response"]))
    assert (report.state, report.vendor_request_id) == (state, REQUEST_ID)


OTHERS = [
    (name, request, other)
    for name, request in (("transcoder-create", CREATE), ("transcoder-query", QUERY), ("transcoder-delete", DELETE))
    for other in sample(name)["otherResponses"]
]
EXPECTED: dict[tuple[str, int], Any] = {
    ("transcoder-create", 202): TaskState.STARTING,
    ("transcoder-create", 206): OutcomeUnknown,
    ("transcoder-create", 409): TaskExists,
    ("transcoder-query", 404): NoSuchTask,
    ("transcoder-query", 503): VendorUnreachable,
    ("transcoder-delete", 404): TaskState.STOPPED,
}


@pytest.mark.parametrize(
    ("name", "request_", "case"), OTHERS, ids=[f"{name}-{other['status']}" for name, _, other in OTHERS]
)
def test_the_other_documented_answers(name: str, request_: PlannedRequest, case: dict[str, Any]) -> None:
    expected = EXPECTED[name, case["status"]]
    if isinstance(expected, TaskState):
        assert ADAPTER.read_reply(request_, documented(case)).state is expected
    else:
        assert type(raised(ADAPTER, request_, documented(case))) is expected


ERRORS: dict[int, type[VendorError]] = {
    400: VendorRejected,
    401: BadCredentials,
    403: VendorRejected,
    404: NoSuchTask,
    409: VendorRejected,
    429: VendorBusy,
    500: VendorUnreachable,
    503: VendorUnreachable,
    504: VendorUnreachable,
}


@pytest.mark.parametrize("case", sample("transcoder-errors")["responses"], ids=lambda case: str(case["status"]))
def test_documented_errors(case: dict[str, Any]) -> None:
    reply = answer(case["status"], case["body"], {"X-Request-ID": REQUEST_ID})
    error = raised(ADAPTER, QUERY, reply)
    assert type(error) is ERRORS[case["status"]]
    assert case["body"]["message"] in error.detail
    assert (error.vendor_code, error.vendor_request_id) == (str(case["status"]), REQUEST_ID)
    assert error.http_status == case["status"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(206, VendorUnreachable), (415, VendorRejected), (418, VendorRejected), (499, VendorUnreachable),
     (501, VendorRejected), (520, VendorUnreachable), (302, VendorRejected)],
)  # fmt: skip
def test_further_statuses(status: int, kind: type[VendorError]) -> None:
    assert type(raised(ADAPTER, QUERY, answer(status, {"reason": "because"}))) is kind


@pytest.mark.parametrize("status", [206, 499, 500, 502, 503, 504])
def test_a_create_without_a_clear_answer_may_have_been_done(status: int) -> None:
    assert type(raised(ADAPTER, CREATE, answer(status, {"message": "?"}))) is OutcomeUnknown
    assert type(raised(ADAPTER, ACQUIRE, answer(status, {"message": "?"}))) is not TaskExists


def test_a_refused_token_is_not_repeated_in_the_error() -> None:
    token = "007eJxTYIjwXhhjsbLi44ZiE3Hmu5GzriktdJPK+6ojbi4rccJRNkCBwcDQyNjE1Mzc"
    error = raised(ADAPTER, CREATE, answer(400, {"message": f"rtcToken {token} is invalid"}))
    assert token not in error.detail
    assert "rtcToken *** is invalid" in error.detail


def test_a_builder_token_that_runs_already() -> None:
    body = sample("transcoder-create")["response"]["body"]
    assert ADAPTER.read_reply(CREATE, answer(201, body)).state is TaskState.RUNNING
    assert type(raised(ADAPTER, CREATE, answer(201, {"message": "already running"}))) is TaskExists


@pytest.mark.parametrize("body", [{}, {"tokenName": ""}, {"tokenName": 7}])
def test_an_acquire_without_a_token_is_unreadable(body: dict[str, Any]) -> None:
    assert type(raised(ADAPTER, ACQUIRE, answer(200, body))) is UnreadableReply


def test_an_update_succeeds_without_a_body() -> None:
    for content in (None, {}):
        assert ADAPTER.read_reply(UPDATE, answer(200, content)).state is TaskState.UNKNOWN


def task(status: str, service: str | None = None, message: str = "") -> dict[str, Any]:
    inner = {"message": message} if service is None else {"status": service, "message": message}
    return {"taskId": TASK_ID, "status": status, "services": {"cloudTranscoder": inner}}


def test_every_documented_status_is_a_state() -> None:
    documented_tasks = {"IDLE", "PREPARED", "STARTING", "CREATED", "STARTED", "IN_PROGRESS", "STOPPING", "STOPPED",
                        "EXIT", "FAILURE_STOP"}  # fmt: skip
    documented_services = {"serviceIdle", "serviceReady", "serviceStarted", "serviceInProgress", "serviceCompleted",
                           "servicePartialCompleted", "serviceValidationFailed", "serviceAbnormal",
                           "serviceUnknown"}  # fmt: skip
    assert set(STATES) == documented_tasks
    assert set(SERVICE_STATES) == documented_services


@pytest.mark.parametrize(
    ("body", "state", "reason"),
    [
        (task("IDLE"), TaskState.STARTING, ""),
        (task("IN_PROGRESS", "serviceUnknown"), TaskState.RUNNING, ""),
        (task("STOPPING", "serviceInProgress"), TaskState.STOPPING, ""),
        (task("EXIT", "serviceCompleted"), TaskState.STOPPED, "room_ended"),
        (task("STOPPED", "servicePartialCompleted"), TaskState.STOPPED, "partly_done"),
        (task("STOPPED", "serviceValidationFailed", "no such channel"), TaskState.FAILED, "parameters_refused"),
        (task("IN_PROGRESS", "serviceAbnormal"), TaskState.FAILED, "vendor_failure"),
        (task("FAILURE_STOP"), TaskState.FAILED, "vendor_failure"),
    ],
)
def test_states(body: dict[str, Any], state: TaskState, reason: str) -> None:
    report = ADAPTER.read_reply(QUERY, answer(200, body))
    assert (report.state, report.reason) == (state, reason)


def test_a_word_nobody_knows_is_logged_and_changes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        report = ADAPTER.read_reply(QUERY, answer(200, task("DREAMING", "serviceAsleep")))
    assert report.state is TaskState.UNKNOWN
    assert "DREAMING" in caplog.text and "serviceAsleep" in caplog.text
    assert ADAPTER.read_reply(CREATE, answer(200, task("DREAMING"))).state is TaskState.STARTING


# --- what is learned --------------------------------------------------------------------------------------------------

TOKEN = {"tokenName": "token-1", "createTs": 1, "instanceId": "qb_task_1"}
CREATED = task("STARTED")


def test_the_token_and_the_task_id_are_kept_and_used() -> None:
    acquired = ADAPTER.read_handles(ACQUIRE, answer(200, TOKEN), sending())
    assert ADAPTER.placeholder_values(CREATE, sending(acquired))["builderToken"] == "token-1"
    with pytest.raises(HandleUnknown):
        ADAPTER.placeholder_values(QUERY, sending(acquired))
    created = ADAPTER.read_handles(CREATE, answer(202, CREATED), sending(acquired))
    for one in (QUERY, DELETE):
        assert ADAPTER.placeholder_values(one, sending(created)) == {"taskId": TASK_ID, "builderToken": "token-1"}
    assert ADAPTER.placeholder_values(UPDATE, sending(created))["taskId"] == TASK_ID
    assert created["run_id"] == TASK_ID


def test_before_anything_was_acquired_nothing_can_be_asked() -> None:
    for one in (CREATE, QUERY, UPDATE, DELETE):
        with pytest.raises(HandleUnknown):
            ADAPTER.placeholder_values(one, sending())


def test_a_young_token_is_used_again_and_an_old_one_is_not() -> None:
    acquired = ADAPTER.read_handles(ACQUIRE, answer(200, TOKEN), sending())
    assert ADAPTER.can_skip(ACQUIRE, sending(acquired, seconds=100))
    assert not ADAPTER.can_skip(ACQUIRE, sending(acquired, seconds=271))
    assert not ADAPTER.can_skip(ACQUIRE, sending())
    assert not ADAPTER.can_skip(CREATE, sending(acquired))


def lost_start() -> Any:
    """A create with a first token got no answer, and later one with a second token is told that the instance runs."""
    first = ADAPTER.read_handles(ACQUIRE, answer(200, TOKEN), sending())
    second = ADAPTER.read_handles(ACQUIRE, answer(200, {**TOKEN, "tokenName": "token-2"}), sending(first, seconds=600))
    assert ADAPTER.placeholder_values(CREATE, sending(second))["builderToken"] == "token-2"
    return ADAPTER.read_handles(CREATE, answer(409, {"message": "instanceId conflict"}), sending(second, seconds=601))


def test_a_run_obeys_the_token_that_made_it() -> None:
    told = {**lost_start(), "run_id": TASK_ID}  # by a notification
    assert ADAPTER.placeholder_values(QUERY, sending(told))["builderToken"] == "token-1"
    settled = ADAPTER.read_handles(QUERY, answer(200, CREATED), sending(told))
    assert ADAPTER.placeholder_values(DELETE, sending(settled))["builderToken"] == "token-1"
    assert "token-2" not in str(settled)


def test_a_token_that_the_run_does_not_obey_gives_way_to_the_other() -> None:
    told = {**lost_start(), "run_id": TASK_ID}
    turned = ADAPTER.read_handles(QUERY, answer(404, {"message": "task not found"}), sending(told))
    assert ADAPTER.placeholder_values(QUERY, sending(turned))["builderToken"] == "token-2"


def test_answers_that_say_nothing_teach_nothing() -> None:
    for reply in (answer(500, None), answer(200, {"tokenName": 7}), answer(200, [1])):
        assert ADAPTER.read_handles(ACQUIRE, reply, sending({"a": "b"})) == {"a": "b"}
        assert ADAPTER.read_handles(CREATE, reply, sending({"a": "b"})) == {"a": "b"}
