"""What Aliyun answers and calls back with, read."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from apps.core import errors
from apps.vendors.aliyun.rtc2.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.callback import CallbackRequest
from apps.vendors.report import TaskState
from tests.vendors.aliyun.cases import asked, reply

Sample = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    ("operation", "state"),
    [
        ("StartRecordTask", TaskState.RUNNING),
        ("UpdateRecordTask", TaskState.RUNNING),
        ("StopRecordTask", TaskState.STOPPED),
        ("CreateMPULayout", TaskState.UNKNOWN),
        ("DescribeRecordFiles", TaskState.UNKNOWN),
        ("DescribeApps", TaskState.UNKNOWN),
    ],
)
def test_documented_answers(adapter: AliyunRtcRecordAdapter, sample: Sample, operation: str, state: TaskState) -> None:
    answer = sample(operation)["response"]
    report = adapter.read_reply(asked(operation), reply(answer["http_status"], answer["body"]))
    assert report.state is state
    assert report.vendor_request_id == "760BAD53-2764-51C4-99E3-0DC36F6B1A2C"


def test_files_are_listed(adapter: AliyunRtcRecordAdapter, sample: Sample) -> None:
    body = sample("DescribeRecordFiles")["response"]["body"]
    stranger = {**body["RecordFiles"][0], "TaskId": "another"}
    request = asked("DescribeRecordFiles", **{"TaskIds.1": "qb-rec-0001"})
    report = adapter.read_reply(request, reply(200, {**body, "RecordFiles": [*body["RecordFiles"], stranger]}))
    (file,) = report.files
    assert report.vendor_task_id == "qb-rec-0001"
    assert (file.format, file.duration) == ("m3u8", 1800.04)
    assert file.started_at == dt.datetime(2024, 5, 20, 8, 30, 15, tzinfo=dt.UTC)
    assert file.vendor_file_id.startswith("record/9qb1test/room-1001_qb-rec-0001/")


@pytest.mark.parametrize("place", range(5))
def test_documented_errors(adapter: AliyunRtcRecordAdapter, sample: Sample, place: int) -> None:
    one = sample("StartRecordTask")["error_examples"][place]
    kinds = {
        "TaskExisted": errors.TaskExists,
        "InternalError": errors.OutcomeUnknown,
        "InvalidLayoutID.Malformed": errors.StoredObjectGone,
    }
    kind = kinds.get(one["body"]["Code"], errors.VendorRejected)
    with pytest.raises(kind) as caught:
        adapter.read_reply(asked("StartRecordTask"), reply(one["http_status"], one["body"]))
    assert type(caught.value) is kind
    assert caught.value.vendor_code == one["body"]["Code"]
    assert caught.value.vendor_request_id == one["body"]["RequestId"]


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "Throttling", errors.VendorBusy),
        (429, "Throttling.User", errors.VendorBusy),
        (503, "Throttling.Api", errors.VendorBusy),
        (503, "ServiceUnavailable", errors.VendorUnreachable),
        (500, "UnknownError", errors.VendorUnreachable),
        (500, "Service.ChannelRDSOperate", errors.VendorUnreachable),
        (400, "SignatureNonceUsed", errors.VendorUnreachable),
        (400, "SignatureDoesNotMatch", errors.BadCredentials),
        (400, "IncompleteSignature", errors.BadCredentials),
        (404, "InvalidAccessKeyId.NotFound", errors.BadCredentials),
        (400, "InvalidAccessKeyId.Inactive", errors.BadCredentials),
        (400, "InvalidSecurityToken.Expired", errors.BadCredentials),
        (400, "MissingSecurityToken", errors.BadCredentials),
        (403, "Forbidden.RAM", errors.BadCredentials),
        (403, "NoPermission", errors.BadCredentials),
        (401, "Request.IllegallAuth", errors.BadCredentials),
        (400, "InvalidTimeStamp.Expired", errors.VendorRejected),
        (404, "InvalidAction.NotFound", errors.VendorRejected),
        (400, "MissingAppId", errors.VendorRejected),
        (400, "InvalidLayoutID.Malformed", errors.StoredObjectGone),
        (404, "Service.NoApp", errors.VendorRejected),
        (404, "InvalidTask.NotFound", errors.NoSuchTask),
        (200, "Channel.NoExist", errors.VendorRejected),
        (200, "App.Stop", errors.VendorRejected),
        (200, "App.ChargeOverDue", errors.VendorRejected),
        (200, "TaskExisted", errors.TaskExists),
    ],
)
def test_every_class_of_code(
    adapter: AliyunRtcRecordAdapter, status: int, code: str, kind: type[errors.VendorError]
) -> None:
    body = {"RequestId": "R", "HostId": "rtc.aliyuncs.com", "Code": code, "Message": "server string to sign LTAI"}
    with pytest.raises(errors.VendorError) as caught:
        adapter.read_reply(asked("UpdateRecordTask"), reply(status, body))
    assert type(caught.value) is kind
    assert (caught.value.vendor_code, caught.value.vendor_request_id, caught.value.http_status) == (code, "R", status)
    if kind is errors.BadCredentials:
        assert "LTAI" not in str(caught.value)


def test_a_wait_is_told_in_milliseconds_and_lower_case_keys_are_read(adapter: AliyunRtcRecordAdapter) -> None:
    body = {"requestId": "R", "code": "Whatever", "message": "slow"}
    with pytest.raises(errors.VendorBusy) as caught:
        adapter.read_reply(asked("StartRecordTask"), reply(400, body, x_acs_retry_after="1500"))
    assert (caught.value.retry_after, caught.value.vendor_request_id) == (1.5, "R")


def test_a_denied_action_is_named(adapter: AliyunRtcRecordAdapter) -> None:
    with pytest.raises(errors.BadCredentials, match="rtc:StopRecordTask"):
        adapter.read_reply(asked("StopRecordTask"), reply(403, {"Code": "Forbidden.RAM", "RequestId": "R"}))


@pytest.mark.parametrize(
    ("operation", "status", "content", "kind"),
    [
        ("StopRecordTask", 200, b"<?xml version='1.0'?><R/>", errors.UnreadableReply),
        ("StopRecordTask", 200, b"", errors.UnreadableReply),
        ("StopRecordTask", 200, b"[1]", errors.UnreadableReply),
        ("StopRecordTask", 404, b"<html>", errors.UnreadableReply),
        ("StopRecordTask", 502, b"<html>Bad Gateway</html>", errors.VendorUnreachable),
        ("StartRecordTask", 502, b"<html>Bad Gateway</html>", errors.OutcomeUnknown),
        ("StartRecordTask", 503, b"<html>", errors.VendorUnreachable),
        ("StartRecordTask", 429, b"<html>", errors.VendorBusy),
    ],
)
def test_bodies_that_are_not_the_documented_json(
    adapter: AliyunRtcRecordAdapter, operation: str, status: int, content: bytes, kind: type[errors.VendorError]
) -> None:
    with pytest.raises(errors.VendorError) as caught:
        adapter.read_reply(asked(operation), reply(status, content=content, x_acs_request_id="H"))
    assert type(caught.value) is kind
    assert caught.value.vendor_request_id == "H"


def test_stopping_what_is_gone_is_done(adapter: AliyunRtcRecordAdapter) -> None:
    gone = reply(404, {"Code": "InvalidTask.NotFound", "RequestId": "R"})
    report = adapter.read_reply(asked("StopRecordTask", TaskId="t"), gone)
    assert (report.state, report.vendor_task_id, report.reason) == (TaskState.STOPPED, "t", "already_gone")


def test_a_layout_without_an_id_cannot_be_used(adapter: AliyunRtcRecordAdapter) -> None:
    with pytest.raises(errors.UnreadableReply):
        adapter.read_reply(asked("CreateMPULayout"), reply(200, {"RequestId": "R"}))


@pytest.mark.parametrize(
    ("app", "reason"),
    [({}, ""), ({"Version": "3.0"}, "app_generation"), ({"Status": 3}, "app_stopped"), ({"AppId": "x"}, "app_unknown")],
)
def test_the_key_test_looks_at_the_app(
    adapter: AliyunRtcRecordAdapter, sample: Sample, app: dict[str, Any], reason: str
) -> None:
    body = sample("DescribeApps")["response"]["body"]
    changed = {**body, "AppList": {"App": [{**body["AppList"]["App"][0], **app}]}}
    report = adapter.read_reply(asked("DescribeApps", AppId="9qb1test"), reply(200, changed))
    assert report.reason == reason
    assert bool(report.detail) == bool(reason)


def test_file_created(adapter: AliyunRtcRecordAdapter, sample: Sample) -> None:
    body = sample("callback_FileCreated")["body"]
    request = CallbackRequest({"content-type": "application/json"}, json.dumps(body).encode())
    assert adapter.verify_callback(request, "")
    news = adapter.read_callback(request)
    assert (news.event, news.event_id, news.vendor_task_id) == ("FileCreated", body["MsgId"], "qb-rec-0001")
    assert news.report is not None
    assert news.report.state is TaskState.UNKNOWN
    (file,) = news.report.files
    assert (file.url, file.duration, file.format) == (body["Url"], 1792.257, "m3u8")
    assert file.ended_at == news.at == dt.datetime(2024, 5, 20, 9, 0, 7, tzinfo=dt.UTC)
    assert adapter.answer_callback(request).status == 200


def test_events_of_people_concern_no_task(adapter: AliyunRtcRecordAdapter, sample: Sample) -> None:
    bodies = sample("callback_channel_user_events")["bodies"]
    news = [adapter.read_callback(CallbackRequest({}, json.dumps(body).encode())) for body in bodies]
    assert [new.event for new in news] == ["UserEvent Join", "ChannelEvent Open"]
    assert {new.room for new in news} == {"room-1001"}
    assert all(new.report is None and not new.vendor_task_id and new.at for new in news)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"Contents": [{"Event": "UserEvent", "UserEvent": {"EventTag": "Publish"}}]}, []),
        ({"Contents": [{"Event": "ChannelEvent", "ChannelEvent": {"EventTag": "Close"}}]}, []),
        ({"Contents": [{"Event": "UserEvent", "UserEvent": {"EventTag": "Join"}},
                       {"Event": "UserEvent", "UserEvent": {"EventTag": "Levitate"}}]}, ["UserEvent Levitate"]),
        ({"Contents": [{"Event": "MoonEvent"}, 7]}, ["MoonEvent", ""]),
        ({"Event": "FileShredded"}, ["FileShredded"]),
        ({}, [""]),
    ],
)  # fmt: skip
def test_an_event_nobody_documents_is_logged(
    adapter: AliyunRtcRecordAdapter, body: dict[str, Any], words: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        news = adapter.read_callback(CallbackRequest({}, json.dumps({"MsgId": "m", **body}).encode()))
    assert (news.vendor_task_id, news.report) == ("", None)
    said = [f"Aliyun RTC sent an event that is not documented: {word!r}" for word in words]
    assert [record.getMessage() for record in caplog.records] == said


@pytest.mark.parametrize(
    "content", [b"", b"<xml/>", b"[]", b'{"Event":"FileCreated"}', b'{"Event":"FileCreated","Url":"javascript:1"}']
)
def test_callbacks_that_say_nothing(adapter: AliyunRtcRecordAdapter, content: bytes) -> None:
    with pytest.raises(errors.UnreadableReply):
        adapter.read_callback(CallbackRequest({}, content))


def test_a_callback_without_an_id_is_known_by_its_bytes(adapter: AliyunRtcRecordAdapter) -> None:
    content = b'{"Event":"FileCreated","TaskId":"t","Url":"http://o/a.mp4","Duration":"NaN","StartTime":"soon"}'
    news = adapter.read_callback(CallbackRequest({}, content))
    assert news.event_id == adapter.read_callback(CallbackRequest({}, content)).event_id
    assert news.report is not None
    assert news.report.files[0].duration is None
    assert news.at is None


def test_an_answer_in_xml_is_read_too(adapter: AliyunRtcRecordAdapter) -> None:
    good = b'<?xml version="1.0"?><StopRecordTaskResponse><RequestId>R</RequestId></StopRecordTaskResponse>'
    assert adapter.read_reply(asked("StopRecordTask"), reply(200, content=good)).vendor_request_id == "R"
    bad = b"<Error><RequestId>R</RequestId><Code>MissingAppId</Code><Message>AppId is mandatory</Message></Error>"
    with pytest.raises(errors.VendorRejected, match="AppId is mandatory") as caught:
        adapter.read_reply(asked("StopRecordTask"), reply(400, content=bad))
    assert (caught.value.vendor_code, caught.value.vendor_request_id) == ("MissingAppId", "R")
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a><RequestId>&b;</RequestId></a>'
    with pytest.raises(errors.UnreadableReply):
        adapter.read_reply(asked("StopRecordTask"), reply(200, content=bomb))
