"""The list of recordings and the player page: filters, calendar, empty states, chapters, missing files."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone, translation

from apps.archive import selectors
from apps.archive.models import Recording, RecordingFile
from apps.archive.pages.chapters import chapters
from apps.tasks.models import Task, TaskEvent
from tests.archive.conftest import BUCKET, at
from tests.tasks.conftest import DOCUMENT

pytestmark = pytest.mark.django_db
Record = Callable[..., Any]
LONG = "国际直播间夜间新闻联播特别节目第一期现场连线嘉宾访谈与观众互动环节回放录制画面布局方案甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"


def page(client: Any, query: str = "") -> str:
    answer = client.get(f"/recordings/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def titles(text: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]*" title="([^"]*)"', text)


def chips(text: str) -> dict[str, str]:
    """Words → the address without the filter."""
    links = re.findall(r'<a class="qb-chip" href="([^"]*)"[^>]*><span>([^<]*)<b>([^<]*)</b>', text)
    return {name + value: url.replace("&amp;", "&") for url, name, value in links}


def test_filters_are_shown_as_removable_chips(browser: Any, record: Record) -> None:
    record(name="a", room="studio", began="2026-03-01 10:00")
    record(name="b", room="lobby", began="2026-03-01 10:00")
    client = browser("viewer")
    text = page(client, "?room=studio&from=2026-03-01&to=2026-03-01&q=&month=2026-03")
    assert titles(text) == ["a"]
    links = chips(text)
    assert links["Room: studio"] == "/recordings/?from=2026-03-01&to=2026-03-01"
    assert links["Day: March 1, 2026"] == "/recordings/?room=studio"
    assert titles(page(client, links["Room: studio"].removeprefix("/recordings/"))) == ["b", "a"]


def test_bad_filter_is_named_and_ignored(browser: Any, record: Record) -> None:
    record(name="a")
    text = page(browser("viewer"), "?from=yesterday&min_duration=-1&room=lobby")
    assert "<code>/from</code>" in text
    assert "<code>/min_duration</code>" in text
    assert titles(text) == ["a"]
    assert list(chips(text)) == ["Room: lobby"]


def test_empty_result_names_the_filters_to_remove(browser: Any, record: Record) -> None:
    record(room="studio", began="2026-03-01 10:00")
    record(room="studio", began="2026-03-02 10:00")
    text = page(browser("viewer"), "?room=studio&from=2026-04-01&to=2026-04-30")
    assert "No matching recordings" in text
    assert "April 1, 2026 – April 30, 2026</b> → 2" in text
    assert "Room: <b>studio</b> →" not in text  # without the room there would be no more
    assert "There are 2 recordings in total." in page(browser("viewer"), "?room=a&q=b")


def test_empty_archive_explains_the_next_step(browser: Any) -> None:
    assert 'href="/tasks/new/"' in page(browser("producer"))
    text = page(browser("viewer"))
    assert "No recording yet" in text
    assert '<a class="btn btn-primary" href="/tasks/new/">' not in text


def test_calendar_counts_days_in_the_time_zone_of_the_user(
    browser: Any, record: Record, people: dict[str, Any]
) -> None:
    people["viewer"].time_zone = "Asia/Shanghai"
    people["viewer"].save()
    for hour in ("15:00", "16:30", "17:00"):  # the last two are the next day in Shanghai
        record(began=f"2026-03-01 {hour}")
    record(began="2026-03-20 01:00", room="other")
    text = page(browser("viewer"), "?month=2026-03")
    labels = dict(re.findall(r'data-day="([^"]*)"[^>]*aria-label="[^:]*: ([^"]*)"', text))
    assert len(labels) == 31
    assert {day: label for day, label in labels.items() if label != "0 recordings"} == {
        "2026-03-01": "1 recording",
        "2026-03-02": "2 recordings",
        "2026-03-20": "1 recording",
    }
    assert "4 recordings this month" in text
    assert "1 recording this month" in page(browser("viewer"), "?month=2026-03&room=other&from=2026-03-05")


def test_first_day_of_the_week_follows_the_language(browser: Any, record: Record, people: dict[str, Any]) -> None:
    first = re.compile(r"<thead><tr><th[^>]*abbr=\"([^\"]*)\"")
    assert first.search(page(browser("viewer"), "?month=2026-03"))[1] == "Sunday"  # type: ignore[index]
    people["viewer"].language = "zh-hans"
    people["viewer"].save()
    text = page(browser("viewer"), "?month=2026-03")
    assert first.search(text)[1] == "星期一"  # type: ignore[index]
    assert "2026年3月" in text


@pytest.mark.parametrize("month", ["2026-13", "x", "0000-01", "9999-12", "2026-03-01"])
def test_bad_month_is_the_current_month(browser: Any, record: Record, month: str) -> None:
    assert timezone.localdate().isoformat() in page(browser("viewer"), f"?month={month}")


def test_chosen_day_is_marked_and_links_back(browser: Any, record: Record) -> None:
    record(began="2026-03-05 10:00")
    text = page(browser("viewer"), "?from=2026-03-05&to=2026-03-05")
    marked = re.findall(r'<a href="([^"]*)"[^>]*data-day="([^"]*)" aria-current="date"', text)
    assert marked == [("/recordings/", "2026-03-05")]


def test_list_view_is_remembered(browser: Any, record: Record) -> None:
    record()
    client = browser("viewer")
    assert "qb-recs is-list" not in page(client)
    client.cookies["recordings_view"] = "list"
    assert "qb-recs is-list" in page(client)


def test_list_of_two_thousand_recordings_has_few_queries(browser: Any, team: Any, app: Any, capsys: Any) -> None:
    tasks = [
        Task(team=team, app=app, product="aliyun-rtc-record", document=DOCUMENT, room=f"room-{n}", name=LONG)
        for n in range(2000)
    ]
    Task.objects.bulk_create(tasks)
    now = timezone.now()
    rows = [
        Recording(team=team, task=task, name=f"{LONG[:56]}{n:04}", duration=60, recorded_at=now - dt.timedelta(hours=n))
        for n, task in enumerate(tasks)
    ]
    Recording.objects.bulk_create(rows)
    RecordingFile.objects.bulk_create(
        RecordingFile(recording=row, url=f"{BUCKET}/{n}.m3u8", format="m3u8") for n, row in enumerate(rows)
    )
    client = browser("viewer")
    client.get("/recordings/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = time.perf_counter()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        text = page(client)
    seconds = time.perf_counter() - begun
    with capsys.disabled():
        print(f"\n2,000 recordings: {len(queries)} queries, {seconds * 1000:.0f} ms")
    assert len(titles(text)) == 24
    assert len(queries) < 25  # none for each row


def test_player_page_has_parts_facts_and_links(browser: Any, record: Record) -> None:
    row = record(name=LONG, began="2026-03-01 10:00", files=(f"{BUCKET}/a.m3u8", f"{BUCKET}/b.m3u8", f"{BUCKET}/c.flv"))
    row.files.filter(url__endswith="c.flv").update(bytes=3 * 1024 * 1024, vendor_file_id="c-1")
    text = browser("viewer").get(f"/recordings/{row.pk}/").content.decode()
    parts = re.search(r'<script id="parts"[^>]*>(.*?)</script>', text)
    assert parts is not None
    assert parts[1].count('"url"') == 2
    for words in (LONG, "anna", "lobby", "Aliyun RTC cloud recording", f"/tasks/{row.task_id}/", "c-1", "3.0", "FLV"):
        assert words in text
    assert "data-dialog" not in text  # a viewer shares nothing
    assert "Part 2" in text


def test_unsafe_urls_are_not_linked(browser: Any, record: Record) -> None:
    row = record(files=("javascript:alert(1).mp4",))
    text = browser("viewer").get(f"/recordings/{row.pk}/").content.decode()
    assert 'href="javascript' not in text
    assert 'id="parts"' not in text


@pytest.mark.parametrize(
    ("files", "words"),
    [((), "No files yet"), ((f"{BUCKET}/a.flv",), "Browsers cannot play these files")],
)
def test_unplayable_recording_shows_why(browser: Any, record: Record, files: Any, words: str) -> None:
    text = browser("viewer").get(f"/recordings/{record(files=files).pk}/").content.decode()
    assert words in text
    assert "<video" not in text


def test_missing_file_is_shown_at_once(browser: Any, record: Record) -> None:
    row = record()
    url = f"/recordings/{row.pk}/"
    client = browser("viewer")
    assert re.search(r'class="qb-gone"[^>]*hidden', client.get(url).content.decode())
    row.files.update(missing_at=timezone.now())
    text = client.get(url).content.decode()
    assert not re.search(r'class="qb-gone"[^>]*hidden', text)
    assert "deleted at the cloud" in text
    assert "File unavailable" in page(client)


def event(row: Any, kind: str, moment: str, **data: Any) -> None:
    row_ = TaskEvent.objects.create(task=row.task, kind=kind, data=data)
    TaskEvent.objects.filter(pk=row_.pk).update(at=at(moment))


def test_chapters_are_read_from_the_ledger(record: Record, team: Any) -> None:
    from apps.layouts.services import create_layout

    layout = create_layout(team=team, user=None, name="Interview", document=DOCUMENT)
    row = record(began="2026-03-01 10:00", seconds=60, files=(f"{BUCKET}/a.m3u8", f"{BUCKET}/b.m3u8"))
    row.files.filter(url__endswith="b.m3u8").update(started_at=at("2026-03-01 10:02"))  # a minute is missing between
    wish = {"layout": str(layout.pk), "version": 3}
    event(row, "wish", "2026-03-01 09:59", generation=1)
    event(row, "answer", "2026-03-01 09:59", status=200)
    event(row, "wish", "2026-03-01 10:00", **wish, people=["bo", "chen"])
    event(row, "answer", "2026-03-01 10:00:30", status=200)
    event(row, "wish", "2026-03-01 10:00", **wish)
    event(row, "answer", "2026-03-01 10:00:40", status=400)  # refused: nothing changed
    event(row, "wish", "2026-03-01 10:01", **wish)
    event(row, "answer", "2026-03-01 10:01:30", status=200)  # between the parts: not recorded
    event(row, "wish", "2026-03-01 10:02", **wish)
    event(row, "answer", "2026-03-01 10:02:15", status=200)
    with translation.override("en"):
        result = chapters(row, selectors.parts(row))
    assert [(chapter.title, chapter.seconds, chapter.part, chapter.at, chapter.clock) for chapter in result] == [
        ("Start", 0, 0, 0, "0:00"),
        ("Interview, version 3 · bo, chen", 30, 0, 30, "0:30"),
        ("Part 2", 60, 1, 0, "1:00"),
        ("Interview, version 3", 75, 1, 15, "1:15"),
    ]
