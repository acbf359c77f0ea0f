"""The answers in the vendor's envelope, and the table of its errors."""

from __future__ import annotations

import secrets
import time
from typing import Any

from django.http import JsonResponse

# code → (CodeN or None for the RTC level, HTTP status, text)
GATEWAY: dict[str, tuple[int | None, int, str]] = {
    "MissingParameter": (100002, 400, "The request is missing a required parameter."),
    "MissingRequestInfo": (100004, 400, "The request is missing required information."),
    "InvalidAuthorization": (None, 400, "The Authorization header is malformed."),
    "InvalidCredential": (None, 400, "The Credential of the Authorization header is malformed."),
    "MissingAuthenticationToken": (100003, 401, "The request is missing an authentication token."),
    "MissingSignature": (100005, 401, "The request is missing a signature."),
    "InvalidTimestamp": (100006, 403, "The Signature of the request is expired"),
    "InvalidAccessKey": (100009, 401, "The accesskey included in the request is invalid."),
    "SignatureDoesNotMatch": (
        100010,
        401,
        "The request signature we calculated does not match the signature you provided. "
        "Check your Secret Access Key and signing method. Consult the service documentation for details.",
    ),
    "LackPolicy": (100012, 403, "The account has no policy for this operation."),
    "AccessDenied": (100013, 403, "Access denied."),
    "ServiceNotFound": (100007, 404, "The service does not exist."),
    "InvalidActionOrVersion": (100008, 404, "Could not find operation for this Action and Version."),
    "MethodNotAllowed": (None, 405, "This operation does not support the method."),
    "FlowLimitExceeded": (100018, 429, "Request flow exceeds the limit."),
    "InternalError": (100014, 500, "Internal error."),
    "UndefinedError": (100001, 500, "Undefined error."),
    "FailToConnect": (100015, 502, "Failed to connect to the service."),
    "InternalServiceError": (None, 502, "The service failed."),
    "ServiceUnavailableTemp": (100019, 503, "The service is temporarily unavailable."),
    "InternalServiceTimeout": (100016, 504, "The service did not answer in time."),
}
ERRORS_BY_STATUS = ("2023-07-20", "2023-08-01", "2023-11-01")  # older versions answer HTTP 200 also on failure


class Rejected(Exception):
    """The call is answered with this error."""

    def __init__(self, code: str, message: str = "", *, http_status: int = 0) -> None:
        known = GATEWAY.get(code)
        super().__init__(code)
        self.code = code
        self.number = known[0] if known else None
        self.gateway = known is not None and not http_status
        self.http_status = http_status or (known[1] if known else _rtc_status(code))
        self.message = message or (known[2] if known else code)


def _rtc_status(code: str) -> int:
    """HTTP status of RTC-level errors in 2023-11-01; not published."""
    family = code.split(".")[0]
    return {"AccessDenied": 403, "FlowLimitExceeded": 429, "InternalError": 500}.get(family, 400)


def metadata(action: str, version: str, region: str) -> dict[str, Any]:
    stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + 8 * 3600))
    return {
        "RequestId": stamp + secrets.token_hex(10).upper(),
        "Action": action,
        "Version": version,
        "Service": "rtc",
        "Region": region or "cn-north-1",
    }


def success(meta: dict[str, Any], result: Any) -> JsonResponse:
    return JsonResponse({"ResponseMetadata": meta, "Result": result}, json_dumps_params={"ensure_ascii": False})


def failure(meta: dict[str, Any], error: Rejected) -> JsonResponse:
    said: dict[str, Any] = {"Code": error.code, "Message": error.message}
    if error.number is not None:
        said = {"CodeN": error.number, **said}
    by_status = error.gateway or meta["Version"] in ERRORS_BY_STATUS
    return JsonResponse(
        {"ResponseMetadata": {**meta, "Error": said}},
        status=error.http_status if by_status else 200,
        json_dumps_params={"ensure_ascii": False},
    )
