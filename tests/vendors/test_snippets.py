"""Requests as text: what the shell makes of the curl call is the request."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.vendors.plan import PlannedRequest
from apps.vendors.snippets import curl, python_value
from apps.vendors.types import SignaturePreview

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_a_python_literal_is_the_value(value: Any) -> None:
    assert eval(python_value(value), {"__builtins__": {}}) == value


@pytest.fixture
def heard() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    requests: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            requests.append({"path": self.path, "headers": dict(self.headers), "content": content})
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/api", requests
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(not shutil.which("curl"), reason="this machine has no curl")
def test_curl_sends_the_request(heard: tuple[str, list[dict[str, Any]]]) -> None:
    url, requests = heard
    body = {"text": 'it\'s "quoted" $HOME `date` \\n 直播', "list": [1, 2.5, None]}
    request = PlannedRequest("Start", "POST", url, query={"Action": "Start", "q": "a b&c"}, body=body)
    added = SignaturePreview({"Authorization": 'Digest user="$KEY", sig=$SIGNATURE'}, {"Key": "$KEY"})
    command = curl(request, added)
    subprocess.run(
        ["sh", "-c", command], check=True, timeout=20, env={"PATH": "/usr/bin:/bin", "KEY": "k1", "SIGNATURE": "s1"}
    )
    (sent,) = requests
    assert json.loads(sent["content"]) == body
    assert sent["path"] == "/api?Action=Start&q=a%20b%26c&Key=k1"
    assert sent["headers"]["Authorization"] == 'Digest user="k1", sig=s1'
