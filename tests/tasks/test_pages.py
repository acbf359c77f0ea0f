"""The task page and scheduled starts, through pages and REST."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.tasks.engine import worker
from apps.tasks.models import Task, TaskEvent
from tests.tasks.conftest import Cloud


@pytest.fixture
def producer(people: dict[str, Any], started: Task) -> Client:
    client = Client()
    client.force_login(people["producer"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("tab", ["timeline", "layout", "people", "requests", "recordings", "nonsense"])
def test_each_tab_is_an_address(producer: Client, started: Task, tab: str) -> None:
    worker.carry_out(started.pk)
    answer = producer.get(f"/tasks/{started.pk}/?tab={tab}")
    assert answer.status_code == 200
    chosen = tab if tab != "nonsense" else "timeline"
    assert f'id="tab-{chosen}" class="qb-tab" href="?tab={chosen}"' in answer.content.decode()
    assert "secretkey" not in answer.content.decode()


def test_two_thousand_events_are_paged_by_key(producer: Client, started: Task) -> None:
    TaskEvent.objects.bulk_create(TaskEvent(task=started, kind="note", data={"text": f"Note {n}"}) for n in range(2000))
    seen: list[str] = []
    address: str | None = f"/tasks/{started.pk}/"
    began = time.monotonic()
    for _page in range(3):
        assert address
        page = producer.get(address).context["story"]
        seen += [line.title for chapter in page.chapters for line in chapter.lines]
        address = f"/tasks/{started.pk}/?before={page.older}"
    assert seen[:100] == [f"Note {n}" for n in range(1900, 2000)]
    assert len(set(seen)) == len(seen) == 300
    assert time.monotonic() - began < 10


def test_a_changed_binding_goes_to_the_cloud(producer: Client, started: Task, cloud: Cloud) -> None:
    worker.carry_out(started.pk)
    Task.objects.filter(pk=started.pk).update(state="running")
    assert producer.post(f"/tasks/{started.pk}/people/", {"slot:host": "bob"}).status_code == 302
    worker.carry_out(started.pk)
    started.refresh_from_db()
    assert started.bindings == {"host": {"user_id": "bob"}}
    assert cloud.count("Update") == 1


def test_a_scheduled_task_waits_for_its_time(
    api: Callable[..., Any], body: dict[str, Any], cloud: Cloud, jobs: None
) -> None:
    soon = timezone.now() + dt.timedelta(hours=1)
    client = api("producer")
    made = client.post("/api/v1/tasks/", {**body, "starts_at": soon.isoformat()}).data
    started = client.post(f"/api/v1/tasks/{made['id']}/start/").data
    assert started["state"] == "scheduled"
    task = Task.objects.get(pk=made["id"])
    worker.carry_out(task.pk)
    assert cloud.asked == []
    assert task.pk not in worker.unfinished()
    Task.objects.filter(pk=task.pk).update(starts_at=timezone.now() - dt.timedelta(seconds=1))
    assert task.pk in worker.unfinished()
    worker.carry_out(task.pk)
    assert cloud.count("Start") == 1


def test_a_scheduled_start_can_be_cancelled(
    api: Callable[..., Any], body: dict[str, Any], cloud: Cloud, jobs: None
) -> None:
    client = api("producer")
    soon = timezone.now() + dt.timedelta(hours=1)
    made = client.post("/api/v1/tasks/", {**body, "starts_at": soon.isoformat()}).data
    client.post(f"/api/v1/tasks/{made['id']}/start/")
    client.post(f"/api/v1/tasks/{made['id']}/stop/")
    task = Task.objects.get(pk=made["id"])
    worker.carry_out(task.pk)
    task.refresh_from_db()
    assert (task.state, task.end_reason, cloud.asked) == ("stopped", "never_started", [])


def test_findings_speak_the_language_that_is_asked_for(
    api: Callable[..., Any], body: dict[str, Any], layout: Any
) -> None:
    address = f"/api/v1/layouts/{layout.pk}/export/"
    data = {"product": "volcengine-push", "bindings": {}}
    english, chinese = (
        api("producer").post(address, data, format="json", HTTP_ACCEPT_LANGUAGE=language).data["findings"]
        for language in ("en", "zh-hans")
    )
    assert [label["code"] for label in english] == [label["code"] for label in chinese]
    assert english[0]["message"].isascii() or "“" in english[0]["message"]
    assert "席位" in chinese[0]["message"]
