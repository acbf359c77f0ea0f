"""URLs of our own are stored without our address."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from apps.core import own_address
from apps.credentials.models import Credential


@pytest.mark.parametrize(
    ("public_url", "url", "stored"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/sandbox/agora/", "<PUBLIC_URL>/sandbox/agora/"),
        ("http://127.0.0.1:8000", "http://localhost:8000/sandbox/agora/", "<PUBLIC_URL>/sandbox/agora/"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:80001/sandbox/agora/", "http://127.0.0.1:80001/sandbox/agora/"),
        ("http://127.0.0.1:8000", "https://api.agora.io/", "https://api.agora.io/"),
        ("https://box.example.com", "https://box.example.com/a/1.png", "<PUBLIC_URL>/a/1.png"),
        ("https://box.example.com", "http://127.0.0.1:8000/sandbox/agora/", "<PUBLIC_URL>/sandbox/agora/"),
        ("https://box.example.com", "https://box.example.com.evil.example/a", "https://box.example.com.evil.example/a"),
    ],
)
def test_stored_form(settings: Any, public_url: str, url: str, stored: str) -> None:
    settings.PUBLIC_URL, settings.LOCAL_URL = public_url, "http://127.0.0.1:8000"
    assert own_address.to_stored(url) == stored


def test_resolving_for_browsers_and_for_the_server(settings: Any) -> None:
    settings.PUBLIC_URL, settings.LOCAL_URL = "https://box.example.com", "http://127.0.0.1:9000"
    assert own_address.for_browsers("<PUBLIC_URL>/sandbox/media/x") == "https://box.example.com/sandbox/media/x"
    assert own_address.for_server("<PUBLIC_URL>/sandbox/agora/") == "http://127.0.0.1:9000/sandbox/agora/"
    assert own_address.for_server("https://box.example.com/callbacks/x/") == "http://127.0.0.1:9000/callbacks/x/"
    assert own_address.for_server("https://api.agora.io/") == "https://api.agora.io/"
    settings.LOCAL_URL = ""  # production
    assert own_address.for_server("<PUBLIC_URL>/sandbox/agora/") == "https://box.example.com/sandbox/agora/"


def test_endpoints_follow_the_address(team: Any, settings: Any) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    endpoints = {"agora-transcoder": "http://127.0.0.1:8000/sandbox/agora/"}
    row = Credential.objects.create(team=team, name="Keys", vendor="agora", keys={}, endpoints=endpoints)
    with connection.cursor() as cursor:
        cursor.execute("SELECT endpoints FROM credentials_credential")
        stored = str(cursor.fetchone()[0])
    assert "<PUBLIC_URL>/sandbox/agora/" in stored
    assert "127.0.0.1" not in stored
    settings.PUBLIC_URL = "http://127.0.0.1:9000"
    row.refresh_from_db()
    assert row.endpoints == {"agora-transcoder": "http://127.0.0.1:9000/sandbox/agora/"}
    assert row.goes_to_own_sandbox("agora-transcoder")
    Credential.objects.update(endpoints={"agora-transcoder": "http://127.0.0.1:9000/sandbox/agora/"})
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    assert Credential.objects.get().endpoints == endpoints
