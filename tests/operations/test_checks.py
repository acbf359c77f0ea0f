"""The health probes and the checks of `manage.py doctor`."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import features

from apps.core import clock_skew
from apps.core.version import VERSION
from apps.operations import heartbeat, jobs, service_checks
from apps.operations.check import Outcome
from apps.operations.registry import CHECKS
from apps.preview import fonts
from apps.vendors.http import VendorHttp
from apps.vendors.types import Reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_server")]


def test_health_reports_a_silent_worker_and_healthz_does_not(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.delete(heartbeat.KEY)
    assert client.get("/healthz").status_code == 200
    silent = client.get("/health/")
    assert (silent.status_code, silent.json()) == (
        503,
        {"database": "ok", "redis": "ok", "worker": "silent", "version": VERSION},
    )
    jobs.heartbeat()
    alive = client.get("/health/")
    assert (alive.status_code, alive.json()["worker"]) == (200, "ok")
    later = heartbeat.time.time() + heartbeat.MAX_AGE + 1
    monkeypatch.setattr(heartbeat.time, "time", lambda: later)
    assert client.get("/health/").json()["worker"] == "silent"


def test_health_without_redis(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(heartbeat.cache, "get", refuse)
    monkeypatch.setattr(service_checks.redis.Redis, "info", refuse)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {
        "database": "ok", "redis": "unreachable", "worker": "unknown", "version": VERSION,
    }  # fmt: skip


def outcomes() -> dict[str, Outcome]:
    return {id: check.outcome() for id, check in CHECKS.items()}


def text(outcome: Outcome) -> str:
    return f"{outcome.detail} {outcome.advice}"


def test_doctor_names_misspelt_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcomes()["environment"].ok
    monkeypatch.setenv("SANDBOX_MAX_MIXER", "3")
    outcome = outcomes()["environment"]
    assert not outcome.ok
    assert "Unknown settings: SANDBOX_MAX_MIXER." in outcome.detail


@pytest.mark.parametrize(("late", "text"), [(0, ""), (-50, ""), (95, "95 s ahead of"), (-95, "95 s behind")])
def test_doctor_compares_clocks_with_the_clouds(
    team: Any, monkeypatch: pytest.MonkeyPatch, late: int, text: str
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
    cache.delete(clock_skew.KEY)
    assert not services.test_credential(keys).ok
    assert outcomes()["clock"].ok
    keys.endpoints = {}
    assert not services.test_credential(keys).ok
    assert outcomes()["clock"].ok is not bool(text)
    assert text in outcomes()["clock"].detail


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 01 Mar 2026 12:00:00 -0000"])
def test_clock_skew_ignores_a_response_without_a_date(date: str) -> None:
    cache.set(clock_skew.KEY, 7)
    clock_skew.record({"date": date}, dt.datetime.now(dt.UTC))
    assert clock_skew.seconds() == 7


def test_doctor_checks_production(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMBEDDED, settings.SANDBOX, settings.SANDBOX_CONTROL_OPEN = False, True, True
    settings.FILES_GRACE_SECONDS = 10
    monkeypatch.setenv("WEB_WORKERS", "2")
    now = outcomes()
    assert "WEB_WORKERS=1" in text(now["sandbox"])
    assert "FILES_GRACE_SECONDS" in text(now["tasks"])
    assert "first_admin" in text(now["people"])
    settings.SANDBOX = False
    settings.FILES_GRACE_SECONDS = 900
    now = outcomes()
    assert now["sandbox"].ok
    assert now["tasks"].ok


def test_doctor_names_the_one_thing_that_is_wrong(media: Any, settings: Any, tmp_path: Path) -> None:
    def failures() -> set[str]:
        return {id for id, outcome in outcomes().items() if not outcome.ok}

    before = failures()
    assert "media" not in before
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = str(tmp_path / "file" / "media")
    assert failures() - before == {"media"}


def test_fonts_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert CHECKS["fonts"].run().ok
    monkeypatch.setattr(fonts, "PACKAGES", Path("nowhere"))
    monkeypatch.setattr(fonts, "BUILT", Path("nowhere"))
    fonts.find_file.cache_clear()
    missing = CHECKS["fonts"].run()
    fonts.find_file.cache_clear()
    assert (missing.ok, missing.advice) == (False, "Run: make setup")
    assert "noto-sans-sc" in missing.detail
    monkeypatch.setattr(features, "check", lambda name: name != "raqm")
    assert "raqm" in CHECKS["fonts"].run().detail


def test_pages_show_the_version(client: Any, people: dict[str, Any]) -> None:
    client.force_login(people["viewer"], backend="django.contrib.auth.backends.ModelBackend")
    assert f"Quadbox {VERSION}" in client.get("/").content.decode()
    client.logout()
    assert VERSION not in client.get("/login/").content.decode()
