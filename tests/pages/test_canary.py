"""Secrets with recognizable values are entered everywhere; no output contains one of them.

A push address holds a stream key. It is kept in the task's `output`, which the task's own REST row and the form that
starts it again read back to the people who run it, and nothing else does.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from tests.tasks.conftest import DOCUMENT, Cloud

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = {
    "volcengine": {"access_key_id": "canary-secret-volc-id", "secret_access_key": "canary-secret-volc-key"},
    "aliyun": {"access_key_id": "canary-secret-ali-id", "access_key_secret": "canary-secret-ali-key"},
}
SECRET, STREAM = "canary-secret-", "canary-push-"
PUSH = "rtmp://push.example.com/live/canary-push-stream?auth=canary-push-auth"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that our code writes at DEBUG; libraries stay at the levels that the settings give them."""
    with caplog.at_level(logging.DEBUG, logger="apps"), caplog.at_level(logging.DEBUG):
        yield caplog


@pytest.fixture
def rows(api: Callable[..., Any], jobs: None, cloud: Cloud, log: Any) -> dict[str, str]:
    """Made over REST as people make them; ids by name."""
    admin, ids = api("admin"), {}

    def post(path: str, body: dict[str, Any]) -> str:
        answer = admin.post(f"/api/v1/{path}/", body, format="json")
        assert answer.status_code == 201, answer.content
        assert SECRET not in answer.content.decode()
        return str(answer.json()["id"])

    for vendor, keys in KEYS.items():
        ids[vendor] = post("credentials", {"name": vendor, "vendor": vendor, "keys": keys})
    secrets = {"callback_secret": "canary-secret-callback"}
    body = {"credential": ids["volcengine"], "name": "A", "vendor_app_id": "0" * 24, "secrets": secrets}
    ids["app"] = post("apps", body)
    ids["layout"] = post("layouts", {"name": "L", "document": DOCUMENT})
    ids["task"] = post(
        "tasks",
        {
            "app": ids["app"], "product": "volcengine-push", "layout": ids["layout"], "room": "lobby",
            "bindings": {"host": {"user_id": "anna"}}, "output": {"push_urls": [PUSH]},
        },
    )  # fmt: skip
    return ids


def go(api: Callable[..., Any], rows: dict[str, str]) -> None:
    """Starts the task and works on it until nothing is left to try at once."""
    from apps.tasks.engine import worker
    from apps.tasks.models import Task

    assert api("producer").post(f"/api/v1/tasks/{rows['task']}/start/").status_code == 202
    for _try in range(4):
        Task.objects.filter(pk=rows["task"]).update(retry_at=None)
        worker.carry_out(Task.objects.get().pk)


def refusal(message: str) -> httpx2.Response:
    meta = {"RequestId": "r-no", "Error": {"Code": "InvalidParameter", "Message": message}}
    return httpx2.Response(400, json={"ResponseMetadata": meta})


FAILURES: dict[str, list[Any]] = {
    "taken": [],
    "refused": [refusal("The room does not exist.")],
    "no connection": [httpx2.ConnectError(f"no way to {PUSH}")],
    "no answer": [httpx2.ReadTimeout("slow")],
    "unreadable": [httpx2.Response(200, content=b"<html>not JSON</html>")],
    "crash": [RuntimeError("a fault of ours")],
    "the address repeated": [refusal(f"cannot push to {PUSH}")],
    "the key id repeated": [refusal("AccessKeyId=canary-secret-volc-id is not known")],
    "the key id in a sentence": [refusal("The key canary-secret-volc-id is not known.")],
    "another secret in a sentence": [refusal("Neither canary-secret-volc-key nor canary-secret-callback fits.")],
    "a key in an odd place": [httpx2.Response(400, json={"canary-secret-volc-key": ["canary-secret-volc-id"]})],
    "a key as a request id": [httpx2.Response(400, json={"ResponseMetadata": {"RequestId": "canary-secret-volc-id"}})],
}


def places(text: str) -> list[int]:
    return [match.start() for match in re.finditer(f"{SECRET}|{STREAM}", text)]


def stored_texts() -> dict[str, str]:
    """What the database keeps in the clear, and what browsers were told."""
    from auditlog.models import LogEntry

    from apps.live.models import LiveMessage
    from apps.tasks.models import Task, TaskEvent

    models = {"ledger": TaskEvent, "live": LiveMessage, "audit": LogEntry}
    texts = {name: json.dumps(list(model.objects.values()), default=str) for name, model in models.items()}
    return {**texts, "errors": json.dumps(list(Task.objects.values("error", "end_reason")), default=str)}


@pytest.mark.parametrize("failure", FAILURES)
def test_stored_rows_have_no_secret_after_a_run(
    api: Callable[..., Any], cloud: Cloud, rows: dict[str, str], log: Any, failure: str
) -> None:
    cloud.script["StartPushMixedStreamToCDN"] = list(FAILURES[failure])
    go(api, rows)
    assert cloud.count("Start") >= 1
    for name, text in {**stored_texts(), "log": log.text}.items():
        leaks = [text[max(0, at - 60) : at + 40] for at in places(text)]
        assert leaks == [], name
    assert '"request"' in stored_texts()["ledger"]


def pages(rows: dict[str, str]) -> list[str]:
    return [
        "/", "/layouts/", f"/layouts/{rows['layout']}/edit/", "/tasks/new/", f"/tasks/{rows['task']}/", "/recordings/",
        "/settings/credentials/", f"/settings/credentials/{rows['volcengine']}/",
        f"/settings/credentials/{rows['aliyun']}/", "/settings/apps/", f"/settings/apps/{rows['app']}/",
        "/settings/people/", "/settings/audit/", "/api/schema/", "/api/docs/", f"/tasks/new/?again={rows['task']}", "/layouts/import/",
    ]  # fmt: skip


def rest(rows: dict[str, str]) -> list[str]:
    task = f"tasks/{rows['task']}/"
    paths = [
        "layouts/", f"layouts/{rows['layout']}/", f"layouts/{rows['layout']}/versions/", "assets/", "credentials/",
        f"credentials/{rows['volcengine']}/", f"credentials/{rows['aliyun']}/", "apps/", f"apps/{rows['app']}/",
        "memberships/", "audit/", "recordings/", "tasks/", task, f"{task}events/", f"{task}bundle/",
    ]  # fmt: skip
    return [f"/api/v1/{path}" for path in paths]


def reads_output(path: str, rows: dict[str, str]) -> bool:
    return path in ("/api/v1/tasks/", f"/api/v1/tasks/{rows['task']}/", f"/tasks/new/?again={rows['task']}")


@pytest.mark.parametrize("failure", ["refused", "the address repeated"])
@pytest.mark.parametrize("role", ["admin", "producer"])
def test_pages_and_answers_have_no_secret(
    api: Callable[..., Any], cloud: Cloud, rows: dict[str, str], log: Any, role: str, failure: str
) -> None:
    cloud.script["StartPushMixedStreamToCDN"] = list(FAILURES[failure])
    go(api, rows)
    client = api(role, session=True)
    for path in [*pages(rows), *rest(rows)]:
        answer = client.get(path)
        assert answer.status_code in ((200,) if role == "admin" else (200, 403)), path
        text = answer.content.decode()
        assert SECRET not in text, path
        if not reads_output(path, rows):
            assert STREAM not in text, path
    assert SECRET not in log.text
    assert STREAM not in log.text


def test_stream_keys_are_hidden_from_viewers(api: Callable[..., Any], rows: dict[str, str]) -> None:
    viewer = api("viewer")
    pages = [viewer.get(path).content.decode() for path in ("/api/v1/tasks/", f"/api/v1/tasks/{rows['task']}/")]
    assert STREAM not in "".join(pages)


def test_key_test_and_rotation_answer_no_key(
    api: Callable[..., Any], rows: dict[str, str], log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apps.credentials import services
    from apps.vendors.http import VendorHttp

    answers: list[Any] = []

    def cloud(request: httpx2.Request) -> httpx2.Response:
        message = f"SignatureDoesNotMatch for {' '.join(key for keys in KEYS.values() for key in keys.values())}"
        answers.append(request)
        return httpx2.Response(403, json={"Code": "InvalidAccessKeyId", "Message": message, "RequestId": "r"})

    monkeypatch.setattr(services, "VendorHttp", lambda: VendorHttp(transport=httpx2.MockTransport(cloud)))
    admin = api("admin")
    tested = admin.post(f"/api/v1/credentials/{rows['volcengine']}/test/")
    rotated = admin.post(
        f"/api/v1/credentials/{rows['volcengine']}/rotate/", {"keys": KEYS["volcengine"]}, format="json"
    )
    assert answers
    for answer in (tested, rotated):
        assert answer.json()["ok"] is False
        assert "canary-secret-volc" not in answer.content.decode()
    assert SECRET not in log.text


def test_keys_are_encrypted_in_the_database(rows: dict[str, str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table, column in (("credentials_credential", "keys"), ("credentials_app", "secrets")):
            cursor.execute(f'SELECT "{column}" FROM {table}')
            stored = [str(bytes(row) if isinstance(row, memoryview) else row) for (row,) in cursor.fetchall()]
            assert stored
            assert SECRET not in "".join(stored)


def test_refused_form_does_not_repeat_the_keys(api: Callable[..., Any], rows: dict[str, str]) -> None:
    from django.test import Client

    from apps.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username="admin"), backend="django.contrib.auth.backends.ModelBackend")
    form = {"name": "", "keys:access_key_id": "canary-secret-typed", "keys:secret_access_key": "canary-secret-typed"}
    refused = client.post("/settings/credentials/new/?vendor=volcengine", form)
    assert refused.status_code == 200
    assert SECRET not in refused.content.decode()
    bad = {"name": "x", "vendor": "volcengine", "keys": {"access_key_id": 5, "canary-name": "canary-secret-typed"}}
    answer = api("admin").post("/api/v1/credentials/", bad, format="json")
    assert answer.status_code == 400
    assert SECRET not in answer.content.decode()
