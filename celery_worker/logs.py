"""Workers and beat log as the web does. Every line of a job has its name, its id and the id of the request that queued it."""

from __future__ import annotations

from logging.config import dictConfig
from typing import Any

import structlog
from celery import signals

HEADER = "quadbox_request_id"


@signals.setup_logging.connect
def set_up_logging(**kwargs: Any) -> None:
    """Connecting to this signal keeps Celery from setting up its own log."""
    from django.conf import settings

    dictConfig(settings.LOGGING)


@signals.before_task_publish.connect
def send_request_id(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if headers is not None and request_id:
        headers[HEADER] = request_id


@signals.task_prerun.connect
def bind_job(task_id: str = "", task: Any = None, **kwargs: Any) -> None:
    structlog.contextvars.clear_contextvars()
    known = {"job": getattr(task, "name", ""), "job_id": task_id}
    request_id = getattr(getattr(task, "request", None), HEADER, None)
    structlog.contextvars.bind_contextvars(**known, **({"request_id": request_id} if request_id else {}))


@signals.task_postrun.connect
def unbind_job(**kwargs: Any) -> None:
    structlog.contextvars.clear_contextvars()
