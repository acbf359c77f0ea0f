"""Credentials and apps over REST."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.db import connection

from apps.credentials.models import Credential

KEYS = {"access_key_id": "AKLT-canary-id", "secret_access_key": "canary-secret"}
ROW = {"name": "Main", "vendor": "volcengine", "keys": KEYS}


class Cloud(BaseHTTPRequestHandler):
    """Answers every call with what the test set: a clear yes or the vendor's no to bad keys."""

    status, answer = 200, b'{"ResponseMetadata": {"RequestId": "req-1"}, "Result": {}}'

    def do_GET(self) -> None:
        self.send_response(Cloud.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(Cloud.answer)

    def log_message(self, *args: object) -> None:
        pass


REFUSAL = b"""{"ResponseMetadata": {"RequestId": "req-2", "Error":
 {"CodeN": 100010, "Code": "SignatureDoesNotMatch", "Message": "no such key AKLT-canary-id"}}}"""


@pytest.fixture
def cloud() -> Iterator[str]:
    Cloud.status, Cloud.answer = 200, b'{"ResponseMetadata": {"RequestId": "req-1"}, "Result": {}}'
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cloud)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def created(client: Any, **changes: Any) -> dict[str, Any]:
    response = client.post("/api/v1/credentials/", {**ROW, **changes})
    assert response.status_code == 201, response.content
    return response.json()


def test_keys_are_written_and_never_read(api: Any) -> None:
    row = created(api("admin"))
    assert row["keys"] == {"access_key_id": "set", "secret_access_key": "set"}
    assert row["status"] == "untested"
    assert Credential.objects.get().keys == KEYS
    with connection.cursor() as cursor:
        cursor.execute("SELECT keys FROM credentials_credential")
        assert "canary" not in cursor.fetchone()[0]
    entries = [f"{entry.changes} {entry.object_repr}" for entry in LogEntry.objects.all()]
    assert entries
    assert not [entry for entry in entries if "canary" in entry]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"keys": {"access_key_id": "x"}}, "/keys/secret_access_key"),
        ({"keys": {**KEYS, "acces_key": "x"}}, "/keys/acces_key"),
        ({"keys": {**KEYS, "access_key_id": 5}}, "/keys/access_key_id"),
        ({"keys": {**KEYS, "access_key_id": "a\x00b"}}, "/keys/access_key_id"),
        ({"keys": "secret"}, "/keys"),
        ({"keys": None}, "/keys"),
        ({"vendor": "harbor"}, "/vendor"),
        ({"vendor": ""}, "/vendor"),
        ({"name": ""}, "/name"),
        ({"name": "x" * 121}, "/name"),
        ({"name": ["x"]}, "/name"),
        ({"color": "red"}, "/color"),
        ({"endpoints": []}, "/endpoints"),
        ({"endpoints": {"agora-x": "http://a"}}, "/endpoints/agora-x"),
        ({"endpoints": {"volcengine-push": "ftp://a"}}, "/endpoints/volcengine-push"),
        ({"endpoints": {"volcengine-push": "http://u:p@a"}}, "/endpoints/volcengine-push"),
        ({"endpoints": {"volcengine-push": "http://a:99999"}}, "/endpoints/volcengine-push"),
        ({"endpoints": {"volcengine-push": 7}}, "/endpoints/volcengine-push"),
    ],
)
def test_bad_credential_is_refused_at_its_field(api: Any, changes: dict[str, Any], pointer: str) -> None:
    answer = api("admin").post("/api/v1/credentials/", {**ROW, **changes})
    assert answer.status_code == 400
    assert pointer in [problem["pointer"] for problem in answer.json()["problems"]]
    assert Credential.objects.count() == 0


def test_credential_test_stores_the_answer_of_the_vendor(api: Any, cloud: str) -> None:
    client = api("admin")
    row = created(client, endpoints={"volcengine-push": cloud})
    result = client.post(f"/api/v1/credentials/{row['id']}/test/").json()
    assert (result["ok"], result["vendor_request_id"]) == (True, "req-1")
    assert client.get(f"/api/v1/credentials/{row['id']}/").json()["status"] == "ok"
    Cloud.status, Cloud.answer = 403, REFUSAL
    result = client.post(f"/api/v1/credentials/{row['id']}/test/").json()
    assert (result["ok"], result["vendor_code"]) == (False, "SignatureDoesNotMatch")
    assert "canary" not in str(result)
    assert client.get(f"/api/v1/credentials/{row['id']}/").json()["status"] == "failed"


def test_sandbox_credential_is_tested_when_it_is_created(api: Any, cloud: str) -> None:
    row = created(api("admin"), endpoints={"volcengine-push": f"{cloud}/sandbox/volcengine"})
    assert row["status"] == "ok"
    assert Credential.objects.get(pk=row["id"]).tests.get().ok


def test_credential_test_of_an_unreachable_vendor_fails_with_200(api: Any) -> None:
    client = api("admin")
    row = created(client, endpoints={"volcengine-push": "http://127.0.0.1:9"})
    answer = client.post(f"/api/v1/credentials/{row['id']}/test/")
    assert answer.status_code == 200
    assert answer.json()["ok"] is False


def test_rotation_keeps_the_old_keys_until_the_new_ones_work(api: Any, cloud: str) -> None:
    client = api("admin")
    row = created(client, endpoints={"volcengine-push": cloud})
    new = {"access_key_id": "new", "secret_access_key": "new-secret"}
    Cloud.status, Cloud.answer = 403, REFUSAL
    assert client.post(f"/api/v1/credentials/{row['id']}/rotate/", {"keys": new}).json()["ok"] is False
    assert Credential.objects.get().keys == KEYS
    Cloud.status, Cloud.answer = 200, b'{"ResponseMetadata": {"RequestId": "req-3"}, "Result": {}}'
    assert client.post(f"/api/v1/credentials/{row['id']}/rotate/", {"keys": new}).json()["ok"] is True
    assert Credential.objects.get().keys == new


def test_app_is_checked_against_the_fields_of_its_vendor(api: Any) -> None:
    client = api("admin")
    credential = created(client)["id"]
    row = {"name": "A", "credential": credential, "vendor_app_id": "0" * 24}
    for changes, pointer in (
        ({"settings": {"region": "mars"}}, "/settings/region"),
        ({"settings": {"regio": "cn-north-1"}}, "/settings/regio"),
        ({"secrets": {"password": "x"}}, "/secrets/password"),
        ({"credential": "00000000-0000-7000-8000-000000000000"}, "/credential"),
        ({"vendor_app_id": ""}, "/vendor_app_id"),
    ):
        answer = client.post("/api/v1/apps/", {**row, **changes})
        assert answer.status_code == 400, changes
        assert pointer in [problem["pointer"] for problem in answer.json()["problems"]]
    good = {**row, "secrets": {"app_key": "canary"}, "settings": {"region": "cn-north-1"}}
    answer = client.post("/api/v1/apps/", good)
    assert answer.status_code == 201, answer.content
    assert answer.json()["secrets"] == {"app_key": "set"}
    assert client.delete(f"/api/v1/credentials/{credential}/").status_code == 409
    app_id = answer.json()["id"]
    changed = client.patch(f"/api/v1/apps/{app_id}/", {"secrets": {"callback_secret": "b"}}).json()
    assert changed["secrets"] == {"app_key": "set", "callback_secret": "set"}


def test_app_with_another_teams_credential_is_refused(api: Any) -> None:
    theirs = created(api("outsider"))["id"]
    answer = api("admin").post("/api/v1/apps/", {"name": "A", "credential": theirs, "vendor_app_id": "0" * 24})
    assert answer.status_code == 400


def test_problems_are_in_the_language_of_the_reader(api: Any) -> None:
    body = {"name": "Keys", "vendor": "aliyun", "keys": {"access_key_id": "LTAI5tExample00000000", "colour": "red"}}
    answer = api("admin").post("/api/v1/credentials/", body, HTTP_ACCEPT_LANGUAGE="zh-hans")
    assert answer.status_code == 400
    messages = {problem["pointer"]: problem["message"] for problem in answer.data["problems"]}
    assert messages["/keys/access_key_secret"] == "必须填写“AccessKey Secret”。"
    assert messages["/keys/colour"].startswith("没有这个名称，可用的有：access_key_id")
    english = api("admin").post("/api/v1/credentials/", body).data["problems"]
    assert {problem["pointer"]: problem["message"] for problem in english}["/keys/access_key_secret"].endswith(
        " is required."
    )
