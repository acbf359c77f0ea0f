"""The audit log over REST."""

from __future__ import annotations

from typing import Any


def test_audit_log_has_every_change_with_its_actor(api: Any, people: dict[str, Any]) -> None:
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
