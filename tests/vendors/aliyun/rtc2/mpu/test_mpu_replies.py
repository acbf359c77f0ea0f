"""What Aliyun says of a relay, read: every status, every refusal of the four operations."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from apps.core import errors
from apps.vendors.plan import PlannedRequest
from apps.vendors.report import TaskState
from tests.vendors.aliyun.cases import reply
from tests.vendors.aliyun.relay_tasks import ADAPTER, region, relay, start, update

Sample = Callable[[str], dict[str, Any]]


def request(name: str) -> PlannedRequest:
    task = relay(region("a", 0, 0, 1280, 720))
    plans = (start(task), update(task), ADAPTER.plan_stop(task), ADAPTER.plan_query(task))
    return next(request for plan in plans for request in plan.requests if request.name == name)


def status(value: Any) -> Any:
    return ADAPTER.read_reply(request("GetMPUTaskStatus"), reply(200, {"RequestId": "R", "Status": value}))


@pytest.mark.parametrize("written", [int, str])
@pytest.mark.parametrize(
    ("value", "state", "reason"),
    [
        (0, TaskState.STARTING, "waiting_for_room"),
        (1, TaskState.RUNNING, ""),
        (2, TaskState.STOPPED, "stopped"),
        (3, TaskState.STOPPED, "stopped_by_user"),
        (4, TaskState.STOPPED, "room_ended"),
        (5, TaskState.FAILED, "cdn_network"),
        (6, TaskState.FAILED, "push_url"),
    ],
)
def test_every_status(sample: Sample, value: int, state: TaskState, reason: str, written: Any) -> None:
    assert set(sample("tables")["mpu_task_status"]) == {str(number) for number in range(7)}
    report = status(written(value))
    assert (report.state, report.reason, report.vendor_task_id) == (state, reason, "qb-mpu-0001")
    assert report.vendor_status == f"Status={value}"
    assert bool(report.detail) == (value not in (1, 3))


@pytest.mark.parametrize("value", [7, -1, "running"])
def test_a_status_nobody_documents_is_unknown_and_logged(value: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert status(value).state is TaskState.UNKNOWN
    assert "not documented" in caplog.text


@pytest.mark.parametrize("value", [None, "", True, [], {"a": 1}])
def test_no_status_is_unreadable(value: Any) -> None:
    with pytest.raises(errors.UnreadableReply):
        status(value)


@pytest.mark.parametrize("place", range(5))
def test_refusals_of_a_start(sample: Sample, place: int) -> None:
    one = sample("StartMPUTask")["error_examples"][place]
    kinds = {
        "TaskExisted": errors.TaskExists,
        "InternalError": errors.OutcomeUnknown,
        "InvalidLayoutID.Malformed": errors.StoredObjectGone,
    }
    kind = kinds.get(one["body"]["Code"], errors.VendorRejected)
    with pytest.raises(errors.VendorError) as caught:
        ADAPTER.read_reply(request("StartMPUTask"), reply(one["http_status"], one["body"]))
    assert type(caught.value) is kind
    assert (caught.value.vendor_code, caught.value.vendor_request_id) == (one["body"]["Code"], one["body"]["RequestId"])
    assert caught.value.http_status == one["http_status"]


@pytest.mark.parametrize("name", ["GetMPUTaskStatus", "UpdateMPUTask"])
def test_a_task_that_is_gone(sample: Sample, name: str) -> None:
    (one,) = sample(name)["error_examples"]
    with pytest.raises(errors.NoSuchTask):
        ADAPTER.read_reply(request(name), reply(one["http_status"], one["body"]))


def test_stopping_what_is_gone_is_done(sample: Sample) -> None:
    (one,) = sample("StopMPUTask")["error_examples"]
    report = ADAPTER.read_reply(request("StopMPUTask"), reply(one["http_status"], one["body"]))
    assert (report.state, report.reason, report.vendor_status) == (
        TaskState.STOPPED, "already_gone", "InvalidTask.NotFound",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("http_status", "code", "kind"),
    [
        (429, "Throttling.User", errors.VendorBusy),
        (503, "ServiceUnavailableTemporary", errors.VendorUnreachable),
        (400, "SignatureDoesNotMatch", errors.BadCredentials),
        (404, "InvalidAccessKeyId.NotFound", errors.BadCredentials),
        (403, "Forbidden.RAM", errors.BadCredentials),
        (400, "InvalidTimeStamp.Expired", errors.VendorRejected),
        (404, "InvalidAction.NotFound", errors.VendorRejected),
        (400, "MissingStreamURL", errors.VendorRejected),
        (400, "InvalidStreamURL.Malformed", errors.VendorRejected),
        (200, "App.Stop", errors.VendorRejected),
        (200, "Channel.NoExist", errors.VendorRejected),
        (404, "Service.NoApp", errors.VendorRejected),
        (500, "Service.SignalingSendMessage", errors.OutcomeUnknown),
    ],
)
def test_every_class_of_code(http_status: int, code: str, kind: type[errors.VendorError]) -> None:
    body = {"RequestId": "R", "HostId": "rtc.aliyuncs.com", "Code": code, "Message": "no"}
    with pytest.raises(errors.VendorError) as caught:
        ADAPTER.read_reply(request("StartMPUTask"), reply(http_status, body))
    assert type(caught.value) is kind
    assert (caught.value.vendor_code, caught.value.vendor_request_id) == (code, "R")
