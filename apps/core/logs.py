"""The log: one event a line, with the request or job and the task it belongs to, and without secrets.

JSON in production, plain words in the embedded mode. Everybody writes with `logging`; what is bound by
`structlog.contextvars` (request_id, job, task) is added here.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from apps.core.secret_values import hide_remembered

REQUEST_ID = "X-Request-ID"
GOOD_ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
# Addresses that open something to whoever knows them: callbacks and shared recordings.
SECRET_PATHS = re.compile(r"(/callbacks/[^/\s]+/[^/\s]+/|/s/)[^/\s\"'?]+")
SECRET_FORMS = re.compile(
    r"((?:Credential|Signature|AccessKeyId|access_token|token|auth)=|Basic |Bearer |Token |agora token=)[^\s,&\"']{6,}"
)


class Requests:
    """Gives every request an id: the proxy's if it sent a good one. The answer carries it, and so does each log line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        header = request.headers.get(REQUEST_ID, "")
        request_id = header if GOOD_ID.fullmatch(header) else uuid.uuid4().hex
        # Not unbound at the end: Django writes its line about a refused request after the last middleware.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response[REQUEST_ID] = request_id
        return response


def without_secrets(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The last step before a line is written, so that tracebacks are covered too."""
    return {name: clean(value) for name, value in event.items()}


def clean(value: Any) -> Any:
    if isinstance(value, (dict, list, tuple)):
        return hide_remembered(value)
    if not isinstance(value, str):
        return value
    text = SECRET_PATHS.sub(r"\1***", value)
    return hide_remembered(SECRET_FORMS.sub(r"\1***", text))


def log_settings(*, json_lines: bool, level: str, worker_level: str) -> dict[str, Any]:
    """Django's LOGGING. `worker_level` is Celery's own: at INFO it names every job, several lines a second."""
    first = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info]
    if json_lines:
        last += [without_secrets, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
    else:
        last += [without_secrets, structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": first,
                "processors": last,
                "use_get_message": True,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "httpx2": {"level": "WARNING"},  # at INFO it writes whole URLs, query signatures and all
            "httpcore2": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
            "celery": {"level": worker_level},
            "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "uvicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
            "uvicorn.access": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }
