"""The REST permissions of layouts, pictures, credentials, apps, people and the audit log."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.credentials import services
from apps.layouts.models import Asset, LayoutPreset, LayoutTemplate
from apps.layouts.services import create_layout
from tests.permissions_matrix import ROLES, Operation, expect, send_request

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

OPERATIONS = [
    Operation("GET", "/api/v1/layouts/", "viewer"),
    Operation("POST", "/api/v1/layouts/", "producer", {"name": "x", "document": EMPTY}),
    Operation("POST", "/api/v1/layouts/check/", "viewer", {"document": EMPTY}),
    Operation("POST", "/api/v1/layouts/read/", "viewer", {"payload": EMPTY}),
    Operation("POST", "/api/v1/layouts/import/", "producer", {"payload": EMPTY}),
    Operation("GET", "/api/v1/layouts/{layout}/", "viewer", has_row=True),
    Operation("PATCH", "/api/v1/layouts/{layout}/", "producer", {"version": 1, "name": "y"}, has_row=True),
    Operation("DELETE", "/api/v1/layouts/{layout}/", "producer", has_row=True),
    Operation("GET", "/api/v1/layouts/{layout}/versions/", "viewer", has_row=True),
    Operation("GET", "/api/v1/layouts/{layout}/versions/1/", "viewer", has_row=True),
    Operation("GET", "/api/v1/layouts/{layout}/preview.png", "viewer", has_row=True),
    Operation("GET", "/api/v1/layouts/{layout}/editor-state/", "viewer", has_row=True),
    Operation("PUT", "/api/v1/layouts/{layout}/editor-state/", "producer", EMPTY_STATE, has_row=True),
    Operation("GET", "/api/v1/assets/", "viewer"),
    Operation("POST", "/api/v1/assets/", "producer", ok=(400, 415)),
    Operation("GET", "/api/v1/assets/{asset}/", "viewer", has_row=True),
    Operation("PATCH", "/api/v1/assets/{asset}/", "producer", {"name": "Logo"}, has_row=True),
    Operation("DELETE", "/api/v1/assets/{asset}/", "producer", has_row=True),
    Operation("GET", "/api/v1/presets/", "viewer"),
    Operation("POST", "/api/v1/presets/", "producer", {"name": "x", "shapes": SHAPES}),
    Operation("GET", "/api/v1/presets/{preset}/", "viewer", has_row=True),
    Operation("PATCH", "/api/v1/presets/{preset}/", "producer", {"name": "y"}, has_row=True),
    Operation("DELETE", "/api/v1/presets/{preset}/", "producer", has_row=True),
    Operation("GET", "/api/v1/credentials/", "admin"),
    Operation("POST", "/api/v1/credentials/", "admin", CREDENTIAL),
    Operation("GET", "/api/v1/credentials/{credential}/", "admin", has_row=True),
    Operation("PATCH", "/api/v1/credentials/{credential}/", "admin", {"name": "d"}, has_row=True),
    Operation("DELETE", "/api/v1/credentials/{spare}/", "admin", has_row=True),
    Operation("POST", "/api/v1/credentials/{credential}/test/", "admin", has_row=True),
    Operation("POST", "/api/v1/credentials/{credential}/rotate/", "admin", {"keys": KEYS}, has_row=True),
    Operation("GET", "/api/v1/apps/", "viewer"),
    Operation("GET", "/api/v1/apps/{app}/", "viewer", has_row=True),
    Operation("PATCH", "/api/v1/apps/{app}/", "admin", {"name": "d"}, has_row=True),
    Operation("DELETE", "/api/v1/apps/{app}/", "admin", has_row=True),
    Operation("GET", "/api/v1/memberships/", "admin"),
    Operation("POST", "/api/v1/memberships/", "admin", {"username": "new", "role": "viewer"}),
    Operation("GET", "/api/v1/memberships/{membership}/", "admin", has_row=True),
    Operation("PATCH", "/api/v1/memberships/{membership}/", "admin", {"role": "producer"}, has_row=True),
    Operation("DELETE", "/api/v1/memberships/{membership}/", "admin", has_row=True),
    Operation("GET", "/api/v1/audit/", "admin"),
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
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_status_for_each_role(api: Any, names: dict[str, str], operation: Operation, role: str) -> None:
    answer = send_request(api, operation, role, names)
    expect(operation, role, answer.status_code)
    if answer.status_code >= 400:
        assert set(answer.json()) >= {"detail", "problems"}
    assert b"canary-secret" not in answer.content


def test_lists_hold_rows_of_the_own_team_only(api: Any, names: dict[str, str]) -> None:
    for path in ("layouts", "assets", "credentials", "apps"):
        assert api("outsider").get(f"/api/v1/{path}/").json()["results"] == []
        assert api("admin").get(f"/api/v1/{path}/").json()["results"]
    assert LayoutTemplate.objects.count() == 1


def test_callback_urls_are_hidden_from_producers(api: Any, names: dict[str, str]) -> None:
    path = f"/api/v1/apps/{names['app']}/"
    assert "callback_urls" not in api("producer").get(path).json()
    assert "/callbacks/volcengine-push/" in api("admin").get(path).json()["callback_urls"]["volcengine-push"]


def test_session_without_csrf_token_is_refused(api: Any, names: dict[str, str]) -> None:
    client = api("admin", session=True)
    assert client.get("/api/v1/layouts/").status_code == 200
    assert client.post("/api/v1/layouts/", {"name": "x", "document": EMPTY}, format="json").status_code == 403
