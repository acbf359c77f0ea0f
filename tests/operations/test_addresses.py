"""The doctor's check of stored addresses, and a 0.1 database at a new address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.archive.models import RecordingFile
from apps.credentials.models import Credential
from apps.operations.registry import CHECKS
from apps.sandbox.engine.store import Store
from tests.old_database import migrate_to_current, old_database

MOVED = "http://127.0.0.1:9000"


@pytest.mark.django_db
def test_doctor_names_addresses_that_point_elsewhere(team: Any, settings: Any, tmp_path: Path) -> None:
    settings.PUBLIC_URL, settings.SANDBOX_DIR = MOVED, str(tmp_path)
    endpoints = {"agora-transcoder": f"{MOVED}/sandbox/agora/"}
    row = Credential.objects.create(team=team, name="Keys", vendor="agora", keys={}, endpoints=endpoints)
    assert CHECKS["addresses"].outcome().ok
    row.endpoints = {"agora-transcoder": "http://127.0.0.1:8000/sandbox/agora/"}
    row.save()
    (tmp_path / "state.json").write_text('{"callbacks":{"a":{"url":"http://127.0.0.1:7000/callbacks/x/"}}}')
    outcome = CHECKS["addresses"].outcome()
    assert not outcome.ok
    assert "http://127.0.0.1:7000 (1), http://127.0.0.1:8000 (1)" in outcome.detail
    assert MOVED in outcome.detail


@pytest.mark.django_db(transaction=True)
def test_an_old_database_follows_a_new_address(settings: Any, tmp_path: Path) -> None:
    settings.PUBLIC_URL, settings.SANDBOX_DIR = MOVED, str(tmp_path)
    with old_database("0.1"):
        migrate_to_current()
        urls = [url for row in Credential.objects.all() for url in row.endpoints.values()]
        urls += RecordingFile.objects.values_list("url", flat=True)
        assert len(urls) >= 6
        assert all(url.startswith(f"{MOVED}/sandbox/") for url in urls), urls
        assert CHECKS["addresses"].outcome().ok


def test_an_old_sandbox_state_follows_a_new_address(settings: Any, tmp_path: Path) -> None:
    settings.PUBLIC_URL = MOVED
    body = json.dumps({"Url": "http://127.0.0.1:8123/sandbox/media/x"})  # signed: stays as it was sent
    state = {
        "callbacks": {"aliyun/1": {"url": "http://127.0.0.1:8123/callbacks/aliyun-rtc-record/1/x/"}},
        "tasks": {"t": {"base": "http://127.0.0.1:8123", "push": "rtmp://127.0.0.1:8123/live"}},
        "delivered": [{"body": body}],
    }
    (tmp_path / "state.json").write_text(json.dumps(state))
    store = Store(tmp_path)
    assert store.state["callbacks"]["aliyun/1"]["url"] == f"{MOVED}/callbacks/aliyun-rtc-record/1/x/"
    assert store.state["tasks"]["t"] == {"base": MOVED, "push": "rtmp://127.0.0.1:8123/live"}
    with store.changing():
        pass
    store.flush()
    stored = (tmp_path / "state.json").read_text()
    assert MOVED not in stored
    assert json.loads(stored)["delivered"][0]["body"] == body
    settings.PUBLIC_URL = "http://127.0.0.1:9100"
    assert Store(tmp_path).state["tasks"]["t"]["base"] == "http://127.0.0.1:9100"
