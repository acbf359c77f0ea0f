"""What is asked by whoever starts a process, and by whoever watches the house."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from typing import Any

import pytest
from django.core.cache import cache

from apps.core import diagnosis, health, jobs, skew
from apps.vendors.http import VendorHttp
from apps.vendors.types import Reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_server")]


def test_a_silent_worker_is_told_apart_from_a_process_that_cannot_serve(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.delete(health.HEARTBEAT)
    assert client.get("/healthz").status_code == 200
    silent = client.get("/health/")
    assert (silent.status_code, silent.json()) == (503, {"database": "ok", "redis": "ok", "worker": "silent"})
    jobs.heartbeat()
    alive = client.get("/health/")
    assert (alive.status_code, alive.json()["worker"]) == (200, "ok")
    later = health.time.time() + health.SILENT_AFTER + 1
    monkeypatch.setattr(health.time, "time", lambda: later)
    assert client.get("/health/").json()["worker"] == "silent"


def test_redis_away(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(health.cache, "get", away)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "redis": "unreachable", "worker": "unknown"})


def found() -> dict[str, diagnosis.Finding]:
    return {one.name: one for one in diagnosis.look()}


def test_the_doctor_knows_of_misspelt_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found()["environment"].ok
    monkeypatch.setenv("SANDBOX_MAX_MIXER", "3")
    one = found()["environment"]
    assert not one.ok
    assert "SANDBOX_MAX_MIXER is no setting" in one.detail


@pytest.mark.parametrize(("late", "said"), [(0, ""), (-50, ""), (95, "95 s ahead of"), (-95, "95 s behind")])
def test_the_doctor_compares_clocks_with_the_clouds(
    team: Any, monkeypatch: pytest.MonkeyPatch, late: int, said: str
) -> None:
    """By the Date of an answer, also of one that refuses; not by a gateway's or the sandbox's."""
    from apps.credentials import services
    from apps.credentials.models import Credential

    now = dt.datetime(2026, 3, 1, 12, 0, 0, tzinfo=dt.UTC)
    theirs = format_datetime(now - dt.timedelta(seconds=late), usegmt=True)
    monkeypatch.setattr(services, "utc_now", lambda: now)
    monkeypatch.setattr(VendorHttp, "send", lambda *args: Reply(403, {"date": theirs}, b"{}", {}))
    keys = Credential.objects.create(
        team=team, name="Keys", vendor="agora", keys={"customer_id": "a", "customer_secret": "b"},
        endpoints={"agora-transcoder": "http://127.0.0.1:9/"},
    )  # fmt: skip
    cache.delete(skew.KEY)
    assert not services.test_credential(keys).ok
    assert found()["clock"].ok
    keys.endpoints = {}
    assert not services.test_credential(keys).ok
    assert found()["clock"].ok is not bool(said)
    assert said in found()["clock"].detail


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 01 Mar 2026 12:00:00 -0000"])
def test_an_answer_without_a_date_says_nothing_of_the_clock(date: str) -> None:
    cache.set(skew.KEY, 7)
    skew.note({"date": date}, dt.datetime.now(dt.UTC))
    assert skew.seconds() == 7


def test_the_doctor_looks_at_production(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMBEDDED, settings.SANDBOX, settings.SANDBOX_CONTROL_OPEN = False, True, True
    settings.FILES_GRACE_SECONDS = 10
    monkeypatch.setenv("WEB_WORKERS", "2")
    now = found()
    assert "WEB_WORKERS=1" in now["sandbox"].detail
    assert "FILES_GRACE_SECONDS" in now["tasks"].detail
    assert "first_admin" in now["people"].detail
    settings.SANDBOX = False
    settings.FILES_GRACE_SECONDS = 900
    now = found()
    assert now["sandbox"].ok
    assert now["tasks"].ok
