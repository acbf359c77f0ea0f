"""A recording whose cloud has no status operation: what its files prove, and what stays unproven."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from apps.credentials.models import App, Credential
from apps.layouts.models import LayoutTemplate
from apps.tasks.engine import poll_schedule, polling, reports
from apps.tasks.models import Task
from apps.vendors.registry import adapter
from apps.vendors.report import TaskReport, TaskState
from tests.vendors.aliyun.cases import asked, reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def redis(redis_server: str) -> None:
    """For messages to browsers and for rate limits."""


@pytest.fixture
def recording(team: Any, layout: LayoutTemplate) -> Task:
    keys = {"access_key_id": "LTAItest0001", "access_key_secret": "c2VjcmV0-aliyun"}
    credential = Credential.objects.create(team=team, name="A", vendor="aliyun", keys=keys)
    app = App.objects.create(team=team, credential=credential, name="A", vendor_app_id="9qb1test")
    began = timezone.now() - dt.timedelta(hours=2)
    return Task.objects.create(
        team=team, app=app, product="aliyun-rtc-record", layout=layout, document=layout.document, room="lobby",
        desired="running", state="running", vendor_task_id="qb_1", started_at=began, proven_at=began, generation=1, observed_generation=1,
    )  # fmt: skip


def announce(task: Task, minutes_ago: float, seconds: float, url: str = "", now: dt.datetime | None = None) -> Task:
    """What DescribeRecordFiles returns for a file that was closed so long ago."""
    stop = (now or timezone.now()) - dt.timedelta(minutes=minutes_ago)
    url = url or f"http://b.oss.example.com/record/{stop:%H%M%S}.mp4"
    row = {
        "TaskId": "qb_1", "Url": url, "Duration": seconds,
        "StartTime": (stop - dt.timedelta(seconds=seconds)).isoformat(), "StopTime": stop.isoformat(),
    }  # fmt: skip
    request = asked("DescribeRecordFiles", **{"TaskIds.1": "qb_1"})
    answer = {"RequestId": "r", "RecordFiles": [row], "TotalNum": 1, "TotalPage": 1}
    report = adapter(task.product).read_reply(request, reply(200, answer))
    reports.apply(task.pk, report, "poll")
    task.refresh_from_db()
    return task


def test_a_split_file_proves_that_it_ran_until_then(recording: Task) -> None:
    announce(recording, minutes_ago=10, seconds=1800.04)
    assert recording.state == "running"
    assert 9 < (timezone.now() - recording.proven_at).total_seconds() / 60 < 11  # type: ignore[operator]


def test_a_file_closed_early_proves_that_it_ended_by_itself(recording: Task) -> None:
    announce(recording, minutes_ago=10, seconds=700.0)
    assert (recording.state, recording.end_reason) == ("stopped", "recording_closed")
    assert 9 < (timezone.now() - recording.ended_at).total_seconds() / 60 < 11  # type: ignore[operator]
    assert recording.next_poll_at is not None  # more files may follow


def test_one_that_recorded_on_is_an_orphan(recording: Task, settings: Any) -> None:
    settings.FILES_GRACE_SECONDS = 60
    announce(recording, minutes_ago=90, seconds=700.0)
    announce(recording, minutes_ago=10, seconds=1800.0)
    assert (recording.state, recording.orphaned_at is not None) == ("stopped", True)


def test_better_news_of_a_known_file_reaches_the_archive(recording: Task, api: Callable[..., Any]) -> None:
    file = "http://b.oss.example.com/record/take.mp4"
    now = timezone.now()
    announce(recording, 5, 600.0, f"{file}?Expires=1800000000&Signature=a", now)
    renewed = f"{file}?Expires=1900000000&Signature=b"
    announce(recording, 4, 660.0, renewed, now)
    announce(recording, 4, 660.0, renewed, now)
    [row] = api("viewer").get("/api/v1/recordings/").json()["results"]
    assert [(each["url"], each["duration"]) for each in row["files"]] == [(renewed, 660.0)]
    codes = list(recording.events.filter(kind="file").order_by("id").values_list("code", flat=True))
    assert codes == ["file_recorded", "file_updated"], "the same news again is no event"


@pytest.mark.parametrize(
    ("started_ago", "seconds"), [(None, 30.0), (3.0, 60.0), (14.0, 60.0), (16.0, 900.0), (7200.0, 900.0)]
)
def test_a_stop_before_the_first_frame_does_not_wait_long_for_files(
    recording: Task, settings: Any, started_ago: float | None, seconds: float
) -> None:
    settings.FILES_GRACE_SECONDS = 900
    recording.started_at = None if started_ago is None else timezone.now() - dt.timedelta(seconds=started_ago)
    assert poll_schedule.files_grace(recording).total_seconds() == seconds


def test_a_stop_without_files_ends_when_its_wait_is_over(recording: Task) -> None:
    Task.objects.filter(pk=recording.pk).update(
        desired="stopped", state="stopping", retry_at=timezone.now(), next_poll_at=timezone.now(), generation=2,
        observed_generation=2,
    )  # fmt: skip
    polling.poll_due()
    recording.refresh_from_db()
    assert (recording.state, recording.end_reason) == ("stopped", "no_file_seen")


def test_how_long_it_has_been_unproven_is_said(recording: Task, api: Callable[..., Any]) -> None:
    reports.apply(recording.pk, TaskReport(TaskState.UNKNOWN, "qb_1"), "poll")
    page = api("viewer", session=True).get(f"/tasks/{recording.pk}/").content.decode()
    assert "Not confirmed for 2\xa0hours" in page
