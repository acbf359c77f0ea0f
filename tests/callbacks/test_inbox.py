"""What vendors send: verified, kept, answered, applied once."""

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
def door(started: Task) -> Any:  # noqa: F811
    worker.carry_out(started.pk)
    started.refresh_from_db()
    client = Client(enforce_csrf_checks=True)

    def post(content: Any, *, path: str | None = None, product: str = "volcengine-push") -> Any:
        where = f"/callbacks/{product}/{started.app_id}/{path or started.app.callback_path}/"
        return client.post(where, content, content_type="application/json")

    return post


def outcomes() -> list[str]:
    return list(Receipt.objects.order_by("id").values_list("outcome", flat=True))


def test_a_callback_is_answered_kept_and_makes_the_task_due(door: Any, started: Task) -> None:  # noqa: F811
    Task.objects.filter(pk=started.pk).update(next_poll_at="2099-01-01T00:00:00Z")
    answer = door(signed(started))
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


def test_the_same_event_twice_is_a_duplicate(door: Any, started: Task) -> None:  # noqa: F811
    assert door(signed(started)).status_code == 200
    assert door(signed(started)).status_code == 200
    assert door(signed(started, "e2")).status_code == 200
    assert outcomes() == ["new", "duplicate", "new"]


def test_a_forged_one_is_refused_and_kept_sparingly(door: Any, started: Task) -> None:  # noqa: F811
    for _ in range(services.FORGED_KEPT + 3):
        assert door(signed(started, secret="guess")).status_code == 401
    assert outcomes() == ["forged"] * services.FORGED_KEPT
    started.app.refresh_from_db()
    assert started.app.last_callback_at is None


def test_wrong_doors_do_not_exist(door: Any, started: Task) -> None:  # noqa: F811
    assert door(signed(started), path="guess").status_code == 404
    assert door(signed(started), product="aliyun-rtc-record").status_code == 404
    assert door(signed(started), product="nobody").status_code == 404
    assert outcomes() == []


def test_too_much_is_refused(door: Any, started: Task) -> None:  # noqa: F811
    assert door("x" * 300_000).status_code == 413
    assert outcomes() == []


def test_an_old_one_is_refused_though_its_signature_holds(door: Any, started: Task) -> None:  # noqa: F811
    assert door(signed(started, age=dt.timedelta(hours=25))).status_code == 401
    assert (Receipt.objects.get().outcome, Receipt.objects.get().reason) == ("forged", "stale")
    started.app.settings = {"callback_max_age_hours": 0}
    started.app.save()
    assert door(signed(started, age=dt.timedelta(days=9))).status_code == 200


def test_the_page_of_the_app_says_how_the_last_one_fared(door: Any, started: Task) -> None:  # noqa: F811
    def line() -> callback_status.Line:
        (line,) = callback_status.lines(App.objects.get(pk=started.app_id))
        return line

    assert (line().last, line().refused, line().secret_set) == (None, "", True)
    assert started.app.callback_path in line().url
    door(signed(started, secret="guess"))
    assert "does not match" in line().refused
    assert line().last is None
    door(signed(started))
    assert (line().refused, line().last_event) == ("", "PushStreamToCDNStatus")
    door("no json")
    assert line().refused
    assert line().last is not None
    started.app.secrets = {}
    started.app.save()
    door(signed(started, "e2"))
    assert "no secret" in line().refused
    assert line().secret_set is False
