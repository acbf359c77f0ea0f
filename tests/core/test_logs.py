"""Log lines: their request or job, JSON in production, and no secrets."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from logging.config import dictConfig
from typing import Any

import pytest
import structlog
from django.conf import settings as django_settings

from apps.core import secret_values
from apps.core.logs import log_settings


@pytest.fixture(params=[True, False], ids=["json", "words"])
def out(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """What is written by the logger "logged", as the settings format it."""
    text = StringIO()
    config = log_settings(json_lines=request.param, level="INFO", worker_level="WARNING")
    config["handlers"]["stderr"]["stream"] = text
    config["loggers"] = {"logged": {"handlers": ["stderr"], "level": "INFO", "propagate": False}}
    del config["root"]
    dictConfig({**config, "incremental": False})
    yield text
    dictConfig(django_settings.LOGGING)


def test_log_lines_hide_known_secrets(out: StringIO) -> None:
    secret_values.remember({"secret_access_key": "held-secret-value"})
    log = logging.getLogger("logged")
    log.warning("the vendor says %s", "held-secret-value is wrong")
    log.warning("as a part %s", {"list": ["held-secret-value"]})
    log.warning("Forbidden: %s", "/callbacks/volcengine-push/0192f0aa/open-sesame-123/")
    log.warning("GET /s/open-sesame-123/ and https://x.example.com/?Signature=open-sesame-123&a=1")
    log.warning("Authorization: Basic b3Blbi1zZXNhbWU=")
    try:
        raise ValueError("in a traceback: held-secret-value")
    except ValueError:
        log.exception("it broke")
    text = out.getvalue()
    assert "held-secret-value" not in text
    assert "open-sesame" not in text
    assert "b3Blbi1zZXNhbWU" not in text
    assert "ValueError" in text
    assert "volcengine-push" in text


def test_log_line_names_its_request_and_task(out: StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-12345678", task="t-1"):
        logging.getLogger("logged").info("done %d", 3)
    logging.getLogger("logged").info("alone")
    first, second = out.getvalue().splitlines()
    assert "r-12345678" in first
    assert "t-1" in first
    assert "r-12345678" not in second
    if first.startswith("{"):
        line = json.loads(first)
        assert (line["event"], line["level"], line["logger"], line["task"]) == ("done 3", "info", "logged", "t-1")
        assert line["timestamp"].endswith("Z")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "accepted"),
    [("abcDEF12-9", True), ("", False), ("short", False), ("a" * 65, False), ("x\ty injected", False)],
)
def test_request_has_an_id(client: Any, redis_server: str, header: str, accepted: bool) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": header} if header else {})
    request_id = answer.headers["X-Request-ID"]
    assert (request_id == header) is accepted
    assert len(request_id) >= 8


def test_job_logs_the_request_that_queued_it() -> None:
    from celery_worker import logs

    headers: dict[str, Any] = {}
    with structlog.contextvars.bound_contextvars(request_id="r-12345678"):
        logs.send_request_id(headers=headers)

    class Job:
        name = "apps.tasks.jobs.carry_out"
        request = type("Request", (), headers)

    logs.bind_job(task_id="j1", task=Job)
    try:
        bound = structlog.contextvars.get_contextvars()
        assert bound == {"job": "apps.tasks.jobs.carry_out", "job_id": "j1", "request_id": "r-12345678"}
    finally:
        logs.unbind_job()
    assert structlog.contextvars.get_contextvars() == {}
