"""The answers: a task object or a token; for a no a `message` and the HTTP status that carries the meaning."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse

MESSAGES = {
    400: "invalid parameter",
    401: "Invalid authentication credentials",
    403: "service not enabled",
    404: "transcoder not found",
    409: "instanceId conflict",
    429: "API rate limit exceeded",
    500: "internal error",
    501: "not implemented",
    503: "service unavailable",
    504: "gateway timeout",
}
FROM_THE_GATEWAY = (401, 429)  # it refuses before there is a request id


class Rejected(Exception):
    """The call is answered with this status and message."""

    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message or MESSAGES.get(status, "request failed")


def success(body: Any, status: int = 200) -> HttpResponse:
    answer = HttpResponse(status=status) if body is None else JsonResponse(body, status=status)
    answer["X-Request-ID"] = str(uuid.uuid4())
    return answer


def failure(error: Rejected) -> JsonResponse:
    answer = JsonResponse({"message": error.message}, status=error.status, json_dumps_params={"ensure_ascii": False})
    if error.status not in FROM_THE_GATEWAY:
        answer["X-Request-ID"] = str(uuid.uuid4())
    return answer
