"""The answers in the vendor's envelope, in JSON or, as the RPC default, in XML."""

from __future__ import annotations

import uuid
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse, JsonResponse

HOST = "rtc.aliyuncs.com"
# code → (HTTP status, text)
KNOWN: dict[str, tuple[int, str]] = {
    "TaskExisted": (200, "task is already existed"),
    "InvalidTask.NotFound": (404, "The specified task is not found"),
    "InvalidLayoutID.Malformed": (400, "The specified layout ID is malformed"),
    "InvalidMediaEncode.Malformed": (400, "The specifed MediaEncode is malformed"),
    "InvalidBackgroundColor.Malformed": (400, "The specifed background color is malformed"),
    "InternalError": (500, "The request processing has failed due to some unknown error, exception or failure."),
    "ServiceUnavailable": (503, "The request has failed due to a temporary failure of the server."),
    "Throttling.User": (400, "Request was denied due to user flow control."),
    "SignatureDoesNotMatch": (400, "Specified signature is not matched with our calculation."),
    "IncompleteSignature": (400, "The request signature does not conform to Aliyun standards."),
    "SignatureNonceUsed": (400, "Specified signature nonce was used already."),
    "InvalidTimeStamp.Expired": (400, "Specified time stamp or date value is expired."),
    "InvalidTimeStamp.Format": (400, "Specified time stamp or date value is not well formatted."),
    "InvalidAccessKeyId.NotFound": (404, "Specified access key is not found."),
    "InvalidAction.NotFound": (404, "Specified api is not found, please check your url and method."),
    "InvalidVersion": (400, "Specified parameter Version is not valid."),
    "UnsupportedOperation": (400, "The operation is not supported."),
    "InvalidParam": (400, "The specified parameter is invalid."),
    "InvalidAppId": (400, "The specified AppId is invalid."),
    "MissingParameter": (400, "A required parameter is missing."),
    "Service.NoApp": (404, "The specified app is not found."),
}


class Rejected(Exception):
    """The call is answered with this error."""

    def __init__(self, code: str, message: str = "", *, http_status: int = 0) -> None:
        super().__init__(code)
        known = KNOWN.get(code, (400, ""))
        self.code = code
        self.http_status = http_status or known[0]
        self.message = message or known[1] or code


def missing(name: str) -> Rejected:
    return Rejected(f"Missing{name}", f"{name} is mandatory for this action.")


def invalid(name: str, message: str = "") -> Rejected:
    return Rejected(f"Invalid{name}.Malformed", message or f"The specified {name} is malformed.")


def request_id() -> str:
    return str(uuid.uuid4()).upper()


def answer(body: dict[str, Any], *, as_xml: bool, root: str, status: int = 200) -> HttpResponse:
    body = {"RequestId": request_id(), **body}
    if as_xml:
        text = f'<?xml version="1.0" encoding="UTF-8"?>{_xml(root, body)}'
        return HttpResponse(text, content_type="text/xml;charset=utf-8", status=status)
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def failure(error: Rejected, *, as_xml: bool, host: str = HOST) -> HttpResponse:
    body = {"HostId": host, "Code": error.code, "Message": error.message}
    return answer(body, as_xml=as_xml, root="Error", status=error.http_status)


def _xml(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_xml(name, element) for element in value)
    if isinstance(value, dict):
        inner = "".join(_xml(key, member) for key, member in value.items())
    elif isinstance(value, bool):
        inner = "true" if value else "false"
    else:
        inner = escape(str(value))
    return f"<{name}>{inner}</{name}>"
