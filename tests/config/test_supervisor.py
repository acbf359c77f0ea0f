"""The embedded mode as a whole: nothing of it outlives its supervisor, not even when that is killed."""

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
from pathlib import Path

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
    for one in PROC.glob("[0-9]*"):
        try:
            fields = (one / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we read
        parents.setdefault(int(fields[1]), []).append(int(one.name))
    found, ahead = {}, [pid]
    while ahead:
        for child in parents.get(ahead.pop(), []):
            found[child] = command(child)
            ahead.append(child)
    return found


def command(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_a_killed_supervisor_leaves_no_process(state: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = ("DATABASE_", "REDIS_", "SANDBOX", "CELERY_", "SECRET_KEY", "ENCRYPTION_KEYS", "ALLOWED_HOSTS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment = {**kept, "QUADBOX_STATE": str(state), "PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    log = state / "supervisor.log"
    with log.open("wb") as out:
        supervisor = subprocess.Popen(
            [sys.executable, "-u", "-m", "apps.config.supervisor"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        until = time.monotonic() + READY
        while "is running at" not in log.read_text():
            assert supervisor.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        children = family(supervisor.pid)
        for wanted in ("redis", "celery_worker.app worker", "celery_worker.app beat", "uvicorn"):
            assert any(wanted in child for child in children.values()), (wanted, children)
    finally:
        supervisor.send_signal(signal.SIGKILL)
        supervisor.wait()
    until = time.monotonic() + GONE
    while left := {pid: words for pid, words in children.items() if words and command(pid) == words}:
        assert time.monotonic() < until, left
        time.sleep(0.1)
