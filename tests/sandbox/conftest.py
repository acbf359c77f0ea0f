"""A fresh sandbox for each test, called through Django's client or over real HTTP on the loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client

from apps.sandbox.engine import runtime


@pytest.fixture
def sandbox(settings: Any, tmp_path: Path) -> Iterator[runtime.Runtime]:
    settings.ROOT_URLCONF = "tests.sandbox.urls"
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["*"]
    settings.SANDBOX_DIR = tmp_path / "sandbox"
    settings.SANDBOX_MIXING = False
    settings.SANDBOX_CONTROL_OPEN = True
    settings.SANDBOX_FILE_DELAY = 0.0
    settings.SANDBOX_TICK_SECONDS = 0.05
    yield runtime.current()
    runtime.shut_down()


@pytest.fixture
def client(sandbox: runtime.Runtime) -> Client:
    return Client()


@pytest.fixture
def control(client: Client) -> Callable[..., Any]:
    def post(path: str, expect: int = 200, **body: Any) -> Any:
        answer = client.post(f"/sandbox/control/{path}/", body, content_type="application/json")
        assert answer.status_code == expect, answer.content
        return answer.json()

    return post


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def served(sandbox: runtime.Runtime) -> Iterator[str]:
    """host:port of the sandbox over real HTTP."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, ipv6=False)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


class Receiver:
    """A customer's callback endpoint; `answers` are the next HTTP statuses, then 200."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.answers: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(outer.answers.pop(0) if outer.answers else 200)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def wait(self, count: int, seconds: float = 4.0) -> list[bytes]:
        eventually(lambda: len(self.bodies) >= count, seconds)
        return self.bodies


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.server.shutdown()
    one.server.server_close()


def eventually(true: Callable[[], Any], seconds: float = 4.0) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")
