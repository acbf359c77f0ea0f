"""Files of a recording: each is stored once, and better announcements of a known file update it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from apps.archive.files import store_files
from apps.vendors.report import RecordedFile
from tests.archive.conftest import BUCKET, at

pytestmark = pytest.mark.django_db
Record = Callable[..., Any]
FILE = f"{BUCKET}/a.mp4"


@pytest.fixture(autouse=True)
def redis(redis_server: str) -> None:
    """For messages to browsers."""


def signed(url: str, expires: int, signature: str = "x") -> str:
    """As OSS signs (V1)."""
    return f"{url}?OSSAccessKeyId=STS.1&Expires={expires}&Signature={signature}"


def files_over_rest(api: Any, row: Any) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = api("viewer").get(f"/api/v1/recordings/{row.pk}/").json()["files"]
    return files


def test_renewed_link_replaces_the_expired_one(api: Any, record: Record) -> None:
    row = record(files=(signed(FILE, 1_800_000_000),))
    row.files.update(missing_at=timezone.now())
    renewed = signed(FILE, 1_900_000_000, "y")
    store_files(row.task, [RecordedFile(url=renewed, format="mp4")])
    [file] = files_over_rest(api, row)
    assert (file["url"], file["missing_at"]) == (renewed, None)
    row.refresh_from_db()
    assert row.poster_due_at is not None  # the file is read again


def test_link_that_expires_earlier_is_ignored(api: Any, record: Record) -> None:
    row = record(files=(current := signed(FILE, 1_900_000_000),))
    store_files(row.task, [RecordedFile(url=signed(FILE, 1_800_000_000), format="mp4")])
    assert [file["url"] for file in files_over_rest(api, row)] == [current]


def test_later_size_duration_and_end_replace_what_is_known(api: Any, record: Record) -> None:
    row = record(began="2026-03-01 10:00", seconds=10.0, files=(FILE,))
    news = RecordedFile(url=FILE, format="mp4", bytes=5_000, duration=60.0, ended_at=at("2026-03-01 10:01"))
    store_files(row.task, [news])
    [file] = files_over_rest(api, row)
    assert (file["bytes"], file["duration"], file["started_at"], file["ended_at"]) == (
        5_000, 60.0, "2026-03-01T10:00:00Z", "2026-03-01T10:01:00Z",
    )  # fmt: skip
    row.refresh_from_db()
    assert row.duration == 60.0


@pytest.mark.parametrize(
    "news",
    [RecordedFile(format="mp4", url=FILE, bytes=10, duration=1.0), RecordedFile(format="mp4", url=FILE)],
    ids=["earlier announcement", "without values"],
)
def test_announcement_with_less_changes_nothing(api: Any, record: Record, news: RecordedFile) -> None:
    row = record(seconds=60.0, files=(FILE,))
    row.files.update(bytes=5_000)
    store_files(row.task, [news])
    [file] = files_over_rest(api, row)
    assert (file["bytes"], file["duration"]) == (5_000, 60.0)


def test_file_is_identified_by_the_vendors_id(api: Any, record: Record) -> None:
    row = record(files=())
    store_files(
        row.task,
        [RecordedFile(format="mp4", url=FILE, vendor_file_id="f-1"), RecordedFile(format="mp4", url=f"{BUCKET}/b.mp4")],
    )
    moved = "https://other.example.com/a.mp4"
    store_files(row.task, [RecordedFile(format="mp4", url=moved, vendor_file_id="f-1")])
    assert sorted(file["url"] for file in files_over_rest(api, row)) == sorted([moved, f"{BUCKET}/b.mp4"])


def test_link_of_another_file_is_not_taken_over(api: Any, record: Record) -> None:
    row = record(files=())
    store_files(
        row.task,
        [RecordedFile(format="mp4", url=FILE, vendor_file_id="f-1"), RecordedFile(format="mp4", url=f"{BUCKET}/b.mp4")],
    )
    store_files(row.task, [RecordedFile(format="mp4", url=f"{BUCKET}/b.mp4", vendor_file_id="f-1", bytes=7)])
    assert sorted((file["url"], file["bytes"]) for file in files_over_rest(api, row)) == [
        (FILE, 7), (f"{BUCKET}/b.mp4", None),
    ]  # fmt: skip


def test_files_with_different_url_parameters_are_distinct(api: Any, record: Record) -> None:
    row = record(files=())
    urls = [f"https://files.example.com/get?name={name}.mp4&Expires=1800000000" for name in "ab"]
    store_files(row.task, [RecordedFile(url=url, format="mp4") for url in urls])
    assert [file["url"] for file in files_over_rest(api, row)] == urls


def test_try_again_checks_a_missing_file(browser: Any, record: Record) -> None:
    row = record()
    client = browser("viewer")
    assert client.post(f"/recordings/{row.pk}/check/").status_code == 204
    row.refresh_from_db()
    assert row.poster_due_at is None  # nothing is missing
    row.files.update(missing_at=timezone.now() - dt.timedelta(days=20))
    client.post(f"/recordings/{row.pk}/check/")
    row.refresh_from_db()
    assert row.poster_due_at is not None
