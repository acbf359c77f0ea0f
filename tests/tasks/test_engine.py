"""The rules of the engine, at its door, against a cloud that misbehaves on purpose."""

from __future__ import annotations

import datetime as dt
from typing import Any

import httpx2
import pytest
from django.utils import timezone

from apps.live.models import LiveMessage
from apps.tasks import queue
from apps.tasks.engine import polling, reports, worker
from apps.tasks.models import Task
from apps.tasks.planning import plans
from apps.vendors.report import RecordedFile, TaskReport, TaskState
from tests.tasks.conftest import Cloud, error

pytestmark = pytest.mark.django_db(transaction=True)
START, QUERY, STOP = "Start", "Get", "Stop"


def again(task: Task) -> float | None:
    """The next attempt, without waiting for it."""
    Task.objects.filter(pk=task.pk).update(retry_at=None)
    wait = worker.carry_out(task.pk)
    task.refresh_from_db()
    return wait


def test_a_start_is_accepted_and_a_poll_proves_it(started: Task, cloud: Cloud) -> None:
    assert again(started) is None
    assert (started.state, started.observed_generation, started.applied_version) == ("starting", 1, 1)
    polling.poll_due()
    started.refresh_from_db()
    assert (started.state, started.proven_by) == ("running", "poll")
    assert started.started_at is not None
    assert cloud.asked == ["StartPushMixedStreamToCDN", "GetPushMixedStreamToCDNTask"]


def test_a_throttled_start_is_tried_again(started: Task, cloud: Cloud) -> None:
    cloud.script["StartPushMixedStreamToCDN"] = [error(429, "FlowLimitExceeded.QPSOverLimit"), httpx2.ConnectError("x")]
    assert again(started) is not None
    assert started.state == "scheduled"
    assert started.error["vendor_code"] == "FlowLimitExceeded.QPSOverLimit"
    assert again(started) is not None
    del cloud.script["StartPushMixedStreamToCDN"]
    assert again(started) is None
    assert started.state == "starting"
    assert started.error is None


def test_a_clear_no_fails_the_task_with_the_vendors_words(started: Task, cloud: Cloud) -> None:
    cloud.script["StartPushMixedStreamToCDN"] = [error(400, "InvalidParameter.NotExistAppId")]
    assert again(started) is None
    assert started.state == "failed"
    assert started.error["vendor_code"] == "InvalidParameter.NotExistAppId"
    assert started.error["vendor_request_id"] == "r-no"
    again(started)
    assert cloud.count(START) == 1


def test_a_start_that_timed_out_but_was_done_is_adopted(started: Task, cloud: Cloud) -> None:
    def accept_and_hang(request: httpx2.Request) -> Exception:
        cloud.running = True
        return httpx2.ReadTimeout("too slow", request=request)

    cloud.script["StartPushMixedStreamToCDN"] = [accept_and_hang]
    assert again(started) is not None
    assert again(started) is None
    assert started.state == "running"
    assert cloud.count(START) == 1


def test_a_start_that_timed_out_and_was_not_done_is_repeated_under_the_same_id(started: Task, cloud: Cloud) -> None:
    cloud.script["StartPushMixedStreamToCDN"] = [httpx2.ReadTimeout("too slow")]
    again(started)
    before = started.vendor_task_id
    del cloud.script["StartPushMixedStreamToCDN"]
    again(started)
    assert started.state == "starting"
    assert started.vendor_task_id == before != ""
    assert cloud.asked[1].startswith(QUERY)


def test_the_wish_of_a_killed_worker_is_found_and_not_started_twice(started: Task, cloud: Cloud) -> None:
    def accept_and_die(request: httpx2.Request) -> Any:
        cloud.running = True
        raise KeyboardInterrupt  # as abrupt as a kill: no except clause of ours sees it

    cloud.script["StartPushMixedStreamToCDN"] = [accept_and_die]
    with pytest.raises(KeyboardInterrupt):
        worker.carry_out(started.pk)
    Task.objects.filter(pk=started.pk).update(claimed_until=timezone.now() + dt.timedelta(seconds=30))
    assert worker.unfinished() == []
    assert worker.carry_out(started.pk) is None
    assert len(cloud.asked) == 1  # still held by the dead one
    Task.objects.filter(pk=started.pk).update(claimed_until=timezone.now() - dt.timedelta(seconds=1))
    assert worker.unfinished() == [started.pk]
    again(started)
    assert started.state == "running"
    assert cloud.count(START) == 1


def test_a_stop_that_fails_is_repeated_until_it_is_proven(started: Task, cloud: Cloud, api: Any) -> None:
    again(started)
    assert api("producer").post(f"/api/v1/tasks/{started.pk}/stop/").status_code == 202
    cloud.script["StopPushStreamToCDN"] = [error(500, "InternalError"), error(400, "InvalidParameter")]
    assert again(started) is not None
    assert again(started) is not None
    assert started.state == "starting"
    del cloud.script["StopPushStreamToCDN"]
    again(started)
    assert started.state == "stopping"
    polling.poll_due()
    started.refresh_from_db()
    assert started.state == "stopped"


def test_a_stop_before_anything_was_sent_asks_nobody(started: Task, cloud: Cloud, api: Any) -> None:
    api("producer").post(f"/api/v1/tasks/{started.pk}/stop/")
    again(started)
    assert (started.state, started.end_reason, cloud.asked) == ("stopped", "never_started", [])


def test_late_and_repeated_news_changes_nothing(started: Task, cloud: Cloud) -> None:
    again(started)
    said = TaskReport(TaskState.RUNNING, started.vendor_task_id)
    assert reports.apply(started.pk, said, "callback")
    assert not reports.apply(started.pk, said, "callback")
    assert not reports.apply(started.pk, TaskReport(TaskState.STARTING), "poll")
    assert reports.apply(started.pk, TaskReport(TaskState.STOPPED), "poll")
    assert not reports.apply(started.pk, TaskReport(TaskState.RUNNING), "poll")
    assert not reports.apply(started.pk, TaskReport(TaskState.RUNNING, "another"), "poll")
    started.refresh_from_db()
    assert started.state == "stopped"


def test_files_become_one_recording_each_once(started: Task, cloud: Cloud, api: Any) -> None:
    again(started)
    file = RecordedFile("http://bucket/a.m3u8", "m3u8", duration=12.5, vendor_file_id="a.m3u8")
    report = TaskReport(TaskState.UNKNOWN, started.vendor_task_id, files=(file, file))
    assert reports.apply(started.pk, report, "callback")
    assert not reports.apply(started.pk, report, "poll")
    found = api("viewer").get("/api/v1/recordings/", {"task": str(started.pk)}).data["results"]
    assert [file["url"] for file in found[0]["files"]] == ["http://bucket/a.m3u8"]
    assert found[0]["duration"] == 12.5
    played = api("viewer").get(f"/api/v1/recordings/{found[0]['id']}/play/")
    assert (played.data["url"], played.data["format"]) == ("http://bucket/a.m3u8", "m3u8")
    assert LiveMessage.objects.filter(kind="recording.added").count() == 1


def test_the_ledger_and_the_bundle_hold_no_stream_key(started: Task, cloud: Cloud, api: Any) -> None:
    again(started)
    text = api("viewer").get(f"/api/v1/tasks/{started.pk}/bundle/").content.decode()
    assert "StartPushMixedStreamToCDN" in text
    assert "secretkey" not in text
    assert "c2VjcmV0" not in text


def test_an_applied_layout_is_sent_and_its_version_kept(started: Task, cloud: Cloud, api: Any) -> None:
    again(started)
    polling.poll_due()
    layout = started.layout
    assert layout is not None
    layout.document = {**layout.document, "canvas": {"width": 1280, "height": 720, "color": "#FF0000"}}
    layout.version = 2
    layout.save()
    answer = api("producer").post(f"/api/v1/tasks/{started.pk}/apply-layout/", {})
    assert answer.status_code == 202, answer.content
    again(started)
    assert started.applied_version == 2
    assert cloud.asked[-1] == "UpdatePushMixedStreamToCDN"


def test_a_layout_applied_while_it_starts_goes_out_as_soon_as_it_runs(
    started: Task, cloud: Cloud, api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(started)
    assert api("producer").post(f"/api/v1/tasks/{started.pk}/apply-layout/", {}).status_code == 202
    again(started)
    assert (started.state, cloud.count("Update")) == ("starting", 0)
    queued: list[Any] = []
    monkeypatch.setattr(queue, "work_on", queued.append)
    polling.poll_due()
    assert queued == [started.pk]
    again(started)
    assert (started.state, cloud.count("Update")) == ("running", 1)
    reports.apply(started.pk, TaskReport(TaskState.RUNNING, started.vendor_task_id), "callback")
    assert len(queued) == 1


def test_a_hint_of_trouble_marks_the_task_and_a_fact_about_the_app_is_kept(started: Task, cloud: Cloud) -> None:
    again(started)
    polling.poll_due()
    known = {"no-such-operation": "1"}
    reports.apply(started.pk, TaskReport(TaskState.UNKNOWN, degraded=True, known=known), "callback")
    started.refresh_from_db()
    assert (started.state, started.degraded) == ("running", True)
    assert plans.known_objects(started.app)["no-such-operation"] == "1"
    reports.apply(started.pk, TaskReport(TaskState.RUNNING), "poll")
    started.refresh_from_db()
    assert not started.degraded
