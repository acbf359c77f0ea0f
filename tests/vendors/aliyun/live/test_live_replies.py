"""What ApsaraVideo Live answers and calls back with, read."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

import pytest

from apps.core import errors
from apps.vendors.aliyun.live import api
from apps.vendors.callback import CallbackRequest
from apps.vendors.fields import check_fields
from apps.vendors.plan import PlannedRequest
from apps.vendors.report import TaskState
from apps.vendors.types import AppSpec
from tests.vendors.aliyun.cases import reply
from tests.vendors.aliyun.live_tasks import ADAPTER, APP, region, sample, start, task

REQUEST_ID = "760BAD53-2764-51C4-99E3-0DC36F6B1A2C"
LISTING = {"live_state_source": "ListRtcMPUTaskDetail"}
# The page of GetMPUTaskStatus, in both its forms.
STATUS_XML = b"""<GetMPUTaskStatusResponse>
    <RequestId>760bad53276431c499e30dc36f6b26be</RequestId>
    <Status>0</Status>
</GetMPUTaskStatusResponse>"""
STATUS_JSON = {"RequestId": "760bad53276431c499e30dc36f6b26be", "Status": 0}


def asked(name: str, **settings: Any) -> PlannedRequest:
    spec = task(region(), settings=settings)
    plans = {
        api.START: start(region(), settings=settings),
        api.UPDATE: ADAPTER.plan_update(spec, None),  # type: ignore[arg-type]
        api.STOP: ADAPTER.plan_stop(spec),
    }
    requests = (plans.get(name) or ADAPTER.plan_query(spec)).requests
    return next(request for request in requests if request.name == name)


@pytest.mark.parametrize(
    ("operation", "state", "alone"),
    [
        (api.START, TaskState.STARTING, TaskState.RUNNING),
        (api.UPDATE, TaskState.UNKNOWN, TaskState.UNKNOWN),
        (api.STOP, TaskState.STOPPING, TaskState.STOPPED),
        (api.STATUS, TaskState.RUNNING, None),
        (api.DETAIL, TaskState.UNKNOWN, TaskState.RUNNING),
    ],
)
def test_documented_answers(operation: str, state: TaskState, alone: TaskState | None) -> None:
    """`alone`: what the same answer proves where no status operation can say more."""
    answer = sample(operation)["response"]
    heard = reply(answer["http_status"], answer["body"])
    report = ADAPTER.read_reply(asked(operation), heard)
    assert (report.state, report.vendor_request_id, report.vendor_task_id) == (state, REQUEST_ID, "qb-live-0001")
    if alone:
        assert ADAPTER.read_reply(asked(operation, **LISTING), heard).state is alone


@pytest.mark.parametrize("heard", [reply(200, STATUS_JSON), reply(200, content=STATUS_XML)])
def test_the_page_of_the_status_operation(heard: Any) -> None:
    request = asked(api.STATUS)
    assert (request.query["AppId"], request.query["TaskId"]) == (APP, "qb-live-0001")
    report = ADAPTER.read_reply(request, heard)
    assert (report.state, report.vendor_request_id) == (TaskState.STARTING, "760bad53276431c499e30dc36f6b26be")
    assert report.vendor_status == "Status=0"


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (0, TaskState.STARTING, "waits_for_room"),
        (1, TaskState.RUNNING, ""),
        ("1", TaskState.RUNNING, ""),
        (2, TaskState.STOPPED, "stopped"),
        (3, TaskState.STOPPED, "stopped_by_user"),
        (4, TaskState.STOPPED, "room_closed"),
        (5, TaskState.FAILED, "cdn_trouble"),
        (6, TaskState.FAILED, "push_url_trouble"),
        (7, TaskState.UNKNOWN, ""),
        ("RUNNING", TaskState.UNKNOWN, ""),
        (True, TaskState.UNKNOWN, ""),
    ],
)
def test_every_status(status: Any, state: TaskState, reason: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        report = ADAPTER.read_reply(asked(api.STATUS), reply(200, {"RequestId": "R", "Status": status}))
    assert (report.state, report.reason) == (state, reason)
    assert bool(caplog.records) == (state is TaskState.UNKNOWN)


def test_a_status_without_its_number_is_unreadable() -> None:
    with pytest.raises(errors.UnreadableReply):
        ADAPTER.read_reply(asked(api.STATUS), reply(200, {"RequestId": "R"}))


@pytest.mark.parametrize(
    ("operation", "place", "kind"),
    [
        (api.START, 0, errors.VendorRejected),
        (api.START, 1, errors.VendorRejected),
        (api.START, 2, errors.OutcomeUnknown),
        (api.UPDATE, 0, errors.VendorRejected),
        (api.UPDATE, 2, errors.VendorUnreachable),
        (api.STOP, 1, errors.VendorRejected),
        (api.STOP, 2, errors.VendorUnreachable),
        (api.STATUS, 0, errors.NoSuchTask),
    ],
)
def test_documented_errors(operation: str, place: int, kind: type[errors.VendorError]) -> None:
    one = sample(operation)["error_examples"][place]
    with pytest.raises(errors.VendorError) as caught:
        ADAPTER.read_reply(asked(operation), reply(one["http_status"], one["body"]))
    assert type(caught.value) is kind
    assert caught.value.vendor_code == one["body"]["Code"]
    assert caught.value.vendor_request_id == one["body"]["RequestId"]


@pytest.mark.parametrize(
    ("status", "code", "message", "kind"),
    [
        (400, "InvalidParam", "The task already exists.", errors.TaskExists),
        (200, "TaskExisted", "", errors.TaskExists),
        (400, "InvalidParam", "The channel does not exist.", errors.NotYet),
        (400, "InvalidParam.Channel", "channel not exist", errors.NotYet),
        (400, "InvalidParam", "The specified parameter is invalid.", errors.VendorRejected),
        (400, "InvalidAppId", "", errors.VendorRejected),
        (403, "OperationDenied", "", errors.VendorRejected),
        (403, "Forbidden.RAM", "", errors.BadCredentials),
        (403, "Forbidden", "", errors.BadCredentials),
        (400, "MissingParameter", "", errors.VendorRejected),
        (404, "MissingAppId", "", errors.VendorRejected),
        (400, "Throttling.User", "", errors.VendorBusy),
        (503, "ServiceUnavailable", "", errors.VendorUnreachable),
        (400, "SignatureDoesNotMatch", "", errors.BadCredentials),
        (404, "InvalidAction.NotFound", "", errors.VendorRejected),
        (400, "NotFound.Task", "", errors.NoSuchTask),
    ],
)
def test_what_a_start_can_hear(status: int, code: str, message: str, kind: type[errors.VendorError]) -> None:
    body = {"RequestId": "R", "HostId": "live.aliyuncs.com", "Code": code, "Message": message}
    with pytest.raises(errors.VendorError) as caught:
        ADAPTER.read_reply(asked(api.START), reply(status, body))
    assert type(caught.value) is kind
    assert (caught.value.vendor_code, caught.value.vendor_request_id, caught.value.http_status) == (code, "R", status)


def test_an_empty_room_is_worth_a_retry() -> None:
    body = {"RequestId": "R", "Code": "InvalidParam", "Message": "The channel does not exist."}
    with pytest.raises(errors.NotYet, match="first person") as caught:
        ADAPTER.read_reply(asked(api.START), reply(400, body))
    assert caught.value.retryable
    assert caught.value.retry_after > 0


def test_a_denied_action_is_named_as_this_apis() -> None:
    with pytest.raises(errors.BadCredentials, match="live:StopLiveMPUTask"):
        ADAPTER.read_reply(asked(api.STOP), reply(403, {"Code": "Forbidden.RAM", "RequestId": "R"}))


@pytest.mark.parametrize(
    ("code", "settings", "state"),
    [
        ("NotFound.Task", {}, TaskState.STOPPED),
        ("InvalidTask.NotFound", LISTING, TaskState.STOPPED),
        # not a clear word: the status has the last one, where there is a status
        ("InvalidParam", {}, TaskState.STOPPING),
        ("InvalidParam", LISTING, TaskState.STOPPED),
    ],
)
def test_stopping_what_is_gone_is_done(code: str, settings: Any, state: TaskState) -> None:
    report = ADAPTER.read_reply(asked(api.STOP, **settings), reply(400, {"Code": code, "RequestId": "R"}))
    assert (report.state, report.reason, report.vendor_task_id) == (state, "already_gone", "qb-live-0001")


def test_a_withdrawn_status_operation_is_remembered_and_no_news() -> None:
    body = sample(api.STATUS)["error_examples"][1]["body"]
    report = ADAPTER.read_reply(asked(api.STATUS), reply(404, body))
    assert report.state is TaskState.UNKNOWN
    assert [request.name for request in ADAPTER.plan_query(task(known=dict(report.known))).requests] == [api.DETAIL]


def test_a_task_that_is_not_listed_is_not_there() -> None:
    for body in ({"MPUTasks": []}, {}, {"MPUTasks": [{"TaskId": "another"}]}):
        with pytest.raises(errors.NoSuchTask):
            ADAPTER.read_reply(asked(api.DETAIL), reply(200, {"RequestId": "R", **body}))
    with pytest.raises(errors.UnreadableReply):
        ADAPTER.read_reply(asked(api.DETAIL), reply(200, {"RequestId": "R", "MPUTasks": "none"}))


def test_the_test_of_keys() -> None:
    (with_app,) = ADAPTER.plan_test(task().app).requests
    (without,) = ADAPTER.plan_test(None).requests
    assert (with_app.name, with_app.query) == (api.DETAIL, {"AppId": APP, "PageNo": "1", "PageSize": "1"})
    assert ADAPTER.read_reply(with_app, reply(200, {"RequestId": "R", "MPUTasks": []})).reason == "keys_accepted"
    unknown = reply(400, {"RequestId": "R", "Code": "InvalidAppId", "Message": ""})
    assert ADAPTER.read_reply(without, unknown).reason == "keys_accepted"
    with pytest.raises(errors.VendorRejected, match="AppId"):
        ADAPTER.read_reply(with_app, unknown)
    with pytest.raises(errors.BadCredentials):
        ADAPTER.read_reply(without, reply(404, {"RequestId": "R", "Code": "InvalidAccessKeyId.NotFound"}))


# events


def callback(**changes: Any) -> CallbackRequest:
    body = sample("callback_mpu_event")["body"]
    payload = {**body["Payload"], **changes.pop("Payload", {})}
    return CallbackRequest({}, json.dumps({**body, "Payload": payload, **changes}).encode())


def test_the_vendors_event_example() -> None:
    news = ADAPTER.read_callback(callback())
    assert (news.event_id, news.vendor_task_id) == ("42bba8b5-94ab-468c-9dae-9b501dd60000", "qb-live-0001")
    assert news.at == dt.datetime(2024, 5, 20, 8, 30, 16, 100_000, tzinfo=dt.UTC)
    assert news.report is not None
    assert (news.report.state, news.report.degraded) == (TaskState.RUNNING, False)
    assert ADAPTER.verify_callback(callback(), "")
    assert ADAPTER.answer_callback(callback()).status == 200


def test_trouble_with_a_push_url_is_told_without_its_key() -> None:
    payload = {"EventCode": 9, "ErrorCode": 4, "ErrorMessage": "rtmp://h/live/abckey?auth_key=1 refused"}
    report = ADAPTER.read_callback(callback(Payload=payload)).report
    assert report is not None
    assert (report.state, report.reason, report.degraded) == (TaskState.UNKNOWN, "push_trouble", True)
    assert "push.example.com" in report.detail
    assert "refused" in report.detail
    assert not [one for one in ("0a1b2c3d4e5f", "abckey", "auth_key=1") if one in report.detail]


@pytest.mark.parametrize("payload", [{"EventCode": 2}, {"EventCode": "x"}, {"EventCode": None, "ErrorCode": None}])
def test_unknown_events_are_hints_only(payload: Any, caplog: pytest.LogCaptureFixture) -> None:
    report = ADAPTER.read_callback(callback(Payload=payload)).report
    assert report is not None
    assert (report.state, report.degraded) == (TaskState.UNKNOWN, False)
    assert caplog.records


def test_which_event_means_running_is_a_setting() -> None:
    app = AppSpec("9qb1live", {"live_running_event": 2})
    assert check_fields(ADAPTER.app_settings, app.settings, "") == []
    for code, state in ((1, TaskState.UNKNOWN), (2, TaskState.RUNNING)):
        report = ADAPTER.read_callback(callback(Payload={"EventCode": code}), app).report
        assert report is not None
        assert report.state is state


def test_events_of_other_kinds_concern_no_task() -> None:
    for request in (callback(EventType=2), callback(TaskId=None), CallbackRequest({}, b'{"EventType": 1}')):
        news = ADAPTER.read_callback(request)
        assert (news.vendor_task_id, news.report) == ("", None)
        assert news.event_id


# the subscription

URL = "https://quadbox.example.com/hooks/aliyun-mpu"


def test_a_subscription_is_looked_for_and_made() -> None:
    (look,) = ADAPTER.plan_subscription(task().app, URL, None).requests
    example = sample(api.DESCRIBE_SUB)
    assert (look.name, look.query, look.read_only) == (api.DESCRIBE_SUB, example["request"]["wire_query"], True)
    for nothing in (
        reply(200, {"RequestId": "R", "SubInfo": {}}),
        reply(400, {"RequestId": "R", "Code": "InvalidParam"}),
    ):
        (create,) = ADAPTER.plan_subscription(task().app, URL, (look, nothing)).requests
        wanted = sample(api.CREATE_SUB)["request"]["wire_query"]
        assert (create.name, create.query) == (api.CREATE_SUB, {k: v for k, v in wanted.items() if k != "ChannelIds"})
    answer = reply(200, sample(api.CREATE_SUB)["response"]["body"])
    assert ADAPTER.read_reply(create, answer).vendor_request_id == REQUEST_ID
    with pytest.raises(errors.VendorRejected):
        ADAPTER.plan_subscription(task().app, URL, (look, reply(400, {"RequestId": "R", "Code": "InvalidAppId"})))
    with pytest.raises(errors.BadCredentials):
        ADAPTER.plan_subscription(task().app, URL, (look, reply(403, {"RequestId": "R", "Code": "Forbidden.RAM"})))


def test_a_subscription_of_others_is_replaced_and_told() -> None:
    (look,) = ADAPTER.plan_subscription(task().app, URL, None).requests
    found = reply(200, sample(api.DESCRIBE_SUB)["response"]["body"])
    plan = ADAPTER.plan_subscription(task().app, URL, (look, found))
    (update,) = plan.requests  # it listens to two rooms only
    assert (update.name, update.query["ChannelIds"], plan.findings) == (api.UPDATE_SUB, "", ())
    moved = ADAPTER.plan_subscription(task().app, f"{URL}-v2", (look, found))
    assert moved.requests[0].query == sample(api.UPDATE_SUB)["request"]["wire_query"]
    assert [finding.code for finding in moved.findings] == ["subscription_replaced"]
    info = {**sample(api.DESCRIBE_SUB)["response"]["body"]["SubInfo"], "ChannelIds": ""}
    done = ADAPTER.plan_subscription(task().app, URL, (look, reply(200, {"RequestId": "R", "SubInfo": info})))
    assert done.requests == ()
    bad = ADAPTER.plan_subscription(task().app, f"{URL}?a=1&b=2", (look, found))
    assert [error.code for error in bad.errors] == ["callback_url_unusable"]
