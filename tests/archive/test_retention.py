"""Retention policies: recordings are announced, removed, restored and purged; without a policy they stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from apps.archive import retention
from apps.archive.models import Policy, Recording
from tests.archive.conftest import BUCKET, make_app

pytestmark = pytest.mark.django_db
Record = Callable[..., Any]
NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
POLICIES = "/api/v1/archive-policies/"


@pytest.fixture(autouse=True)
def storage(media: Any, redis_server: str) -> None:
    """A folder for pictures, and Redis for messages to browsers."""


def aged(record: Record, days: int, **values: Any) -> Any:
    return record(recorded_at=NOW - days * DAY, **values)


def fresh(row: Any) -> Any:
    row.refresh_from_db()
    return row


def test_recordings_stay_without_a_policy(record: Record, team: Any) -> None:
    row = aged(record, 5000)
    Policy.objects.create(team=team, file_hosts=["media.example.com"])  # says nothing of days
    assert retention.sweep(NOW) == {"announced": 0, "spared": 0, "removed": 0, "purged": 0}
    assert fresh(row).leaves_at is None


def test_recording_is_announced_then_removed_then_purged(record: Record, team: Any, media: Any) -> None:
    (media / "posters").mkdir(parents=True)
    (media / "posters" / "a.jpg").write_bytes(b"x")
    Policy.objects.create(team=team, days=30)
    row, young = aged(record, 23, poster="posters/a.jpg", poster_source="frame"), aged(record, 22)
    link = row.share_links.create(expires_at=NOW + 300 * DAY)
    assert retention.sweep(NOW)["announced"] == 1
    assert fresh(row).leaves_at == row.recorded_at + 30 * DAY
    assert fresh(young).leaves_at is None
    assert retention.sweep(NOW + 6 * DAY)["removed"] == 0
    assert retention.sweep(NOW + 7 * DAY)["removed"] == 1
    assert fresh(row).removed_at == NOW + 7 * DAY
    assert not (media / "posters" / "a.jpg").exists()
    assert fresh(link).revoked_at is not None
    note = row.task.events.filter(kind="note").latest("id")
    assert note.code == "recording_removed"
    assert row.files.count() == 1  # the address of the cloud's file is still known
    assert retention.sweep(NOW + 36 * DAY)["purged"] == 0
    retention.sweep(NOW + 37 * DAY)
    assert not Recording.objects.filter(pk=row.pk).exists()
    assert row.task.events.filter(kind="note").exists()


def test_late_policy_gives_a_week_of_notice(record: Record, team: Any) -> None:
    row = aged(record, 400)
    Policy.objects.create(team=team, days=30)
    counts = retention.sweep(NOW)
    assert (counts["announced"], counts["removed"]) == (1, 0)
    assert fresh(row).leaves_at == NOW + retention.NOTICE
    assert retention.sweep(NOW + 6 * DAY)["removed"] == 0
    assert retention.sweep(NOW + 7 * DAY)["removed"] == 1


def test_policy_of_an_app_overrides_that_of_the_team(record: Record, team: Any, app: Any) -> None:
    short, never = make_app(team, "Short"), make_app(team, "Never")
    Policy.objects.create(team=team, days=100)
    Policy.objects.create(team=team, app=short, days=10)
    Policy.objects.create(team=team, app=never, days=None)
    rows = [aged(record, 50, app=owner) for owner in (app, short, never)]
    retention.sweep(NOW)
    assert [fresh(row).leaves_at is not None for row in rows] == [False, True, False]


def test_policy_does_not_affect_other_teams(record: Record, people: Any, team: Any) -> None:
    from apps.accounts.models import Team

    Policy.objects.create(team=Team.objects.exclude(pk=team.pk).get(), days=1)
    row = aged(record, 500)
    retention.sweep(NOW)
    assert fresh(row).leaves_at is None


@pytest.mark.parametrize("spare", ["kept", "policy gone", "policy longer"])
def test_announcement_is_withdrawn_when_it_no_longer_applies(record: Record, team: Any, spare: str) -> None:
    policy = Policy.objects.create(team=team, days=30)
    row = aged(record, 28)
    retention.sweep(NOW)
    if spare == "kept":
        Recording.objects.filter(pk=row.pk).update(kept=True)
    elif spare == "policy gone":
        policy.delete()
    else:
        Policy.objects.filter(pk=policy.pk).update(days=300)
    assert retention.sweep(NOW + 10 * DAY)["removed"] == 0
    assert fresh(row).leaves_at is None


def test_restored_recording_is_kept(record: Record, team: Any, api: Any) -> None:
    Policy.objects.create(team=team, days=30)
    row = aged(record, 60, removed_at=NOW)
    url = f"/api/v1/recordings/{row.pk}/restore/"
    assert api("producer").post(url).status_code == 403
    assert api("outsider").post(url).status_code == 404
    assert api("admin").post(url).json()["kept"] is True
    assert api("admin").post(url).status_code == 404  # it is not removed any more
    assert sum(retention.sweep(NOW + 90 * DAY).values()) == 0
    assert fresh(row).removed_at is None


def test_new_file_restores_a_removed_recording(record: Record) -> None:
    from apps.archive.files import store_files
    from apps.vendors.report import RecordedFile

    row = aged(record, 60, removed_at=NOW)
    store_files(row.task, [RecordedFile(url=f"{BUCKET}/late.mp4", format="mp4")])
    assert fresh(row).removed_at is None


def test_removal_is_in_the_audit_log(record: Record, team: Any) -> None:
    from auditlog.models import LogEntry

    row = aged(record, 60, leaves_at=NOW - DAY)
    Policy.objects.create(team=team, days=30)
    retention.sweep(NOW)
    changes = [entry.changes for entry in LogEntry.objects.get_for_object(row)]
    assert any("removed_at" in change for change in changes)
    assert LogEntry.objects.get_for_object(Policy.objects.get()).exists()


def test_policies_are_managed_over_rest(api: Any, team: Any, app: Any) -> None:
    admin = api("admin")
    created = admin.post(POLICIES, {"days": 30, "file_hosts": ["Media.Example.com", ".cdn.example.com"]})
    assert created.status_code == 201
    assert created.json()["file_hosts"] == [".cdn.example.com", "media.example.com"]
    assert admin.post(POLICIES, {"app": str(app.pk), "days": None}).status_code == 201
    assert len(admin.get(POLICIES).json()["results"]) == 2
    url = f"{POLICIES}{created.json()['id']}/"
    assert admin.patch(url, {"days": 60}).json()["days"] == 60
    assert api("outsider").patch(url, {"days": 1}).status_code == 404
    assert api("producer").get(POLICIES).status_code == 403
    assert admin.delete(url).status_code == 204
    assert Policy.objects.filter(team=team).count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"days": 0}, "/days"),
        ({"days": -5}, "/days"),
        ({"days": 36_501}, "/days"),
        ({"days": "month"}, "/days"),
        ({"days": 30, "app": "x"}, "/app"),
        ({"days": 30, "app": "00000000-0000-7000-8000-000000000000"}, "/app"),
        ({"file_hosts": ["localhost"]}, "/file_hosts"),
        ({"file_hosts": [".com"]}, "/file_hosts"),
        ({"file_hosts": ["https://media.example.com/"]}, "/file_hosts"),
        ({"file_hosts": "media.example.com"}, "/file_hosts"),
        ({"file_hosts": [f"h{n}.example.com" for n in range(21)]}, "/file_hosts"),
        ({"day": 3}, "/day"),
    ],
)
def test_bad_policy_is_named(api: Any, team: Any, body: dict[str, Any], field: str) -> None:
    answer = api("admin").post(POLICIES, body)
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["pointer"].startswith(field)
    assert not Policy.objects.exists()


def test_second_policy_of_the_same_scope_is_refused(api: Any, team: Any, app: Any) -> None:
    admin = api("admin")
    for body in ({"days": 30}, {"days": 30, "app": str(app.pk)}):
        assert admin.post(POLICIES, body).status_code == 201
        again = admin.post(POLICIES, body)
        assert again.status_code == 400
        assert again.json()["problems"][0]["pointer"] == "/app"


def test_recording_page_warns_and_keeps(browser: Any, record: Record, team: Any) -> None:
    Policy.objects.create(team=team, days=30)
    row = record(name="Old one", leaves_at=timezone.now() + 3 * DAY)
    client = browser("producer")
    assert "1 recording will soon be removed from the archive" in client.get("/recordings/").content.decode()
    assert "will be removed from the archive on" in client.get(f"/recordings/{row.pk}/").content.decode()
    client.post(f"/recordings/{row.pk}/change/", {"kept": "true"})
    assert (fresh(row).kept, row.leaves_at) == (True, None)
    assert "will soon be removed from the archive" not in client.get("/recordings/").content.decode()


def test_page_of_a_removed_recording_offers_to_restore_it(browser: Any, record: Record) -> None:
    row = record(name="Old one", removed_at=timezone.now())
    response = browser("viewer").get(f"/recordings/{row.pk}/")
    assert response.status_code == 410
    assert "removed from the archive" in response.content.decode()
    assert "/restore/" not in response.content.decode()
    assert "/restore/" in browser("admin").get(f"/recordings/{row.pk}/").content.decode()
    assert "All recordings were removed from the archive" in browser("viewer").get("/recordings/").content.decode()
