"""The whole of Quadbox as `make run` starts it, and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"]
READY = 180  # seconds, example data and all, on a busy machine


@dataclass(frozen=True)
class House:
    url: str
    password: str
    state: Path
    pid: int


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    state = Path(tempfile.mkdtemp(prefix="qb-", dir="/tmp"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_", "SANDBOX"))
    }
    environment = {**kept, "QUADBOX_STATE": str(state), "PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    log = state / "supervisor.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "apps.config.supervisor"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        until = time.monotonic() + READY
        while "one recording plays" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        password = (state / "first_admin_password").read_text().strip()
        yield House(f"http://127.0.0.1:{port}", password, state, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(30)
    assert code == 0, log.read_text()
    shutil.rmtree(state, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "The browser tests need Chromium: apt-get install -y chromium"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # sync Playwright keeps a loop running in this thread
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """Signed in as the first admin. A script error on any page fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 820}, base_url=house.url)
    context.set_default_timeout(20_000)
    opened = context.new_page()
    broken: list[str] = []
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.goto("/login/")
    opened.fill("#id_username", "admin")
    opened.fill("#id_password", house.password)
    opened.click("main button")
    opened.wait_for_url(f"{house.url}/")
    yield opened
    context.close()
    assert broken == []
