"""What runs at the vendor though nobody wants it: noticed, shown, stopped by one click, and forgotten when it is gone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import httpx2
import pytest
from django.test import Client
from django.utils import timezone

from apps.tasks.engine import polling, reports, worker
from apps.tasks.models import Task
from apps.vendors.report import RecordedFile, TaskReport, TaskState
from tests.tasks.conftest import Cloud, error

pytestmark = pytest.mark.django_db(transaction=True)
SEEN = "The task ended here but is still running at the cloud."


def again(task: Task) -> Task:
    Task.objects.filter(pk=task.pk).update(retry_at=None)
    worker.carry_out(task.pk)
    task.refresh_from_db()
    return task


def look(task: Task, *, ended_ago: float = 60.0) -> Task:
    """The poll that is due some time after the end."""
    now = timezone.now()
    Task.objects.filter(pk=task.pk).update(next_poll_at=now, ended_at=now - dt.timedelta(seconds=ended_ago))
    polling.poll_due()
    task.refresh_from_db()
    return task


@pytest.fixture
def ended(started: Task, cloud: Cloud, api: Any) -> Task:
    """Stopped, as the vendor proved."""
    again(started)
    assert api("producer").post(f"/api/v1/tasks/{started.pk}/stop/").status_code == 202
    again(started)
    polling.poll_due()
    started.refresh_from_db()
    assert started.state == "stopped"
    assert started.next_poll_at is not None  # it is looked for once more
    return started


def test_an_ended_task_that_runs_at_the_vendor_is_marked_once_and_shown(ended: Task, cloud: Cloud, api: Any) -> None:
    cloud.running = True
    look(ended)
    assert (ended.state, ended.orphaned_at is not None) == ("stopped", True)
    look(ended)
    assert ended.events.filter(code="runs_after_end").count() == 1
    assert api("viewer").get(f"/api/v1/tasks/{ended.pk}/").data["orphaned_at"] is not None
    room = api("producer", session=True).get("/").content.decode()
    assert SEEN in room
    assert 'data-testid="stop-orphan"' in room
    assert SEEN in api("viewer", session=True).get(f"/tasks/{ended.pk}/").content.decode()


def test_one_click_stops_it_until_that_is_proven(ended: Task, cloud: Cloud, api: Any) -> None:
    cloud.running = True
    look(ended)
    before = cloud.count("Stop")
    page: Client = api("producer", session=True)
    page.handler.enforce_csrf_checks = False
    assert page.post(f"/tasks/{ended.pk}/stop/").status_code == 302
    assert worker.unfinished() == [ended.pk]
    cloud.script["StopPushStreamToCDN"] = [error(500, "InternalError")]
    again(ended)
    assert ended.orphaned_at is not None
    del cloud.script["StopPushStreamToCDN"]
    again(ended)
    assert cloud.count("Stop") == before + 2
    look(ended)
    assert ended.orphaned_at is None
    assert (ended.state, worker.unfinished()) == ("stopped", [])
    assert ended.events.filter(code="ended_at_vendor").exists()


def test_a_stop_that_was_taken_and_did_nothing_is_sent_again(ended: Task, cloud: Cloud, api: Any) -> None:
    cloud.running = True
    look(ended)
    api("producer").post(f"/api/v1/tasks/{ended.pk}/stop/")
    again(ended)
    cloud.running = True
    look(ended)
    assert worker.unfinished() == []
    Task.objects.filter(pk=ended.pk).update(retry_at=timezone.now() - dt.timedelta(seconds=1))
    assert worker.unfinished() == [ended.pk]
    again(ended)
    assert cloud.count("Stop") == 2  # `again` takes the time away; the second went out for the click


def test_an_answer_from_before_the_end_proves_nothing(ended: Task, cloud: Cloud) -> None:
    cloud.running = True
    look(ended, ended_ago=2)
    assert ended.orphaned_at is None
    assert ended.next_poll_at is not None
    reports.apply(ended.pk, TaskReport(TaskState.RUNNING, ended.vendor_task_id), "callback")  # late, perhaps
    ended.refresh_from_db()
    assert ended.orphaned_at is None


def test_a_withdrawn_start_that_comes_to_life_late_is_found(started: Task, cloud: Cloud, api: Any) -> None:
    cloud.script["StartPushMixedStreamToCDN"] = [httpx2.ReadTimeout("slow")]
    again(started)
    api("producer").post(f"/api/v1/tasks/{started.pk}/stop/")
    cloud.script["StopPushStreamToCDN"] = [error(404, "InvalidParameter.ErrorActiveTaskNotFound")]
    again(started)
    assert started.state == "stopped"
    assert started.next_poll_at is not None
    cloud.running = True
    look(started, ended_ago=31)
    assert started.orphaned_at is not None


def test_a_lost_task_is_looked_for_and_found(started: Task, cloud: Cloud) -> None:
    again(started)
    polling.poll_due()
    cloud.running = False
    Task.objects.filter(pk=started.pk).update(next_poll_at=timezone.now())
    polling.poll_due()
    started.refresh_from_db()
    assert started.state == "lost"
    assert look(started).orphaned_at is None
    cloud.running = True
    assert look(started).orphaned_at is not None


def test_what_was_never_sent_is_not_looked_for(started: Task, cloud: Cloud, api: Any) -> None:
    api("producer").post(f"/api/v1/tasks/{started.pk}/stop/")
    again(started)
    assert (started.state, started.next_poll_at) == ("stopped", None)


def test_looking_has_an_end(ended: Task, cloud: Cloud) -> None:
    assert look(ended, ended_ago=700).next_poll_at is None


def test_a_file_recorded_long_after_the_end_is_a_sign(ended: Task) -> None:
    now = timezone.now()
    Task.objects.filter(pk=ended.pk).update(ended_at=now - dt.timedelta(hours=2))
    file = RecordedFile("http://b/x.mp4", "mp4", ended_at=now, vendor_file_id="x")
    reports.apply(ended.pk, TaskReport(TaskState.UNKNOWN, ended.vendor_task_id, files=(file,)), "callback")
    ended.refresh_from_db()
    assert ended.orphaned_at is not None
