"""Aliyun's error answers in our words. Codes are matched by their text: the gateway's HTTP statuses vary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit
from xml.etree import ElementTree

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
from apps.core.message_templates import placeholders
from apps.core.types import Json
from apps.vendors.plan import PlannedRequest
from apps.vendors.redaction import redact_text
from apps.vendors.types import Reply

FINE = ("", "OK", "200")

BUSY = ("Throttling",)
SICK = (
    "InternalError",
    "UnknownError",
    "ServerInternalError",
    "ServiceUnavailable",
    "SignatureNonceUsed",  # the next attempt has a new one
    "Service.BuildSignature",
    "Service.GenerateChannelKey",
    "Service.GenerateChannelToken",
    "Service.SignalingSendMessage",
    "Service.ParseHTTPBody",
)
RDS = re.compile(r"Service\..*RDSOperate")
# Their message repeats the string that was signed, with the key's id: it is not shown.
HOLDS_WHAT_WAS_SIGNED = ("SignatureDoesNotMatch", "IncompleteSignature")
LONGEST_MESSAGE = 500
_ACCESS_KEY = re.compile(r"\b(LTAI|STS\.)[A-Za-z0-9]*")  # other messages may repeat the id of the key
TROUBLES = {
    "busy": "Aliyun is limiting the rate of {operation}.",
    "exists": "Aliyun already has a task with this ID.",
    "gone": "Aliyun does not know a task with this ID: it never started, or ended long ago.",
    "layout_gone": "Aliyun does not know the stored layout of {operation} ({code}).",
    "sick": "Aliyun had an error in {operation} ({code}).",
    "refused": "Aliyun rejected {operation} ({code}).",
    "no_words": "{operation}: HTTP {status}, and the body is not the documented one.",
}
# What our words say before the vendor's own.
KEY_TROUBLES = {
    "SignatureDoesNotMatch": "Aliyun does not accept the signature: the AccessKey secret is wrong.",
    "IncompleteSignature": "Aliyun does not accept the signature: the AccessKey secret is wrong.",
    "InvalidAccessKeyId.Inactive": "This AccessKey is disabled at Aliyun.",
    "InvalidAccessKeyId": "Aliyun does not know this AccessKey ID.",
    "InvalidAccessKeySecret": "Aliyun does not accept this AccessKey secret.",
    "InvalidSecurityToken": "The temporary security token is wrong or has expired.",
    "MissingSecurityToken": "This AccessKey is temporary and needs its security token.",
    "Forbidden": "Aliyun's access policy (RAM) does not allow this key to call {operation} ({service}:{operation}).",
    "NoPermission": "Aliyun's access policy (RAM) does not allow this key to call {operation} ({service}:{operation}).",
    "Request.IllegalSignature": "Aliyun does not accept the signature.",
    "Request.IllegallAuth": "Aliyun does not accept these keys.",  # sic
    "Request.IllegalAuth": "Aliyun does not accept these keys.",
    "Request.IllegalAliUID": "This AppId belongs to another Aliyun account.",
    "Request.IllegalUserGroups": "The user group of this key does not have access to the RTC service.",
}
APP_TROUBLES = {
    "InvalidTimeStamp": "The clock of this server differs from Aliyun's by more than 15 minutes.",
    "Request.IllegalTimestamp": "The clock of this server differs from Aliyun's by more than 15 minutes.",
    "InvalidAction.NotFound": "Aliyun does not know the operation {operation}. It may have been withdrawn.",
    "InvalidVersion": "Aliyun does not know this version of its API.",
    "UnsupportedOperation": "Aliyun does not offer {operation} for this app. It may be of another generation.",
    "App.Stop": "The app is stopped in Aliyun's console.",
    "App.ChargeOverDue": "The Aliyun account has an outstanding balance. The app is stopped until it is paid.",
    "Service.NoApp": "Aliyun does not know this AppId.",
    "InvalidAppId": "Aliyun does not know this AppId, or it belongs to another account or product.",
    "OperationDenied": "This Aliyun account has not activated the service.",
}
GONE = re.compile(
    r"Invalid(Record)?Task(Id)?\.NotFound|NotFound\.Task|(Record)?Task\.?(NotFound|NoExist|NotExist)", re.IGNORECASE
)
# The same code is said of two layouts with one pane count; we never send two.
LAYOUT_GONE = re.compile(
    r"InvalidLayoutIDs?\.(Malformed|NotFound)|(MPU)?Layout\.?(NotFound|NoExist|NotExist)", re.IGNORECASE
)
EXISTS = re.compile(r"Task(Already)?Existe?d?\b|0x07100001", re.IGNORECASE)


def body_of(request: PlannedRequest, reply: Reply) -> dict[str, Json]:
    """The answer's JSON object. Raises the `VendorError` it stands for, also when a failure came as HTTP 200."""
    body = words(reply)
    if body is None:
        raise _without_words(request, reply)
    code = _text(body, "Code", "code")
    if reply.status < 300 and code in FINE:
        if not request_id(reply):  # every documented answer has one
            raise _without_words(request, reply)
        return body
    raise _from_code(request, reply, code, _text(body, "Message", "message"), request_id(reply))


def words(reply: Reply) -> dict[str, Json] | None:
    """The answer as an object, in JSON or in the XML that a gateway prefers; None for a page of somebody else."""
    if isinstance(reply.json, dict):
        return reply.json
    content = reply.content.lstrip()
    if not content.startswith(b"<") or b"<!" in content:  # no document types: entities in them can explode
        return None
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - without a document type it is only tags and texts
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    return {child.tag: child.text or "" for child in root if len(child) == 0} or None


def request_id(reply: Reply) -> str:
    """Aliyun's `RequestId`: what its support asks for."""
    body = words(reply) or {}
    return _text(body, "RequestId", "requestId") or reply.headers.get("x-acs-request-id", "")


def _from_code(request: PlannedRequest, reply: Reply, code: str, message: str, identifier: str) -> VendorError:
    operation, service = request.name, urlsplit(request.url).netloc.partition(".")[0]  # rtc or live
    wait = _retry_after(reply.headers)

    params = {"operation": operation, "service": service, "code": code or reply.status}
    said = (
        "" if code.startswith(HOLDS_WHAT_WAS_SIGNED) else _ACCESS_KEY.sub("***", redact_text(message))[:LONGEST_MESSAGE]
    )

    def make(kind: type[VendorError], sentence: str) -> VendorError:
        return kind(
            sentence,
            params={name: params[name] for name in placeholders(sentence)},
            vendor_message=said,
            vendor_code=code,
            vendor_request_id=identifier,
            http_status=reply.status,
            retry_after=wait,
        )

    # Any refusal that says when to come back is a throttle, whatever its code.
    if code.startswith(BUSY) or reply.status == 429 or (reply.status >= 400 and wait > 0):
        return make(VendorBusy, TROUBLES["busy"])
    if EXISTS.search(code):
        return make(TaskExists, TROUBLES["exists"])
    if GONE.search(code):
        return make(NoSuchTask, TROUBLES["gone"])
    if LAYOUT_GONE.search(code):
        return make(StoredObjectGone, TROUBLES["layout_gone"])
    if (sentence := _looked_up(KEY_TROUBLES, code)) is not None:
        return make(BadCredentials, sentence)
    if (sentence := _looked_up(APP_TROUBLES, code)) is not None:
        return make(VendorRejected, sentence)
    if code.startswith(SICK) or RDS.match(code) or reply.status >= 500:
        done_perhaps = request.starts and code != "SignatureNonceUsed" and not code.startswith("ServiceUnavailable")
        return make(OutcomeUnknown if done_perhaps else VendorUnreachable, TROUBLES["sick"])
    return make(VendorRejected, TROUBLES["refused"])


def _without_words(request: PlannedRequest, reply: Reply) -> VendorError:
    """An HTML page of a proxy, XML, an empty or a cut body."""
    params = {"operation": request.name, "status": reply.status}
    kind: type[VendorError] = UnreadableReply
    wait = _retry_after(reply.headers)
    if reply.status == 429 or (reply.status >= 400 and wait > 0):
        kind = VendorBusy
    elif reply.status >= 500:
        kind = OutcomeUnknown if request.starts and reply.status != 503 else VendorUnreachable
    return kind(
        TROUBLES["no_words"],
        params=params,
        vendor_request_id=request_id(reply),
        http_status=reply.status,
        retry_after=wait,
    )


def _looked_up(table: Mapping[str, str], code: str) -> str | None:
    """The longest entry that is the code, or its beginning up to a dot."""
    hits = [name for name in table if code == name or code.startswith(f"{name}.")]
    return table[max(hits, key=len)] if hits else None


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds; the header gives milliseconds."""
    text = headers.get("x-acs-retry-after", "")
    return int(text) / 1000 if text.isascii() and text.isdigit() else 0.0


def _text(body: Mapping[str, Json], *names: str) -> str:
    for name in names:
        if body.get(name) is not None:
            return str(body[name])
    return ""
