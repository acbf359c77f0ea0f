"""The embedded mode as a whole: its start, its end, and its state at another address."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PROC = Path("/proc")
READY = 240.0  # seconds, on a busy machine
GONE = 15.0


@pytest.fixture
def state() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="qb-", dir="/tmp"))  # short: a unix socket lives in it
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def family(pid: int) -> dict[int, str]:
    """Every descendant, by its id: its command. A number that is used again later has another command."""
    parents: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we read
        parents.setdefault(int(fields[1]), []).append(int(folder.name))
    commands, ahead = {}, [pid]
    while ahead:
        for child in parents.get(ahead.pop(), []):
            commands[child] = command(child)
            ahead.append(child)
    return commands


def command(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


class Product:
    """`make run` after its set-up: the supervisor on a state folder and a free port."""

    def __init__(self, state: Path) -> None:
        self.state = state
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        ours = (
            "DATABASE_",
            "REDIS_",
            "SANDBOX",
            "CELERY_",
            "SECRET_KEY",
            "ENCRYPTION_KEYS",
            "ALLOWED_HOSTS",
            "PUBLIC_URL",
        )
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.environment = {**inherited, "QUADBOX_STATE": str(state), "PORT": str(self.port)}
        self.log = state / "supervisor.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-m", "apps.config.supervisor"],
                cwd=ROOT, env=self.environment, stdout=out, stderr=out,
            )  # fmt: skip

    def wait_for_output(self, text: str) -> None:
        until = time.monotonic() + READY
        while text not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        result = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout.strip()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.process.wait(60)


@pytest.fixture
def products() -> Iterator[list[Product]]:
    started: list[Product] = []
    yield started
    for product in started:
        if product.process.poll() is None:
            product.stop(signal.SIGKILL)


def test_supervisor_prints_url_and_login_together(state: Path, products: list[Product]) -> None:
    """And a killed one leaves no process."""
    products.append(product := Product(state))
    product.wait_for_output("with the password")
    output = product.log.read_text()
    assert f"Quadbox is running at {product.url}" in output
    password = output.rpartition("with the password ")[2].split()[0]
    assert signs_in(product.url, password)
    children = family(product.process.pid)
    for wanted in ("redis", "celery_worker.embedded worker", "uvicorn"):
        assert any(wanted in child for child in children.values()), (wanted, children)
    product.stop(signal.SIGKILL)
    until = time.monotonic() + GONE
    while left := {pid: words for pid, words in children.items() if words and command(pid) == words}:
        assert time.monotonic() < until, left
        time.sleep(0.1)


def signs_in(url: str, password: str) -> bool:
    with httpx2.Client(base_url=url, trust_env=False, timeout=30) as client:
        client.get("/login/")
        form = {"username": "admin", "password": password, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        answer = client.post("/login/", data=form, headers={"Referer": f"{url}/login/"})
        return answer.status_code == 302 and "sessionid" in client.cookies


def test_state_moves_to_another_port_and_folder(state: Path, products: list[Product]) -> None:
    products.append(first := Product(state))
    first.wait_for_output("one recording plays")
    first.stop()
    moved = state.with_name(f"{state.name}m")
    state.rename(moved)
    try:
        products.append(second := Product(moved))
        assert second.port != first.port
        second.wait_for_output("with the password")
        token = second.manage("token", "admin")
        with httpx2.Client(
            base_url=f"{second.url}/api/v1", headers={"Authorization": f"Token {token}"}, trust_env=False, timeout=30
        ) as client:
            task = next(row for row in rows(client, "/tasks/") if row["state"] == "running")

            def task_now() -> Any:
                return client.get(f"/tasks/{task['id']}/").json()

            client.post(f"/tasks/{task['id']}/poll/")
            wait_until(lambda: task_now()["proven_at"] > task["proven_at"])
            assert task_now()["trouble"] is None

            (file,) = rows(client, "/recordings/")[0]["files"]
            assert file["url"].startswith(f"{second.url}/sandbox/media/")
            playlist = httpx2.get(file["url"], trust_env=False)
            assert playlist.text.startswith("#EXTM3U")
            segment = next(line for line in playlist.text.splitlines() if line and not line.startswith("#"))
            assert len(httpx2.get(file["url"].rpartition("/")[0] + f"/{segment}", trust_env=False).content) > 1000

            before = len(callbacks(client, task["id"]))
            client.post(f"/tasks/{task['id']}/stop/")
            wait_until(lambda: len(callbacks(client, task["id"])) > before)
            wait_until(lambda: task_now()["state"] == "stopped")
        assert "✓ addresses: ok" in second.manage("doctor")
    finally:
        for product in products:
            if product.process.poll() is None:
                product.stop()
        shutil.rmtree(moved, ignore_errors=True)


def rows(client: httpx2.Client, path: str) -> list[Any]:
    results: list[Any] = client.get(path).json()["results"]
    return results


def callbacks(client: httpx2.Client, task_id: str) -> list[Any]:
    return [event for event in rows(client, f"/tasks/{task_id}/events/") if event["kind"] == "callback"]


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)
