"""Headers, cookies and the lock-out of the sign-in page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    "/login/",
    "/",
    "/layouts/",
    "/recordings/",
    "/tasks/new/",
    "/settings/apps/",
    "/settings/audit/",
    "/api/docs/",
    "/no/such/page/",
]
PRODUCTION = """
import json
from django.conf import settings as s
print(json.dumps({name: getattr(s, name) for name in (
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SAMESITE", "SECURE_HSTS_SECONDS", "DEBUG", "SANDBOX", "SANDBOX_CONTROL_OPEN", "ALLOWED_HOSTS")}))
"""


def directives(header: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in header.split(";") if (words := part.split())}


@pytest.fixture
def admin_pages(people: dict[str, Any], redis_server: str) -> Client:
    client = Client()
    client.force_login(people["admin"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def imported(client: Client) -> Any:
    """A layout with an import report for this session: /layouts/<id>/imported/."""
    call = "MediaEncode=20&TaskType=1&Panes.1.PaneId=0&Panes.1.X=0&Panes.1.Y=0&Panes.1.Width=0.5&Panes.1.Height=1"
    answer = client.post("/layouts/import/", {"text": call}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/imported/")
    return answer


@pytest.mark.parametrize("path", [*PAGES, "imported"])
def test_pages_forbid_foreign_and_inline_scripts(admin_pages: Client, path: str) -> None:
    answer = imported(admin_pages) if path == "imported" else admin_pages.get(path)
    assert answer.status_code in (200, 302, 404)
    policy = directives(answer["Content-Security-Policy"])
    scripts = policy["script-src"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:", "data:"} & set(scripts)
    assert policy["object-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'self'"]
    assert policy["form-action"] == ["'self'"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    text = answer.content.decode()
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        assert not content.strip() or "application/json" in attributes or "nonce=" in attributes, content[:80]
    assert not re.search(r"<[^>]+\son[a-z]+\s*=", text), "an inline handler would not run"
    assert "javascript:" not in text


@pytest.mark.parametrize("path", PAGES)
def test_signed_in_pages_are_not_stored_by_shared_caches(admin_pages: Client, path: str) -> None:
    assert "Cookie" in admin_pages.get(path).get("Vary", "")


def test_right_password_is_refused_after_too_many_wrong_ones(people: dict[str, Any], settings: Any) -> None:
    client = Client()
    settings.AXES_FAILURE_LIMIT = 3
    for _ in range(3):
        answer = client.post("/login/", {"username": "viewer", "password": "wrong"})
    assert answer.status_code == 429
    assert client.post("/login/", {"username": "viewer", "password": "right horse"}).status_code == 429
    assert "sessionid" not in client.cookies
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")  # the pair is locked, not the person
    assert elsewhere.post("/login/", {"username": "viewer", "password": "right horse"}).status_code == 302


def test_session_cookie_is_protected_and_ends_at_sign_out(people: dict[str, Any]) -> None:
    client = Client()
    client.post("/login/", {"username": "viewer", "password": "right horse"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    before = cookie.value
    client.post("/logout/")
    again = Client()
    again.cookies["sessionid"] = before
    assert again.get("/").status_code == 302


@pytest.fixture
def production() -> Callable[..., Any]:
    """The settings as a production environment makes them."""

    def read(**environment: str) -> Any:
        import json

        inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        needed = {
            "DATABASE_URL": "postgres://nobody@127.0.0.1/none", "REDIS_URL": "redis://127.0.0.1:9/0",
            "SECRET_KEY": "x" * 60, "ENCRYPTION_KEYS": "A" * 43 + "=", "ALLOWED_HOSTS": "quadbox.example.com",
            "PUBLIC_URL": "https://quadbox.example.com", "DJANGO_SETTINGS_MODULE": "apps.config.settings",
        }  # fmt: skip
        run = subprocess.run(
            [sys.executable, "-c", PRODUCTION],
            cwd=ROOT,
            env=inherited | needed | environment,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)

    return read


def test_production_cookies_are_secure(production: Callable[..., Any]) -> None:
    settings = production()
    assert settings["SESSION_COOKIE_SECURE"] and settings["CSRF_COOKIE_SECURE"] and settings["SESSION_COOKIE_HTTPONLY"]
    assert settings["SESSION_COOKIE_SAMESITE"] == settings["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert (settings["DEBUG"], settings["SANDBOX"], settings["SANDBOX_CONTROL_OPEN"]) == (False, False, False)
    assert settings["ALLOWED_HOSTS"] == ["quadbox.example.com"]
    assert production(PUBLIC_URL="http://quadbox.lan")["SECURE_HSTS_SECONDS"] == 0
