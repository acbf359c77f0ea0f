"""Account settings: name, language, zone, password, tokens, team."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


def person(people: dict[str, Any], role: str = "viewer") -> Any:
    people[role].refresh_from_db()
    return people[role]


def test_language_and_time_zone_are_those_of_the_account(
    browser: Callable[[str], Any], people: dict[str, Any], rows: dict[str, Any]
) -> None:
    ended = dt.datetime(2026, 3, 1, 20, 30, 15, tzinfo=dt.UTC)
    type(rows["done"]).objects.filter(pk=rows["done"].pk).update(ended_at=ended)
    viewer = browser("viewer")
    assert 'title="2026-03-01 20:30:15 UTC"' in viewer.get("/").content.decode()
    form = {"first_name": "王小明", "language": "zh-hans", "time_zone": "Asia/Shanghai"}
    assert viewer.post("/me/", form).status_code == 302
    page = viewer.get("/").content.decode()
    assert 'title="2026-03-02 04:30:15 CST"' in page
    assert 'lang="zh-hans"' in page
    assert "王小明" in page
    assert person(people).time_zone == "Asia/Shanghai"


def test_time_zone_of_the_browser_is_the_default(
    browser: Callable[[str], Any], people: dict[str, Any], rows: dict[str, Any]
) -> None:
    ended = dt.datetime(2026, 3, 1, 20, 30, 15, tzinfo=dt.UTC)
    type(rows["done"]).objects.filter(pk=rows["done"].pk).update(ended_at=ended)
    viewer = browser("viewer")
    for cookie, expected in (
        ("America%2FNew_York", "15:30:15 EST"),  # as static/src/behaviors/zone.ts writes it
        ("America/New_York", "15:30:15 EST"),
        ("../../etc/passwd", "20:30:15 UTC"),
        ("..%2F..%2Fetc%2Fpasswd", "20:30:15 UTC"),
        ("Asia", "20:30:15 UTC"),
    ):
        viewer.cookies["quadbox-zone"] = cookie
        assert expected in viewer.get("/").content.decode()


@pytest.mark.parametrize(
    "form",
    [{"language": "xx"}, {"time_zone": "Mars/Olympus"}, {"first_name": "x" * 61}],
)
def test_bad_account_setting_is_refused_at_its_field(
    browser: Callable[[str], Any], people: dict[str, Any], form: dict[str, str]
) -> None:
    answer = browser("viewer").post("/me/", {"first_name": "A", "language": "", "time_zone": "", **form})
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode()
    assert person(people).first_name == ""


def test_new_password_signs_out_other_browsers(browser: Callable[[str], Any], people: dict[str, Any]) -> None:
    here, there = browser("viewer"), browser("viewer")
    new = {"old_password": "right horse", "new_password1": "a longer staple 9", "new_password2": "a longer staple 9"}
    assert "invalid-feedback" in here.post("/me/password/", {**new, "old_password": "no"}).content.decode()
    assert person(people).check_password("right horse")
    assert here.post("/me/password/", new).status_code == 302
    assert person(people).check_password("a longer staple 9")
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


def test_token_is_shown_once_works_and_is_revoked(browser: Callable[[str], Any], people: dict[str, Any]) -> None:
    from rest_framework.test import APIClient

    producer = browser("producer")
    answer = producer.post("/me/tokens/", {"name": "Playout"})
    assert answer.headers["Cache-Control"] == "no-store"
    key = re.findall(r'data-copy="([^"]+)"', answer.content.decode())[0]
    page = producer.get("/me/").content.decode()
    assert "Playout" in page
    assert key not in page
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    assert api.get("/api/v1/layouts/").status_code == 200
    token = person(people, "producer").api_tokens.get()
    assert browser("admin").post(f"/me/tokens/{token.pk}/revoke/").status_code == 404
    assert producer.post(f"/me/tokens/{token.pk}/revoke/").status_code == 302
    assert api.get("/api/v1/layouts/").status_code == 401
    assert "invalid-feedback" in producer.post("/me/tokens/", {"name": ""}).content.decode()


def test_user_of_two_teams_sees_the_chosen_one(
    browser: Callable[[str], Any], people: dict[str, Any], rows: dict[str, Any]
) -> None:
    from apps.accounts.models import Membership, Team

    other = Team.objects.get(name="Others")
    viewer = browser("viewer")
    viewer.post("/me/team/", {"team": str(other.pk)})  # not theirs
    assert rows["layout"].name in viewer.get("/layouts/").content.decode()
    Membership.objects.create(team=other, user=people["viewer"], role="admin")
    page = viewer.get("/layouts/").content.decode()
    assert f'value="{other.pk}"' in page
    assert "/settings/apps/" not in page
    viewer.post("/me/team/", {"team": str(other.pk)})
    page = viewer.get("/layouts/").content.decode()
    assert str(rows["layout"].pk) not in page
    assert "/settings/apps/" in page  # the role is that of the other team
    viewer.post("/me/team/", {"team": "nonsense"})
    assert str(rows["layout"].pk) not in viewer.get("/layouts/").content.decode()


def test_relative_times_are_words() -> None:
    from apps.core.templatetags import moments

    def said(**ago: float) -> str:
        return moments.age_in_words(timezone.now() - dt.timedelta(**ago))

    assert [said(seconds=4), said(seconds=-9), said(minutes=3), said(hours=5), said(days=1), said(days=40)] == [
        "4 sec. ago",
        "0 sec. ago",
        "3 min. ago",
        "5 hr. ago",
        "1 day ago",
        "40 days ago",
    ]
    assert [moments.clock(75.4), moments.clock(3675), moments.clock(-1)] == ["1:15", "1:01:15", "0:00"]
    assert "is-stale" in moments.ago(timezone.now() - dt.timedelta(seconds=61), 60)
    assert "is-stale" not in moments.ago(timezone.now(), 60)
    assert moments.ago(None) == moments.uptime(None) == ""
