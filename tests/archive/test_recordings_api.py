"""recordings/ over REST: search, paging, playback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.archive.conftest import BUCKET, make_app

pytestmark = pytest.mark.django_db
URL = "/api/v1/recordings/"
Api = Callable[..., Any]
Record = Callable[..., Any]


def names(client: Any, query: str = "") -> list[str]:
    answer = client.get(f"{URL}{query}")
    assert answer.status_code == 200, answer.content
    return [result["name"] for result in answer.json()["results"]]


def test_recording_row_is_complete(api: Api, record: Record) -> None:
    row = record(name="Interview", began="2026-03-01 10:00", seconds=75.4, room="studio")
    body = api("viewer").get(f"{URL}{row.pk}/").json()
    assert body["task"] == str(row.task_id)
    assert (body["name"], body["room"], body["product"]) == ("Interview", "studio", "aliyun-rtc-record")
    assert (body["app"], body["layout"]) == (str(row.task.app_id), None)
    assert (body["duration"], body["started_at"]) == (75.4, "2026-03-01T10:00:00Z")
    assert [(file["url"], file["format"], file["duration"]) for file in body["files"]] == [
        (f"{BUCKET}/0/index.m3u8", "m3u8", 75.4)
    ]
    assert (body["poster"], body["poster_source"], body["kept"], body["leaves_at"]) == ("", "", False, None)


def test_recordings_are_newest_first_and_paged(api: Api, record: Record) -> None:
    names = [record().name for _ in range(7)]
    client, seen, url = api("viewer"), [], f"{URL}?page_size=3"
    while url:
        page = client.get(url).json()
        seen.append([result["name"] for result in page["results"]])
        record(name="late")  # what comes meanwhile moves no page
        url = page["next"]
    assert seen == [names[:3:-1], names[3:0:-1], names[:1]]


@pytest.mark.parametrize(
    ("ordering", "names"),
    [("-duration", ["b", "a", "c", "d"]), ("duration", ["d", "c", "a", "b"]), ("id", ["a", "b", "c", "d"])],
)
def test_orderings_hold_over_pages(api: Api, record: Record, ordering: str, names: list[str]) -> None:
    for name, seconds in (("a", 20.0), ("b", 90.0), ("c", 20.0), ("d", None)):
        record(name=name, seconds=seconds)
    client, seen, url = api("viewer"), [], f"{URL}?page_size=2&ordering={ordering}"
    while url:
        page = client.get(url).json()
        seen += [result["name"] for result in page["results"]]
        url = page["next"]
    if ordering == "-duration":
        assert seen in (names, ["b", "c", "a", "d"])  # of equal length either may come first
        assert len(seen) == 4
    else:
        assert sorted(seen) == sorted(names)
        assert seen[0] == names[0]
        assert seen[-1] == names[-1]


def test_filters(api: Api, record: Record, team: Any) -> None:
    from apps.layouts.services import create_layout
    from tests.tasks.conftest import DOCUMENT

    other = make_app(team, "Second")
    layout = create_layout(team=team, user=None, name="Two", document=DOCUMENT)
    record(name="a", room="lobby", seconds=10)
    row = record(name="b", room="studio", seconds=100, app=other, layout=layout)
    record(name="c", room="studio-2", product="volcengine-push", seconds=None)
    client = api("viewer")
    assert names(client, "?room=studio") == ["b"]
    assert names(client, f"?app={other.pk}") == ["b"]
    assert names(client, f"?layout={layout.pk}") == ["b"]
    assert names(client, f"?task={row.task_id}") == ["b"]
    assert names(client, "?product=volcengine-push") == ["c"]
    assert names(client, "?q=STUDIO") == ["c", "b"]
    assert names(client, "?q=nothing") == []
    assert names(client, "?min_duration=50") == ["b"]
    assert names(client, "?max_duration=50.5") == ["a"]
    assert names(client, "?room=studio&q=b&min_duration=1") == ["b"]


def test_day_filters_use_the_time_zone_of_the_user(api: Api, record: Record, people: dict[str, Any]) -> None:
    record(name="evening", began="2026-03-01 15:30")  # 23:30 in Shanghai
    record(name="night", began="2026-03-01 16:30")  # 00:30 of the next day there
    client = api("viewer")
    assert names(client, "?from=2026-03-01&to=2026-03-01") == ["night", "evening"]
    assert names(client, "?from=2026-03-02") == []
    people["viewer"].time_zone = "Asia/Shanghai"
    people["viewer"].save()
    assert names(client, "?from=2026-03-01&to=2026-03-01") == ["evening"]
    assert names(client, "?from=2026-03-02&to=2026-03-02") == ["night"]
    assert names(client, "?to=2026-02-28") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "from"),
        ("from=2026-02-30", "from"),
        ("to=03/01/2026", "to"),
        ("to=9999-12-31", "to"),
        ("from=0001-01-01", "from"),
        ("from=2026-03-02&to=2026-03-01", "to"),
        ("min_duration=-1", "min_duration"),
        ("max_duration=long", "max_duration"),
        ("max_duration=NaN", "max_duration"),
        ("min_duration=9&max_duration=8", "max_duration"),
        ("app=1", "app"),
        ("task=x", "task"),
        ("layout=-", "layout"),
        ("product=no-such-cloud", "product"),
        ("q=%00", "q"),
        ("q=" + "x" * 201, "q"),
        ("room=%00", "room"),
        ("ordering=name", "ordering"),
        ("ordering=poster", "ordering"),
    ],
)
def test_bad_filter_is_named(api: Api, record: Record, query: str, field: str) -> None:
    record()
    answer = api("viewer").get(f"{URL}?{query}")
    assert answer.status_code == 400
    assert [problem["pointer"] for problem in answer.json()["problems"]] == [f"/{field}"]
    assert answer.json()["problems"][0]["message"]


def test_invented_cursor_is_not_found(api: Api, record: Record) -> None:
    record()
    assert api("viewer").get(f"{URL}?cursor=cD1ub3RhbmlkZW50aWZpZXI=").status_code == 404


def test_play_answers_the_best_format_for_browsers(api: Api, record: Record) -> None:
    row = record(files=(f"{BUCKET}/a.flv", f"{BUCKET}/a.mp4", f"{BUCKET}/a.m3u8", f"{BUCKET}/b.m3u8"))
    body = api("viewer").get(f"{URL}{row.pk}/play/").json()
    assert body == {
        "url": f"{BUCKET}/a.m3u8",
        "format": "m3u8",
        "parts": [f"{BUCKET}/a.m3u8", f"{BUCKET}/b.m3u8"],
    }


@pytest.mark.parametrize("files", [(), (f"{BUCKET}/a.flv",), ("javascript:alert(1).mp4",)])
def test_play_without_a_playable_file_is_not_found(api: Api, record: Record, files: tuple[str, ...]) -> None:
    answer = api("viewer").get(f"{URL}{record(files=files).pk}/play/")
    assert answer.status_code == 404
    assert "no file that browsers can play" in answer.json()["detail"]


def test_recordings_of_another_team_are_not_found(api: Api, record: Record, media: Any) -> None:
    row = record()
    client = api("outsider")
    assert names(client) == []
    for path in ("", "play/", "poster/", "shares/"):
        assert client.get(f"{URL}{row.pk}/{path}").status_code == 404
    assert client.post(f"{URL}{row.pk}/share/").status_code == 404
    assert client.patch(f"{URL}{row.pk}/", {"kept": True}).status_code == 404
    row.refresh_from_db()
    assert (row.kept, row.share_links.count()) == (False, 0)


def test_removed_recording_is_not_found(api: Api, record: Record) -> None:
    from django.utils import timezone

    row = record(removed_at=timezone.now())
    client = api("admin")
    assert names(client) == []
    assert client.get(f"{URL}{row.pk}/").status_code == 404
    assert client.get(f"{URL}{row.pk}/play/").status_code == 404
    assert client.post(f"{URL}{row.pk}/share/").status_code == 404


def test_name_and_kept_can_be_changed(api: Api, record: Record) -> None:
    row = record()
    answer = api("producer").patch(f"{URL}{row.pk}/", {"name": "夜间新闻", "kept": True})
    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["kept"]) == ("夜间新闻", True)
    assert api("viewer").patch(f"{URL}{row.pk}/", {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x" * 121}, "name"),
        ({"name": ["x"]}, "name"),
        ({"name": ""}, "name"),
        ({"kept": "perhaps"}, "kept"),
        ({"poster": "x"}, "poster"),
        ({"duration": -1}, "duration"),
    ],
)
def test_bad_change_is_named(api: Api, record: Record, body: dict[str, Any], field: str) -> None:
    row = record(name="Before")
    answer = api("producer").patch(f"{URL}{row.pk}/", body)
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["pointer"] == f"/{field}"
    row.refresh_from_db()
    assert (row.name, row.kept) == ("Before", False)
