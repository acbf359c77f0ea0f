"""Cloud transcoding over REST against its emulator: the main job with notifications, and starts whose answer is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from apps.callbacks.models import Receipt
from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate
from apps.sandbox.engine import runtime
from apps.tasks.engine import polling, worker
from apps.tasks.models import Task, TaskEvent
from apps.tasks.pages import live_picture
from tests.flows.test_story_rest import make, no_broker, server, worker_until
from tests.sandbox.conftest import eventually
from tests.tasks.conftest import DOCUMENT

__all__ = ["make", "no_broker", "server"]

pytestmark = pytest.mark.django_db(transaction=True)
OUTPUT = {"rtc": {"channel": "mixed", "uid": 1000}}


def control(server: str, path: str, **body: Any) -> Any:
    answer = httpx2.post(f"{server}/sandbox/control/{path}/", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def story(api: Any, team: Any, make: Callable[[str], App], server: str) -> Callable[..., tuple[Any, str, str]]:
    """A task that is about to start: (the API, its URL, its id). `told`: its notifications come."""

    def begun(*, told: bool) -> tuple[Any, str, str]:
        app = make("agora")
        if told:
            url = f"{server}/callbacks/agora-transcoder/{app.pk}/{app.callback_path}/"
            control(server, "callbacks", vendor="agora", app_id=app.vendor_app_id, url=url)
        producer = api("producer")
        layout = LayoutTemplate.objects.create(team=team, name="One", document=DOCUMENT)
        body = {
            "app": str(app.pk),
            "product": "agora-transcoder",
            "layout": str(layout.pk),
            "room": "lobby",
            "bindings": {"host": {"user_id": "123"}},
            "output": OUTPUT,
            "options": {"audio_profile": "AUDIO_PROFILE_MUSIC_STANDARD"},
        }
        made = producer.post("/api/v1/tasks/", body)
        assert made.status_code == 201, made.content
        return producer, f"/api/v1/tasks/{made.data['id']}/", made.data["id"]

    return begun


def runs() -> list[dict[str, Any]]:
    with runtime.current().store.reading() as state:
        return list(state["tasks"].values())


def test_start_change_and_stop_with_notifications(story: Callable[..., Any], server: str, settings: Any) -> None:
    settings.SANDBOX_MIXING = True
    producer, where, task_id = story(told=True)
    assert producer.post(f"{where}start/").status_code == 202
    task = worker_until(task_id, "running")
    assert task.vendor_run_id == runs()[0]["run_id"]
    seen = live_picture.of(task)
    eventually(lambda: httpx2.get(f"{server}{seen.picture}").status_code == 200, 60)
    eventually(lambda: ".ts" in httpx2.get(f"{server}{seen.hls}").text, 60)
    layout = LayoutTemplate.objects.get()
    layout.document = {**DOCUMENT, "objects": [{**DOCUMENT["objects"][0], "width": 640}]}
    layout.version = 2
    layout.save()
    assert producer.post(f"{where}apply-layout/", {}).status_code == 202
    for one in worker.unfinished():
        worker.carry_out(one)
    row = producer.get(where).data
    assert (row["applied_version"], row["error"]) == (2, None)
    assert [input_["region"]["width"] for input_ in runs()[0]["request"]["videoInputs"]] == [640]
    assert producer.post(f"{where}stop/").status_code == 202
    worker_until(task_id, "stopped")
    until = time.monotonic() + 10
    while Receipt.objects.exclude(outcome="new").count() < 4 and time.monotonic() < until:
        worker_until(task_id, "stopped")
        time.sleep(0.1)
    assert {receipt.outcome for receipt in Receipt.objects.all()} == {"applied"}
    assert {receipt.event for receipt in Receipt.objects.all()} == {
        "cloud_transcoder_started",
        "cloud_transcoder_status",
        "cloud_transcoder_updated",
        "cloud_transcoder_stopped",
    }
    assert [run["status"] for run in runs()] == ["STOPPED"]


def test_a_lost_answer_starts_nothing_twice_and_the_notification_finds_it(
    story: Callable[..., Any], server: str
) -> None:
    producer, where, task_id = story(told=True)
    fault = {"vendor": "agora", "operation": "Create", "kind": "timeout_after_accept", "seconds": 0.01}
    control(server, "faults", **fault)
    producer.post(f"{where}start/")
    worker_until(task_id, "running")
    assert len(runs()) == 1
    sent = [event.data["name"] for event in TaskEvent.objects.filter(task_id=task_id, kind="request")]
    assert sent.count("Acquire") == 1  # the token is young: it is used again
    producer.post(f"{where}stop/")
    worker_until(task_id, "stopped")
    assert [run["status"] for run in runs()] == ["STOPPED"]


def test_a_stop_finds_what_a_start_without_an_answer_left_behind(story: Callable[..., Any], server: str) -> None:
    producer, where, task_id = story(told=False)
    control(server, "faults", vendor="agora", operation="Create", kind="http_5xx")
    producer.post(f"{where}start/")
    worker.carry_out(worker.unfinished()[0])
    assert Task.objects.get(pk=task_id).state == "scheduled"
    producer.post(f"{where}stop/")
    worker_until(task_id, "stopped")
    assert [run["status"] for run in runs()] == ["STOPPED"]


def test_a_task_that_is_out_of_sight_is_asked_for_again_before_it_is_lost(
    story: Callable[..., Any], server: str
) -> None:
    producer, where, task_id = story(told=False)
    producer.post(f"{where}start/")
    worker_until(task_id, "running")
    control(server, "faults", vendor="agora", operation="Query", kind="error", http_status=404, times=2)
    for expected in (5, 10):
        Task.objects.filter(pk=task_id).update(next_poll_at="2020-01-01T00:00:00Z")
        polling.poll_due()
        task = Task.objects.get(pk=task_id)
        assert task.state == "running"
        assert task.next_poll_at is not None
        assert expected - 3 < task.next_poll_at.timestamp() - time.time() <= expected
    Task.objects.filter(pk=task_id).update(next_poll_at="2020-01-01T00:00:00Z")
    polling.poll_due()
    assert Task.objects.get(pk=task_id).state == "running"


def test_what_the_vendor_named_is_kept_encrypted_and_shown_to_nobody(story: Callable[..., Any], server: str) -> None:
    from django.db import connection

    producer, where, task_id = story(told=False)
    producer.post(f"{where}start/")
    task = worker_until(task_id, "running")
    token = runs()[0]["token"]
    assert token in str(task.handles)
    with connection.cursor() as cursor:
        cursor.execute("select handles from tasks_task")
        assert token not in cursor.fetchone()[0]
    for url in (where, f"{where}events/", f"{where}bundle/"):
        assert token not in producer.get(url).content.decode()
    rtc = runs()[0]["request"]["videoInputs"][0]["rtc"]["rtcToken"]
    assert rtc.startswith("007")
    assert rtc not in producer.get(f"{where}events/").content.decode()
