"""Callbacks of vendors: verified, stored, answered, applied once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.callbacks import services
from apps.callbacks.models import Receipt
from apps.credentials import callback_status
from apps.credentials.models import App
from apps.tasks.engine import worker
from apps.tasks.models import Task
from tests.tasks.conftest import app, body, cloud, jobs, layout, started  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def signed(
    task: Task, event_id: str = "e1", secret: str = "sshh", age: dt.timedelta = dt.timedelta(seconds=1)
) -> dict[str, str]:
    message = {
        "EventType": "PushStreamToCDNStatus",
        "EventData": json.dumps({"TaskId": task.vendor_task_id, "AppId": task.app.vendor_app_id}),
        "EventTime": (timezone.now() - age).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "EventId": event_id,
        "Version": "2020-12-01",
        "AppId": task.app.vendor_app_id,
        "Nonce": "n1",
    }
    digest = hashlib.sha256("".join(sorted([*message.values(), secret])).encode()).hexdigest()
    return {**message, "Signature": digest}


@pytest.fixture
def send_callback(started: Task) -> Any:  # noqa: F811
    worker.carry_out(started.pk)
    started.refresh_from_db()
    client = Client(enforce_csrf_checks=True)

    def post(content: Any, *, path: str | None = None, product: str = "volcengine-push") -> Any:
        where = f"/callbacks/{product}/{started.app_id}/{path or started.app.callback_path}/"
        return client.post(where, content, content_type="application/json")

    return post


def outcomes() -> list[str]:
    return list(Receipt.objects.order_by("id").values_list("outcome", flat=True))


def test_callback_is_stored_and_makes_the_task_due(send_callback: Any, started: Task) -> None:  # noqa: F811
    Task.objects.filter(pk=started.pk).update(next_poll_at="2099-01-01T00:00:00Z")
    answer = send_callback(signed(started))
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert outcomes() == ["new"]
    receipt = Receipt.objects.get()
    assert services.apply_receipt(receipt.pk) == "applied"
    assert services.apply_receipt(receipt.pk) == "applied"
    started.refresh_from_db()
    assert started.next_poll_at is not None
    assert started.next_poll_at.year < 2099
    assert started.events.filter(kind="callback").count() == 1
    started.app.refresh_from_db()
    assert started.app.last_callback_at is not None


def test_second_callback_of_an_event_is_a_duplicate(send_callback: Any, started: Task) -> None:  # noqa: F811
    assert send_callback(signed(started)).status_code == 200
    assert send_callback(signed(started)).status_code == 200
    assert send_callback(signed(started, "e2")).status_code == 200
    assert outcomes() == ["new", "duplicate", "new"]


def test_forged_callbacks_are_refused_and_a_few_are_stored(send_callback: Any, started: Task) -> None:  # noqa: F811
    for _ in range(services.MAX_FORGED_STORED + 3):
        assert send_callback(signed(started, secret="guess")).status_code == 401
    assert outcomes() == ["forged"] * services.MAX_FORGED_STORED
    started.app.refresh_from_db()
    assert started.app.last_callback_at is None


def test_callback_at_a_wrong_address_is_not_found(send_callback: Any, started: Task) -> None:  # noqa: F811
    assert send_callback(signed(started), path="guess").status_code == 404
    assert send_callback(signed(started), product="aliyun-rtc-record").status_code == 404
    assert send_callback(signed(started), product="unknown-product").status_code == 404
    assert outcomes() == []


def test_callback_of_300_kilobytes_is_refused(send_callback: Any, started: Task) -> None:  # noqa: F811
    assert send_callback("x" * 300_000).status_code == 413
    assert outcomes() == []


def test_stale_callback_is_refused_despite_its_signature(send_callback: Any, started: Task) -> None:  # noqa: F811
    assert send_callback(signed(started, age=dt.timedelta(hours=25))).status_code == 401
    assert (Receipt.objects.get().outcome, Receipt.objects.get().reason) == ("forged", "stale")
    started.app.settings = {"callback_max_age_hours": 0}
    started.app.save()
    assert send_callback(signed(started, age=dt.timedelta(days=9))).status_code == 200


def test_app_page_shows_the_last_callback_and_the_last_refusal(send_callback: Any, started: Task) -> None:  # noqa: F811
    def status() -> callback_status.CallbackStatus:
        (row,) = callback_status.statuses(App.objects.get(pk=started.app_id))
        return row

    assert (status().last, status().refused, status().secret_set) == (None, "", True)
    assert started.app.callback_path in status().url
    send_callback(signed(started, secret="guess"))
    assert "does not match" in status().refused
    assert status().last is None
    send_callback(signed(started))
    assert (status().refused, status().last_event) == ("", "PushStreamToCDNStatus")
    send_callback("no json")
    assert status().refused
    assert status().last is not None
    started.app.secrets = {}
    started.app.save()
    send_callback(signed(started, "e2"))
    assert "no secret" in status().refused
    assert status().secret_set is False


def test_callback_about_another_task_is_unmatched(send_callback: Any, started: Task) -> None:  # noqa: F811
    started.vendor_task_id = "another"
    assert send_callback(signed(started)).status_code == 200
    assert services.apply_receipt(Receipt.objects.get().pk) == "unmatched"
    assert outcomes() == ["unmatched"]


@pytest.mark.parametrize(
    ("content", "read"), [(b'{"a": 1}', {"a": 1}), (b"a=1", "a=1"), (b"\xff" * 20_000, "\ufffd" * 16_000)]
)
def test_body_in_the_timeline_is_json_or_a_limited_text(content: bytes, read: Any) -> None:
    assert services.read_body(content) == read
