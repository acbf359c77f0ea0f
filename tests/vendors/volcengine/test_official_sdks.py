"""The vendor's own SDKs, of PyPI and of npm, build and sign every call that our product plans. What they send is caught on
the loopback."""

from __future__ import annotations

import ast
import datetime as dt
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest

import apps.vendors.volcengine
from apps.vendors.volcengine.auth import VolcengineAuth, authorization, canonical_request, signed_headers
from tests.vendors.documented import vectors
from tests.vendors.volcengine import official
from tests.vendors.volcengine.calls import ALL

KEYS = vectors("volcengine", "volcengine-signing")["credentials"]
KEY, SECRET = KEYS["access_key_id"], KEYS["secret_access_key"]


@dataclass
class Sent:
    method: str
    url: httpx2.URL
    headers: httpx2.Headers
    content: bytes

    @property
    def request(self) -> httpx2.Request:
        return httpx2.Request(self.method, self.url, headers=self.headers, content=self.content)


@pytest.fixture(scope="module")
def caught() -> Iterator[tuple[str, list[Sent]]]:
    """(host, what arrived there): a cloud that takes everything."""
    sent: list[Sent] = []

    class Handler(BaseHTTPRequestHandler):
        def take(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = httpx2.Headers([(name, header) for name, header in self.headers.items()])
            sent.append(Sent(self.command, httpx2.URL(f"http://{headers['host']}{self.path}"), headers, content))
            answer = b'{"ResponseMetadata": {"RequestId": "r"}, "Result": "ok"}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = take

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}", sent
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def of_node(caught: tuple[str, list[Sent]]) -> dict[str, Sent]:
    """Name of the case → what the npm package sent; one process for all."""
    host, sent = caught
    before = len(sent)
    official.by_node([*ALL.values()], host, KEY, SECRET)
    assert len(sent) == before + len(ALL)
    return dict(zip(ALL, sent[before:], strict=True))


@pytest.fixture
def theirs(request: pytest.FixtureRequest, caught: tuple[str, list[Sent]], sdk: str, name: str) -> Sent:
    if sdk == "npm":
        found: Sent = request.getfixturevalue("of_node")[name]
        return found
    host, sent = caught
    official.by_python(ALL[name], host, KEY, SECRET)
    return sent[-1]


every_call = pytest.mark.parametrize("name", ALL)
both = pytest.mark.parametrize("sdk", ["pypi", "npm"])


@both
@every_call
def test_the_sdk_makes_the_same_call(theirs: Sent, sdk: str, name: str) -> None:
    planned = ALL[name]
    assert (theirs.method, theirs.url.path) == (planned.method, "/")
    assert dict(theirs.url.params) == dict(planned.query)
    if planned.body is None:
        assert theirs.content == b""
    else:
        assert json.loads(theirs.content) == json.loads(json.dumps(planned.body))
        assert theirs.headers["content-type"].startswith(planned.headers["Content-Type"])


@both
@every_call
def test_the_sdk_signs_the_same(theirs: Sent, sdk: str, name: str) -> None:
    """The same bytes at the same time have the same signature, over the headers that the SDK chooses to sign."""
    when = theirs.headers["x-date"]
    names = theirs.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
    every = signed_headers(theirs.request)
    digest = hashlib.sha256(theirs.content).hexdigest()
    canonical = canonical_request(theirs.method, theirs.url, {name: every[name] for name in names}, digest)
    assert (
        authorization(KEY, SECRET, official.REGION, when, canonical, ";".join(names)) == theirs.headers["authorization"]
    )
    if sdk == "pypi" and theirs.method == "POST":  # it signs what we sign: the class itself finds its signature
        plain = httpx2.Request(
            theirs.method, theirs.url, content=theirs.content, headers={"content-type": theirs.headers["content-type"]}
        )
        moment = dt.datetime.strptime(when, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        ours = next(VolcengineAuth(KEY, SECRET, official.REGION, lambda: moment).sync_auth_flow(plain))
        assert ours.headers["authorization"] == theirs.headers["authorization"]


def test_no_operation_is_without_a_case() -> None:
    """Whatever word of the source is the name of an operation is called, in both versions of the API."""
    operation = re.compile(
        r"(Start|Update|Stop|Get|List|Delete|Create|Modify)[A-Z]\w*(CDN|Task|Stream|Record|Apps|Users|Rooms)"
    )
    words = {
        node.value
        for path in Path(apps.vendors.volcengine.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and operation.fullmatch(node.value)
    }
    for version in {value.query["Version"] for value in ALL.values()}:
        assert words == {value.name for value in ALL.values() if value.query["Version"] == version}
    assert len({value.query["Version"] for value in ALL.values()}) == 2
