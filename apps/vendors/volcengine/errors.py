"""Volcengine's answers: what is success, and which of our errors a code is.

2020-12-01 answers HTTP 200 also on failure, 2023-11-01 does not: the code decides, then its part before the
first dot, then the HTTP status.
"""

from __future__ import annotations

import re

from apps.core.errors import (
    BadCredentials,
    NoSuchTask,
    OutcomeUnknown,
    TaskExists,
    UnreadableReply,
    VendorBusy,
    VendorError,
    VendorRejected,
    VendorUnreachable,
)
from apps.core.types import Json
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import Reply

CODES: dict[str, type[VendorError]] = {
    # the gateway, before the RTC service
    "MissingParameter": VendorRejected,
    "MissingRequestInfo": VendorRejected,
    "InvalidAuthorization": BadCredentials,
    "InvalidCredential": BadCredentials,
    "MissingAuthenticationToken": BadCredentials,
    "MissingSignature": BadCredentials,
    "InvalidTimestamp": VendorRejected,
    "InvalidAccessKey": BadCredentials,
    "SignatureDoesNotMatch": BadCredentials,
    "InvalidSecretToken": BadCredentials,
    "LackPolicy": BadCredentials,
    "AccessDenied": BadCredentials,
    "LackProjectPolicy": BadCredentials,
    "ServiceNotFound": VendorRejected,
    "InvalidActionOrVersion": VendorRejected,
    "MethodNotAllowed": VendorRejected,
    "FlowLimitExceeded": VendorBusy,
    "InternalError": VendorUnreachable,
    "UndefinedError": VendorUnreachable,
    "FailToConnect": VendorUnreachable,
    "InternalServiceError": VendorUnreachable,
    "ServiceUnavailableTemp": VendorUnreachable,
    "InternalServiceTimeout": OutcomeUnknown,
    # the RTC service
    "InvalidParameter": VendorRejected,
    "InvalidParameter.TaskAlreadyExists": TaskExists,
    "InvalidParameter.ErrorActiveTaskNotFound": NoSuchTask,
    "AccessDenied.ServiceNotEnabled": VendorRejected,
    "AccessDenied.RecordNotEnabled": VendorRejected,
    "AccessDenied.NoPermissionForApp": BadCredentials,
    "FlowLimitExceeded.QPSOverLimit": VendorBusy,
    "FlowLimitExceeded.TaskNumberOverLimit": VendorRejected,
}

ADVICE = {
    "InvalidTimestamp": "The clock of this server differs from the vendor's. Set it with NTP.",
    "AccessDenied.ServiceNotEnabled": "Push to CDN is not enabled for this AppId. Enable it in the vendor's console.",
    "AccessDenied.RecordNotEnabled": "Recording is not enabled for this AppId. Enable it in the vendor's console.",
    "InvalidParameter.NotExistAppId": "The vendor does not know this AppId.",
    "InvalidParameter.IllegalAppId": "The AppId is not valid: it must have 24 hexadecimal characters.",
    "InvalidParameter.InvalidRtmpAddress": "The vendor does not accept the push URL.",
    "InvalidActionOrVersion": "The host or API version in the app settings is wrong.",
}

_ACCESS_KEY = re.compile(r"\bAK[A-Za-z]{2}[A-Za-z0-9]+")  # InvalidAccessKey repeats the key it was sent
_NOT_FOUND = ("NotFound", "TaskNotFound", "TaskNotExist")  # the code for an unknown task varies by operation
_MAYBE_DONE = {"InternalError", "UndefinedError", "InternalServiceError"}


def result(request: PlannedRequest, reply: Reply) -> Json:
    """`Result` of a successful answer. Raises a `VendorError` for anything else."""
    envelope = reply.json
    if not isinstance(envelope, dict) or not isinstance(envelope.get("ResponseMetadata"), dict):
        raise _not_ours(request, reply)
    metadata = envelope["ResponseMetadata"]
    error = metadata.get("Error")
    if isinstance(error, dict) and error:
        raise _error(request, reply, str(error.get("Code") or ""), str(error.get("Message") or ""))
    if reply.status != 200:
        raise _error(request, reply, "", "")
    answer = envelope.get("Result")
    if answer is None:
        raise UnreadableReply(
            "{operation}: the vendor reported neither a result nor an error.",
            params={"operation": request.name},
            vendor_request_id=request_id(reply),
            http_status=reply.status,
        )
    return answer


def request_id(reply: Reply) -> str:
    """The vendor's id of the request, which its support asks for; "" where the answer has none."""
    envelope = reply.json if isinstance(reply.json, dict) else {}
    metadata = envelope.get("ResponseMetadata")
    return str(metadata.get("RequestId") or "") if isinstance(metadata, dict) else ""


def classify(code: str, status: int) -> type[VendorError]:
    """Our error class for a vendor code and HTTP status."""
    if code in CODES:
        return CODES[code]
    head, _, detail = code.partition(".")
    if detail and any(mark in detail for mark in _NOT_FOUND):
        return NoSuchTask
    if head in CODES:
        return CODES[head]
    if status == 429:
        return VendorBusy
    if status == 504:
        return OutcomeUnknown
    return VendorUnreachable if status >= 500 else VendorRejected


def _error(request: PlannedRequest, reply: Reply, code: str, message: str) -> VendorError:
    kind = classify(code, reply.status)
    if kind is OutcomeUnknown and request.read_only:
        kind = VendorUnreachable
    if kind is VendorUnreachable and request.starts and (not code or code.partition(".")[0] in _MAYBE_DONE):
        kind = OutcomeUnknown  # a sick service may have started the task all the same
    said = ": ".join(part for part in (code, message) if part) or f"HTTP {reply.status}"
    return kind(
        "",
        vendor_message=f"{request.name}: {_ACCESS_KEY.sub('***', said)}",
        vendor_code=code,
        vendor_request_id=request_id(reply),
        http_status=reply.status,
        retry_after=1.0 if kind is VendorBusy else 0.0,
    )


def _not_ours(request: PlannedRequest, reply: Reply) -> VendorError:
    """A body that is not the envelope: a gateway's page, or something else than Volcengine."""
    if reply.status >= 500 or reply.status == 429:
        return _error(request, reply, "", "")
    return UnreadableReply(
        "{operation}: HTTP {status}, but not a response of the Volcengine API. Check the endpoint URL.",
        params={"operation": request.name, "status": reply.status},
        http_status=reply.status,
    )
