"""Users of a team, the audit log and API tokens."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import ApiToken, Membership

PEOPLE = "/api/v1/memberships/"


def row(people: dict[str, Any], name: str) -> str:
    return f"{PEOPLE}{people[name].memberships.get().pk}/"


def test_the_last_admin_stays(api: Any, people: dict[str, Any]) -> None:
    client = api("admin")
    mine = row(people, "admin")
    assert client.patch(mine, {"role": "viewer"}).status_code == 409
    assert client.delete(mine).status_code == 409
    assert client.patch(row(people, "producer"), {"role": "admin"}).status_code == 200
    assert client.delete(mine).status_code == 204
    assert client.get(PEOPLE).status_code == 401  # their keys went with them
    assert not ApiToken.objects.filter(user=people["admin"]).exists()


def test_an_invited_person_gets_a_link_and_no_password(api: Any, people: dict[str, Any]) -> None:
    answer = api("admin").post(PEOPLE, {"username": "ada", "role": "producer"})
    assert answer.status_code == 201
    assert "/reset/" in answer.json()["password_url"]
    assert not Membership.objects.get(user__username="ada").user.has_usable_password()
    for body, pointer in (
        ({"username": "ADA", "role": "viewer"}, "/username"),
        ({"username": "a b", "role": "viewer"}, "/username"),
        ({"username": "bob", "role": "king"}, "/role"),
        ({"username": "bob"}, "/role"),
        ({"username": "bob", "role": "viewer", "email": "nope"}, "/email"),
    ):
        refused = api("admin").post(PEOPLE, body)
        assert refused.status_code == 400, body
        assert refused.json()["problems"][0]["pointer"] == pointer


def test_every_change_is_in_the_audit_log_with_its_actor(api: Any, people: dict[str, Any]) -> None:
    client = api("admin")
    keys = {"access_key_id": "canary-id", "secret_access_key": "canary-secret"}
    credential = client.post("/api/v1/credentials/", {"name": "C", "vendor": "volcengine", "keys": keys}).json()
    client.patch(f"/api/v1/credentials/{credential['id']}/", {"keys": {**keys, "access_key_id": "canary-two"}})
    client.delete(f"/api/v1/credentials/{credential['id']}/")
    page = client.get("/api/v1/audit/")
    assert b"canary" not in page.content
    mine = [result for result in page.json()["results"] if result["object_type"] == "credential"]
    assert [entry["action"] for entry in mine] == ["delete", "update", "create"]
    assert {entry["actor"] for entry in mine} == {"admin"}
    assert "keys" in mine[1]["changes"]
    theirs = api("outsider").get("/api/v1/audit/").json()["results"]
    assert not [their for their in theirs if their["object_type"] == "credential"]


def test_the_token_command_prints_a_key_that_works(api: Any, people: dict[str, Any]) -> None:
    out = io.StringIO()
    call_command("token", "viewer", stdout=out)
    answer = api("anonymous").get("/api/v1/layouts/", headers={"Authorization": f"Token {out.getvalue().strip()}"})
    assert answer.status_code == 200
    with pytest.raises(CommandError):
        call_command("token", "nobody-like-this")


def test_health_asks_database_and_redis(db: None, redis_server: str, client: Any) -> None:
    assert client.get("/healthz").json() == {"database": "ok", "redis": "ok"}


def test_the_language_is_remembered(people: dict[str, Any], client: Any) -> None:
    client.force_login(people["viewer"], backend="django.contrib.auth.backends.ModelBackend")
    client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/healthz"})
    people["viewer"].refresh_from_db()
    assert people["viewer"].language == "zh-hans"
