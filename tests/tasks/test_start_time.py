"""Start times: of the person's clock on the page, with an offset over REST."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.tasks.models import Task
from apps.tasks.pages import start_time

NEW_YORK, SHANGHAI = "America/New_York", "Asia/Shanghai"


@pytest.mark.parametrize(
    ("zone", "text", "fold", "expected"),
    [
        (NEW_YORK, "2027-01-10T02:30", "", "2027-01-10T07:30:00+00:00"),
        (NEW_YORK, "2027-07-10T02:30", "", "2027-07-10T06:30:00+00:00"),
        (NEW_YORK, "2027-11-07T01:30", "0", "2027-11-07T05:30:00+00:00"),
        (NEW_YORK, "2027-11-07T01:30", "1", "2027-11-07T06:30:00+00:00"),
        (SHANGHAI, "2027-11-07T01:30", "", "2027-11-06T17:30:00+00:00"),
    ],
)
def test_a_local_time_is_the_moment_on_the_clock_there(zone: str, text: str, fold: str, expected: str) -> None:
    with timezone.override(zone):
        start = start_time.read(text, fold)
    assert (start.problem, start.instant) == (None, dt.datetime.fromisoformat(expected))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2027-03-14T02:30", "no_such_time"),
        ("2027-11-07T01:30", "ambiguous_time"),
        ("9999-12-31T23:59", "out_of_range"),
        ("1999-01-01T00:00", "out_of_range"),
        ("tomorrow", "invalid"),
        ("2027-02-30T10:00", "invalid"),
    ],
)
def test_a_time_that_names_no_one_moment_is_a_problem(text: str, code: str) -> None:
    with timezone.override(NEW_YORK):
        start = start_time.read(text)
    assert start.instant is None
    assert start.problem is not None
    assert (start.problem.pointer, start.problem.code) == ("/starts_at", code)
    assert bool(start.choices) is (code == "ambiguous_time")


@pytest.mark.django_db(transaction=True)
def test_the_page_offers_both_times_when_the_clocks_go_back(
    app: Any, layout: Any, people: dict[str, Any], sign_in: Callable[[str], Client]
) -> None:
    people["producer"].time_zone = NEW_YORK
    people["producer"].save()
    form = {
        "target": f"{app.pk}/volcengine-push",
        "layout": str(layout.pk),
        "room": "studio",
        "push_url": "rtmp://push.example.com/live/one",
        "slot:host": "anna",
        "starts_at": "2027-11-07T01:30",
    }
    client = sign_in("producer")
    preview = client.post("/tasks/new/plan/", form).content.decode()
    assert "UTC-04:00" in preview
    assert "UTC-05:00" in preview
    refused = client.post("/tasks/new/", form)
    assert refused.status_code == 200
    assert 'name="starts_at_fold" value="1"' in refused.content.decode()
    assert client.post("/tasks/new/", {**form, "starts_at_fold": "1"}).status_code == 302
    assert Task.objects.get().starts_at == dt.datetime(2027, 11, 7, 6, 30, tzinfo=dt.UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("2027-11-07T01:30:00", 400),
        ("2027-11-07T01:30:00-05:00", 201),
        ("2027-11-07T06:30:00Z", 201),
        ("9999-12-31T23:59:00Z", 400),
        (1_900_000_000, 400),
        (None, 201),
    ],
)
def test_rest_wants_the_offset(api: Callable[..., Any], body: dict[str, Any], text: Any, status: int) -> None:
    response = api("producer").post("/api/v1/tasks/", {**body, "starts_at": text}, format="json")
    assert response.status_code == status
    if status == 400:
        assert response.json()["problems"][0]["pointer"] == "/starts_at"
