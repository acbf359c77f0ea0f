"""Workers and beat log as the web does; every line of a job names it, and the request that asked for it."""

from __future__ import annotations

from logging.config import dictConfig
from typing import Any

import structlog
from celery import signals

HEADER = "quadbox_request_id"


@signals.setup_logging.connect
def use_our_settings(**kwargs: Any) -> None:
    """Who listens to this signal keeps Celery from setting up a log of its own."""
    from django.conf import settings

    dictConfig(settings.LOGGING)


@signals.before_task_publish.connect
def hand_on(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if headers is not None and request_id:
        headers[HEADER] = request_id


@signals.task_prerun.connect
def bind(task_id: str = "", task: Any = None, **kwargs: Any) -> None:
    structlog.contextvars.clear_contextvars()
    known = {"job": getattr(task, "name", ""), "job_id": task_id}
    request_id = getattr(getattr(task, "request", None), HEADER, None)
    structlog.contextvars.bind_contextvars(**known, **({"request_id": request_id} if request_id else {}))


@signals.task_postrun.connect
def unbind(**kwargs: Any) -> None:
    structlog.contextvars.clear_contextvars()
