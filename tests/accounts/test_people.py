"""Members of a team over REST."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import ApiToken, Membership

PEOPLE = "/api/v1/memberships/"


def row(people: dict[str, Any], name: str) -> str:
    return f"{PEOPLE}{people[name].memberships.get().pk}/"


def test_last_admin_cannot_be_removed_or_demoted(api: Any, people: dict[str, Any]) -> None:
    client = api("admin")
    mine = row(people, "admin")
    assert client.patch(mine, {"role": "viewer"}).status_code == 409
    assert client.delete(mine).status_code == 409
    assert client.patch(row(people, "producer"), {"role": "admin"}).status_code == 200
    assert client.delete(mine).status_code == 204
    assert client.get(PEOPLE).status_code == 401  # their keys went with them
    assert not ApiToken.objects.filter(user=people["admin"]).exists()


def test_invited_user_gets_a_link_and_no_password(api: Any, people: dict[str, Any]) -> None:
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
