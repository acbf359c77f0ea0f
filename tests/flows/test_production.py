"""The main job on PostgreSQL and Redis, through the scripts that the containers run: migrate, web, worker, beat.

Everything is asked over REST; what happens is read from the socket alone.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx2
import pytest
from websockets.sync.client import ClientConnection, connect

from apps.core.version import VERSION
from tests.flows.production import ROOT, Absent, Production, database, empty_redis

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("flows")]

PATIENCE = 40.0  # seconds for one step, on a busy machine
VENDORS: dict[str, dict[str, Any]] = {
    "volcengine": {
        "keys": {"access_key_id": "SANDBOXvolcengineKey0001", "secret_access_key": "sandbox-volcengine-secret-0001"},
        "product": "volcengine-push",
        "path": "/sandbox/volcengine/",
        "app_id": "65f0a1b2c3d4e5f6a7b8c9d0",
        "secrets": {"callback_secret": "sandbox-callback-secret-0001"},
        "settings": {},
    },
    "aliyun": {
        "keys": {"access_key_id": "SANDBOXaliyunKey0001", "access_key_secret": "sandbox-aliyun-secret-0001"},
        "product": "aliyun-rtc-record",
        "path": "/sandbox/aliyun/rtc/",
        "app_id": "9qb1test",
        "secrets": {},
        "settings": {"record_template_id": "sandbox1"},
    },
}


@pytest.fixture(scope="module")
def production() -> Iterator[Production]:
    folder = Path(tempfile.mkdtemp(prefix="qb-flow-"))
    try:
        with database() as database_url, empty_redis() as redis_url:
            stack = Production(database_url, redis_url, folder)
            stack.run(str(stack.entrypoint("migrate")))
            stack.run("python", "manage.py", "first_admin")
            try:
                for name in ("web", "worker", "beat"):
                    stack.start(name)
                stack.wait_until_healthy()
                yield stack
            finally:
                stack.stop()
    except Absent as error:
        pytest.skip(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def token(production: Production) -> str:
    return production.run("python", "manage.py", "token", "admin").split()[-1]


@pytest.fixture(scope="module")
def rest(production: Production, token: str) -> Iterator[Callable[..., Any]]:
    """`rest("POST", "tasks/", {…})` → the JSON of a good answer."""
    with httpx2.Client(
        base_url=f"{production.url}/api/v1/", headers={"Authorization": f"Token {token}"}, timeout=30
    ) as client:

        def ask(method: str, path: str, body: Any = None) -> Any:
            answer = client.request(method, path, json=body)
            assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}\n{production.words()}"
            return answer.json()

        yield ask


@pytest.fixture(scope="module")
def apps(rest: Callable[..., Any], production: Production) -> dict[str, str]:
    """Vendor → the id of an app whose credential points at the sandbox."""
    made = {}
    for vendor, given in VENDORS.items():
        endpoints = {given["product"]: production.url + given["path"]}
        credential = rest(
            "POST", "credentials/", {"name": vendor, "vendor": vendor, "keys": given["keys"], "endpoints": endpoints}
        )
        assert set(credential["keys"].values()) == {"set"}
        app = {
            "name": vendor, "credential": credential["id"], "vendor_app_id": given["app_id"],
            "secrets": given["secrets"], "settings": given["settings"],
        }  # fmt: skip
        made[vendor] = rest("POST", "apps/", app)["id"]
        assert rest("POST", f"credentials/{credential['id']}/test/")["ok"] is True
    return made


class Live:
    """The socket of a page: remembers what it was told and checks that no number is missing."""

    def __init__(self, socket: ClientConnection, production: Production) -> None:
        self.socket, self.production = socket, production
        self.told: list[dict[str, Any]] = []
        hello = json.loads(socket.recv(timeout=PATIENCE))
        assert hello["kind"] == "hello"
        self.seq: int = hello["seq"]

    def until(self, wanted: Callable[[dict[str, Any]], bool], what: str, patience: float = PATIENCE) -> dict[str, Any]:
        end = time.monotonic() + patience
        while (left := end - time.monotonic()) > 0:
            try:
                message = json.loads(self.socket.recv(timeout=left))
            except TimeoutError:
                break
            self.seq += 1
            assert message["seq"] == self.seq, "a message is missing, or came twice"
            self.told.append(message)
            if wanted(message):
                return message
        told = "\n".join(map(str, self.told))
        raise AssertionError(f"The socket did not tell: {what}. It told:\n{told}\n{self.production.words()}")

    def until_task(self, task_id: str, *, patience: float = PATIENCE, **facts: Any) -> dict[str, Any]:
        def wanted(message: dict[str, Any]) -> bool:
            if message["kind"] != "task.changed" or message["task"]["id"] != task_id:
                return False
            return all(message["task"][name] == value for name, value in facts.items())

        return self.until(wanted, f"task {task_id} with {facts}", patience)

    def states(self, task_id: str) -> list[str]:
        """The states a task went through, as told, each once."""
        states = [
            message["task"]["state"]
            for message in self.told
            if message["kind"] == "task.changed" and message["task"]["id"] == task_id
        ]
        return [state for index, state in enumerate(states) if index == 0 or states[index - 1] != state]


def open_socket(production: Production, token: str, query: str = "") -> ClientConnection:
    address = production.url.replace("http", "ws", 1) + f"/ws/live/{query}"
    headers = {"Authorization": f"Token {token}"}
    return connect(address, additional_headers=headers, origin=production.url, proxy=None)  # type: ignore[arg-type]


@pytest.fixture
def live(production: Production, token: str) -> Iterator[Live]:
    with open_socket(production, token) as socket:
        yield Live(socket, production)


def region(id: str, x: int, y: int, width: int, height: int, slot: str) -> dict[str, Any]:
    source = {"slot": slot, "stream": "camera"}
    return {
        "kind": "region",
        "id": id,
        "name": slot,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "source": source,
    }


def document(*objects: dict[str, Any]) -> dict[str, Any]:
    canvas = {"width": 640, "height": 360, "color": "#101820"}
    return {"schema": "quadbox.layout/1", "canvas": canvas, "objects": list(objects)}


SIDE_BY_SIDE = document(region("r1", 0, 0, 320, 360, "host"), region("r2", 320, 0, 320, 360, "guest-1"))
CORNER = document(region("r1", 0, 0, 640, 360, "host"), region("r2", 480, 240, 144, 96, "guest-1"))
PEOPLE = {"host": {"user_id": "anna"}, "guest-1": {"user_id": "bo"}}


def test_a_relay_starts_changes_and_stops(rest: Callable[..., Any], apps: dict[str, str], live: Live) -> None:
    layout = rest("POST", "layouts/", {"name": "Two", "document": SIDE_BY_SIDE})
    assert layout["version"] == 1
    task = rest(
        "POST",
        "tasks/",
        {
            "name": "Relay", "app": apps["volcengine"], "product": "volcengine-push", "layout": layout["id"],
            "room": "relay", "bindings": PEOPLE, "output": {"push_urls": ["rtmp://live.example.com/show/relay"]},
        },
    )  # fmt: skip
    assert task["state"] == "draft"

    rest("POST", f"tasks/{task['id']}/start/")
    live.until_task(task["id"], state="running")
    states = live.states(task["id"])
    assert states[-2:] == ["starting", "running"], states

    saved = rest("PATCH", f"layouts/{layout['id']}/", {"document": CORNER, "version": 1})
    assert saved["version"] == 2
    live.until(lambda message: message["kind"] == "layout.saved" and message["layout"]["version"] == 2, "layout.saved")
    rest("POST", f"tasks/{task['id']}/apply-layout/", {})
    live.until_task(task["id"], applied_version=2, state="running")

    rest("POST", f"tasks/{task['id']}/stop/")
    live.until_task(task["id"], state="stopped")
    assert live.states(task["id"])[-2:] == ["stopping", "stopped"]

    ledger = rest("GET", f"tasks/{task['id']}/events/")["results"]
    kinds = {event["kind"] for event in ledger}
    assert {"wish", "request"} <= kinds, kinds
    assert VENDORS["volcengine"]["keys"]["secret_access_key"] not in json.dumps(ledger)


def test_a_recording_arrives_and_is_served(rest: Callable[..., Any], apps: dict[str, str], live: Live) -> None:
    layout = rest("POST", "layouts/", {"name": "Recorded", "document": SIDE_BY_SIDE})
    task = rest(
        "POST",
        "tasks/",
        {
            "name": "Take one", "app": apps["aliyun"], "product": "aliyun-rtc-record", "layout": layout["id"],
            "room": "take-one", "bindings": PEOPLE, "output": {"record": {}},
        },
    )  # fmt: skip
    rest("POST", f"tasks/{task['id']}/start/")
    live.until_task(task["id"], state="running")
    time.sleep(4)  # something to record: two segments
    rest("POST", f"tasks/{task['id']}/stop/")
    added = live.until(
        lambda message: message["kind"] == "recording.added" and message["task_id"] == task["id"], "recording.added"
    )
    if "stopped" not in live.states(task["id"]):
        live.until_task(task["id"], state="stopped")

    playable = rest("GET", f"recordings/{added['recording']['id']}/play/")
    playlist = httpx2.get(playable["url"], timeout=10)
    assert playlist.status_code == 200
    assert playlist.text.startswith("#EXTM3U")
    assert "#EXT-X-ENDLIST" in playlist.text
    segments = [line for line in playlist.text.splitlines() if line and not line.startswith("#")]
    first = httpx2.get(urljoin(playable["url"], segments[0]), timeout=10)
    assert first.status_code == 200
    assert len(first.content) > 1000


def test_who_comes_back_misses_nothing(production: Production, token: str, rest: Callable[..., Any]) -> None:
    layout = rest("POST", "layouts/", {"name": "Away", "document": SIDE_BY_SIDE})
    with open_socket(production, token) as socket:
        before = Live(socket, production).seq
    for version in (1, 2, 3):
        rest("PATCH", f"layouts/{layout['id']}/", {"name": f"Away {version}", "version": version})
    with open_socket(production, token, f"?since={before}") as socket:
        back = Live(socket, production)
        assert back.seq == before
        back.until(
            lambda message: message["kind"] == "layout.saved" and message["layout"]["version"] == 4, "what was missed"
        )
    saved = [message["layout"]["version"] for message in back.told if message["kind"] == "layout.saved"]
    assert saved == [2, 3, 4]


def test_a_wish_waits_for_a_worker(
    production: Production, rest: Callable[..., Any], apps: dict[str, str], live: Live
) -> None:
    layout = rest("POST", "layouts/", {"name": "Patient", "document": SIDE_BY_SIDE})
    task = rest(
        "POST",
        "tasks/",
        {
            "name": "Patient", "app": apps["volcengine"], "product": "volcengine-push", "layout": layout["id"],
            "room": "patient", "bindings": PEOPLE, "output": {"push_urls": ["rtmp://live.example.com/show/patient"]},
        },
    )  # fmt: skip
    production.kill("worker")
    rest("POST", f"tasks/{task['id']}/start/")
    production.start("worker")
    live.until_task(task["id"], state="running")
    events = rest("GET", f"tasks/{task['id']}/events/")["results"]
    assert len([event for event in events if event["kind"] == "request" and event["data"].get("starts")]) == 1
    rest("POST", f"tasks/{task['id']}/stop/")
    live.until_task(task["id"], state="stopped")


def test_a_worker_killed_in_the_middle_of_a_request_leaves_one_run(
    production: Production, rest: Callable[..., Any], apps: dict[str, str], live: Live
) -> None:
    layout = rest("POST", "layouts/", {"name": "Cut off", "document": SIDE_BY_SIDE})
    task = rest(
        "POST",
        "tasks/",
        {
            "name": "Cut off", "app": apps["volcengine"], "product": "volcengine-push", "layout": layout["id"],
            "room": "cut-off", "bindings": PEOPLE, "output": {"push_urls": ["rtmp://live.example.com/show/cut-off"]},
        },
    )  # fmt: skip
    fault = {
        "vendor": "volcengine",
        "operation": "StartPushMixedStreamToCDN",
        "kind": "timeout_after_accept",
        "times": 1,
    }
    ordered = httpx2.post(f"{production.url}/sandbox/control/faults/", json={**fault, "seconds": 12}, timeout=10)
    assert ordered.status_code == 200, ordered.text
    rest("POST", f"tasks/{task['id']}/start/")

    def runs() -> list[str]:
        known = httpx2.get(f"{production.url}/sandbox/control/tasks/", timeout=10).json()["results"]
        return [task["task_id"] for task in known if task["room"] == "cut-off"]

    until = time.monotonic() + PATIENCE
    while not runs():  # the cloud has it; its answer is held back
        assert time.monotonic() < until, production.words()
        time.sleep(0.1)
    production.kill("worker")
    production.start("worker")
    live.until_task(task["id"], patience=PATIENCE + 25, state="running")
    events = rest("GET", f"tasks/{task['id']}/events/")["results"]
    assert len([event for event in events if event["kind"] == "request" and event["data"].get("starts")]) == 1
    assert [event["title"] for event in events if event["kind"] == "note"].count(
        "Already exists at the vendor: not started again"
    ) == 1
    assert len(runs()) == 1
    rest("POST", f"tasks/{task['id']}/stop/")
    live.until_task(task["id"], state="stopped")


def test_static_files_are_collected(production: Production) -> None:
    page = httpx2.get(f"{production.url}/login/", timeout=10)
    assert page.status_code == 200
    addresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    assert addresses
    answers = {address: httpx2.get(production.url + address, timeout=10) for address in addresses}
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(addresses, 200)
    built = [answer for address, answer in answers.items() if address.startswith("/static/assets/")]
    assert len(built) >= 2
    for asset in built:  # named by its content: a new version is a new address
        assert re.search(r"-[\w-]{8}\.(js|css)$", str(asset.url))
        assert "immutable" in asset.headers["cache-control"]
        assert asset.headers["content-encoding"] in ("br", "gzip", "zstd")
    for asset in built:  # and what they name in turn is there, and immutable too
        for name in re.findall(r'from"\./(chunk-[^"]+)"', asset.text):
            part = httpx2.get(f"{production.url}/static/assets/{name}", timeout=10)
            assert (part.status_code, "immutable" in part.headers["cache-control"]) == (200, True)
    logo = answers["/static/images/logo.svg"]  # its name stays, so it is asked for again
    assert "immutable" not in logo.headers["cache-control"]


def test_the_house_is_healthy_and_the_doctor_agrees(production: Production, live: Live) -> None:
    until = time.monotonic() + PATIENCE
    while (answer := httpx2.get(f"{production.url}/health/", timeout=10)).status_code != 200:
        assert time.monotonic() < until, answer.text
        time.sleep(0.5)
    assert answer.json() == {"database": "ok", "redis": "ok", "worker": "ok", "version": VERSION}
    said = subprocess.run(
        ["python", "manage.py", "doctor"], cwd=ROOT, env=production.environment, capture_output=True, text=True
    ).stdout
    wrong = [line for line in said.splitlines() if line.startswith("✗")]
    assert [line.split(":")[0] for line in wrong] == ["✗ public url", "✗ sandbox"], said  # as this test sets them up


def test_the_log_is_json_with_request_and_task_and_no_secret(production: Production, live: Live) -> None:
    httpx2.post(f"{production.url}/callbacks/volcengine-push/{uuid.uuid4()}/a-secret-path-of-someone/", timeout=10)
    lines = [line for name in ("web", "worker", "beat") for line in production.log(name).read_text().splitlines()]
    events = [json.loads(line) for line in lines if line.startswith("{")]
    refused = next(event for event in events if "/callbacks/" in event["event"])
    assert re.fullmatch("[0-9a-f]{32}", refused["request_id"])
    assert "/callbacks/volcengine-push/" in refused["event"]
    assert "a-secret-path" not in "".join(lines)
    assert not [
        given["keys"] for given in VENDORS.values() if any(key in "".join(lines) for key in given["keys"].values())
    ]


def test_every_process_ends_by_itself_when_asked(production: Production, live: Live) -> None:
    """Last of the module: a container's stop is SIGTERM, and nobody may need to be killed."""
    codes = production.stop()
    assert set(codes) == {"web", "worker", "beat"}
    assert -signal.SIGKILL not in codes.values(), (codes, production.words())
