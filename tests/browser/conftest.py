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
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"]
READY = 180  # seconds, example data and all, on a busy machine
expect.set_options(timeout=15_000)  # milliseconds; several browsers and houses share two cores


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
    environment = {
        **kept,
        "QUADBOX_STATE": str(state),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        # Its pictures are only looked at here; a test that left a task running takes no other's mixer away.
        "SANDBOX_MAX_PIXELS": str(320 * 180),
        "SANDBOX_MAX_MIXERS": "12",
    }
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


@pytest.fixture(scope="session")
def admin_cookies(browser: Browser, house: House) -> list[Any]:
    """The first admin has signed in, once for all tests of this house: a password is slow to check, by design."""
    context = browser.new_context(base_url=house.url)
    door = context.new_page()
    door.goto("/login/")
    door.fill("#id_username", "admin")
    door.fill("#id_password", house.password)
    door.click("main button")
    door.wait_for_url(f"{house.url}/")
    cookies: list[Any] = context.cookies()
    context.close()
    return cookies


@pytest.fixture
def page(browser: Browser, house: House, admin_cookies: list[Any]) -> Iterator[Page]:
    """Signed in as the first admin. A script error on any page fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 820}, base_url=house.url)
    context.set_default_timeout(20_000)
    context.add_cookies(admin_cookies)
    opened = context.new_page()
    # File dialogs are held back from the start: asked for only when one opens, Chromium may be the faster.
    opened.on("filechooser", lambda chooser: None)
    broken: list[str] = []
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.goto("/healthz")  # the lightest address of this house: each test opens the page it is about
    in_english(opened)
    yield opened
    context.close()
    assert broken == []


def in_english(page: Page) -> None:
    """An account remembers what an earlier test chose."""
    token = next(
        cookie.get("value", "") for cookie in page.context.cookies() if cookie.get("name", "").endswith("csrftoken")
    )
    answer = page.request.post(
        "/i18n/setlang/", form={"language": "en", "next": "/healthz", "csrfmiddlewaretoken": token}
    )
    assert answer.ok, answer.status


@pytest.fixture
def second(browser: Browser, page: Page, house: House) -> Iterator[Page]:
    """Another window, with a storage of its own, of somebody signed in."""
    context = browser.new_context(viewport={"width": 1366, "height": 820}, base_url=house.url)
    context.set_default_timeout(20_000)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    opened = context.new_page()
    opened.on("filechooser", lambda chooser: None)
    yield opened
    context.close()
