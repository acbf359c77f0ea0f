"""Share links: they play one recording without an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

pytestmark = pytest.mark.django_db
Record = Callable[..., Any]


def create_link(api: Any, row: Any, **body: Any) -> dict[str, Any]:
    answer = api("producer").post(f"/api/v1/recordings/{row.pk}/share/", body)
    assert answer.status_code == 201, answer.content
    link: dict[str, Any] = answer.json()
    return link


def path_of(link: dict[str, Any]) -> str:
    assert link["url"].startswith(f"{settings.PUBLIC_URL}/s/")
    return str(link["url"]).removeprefix(settings.PUBLIC_URL)


def test_share_link_plays_without_an_account(api: Any, browser: Any, record: Record) -> None:
    row, other = record(name="Open", room="secret-room"), record(name="Closed")
    text = (response := browser("anonymous").get(path_of(create_link(api, row)))).content.decode()
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert row.files.get().url in text
    for hidden in (other.name, str(other.pk), "secret-room", str(row.task_id), "/share/", row.team.name, "anna"):
        assert hidden not in text


def test_share_key_is_random(api: Any, record: Record) -> None:
    row = record()
    keys = {path_of(create_link(api, row)).split("/")[2] for _ in range(20)}
    assert len(keys) == 20
    assert all(len(key) >= 32 for key in keys)  # 24 random bytes


@pytest.mark.parametrize(("body", "days"), [({}, 7), ({"days": 1}, 1), ({"days": 365}, 365)])
def test_share_link_expires(
    api: Any, browser: Any, record: Record, monkeypatch: pytest.MonkeyPatch, body: dict[str, int], days: int
) -> None:
    link = create_link(api, record(), **body)
    ends = dt.datetime.fromisoformat(link["expires_at"])
    assert abs(ends - timezone.now() - dt.timedelta(days=days)) < dt.timedelta(minutes=1)
    assert browser("anonymous").get(path_of(link)).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: ends + dt.timedelta(seconds=1))
    assert browser("anonymous").get(path_of(link)).status_code == 404


@pytest.mark.parametrize(
    "body", [{"days": 0}, {"days": -3}, {"days": 366}, {"days": "week"}, {"days": 1.5}, {"days": None}, {"day": 3}]
)
def test_bad_share_time_is_named(api: Any, record: Record, body: dict[str, Any]) -> None:
    row = record()
    answer = api("producer").post(f"/api/v1/recordings/{row.pk}/share/", body)
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["pointer"] == f"/{next(iter(body))}"
    assert row.share_links.count() == 0


def test_share_links_are_listed_and_revoked(api: Any, browser: Any, record: Record) -> None:
    row = record()
    first, second = create_link(api, row), create_link(api, row)
    shares = f"/api/v1/recordings/{row.pk}/shares/"
    assert {link_["id"] for link_ in api("producer").get(shares).json()} == {first["id"], second["id"]}
    assert api("viewer").get(shares).status_code == 403
    assert api("viewer").delete(f"{shares}{first['id']}/").status_code == 403
    assert api("producer").delete(f"{shares}{first['id']}/").status_code == 204
    assert api("producer").delete(f"{shares}{first['id']}/").status_code == 204  # a second time is no error
    assert [link_["id"] for link_ in api("producer").get(shares).json()] == [second["id"]]
    assert browser("anonymous").get(path_of(first)).status_code == 404
    assert browser("anonymous").get(path_of(second)).status_code == 200


def test_share_link_is_revoked_only_at_its_own_recording(api: Any, record: Record) -> None:
    row, other = record(), record()
    link = create_link(api, row)
    assert api("producer").delete(f"/api/v1/recordings/{other.pk}/shares/{link['id']}/").status_code == 404
    assert api("producer").delete(f"/api/v1/recordings/{row.pk}/shares/{'-' * 36}/").status_code == 404
    assert row.share_links.get().revoked_at is None


def test_poster_of_a_share_link_is_that_of_its_recording(api: Any, browser: Any, record: Record, media: Any) -> None:
    (media / "posters").mkdir(parents=True)
    rows = [record(poster=f"posters/{n}.jpg", poster_source="frame") for n in range(2)]
    for n in range(2):
        (media / "posters" / f"{n}.jpg").write_bytes(f"picture {n}".encode())
    link = create_link(api, rows[0])
    nobody = browser("anonymous")
    response = nobody.get(f"{path_of(link)}poster.jpg")
    assert b"".join(response.streaming_content) == b"picture 0"
    assert nobody.get(f"/api/v1/recordings/{rows[1].pk}/poster/").status_code in (401, 403)
    assert nobody.get(f"/recordings/{rows[1].pk}/").status_code == 302
    assert nobody.get("/s/no-such-key/poster.jpg").status_code == 404
    api("producer").delete(f"/api/v1/recordings/{rows[0].pk}/shares/{link['id']}/")
    assert nobody.get(f"{path_of(link)}poster.jpg").status_code == 404


def test_recording_page_creates_and_revokes_share_links(browser: Any, record: Record) -> None:
    row = record()
    client = browser("producer")
    done = client.post(f"/recordings/{row.pk}/share/", {"days": "30"})
    assert done["Location"] == f"/recordings/{row.pk}/#share"
    link = row.share_links.get()
    assert link.address in client.get(f"/recordings/{row.pk}/").content.decode()
    assert link.key not in browser("viewer").get(f"/recordings/{row.pk}/").content.decode()
    client.post(f"/recordings/{row.pk}/share/{link.pk}/revoke/")
    assert link.key not in client.get(f"/recordings/{row.pk}/").content.decode()
    refused = client.post(f"/recordings/{row.pk}/share/", {"days": "400"}, follow=True).content.decode()
    assert "365" in refused
    assert row.share_links.count() == 1
