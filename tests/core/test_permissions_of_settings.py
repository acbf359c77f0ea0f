"""The permission matrix of layouts, pictures, credentials, apps, people and the audit log."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.credentials import services
from apps.layouts.models import Asset, LayoutPreset, LayoutTemplate
from apps.layouts.services import create_layout
from tests.permissions_matrix import ROLES, Door, expect, knock

EMPTY = {"schema": "quadbox.layout/1", "canvas": {"width": 640, "height": 360}, "objects": []}
KEYS = {"access_key_id": "AK0123456789", "secret_access_key": "canary-secret-1"}
CREDENTIAL = {
    "name": "c",
    "vendor": "volcengine",
    "keys": KEYS,
    "endpoints": {"volcengine-push": "http://127.0.0.1:9/"},
}
SHAPES = {"wide": [{"x": 0, "y": 0, "width": 1, "height": 1}]}
EMPTY_STATE = {"guides": [], "groups": {}, "names": {}, "ratio": {}, "variables": {}, "revision": 0}

DOORS = [
    Door("GET", "/api/v1/layouts/", "viewer"),
    Door("POST", "/api/v1/layouts/", "producer", {"name": "x", "document": EMPTY}),
    Door("POST", "/api/v1/layouts/check/", "viewer", {"document": EMPTY}),
    Door("POST", "/api/v1/layouts/read/", "viewer", {"payload": EMPTY}),
    Door("POST", "/api/v1/layouts/import/", "producer", {"payload": EMPTY}),
    Door("GET", "/api/v1/layouts/{layout}/", "viewer", has_row=True),
    Door("PATCH", "/api/v1/layouts/{layout}/", "producer", {"version": 1, "name": "y"}, has_row=True),
    Door("DELETE", "/api/v1/layouts/{layout}/", "producer", has_row=True),
    Door("GET", "/api/v1/layouts/{layout}/versions/", "viewer", has_row=True),
    Door("GET", "/api/v1/layouts/{layout}/versions/1/", "viewer", has_row=True),
    Door("GET", "/api/v1/layouts/{layout}/preview.png", "viewer", has_row=True),
    Door("GET", "/api/v1/layouts/{layout}/editor-state/", "viewer", has_row=True),
    Door("PUT", "/api/v1/layouts/{layout}/editor-state/", "producer", EMPTY_STATE, has_row=True),
    Door("GET", "/api/v1/assets/", "viewer"),
    Door("POST", "/api/v1/assets/", "producer", ok=(400, 415)),
    Door("GET", "/api/v1/assets/{asset}/", "viewer", has_row=True),
    Door("PATCH", "/api/v1/assets/{asset}/", "producer", {"name": "Logo"}, has_row=True),
    Door("DELETE", "/api/v1/assets/{asset}/", "producer", has_row=True),
    Door("GET", "/api/v1/presets/", "viewer"),
    Door("POST", "/api/v1/presets/", "producer", {"name": "x", "shapes": SHAPES}),
    Door("GET", "/api/v1/presets/{preset}/", "viewer", has_row=True),
    Door("PATCH", "/api/v1/presets/{preset}/", "producer", {"name": "y"}, has_row=True),
    Door("DELETE", "/api/v1/presets/{preset}/", "producer", has_row=True),
    Door("GET", "/api/v1/credentials/", "admin"),
    Door("POST", "/api/v1/credentials/", "admin", CREDENTIAL),
    Door("GET", "/api/v1/credentials/{credential}/", "admin", has_row=True),
    Door("PATCH", "/api/v1/credentials/{credential}/", "admin", {"name": "d"}, has_row=True),
    Door("DELETE", "/api/v1/credentials/{spare}/", "admin", has_row=True),
    Door("POST", "/api/v1/credentials/{credential}/test/", "admin", has_row=True),
    Door("POST", "/api/v1/credentials/{credential}/rotate/", "admin", {"keys": KEYS}, has_row=True),
    Door("GET", "/api/v1/apps/", "viewer"),
    Door("GET", "/api/v1/apps/{app}/", "viewer", has_row=True),
    Door("PATCH", "/api/v1/apps/{app}/", "admin", {"name": "d"}, has_row=True),
    Door("DELETE", "/api/v1/apps/{app}/", "admin", has_row=True),
    Door("GET", "/api/v1/memberships/", "admin"),
    Door("POST", "/api/v1/memberships/", "admin", {"username": "new", "role": "viewer"}),
    Door("GET", "/api/v1/memberships/{membership}/", "admin", has_row=True),
    Door("PATCH", "/api/v1/memberships/{membership}/", "admin", {"role": "producer"}, has_row=True),
    Door("DELETE", "/api/v1/memberships/{membership}/", "admin", has_row=True),
    Door("GET", "/api/v1/audit/", "admin"),
]


@pytest.fixture
def names(team: Any, people: dict[str, Any]) -> dict[str, str]:
    credential = services.create_credential(team=team, **CREDENTIAL)
    spare = services.create_credential(team=team, **CREDENTIAL)
    app = services.create_app(team=team, credential=credential, name="a", vendor_app_id="0" * 24)
    layout = create_layout(team=team, user=None, name="l", document=EMPTY)
    preset = LayoutPreset.objects.create(team=team, name="p", shapes=SHAPES)
    asset = Asset.objects.create(team=team, sha256="0" * 64, format="png", width=1, height=1, bytes=1)
    membership = Membership.objects.get(team=team, user=people["viewer"])
    rows = {"credential": credential, "spare": spare, "app": app, "layout": layout, "asset": asset, "preset": preset}
    return {name: str(row.pk) for name, row in {**rows, "membership": membership}.items()}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("door", DOORS, ids=str)
def test_doors_open_only_to_whom_they_should(api: Any, names: dict[str, str], door: Door, role: str) -> None:
    answer = knock(api, door, role, names)
    expect(door, role, answer.status_code)
    if answer.status_code >= 400:
        assert set(answer.json()) >= {"detail", "problems"}
    assert b"canary-secret" not in answer.content


def test_lists_hold_rows_of_the_own_team_only(api: Any, names: dict[str, str]) -> None:
    for path in ("layouts", "assets", "credentials", "apps"):
        assert api("stranger").get(f"/api/v1/{path}/").json()["results"] == []
        assert api("admin").get(f"/api/v1/{path}/").json()["results"]
    assert LayoutTemplate.objects.count() == 1


def test_producers_see_no_secret_paths_of_apps(api: Any, names: dict[str, str]) -> None:
    path = f"/api/v1/apps/{names['app']}/"
    assert "callback_urls" not in api("producer").get(path).json()
    assert "/callbacks/volcengine-push/" in api("admin").get(path).json()["callback_urls"]["volcengine-push"]


def test_a_session_without_csrf_token_changes_nothing(api: Any, names: dict[str, str]) -> None:
    client = api("admin", session=True)
    assert client.get("/api/v1/layouts/").status_code == 200
    assert client.post("/api/v1/layouts/", {"name": "x", "document": EMPTY}, format="json").status_code == 403
