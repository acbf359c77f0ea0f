"""The whole of Quadbox, as `make run` starts it: how long a start takes, how much memory it holds, and how long
a change takes from its REST request to a browser's socket, and the heavy pages to be there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import httpx2
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.bench import bench_pages

ROOT = Path(__file__).resolve().parents[2]
READY = 60.0  # seconds
GONE = 5.0  # seconds the kernel may take to clear away children that the supervisor has ended
CHANGES = 20
ANSWER = 20.0  # seconds; longer than the socket's own safety net, so a lost wake-up is measured and not hidden
EXAMPLES = "one recording plays"
PROC = Path("/proc")


def measure() -> dict[str, Any]:
    state = Path(tempfile.mkdtemp(prefix="qb-", dir="/tmp"))  # short: a unix socket lives in it
    try:
        with running(state, "first") as (process, _, first, log):
            wait_for(log, EXAMPLES, process)
        with running(state, "second") as (process, environment, second, _):
            settled(process.pid)
            before = memory(process.pid)
            latency = changes(environment)
            pages = bench_pages.measure(environment)
            after = memory(process.pid)
    finally:
        shutil.rmtree(state, ignore_errors=True)
    return {
        "start, fresh state (s)": first,
        "start, same state again (s)": second,
        "memory after the start": before,
        "memory after the changes": after,
        "REST change to browser (ms)": latency,
        "pages (ms)": pages,
    }


@contextmanager
def running(state: Path, name: str) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, str], float, Path]]:
    """The supervisor, its environment, seconds until it says that it runs (and answers), and its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = ("DATABASE_", "REDIS_", "SANDBOX", "CELERY_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    url = f"http://127.0.0.1:{port}"
    environment = {**kept, "QUADBOX_STATE": str(state), "PORT": str(port), "PUBLIC_URL": url}
    log = state / f"supervisor-{name}.log"
    with log.open("wb") as out:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "apps.config.supervisor"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    family: list[int] = []
    try:
        wait_for(log, "is running at", process)
        seconds = round(time.monotonic() - began, 2)
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            assert answer.status == 200
        yield process, environment, seconds, log
        family = tree(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            code = process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()  # the children ask the kernel to go with it
            code = process.wait()
    assert code == 0, log.read_text()
    until = time.monotonic() + GONE
    while left := [pid for pid in family if (PROC / str(pid)).exists()]:
        assert time.monotonic() < until, f"processes {left} outlived the supervisor"
        time.sleep(0.05)


def wait_for(log: Path, words: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY
    while words not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.02)


# --- memory -----------------------------------------------------------------------------------------------------------


def memory(pid: int) -> dict[str, Any]:
    """MB of every process of the tree. RSS counts a shared page once for each process, PSS shares it out."""
    rows = []
    for process in tree(pid):
        rss = kilobytes(process, "status", "VmRSS:")
        pss = kilobytes(process, "smaps_rollup", "Pss:")
        rows.append({"process": title(process), "rss": round(rss / 1024, 1), "pss": round(pss / 1024, 1)})
    for wanted in ("supervisor", "redis", "worker", "uvicorn"):
        assert any(wanted in row["process"] for row in rows), (wanted, rows)
    return {
        "rss sum (MB)": round(sum(row["rss"] for row in rows), 1),
        "pss sum (MB)": round(sum(row["pss"] for row in rows), 1),
        "processes": rows,
    }


def settled(pid: int) -> None:
    """Waits until the short commands of the start are done: twice in a row, five processes that stay."""
    until = time.monotonic() + READY
    before: list[int] = []
    while (now := tree(pid)) != before or len(now) != 5:
        assert time.monotonic() < until, [title(process) for process in now]
        before = now
        time.sleep(1)


def tree(pid: int) -> list[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for process in found:
        found += children.get(process, [])
    return found


def kilobytes(pid: int, file: str, field: str) -> int:
    for line in (PROC / str(pid) / file).read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    raise AssertionError(f"process {pid} has no {field} in {file}")


def title(pid: int) -> str:
    words = (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ").split()
    return " ".join(word.rpartition("/")[2] for word in words if word)[:70]


# --- a change, from REST to the socket --------------------------------------------------------------------------------


def changes(environment: dict[str, str]) -> dict[str, float]:
    """Renames a layout; milliseconds from before the request until its `layout.saved` is read from the socket.

    Floors of the same run: a ping of the same socket, and a GET of /healthz on the same connection.
    """
    url = environment["PUBLIC_URL"]
    key = token(environment)
    headers = {"Authorization": f"Token {key}", "Origin": url}
    address = f"ws{url.removeprefix('http')}/ws/live/?token={key}"
    arrivals, answers, pings, gets = [], [], [], []
    with (
        httpx2.Client(base_url=url, headers=headers, timeout=ANSWER, trust_env=False) as client,
        connect(address, origin=Origin(url), proxy=None) as browser,
    ):
        news: Queue[tuple[float, dict[str, Any]]] = Queue()
        threading.Thread(target=listen, args=(browser, news), daemon=True).start()
        hello = news.get(timeout=ANSWER)[1]
        assert hello["kind"] == "hello", hello
        layout = client.get("/api/v1/layouts/").raise_for_status().json()["results"][0]
        path, version = f"/api/v1/layouts/{layout['id']}/", layout["version"]
        for at in range(CHANGES + 1):
            name = f"Renamed {at}"
            began = time.perf_counter()
            answer = client.patch(path, json={"name": name, "version": version})
            answered = time.perf_counter()
            assert answer.status_code == 200, answer.text
            version += 1
            assert (answer.json()["name"], answer.json()["version"]) == (name, version), answer.text
            arrived = saved(news, {"id": layout["id"], "name": name, "version": version, "deleted": False})
            if at == 0:
                continue  # the first one loads what the next ones find loaded
            arrivals.append((arrived - began) * 1000)
            answers.append((answered - began) * 1000)
            began = time.perf_counter()
            assert browser.ping().wait(ANSWER)
            pings.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            gets.append((time.perf_counter() - began) * 1000)
    assert len(arrivals) == CHANGES
    return {
        "times": CHANGES,
        "message median": round(statistics.median(arrivals), 1),
        "message p95": p95(arrivals),
        "REST answer median": round(statistics.median(answers), 1),
        "REST answer p95": p95(answers),
        "floor: ping of the socket, median": round(statistics.median(pings), 2),
        "floor: GET /healthz, median": round(statistics.median(gets), 2),
    }


def listen(browser: ClientConnection, news: Queue[tuple[float, dict[str, Any]]]) -> None:
    """Reads beside the requests: a message may well arrive before the REST answer does."""
    try:
        for text in browser:
            news.put((time.perf_counter(), json.loads(text)))
    except ConnectionClosed as error:
        news.put((time.perf_counter(), {"kind": "closed", "why": str(error)}))


def saved(news: Queue[tuple[float, dict[str, Any]]], expected: dict[str, Any]) -> float:
    """When the message of exactly this save arrived; news of running tasks may come between."""
    while True:
        arrived, message = news.get(timeout=ANSWER)
        assert message["kind"] != "closed", message
        if message["kind"] == "layout.saved":
            assert message["layout"] == expected, message
            return arrived


def token(environment: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", "token", "admin", "--name", "bench"]
    key = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return key.stdout.strip().splitlines()[-1]


def p95(times: list[float]) -> float:
    """The 19th of 20."""
    return round(sorted(times)[max(0, -(-95 * len(times) // 100) - 1)], 1)
