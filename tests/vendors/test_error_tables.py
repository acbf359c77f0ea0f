"""Every error that the vendors document is one of ours, with the vendor's code, message and request id kept.

The tables are written from the vendors' documents, not from our code.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.core.errors import (
    BadCredentials,
    NoSuchTask,
    OutcomeUnknown,
    StoredObjectGone,
    TaskExists,
    UnreadableReply,
    VendorBusy,
    VendorError,
    VendorRejected,
    VendorUnreachable,
)
from apps.vendors import registry
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import Reply

Kind = type[VendorError]
START, CHANGE, LOOK = "start", "change", "look"


def request_of(slug: str, doing: str) -> PlannedRequest:
    name, where = {
        "aliyun-rtc-mpu": ({START: "StartMPUTask", CHANGE: "UpdateMPUTask", LOOK: "GetMPUTaskStatus"}, "rtc"),
        "aliyun-rtc-record": (
            {START: "StartRecordTask", CHANGE: "UpdateRecordTask", LOOK: "DescribeRecordFiles"},
            "rtc",
        ),
        "aliyun-live-mpu": (
            {START: "StartLiveMPUTask", CHANGE: "UpdateLiveMPUTask", LOOK: "ListRtcMPUTaskDetail"},
            "live",
        ),
        "agora-transcoder": ({START: "Create", CHANGE: "Update", LOOK: "Query"}, "api"),
        "volcengine-push": (
            {
                START: "StartPushMixedStreamToCDN",
                CHANGE: "UpdatePushMixedStreamToCDN",
                LOOK: "GetPushMixedStreamToCDNTask",
            },
            "rtc",
        ),
    }[slug]
    ids = {"AppId": "a", "TaskId": "t", "RoomId": "r"}
    return PlannedRequest(
        name[doing], "POST", f"https://{where}.example.com/", query=ids, body=ids, starts=doing == START,
        read_only=doing == LOOK,
    )  # fmt: skip


def refusal(slug: str, doing: str, reply: Reply) -> VendorError:
    with pytest.raises(VendorError) as caught:
        registry.adapter(slug).read_reply(request_of(slug, doing), reply)
    return caught.value


def reply(status: int, body: Any, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, headers or {}, json.dumps(body).encode(), body)


# --- Aliyun: the common codes, then those of the RTC products, then of Live -------------------------------------------

GATEWAY: list[tuple[int, str, Kind, Kind]] = [  # HTTP, code, at a start, else
    (400, "Throttling", VendorBusy, VendorBusy),
    (429, "Throttling.User", VendorBusy, VendorBusy),
    (503, "Throttling.Api", VendorBusy, VendorBusy),
    (503, "ServiceUnavailable", VendorUnreachable, VendorUnreachable),
    (503, "ServiceUnavailableTemporary", VendorUnreachable, VendorUnreachable),
    (500, "InternalError", OutcomeUnknown, VendorUnreachable),
    (500, "UnknownError", OutcomeUnknown, VendorUnreachable),
    (500, "ServerInternalError", OutcomeUnknown, VendorUnreachable),
    (400, "SignatureDoesNotMatch", BadCredentials, BadCredentials),
    (400, "IncompleteSignature", BadCredentials, BadCredentials),
    (400, "SignatureNonceUsed", VendorUnreachable, VendorUnreachable),
    (400, "InvalidTimeStamp.Expired", VendorRejected, VendorRejected),
    (400, "InvalidTimeStamp.Format", VendorRejected, VendorRejected),
    (404, "InvalidAccessKeyId.NotFound", BadCredentials, BadCredentials),
    (400, "InvalidAccessKeyId.Inactive", BadCredentials, BadCredentials),
    (400, "InvalidSecurityToken.Expired", BadCredentials, BadCredentials),
    (400, "InvalidSecurityToken.Malformed", BadCredentials, BadCredentials),
    (400, "MissingSecurityToken", BadCredentials, BadCredentials),
    (403, "Forbidden.RAM", BadCredentials, BadCredentials),
    (403, "NoPermission", BadCredentials, BadCredentials),
    (403, "Forbidden", BadCredentials, BadCredentials),
    (404, "InvalidAction.NotFound", VendorRejected, VendorRejected),
    (400, "InvalidVersion", VendorRejected, VendorRejected),
    (400, "UnsupportedOperation", VendorRejected, VendorRejected),
    (400, "MissingAppId", VendorRejected, VendorRejected),
    (400, "MissingParameter", VendorRejected, VendorRejected),
    (400, "MissingParam", VendorRejected, VendorRejected),
    (400, "InvalidMediaEncode.Malformed", VendorRejected, VendorRejected),
    (400, "InvalidBackgroundColor.Malformed", VendorRejected, VendorRejected),
    (400, "InvalidParameter.TaskId", VendorRejected, VendorRejected),
    (400, "InvalidParam", VendorRejected, VendorRejected),
    (418, "SomethingNew", VendorRejected, VendorRejected),
    (599, "SomethingNew", OutcomeUnknown, VendorUnreachable),
]
RTC: list[tuple[int, str, Kind, Kind]] = [
    (200, "TaskExisted", TaskExists, TaskExists),
    (200, "0x07100001", TaskExists, TaskExists),
    (404, "InvalidTask.NotFound", NoSuchTask, NoSuchTask),
    (400, "InvalidLayoutID.Malformed", StoredObjectGone, StoredObjectGone),
    *((400, f"Request.No{one}", VendorRejected, VendorRejected) for one in (
        "Timestamp", "Signature", "Nonce", "AppID", "ChannelID", "UserID", "TerminalIDs")),
    *((400, f"Request.Invalid{one}", VendorRejected, VendorRejected) for one in (
        "AppID", "AppKey", "ChannelID", "ChannelKey", "Nonce", "Timestamp")),
    (400, "Request.IllegalTerminal", VendorRejected, VendorRejected),
    (400, "Request.ChannelQueryExpire", VendorRejected, VendorRejected),
    (200, "Request.ChannelQueryExpire", VendorRejected, VendorRejected),
    *((200, f"Request.Exist{one}", VendorRejected, VendorRejected) for one in ("App", "AppCallback", "Channel")),
    (401, "Request.IllegalTimestamp", VendorRejected, VendorRejected),
    *((401, f"Request.{one}", BadCredentials, BadCredentials) for one in (
        "IllegalSignature", "IllegallAuth", "IllegalAliUID", "IllegalUserGroups")),
    *((400, f"Request.{one}", VendorRejected, VendorRejected) for one in (
        "MismatchBizID", "IllegalBizID", "NoBizID")),
    *((404, f"Service.No{one}", VendorRejected, VendorRejected) for one in (
        "App", "Channel", "Signaling", "AppCallback")),
    *((500, f"Service.{one}", OutcomeUnknown, VendorUnreachable) for one in (
        "QueryRDSOperate", "BuildSignature", "GenerateChannelKey", "GenerateChannelToken", "SignalingSendMessage",
        "ParseHTTPBody")),
    *((200, one, VendorRejected, VendorRejected) for one in (
        "Service.Inactive", "Service.NoExist", "Channel.NoExist", "App.Stop", "App.ChargeOverDue", "Channel.Exceeds")),
]  # fmt: skip
LIVE: list[tuple[int, str, Kind, Kind]] = [
    (400, "InvalidAppId", VendorRejected, VendorRejected),
    (404, "MissingParameter", VendorRejected, VendorRejected),
    (403, "OperationDenied", VendorRejected, VendorRejected),
    (400, "NotFound.Task", NoSuchTask, NoSuchTask),
    (403, "InvalidParameter.UserId", VendorRejected, VendorRejected),
]
ALIYUN = [
    *((slug, *row) for slug in ("aliyun-rtc-mpu", "aliyun-rtc-record") for row in (*GATEWAY, *RTC)),
    *(("aliyun-live-mpu", *row) for row in (*GATEWAY, *LIVE)),
]


@pytest.mark.parametrize(("slug", "status", "code", "at_start", "else_"), ALIYUN, ids=lambda one: str(one)[-40:])
def test_aliyun(slug: str, status: int, code: str, at_start: Kind, else_: Kind) -> None:
    said = {"RequestId": "r-1", "HostId": "h", "Code": code, "Message": "what it says"}
    lower = {"requestId": "r-1", "code": code, "message": "what it says"}
    for doing, kind in ((START, at_start), (CHANGE, else_), (LOOK, else_)):
        for body in (said, lower):
            error = refusal(slug, doing, reply(status, body))
            assert type(error) is kind, (doing, error)
            assert (error.vendor_code, error.vendor_request_id, error.http_status) == (code, "r-1", status)
            quiet = code in ("SignatureDoesNotMatch", "IncompleteSignature")  # they repeat what was signed
            assert ("what it says" in error.detail) is not quiet
            assert error.detail


def test_aliyun_says_when_to_come_back() -> None:
    body = {"RequestId": "r-1", "Code": "AnythingAtAll", "Message": "m"}
    error = refusal("aliyun-rtc-mpu", START, reply(400, body, {"x-acs-retry-after": "2500"}))
    assert (type(error), error.retry_after) == (VendorBusy, 2.5)


@pytest.mark.parametrize("message", ["The specified task already exists.", "Task already exist"])
def test_aliyun_live_has_one_code_for_what_exists_and_what_is_wrong(message: str) -> None:
    body = {"RequestId": "r-1", "Code": "InvalidParam", "Message": message}
    assert type(refusal("aliyun-live-mpu", START, reply(400, body))) is TaskExists


def test_aliyun_live_waits_for_the_room() -> None:
    body = {"RequestId": "r-1", "Code": "InvalidParam", "Message": "The specified channel does not exist."}
    error = refusal("aliyun-live-mpu", START, reply(400, body))
    assert error.retryable
    assert error.retry_after > 0


# --- Volcengine: the gateway, then RTC; both in the old way (HTTP 200) and the new ------------------------------------

VOLCENGINE: list[tuple[int, str, Kind, Kind]] = [
    (400, "MissingParameter", VendorRejected, VendorRejected),
    (400, "MissingRequestInfo", VendorRejected, VendorRejected),
    (400, "InvalidAuthorization", BadCredentials, BadCredentials),
    (400, "InvalidCredential", BadCredentials, BadCredentials),
    (401, "MissingAuthenticationToken", BadCredentials, BadCredentials),
    (401, "MissingSignature", BadCredentials, BadCredentials),
    (403, "InvalidTimestamp", VendorRejected, VendorRejected),
    (401, "InvalidAccessKey", BadCredentials, BadCredentials),
    (401, "SignatureDoesNotMatch", BadCredentials, BadCredentials),
    (401, "InvalidSecretToken", BadCredentials, BadCredentials),
    (403, "LackPolicy", BadCredentials, BadCredentials),
    (403, "AccessDenied", BadCredentials, BadCredentials),
    (403, "LackProjectPolicy", BadCredentials, BadCredentials),
    (404, "ServiceNotFound", VendorRejected, VendorRejected),
    (404, "InvalidActionOrVersion", VendorRejected, VendorRejected),
    (405, "MethodNotAllowed", VendorRejected, VendorRejected),
    (429, "FlowLimitExceeded", VendorBusy, VendorBusy),
    (500, "InternalError", OutcomeUnknown, VendorUnreachable),
    (500, "UndefinedError", OutcomeUnknown, VendorUnreachable),
    (502, "FailToConnect", VendorUnreachable, VendorUnreachable),
    (502, "InternalServiceError", OutcomeUnknown, VendorUnreachable),
    (503, "ServiceUnavailableTemp", VendorUnreachable, VendorUnreachable),
    (504, "InternalServiceTimeout", OutcomeUnknown, OutcomeUnknown),
    (400, "InvalidParameter", VendorRejected, VendorRejected),
    (400, "InvalidParameter.TaskAlreadyExists", TaskExists, TaskExists),
    (400, "InvalidParameter.ErrorActiveTaskNotFound", NoSuchTask, NoSuchTask),
    *((400, f"InvalidParameter.{one}", VendorRejected, VendorRejected) for one in (
        "InvalidRtmpAddress", "IllegalRoomID", "NotExistAppId", "IllegalAppId", "EmptyAccountId", "AccountIdMismatch",
        "BodyIsEmpty", "Unmarshal", "StartTimeAfterEndTime", "OutofTimeRange", "IllegalTo", "IllegalFrom",
        "SizeOverLimit", "UserCountOverLimit")),
    (403, "AccessDenied.ServiceNotEnabled", VendorRejected, VendorRejected),
    (403, "AccessDenied.RecordNotEnabled", VendorRejected, VendorRejected),
    (403, "AccessDenied.NoPermissionForApp", BadCredentials, BadCredentials),
    (429, "FlowLimitExceeded.QPSOverLimit", VendorBusy, VendorBusy),
    (429, "FlowLimitExceeded.TaskNumberOverLimit", VendorRejected, VendorRejected),
    (500, "InternalError.GenerateTokenFailed", OutcomeUnknown, VendorUnreachable),
    (400, "NeverHeardOf", VendorRejected, VendorRejected),
    (500, "NeverHeardOf", VendorUnreachable, VendorUnreachable),
    (429, "NeverHeardOf", VendorBusy, VendorBusy),
]  # fmt: skip


@pytest.mark.parametrize(("status", "code", "at_start", "else_"), VOLCENGINE, ids=lambda one: str(one)[-40:])
def test_volcengine(status: int, code: str, at_start: Kind, else_: Kind) -> None:
    said = {"ResponseMetadata": {"RequestId": "r-1", "Error": {"Code": code, "Message": "what it says"}}}
    for doing, kind in ((START, at_start), (CHANGE, else_), (LOOK, else_)):
        wanted = VendorUnreachable if doing == LOOK and kind is OutcomeUnknown else kind
        statuses = [status] if code == "NeverHeardOf" else [status, 200]
        for http_status in statuses:
            error = refusal("volcengine-push", doing, reply(http_status, said))
            assert type(error) is wanted, (doing, http_status, error)
            assert (error.vendor_code, error.vendor_request_id, error.http_status) == (code, "r-1", http_status)
            assert "what it says" in error.detail


# --- Agora: the HTTP status alone -------------------------------------------------------------------------------------

AGORA: list[tuple[int, Kind, Kind, Kind]] = [  # HTTP, at a start, at a change, at a look
    (206, OutcomeUnknown, OutcomeUnknown, VendorUnreachable),
    (400, VendorRejected, VendorRejected, VendorRejected),
    (401, BadCredentials, BadCredentials, BadCredentials),
    (403, VendorRejected, VendorRejected, VendorRejected),
    (404, NoSuchTask, NoSuchTask, NoSuchTask),
    (409, TaskExists, VendorRejected, VendorRejected),
    (415, VendorRejected, VendorRejected, VendorRejected),
    (429, VendorBusy, VendorBusy, VendorBusy),
    (499, OutcomeUnknown, VendorUnreachable, VendorUnreachable),
    (500, OutcomeUnknown, VendorUnreachable, VendorUnreachable),
    (501, VendorRejected, VendorRejected, VendorRejected),
    (503, OutcomeUnknown, VendorUnreachable, VendorUnreachable),
    (504, OutcomeUnknown, VendorUnreachable, VendorUnreachable),
    (418, VendorRejected, VendorRejected, VendorRejected),
    (599, OutcomeUnknown, VendorUnreachable, VendorUnreachable),
]


@pytest.mark.parametrize(("status", "at_start", "at_change", "at_look"), AGORA)
@pytest.mark.parametrize("body", [{"message": "what it says"}, {"reason": "what it says", "code": 65}, None])
def test_agora(status: int, at_start: Kind, at_change: Kind, at_look: Kind, body: Any) -> None:
    for doing, kind in ((START, at_start), (CHANGE, at_change), (LOOK, at_look)):
        error = refusal("agora-transcoder", doing, reply(status, body, {"x-request-id": "r-1"}))
        assert type(error) is kind, (doing, error)
        code = "65" if body and "code" in body else str(status)
        assert (error.vendor_code, error.vendor_request_id, error.http_status) == (code, "r-1", status)
        assert body is None or "what it says" in error.detail


# --- what is no answer of theirs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", registry.products())
@pytest.mark.parametrize("content", [b"", b"<html>bad gateway</html>", b"[1]", b'"ok"', b"null", b"{}", b"\xff\xfe"])
def test_a_page_of_somebody_else(slug: str, content: bytes) -> None:
    try:
        decoded = json.loads(content)
    except ValueError:
        decoded = None
    for status in (200, 403, 502):
        answer = Reply(status, {}, content, decoded)
        error = refusal(slug, START, answer)
        if status == 502:
            assert isinstance(error, (OutcomeUnknown, VendorUnreachable))
        elif status == 200:
            assert isinstance(error, UnreadableReply)
        assert error.http_status == status
