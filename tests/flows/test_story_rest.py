"""The main job over REST, each product, against the sandbox's twins over real HTTP."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn

from apps.archive import examples
from apps.callbacks import jobs as callback_jobs
from apps.credentials.models import App, Credential
from apps.layouts.models import LayoutTemplate
from apps.live.models import LiveMessage
from apps.tasks import jobs as task_jobs
from apps.tasks import lanes, runner
from apps.tasks.models import Task
from tests.tasks.conftest import DOCUMENT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(settings: Any, tmp_path: Any, redis_server: str, transactional_db: None) -> Iterator[str]:
    from apps.config.asgi import application
    from apps.sandbox.engine import runtime

    settings.SANDBOX_DIR = str(tmp_path / "sandbox")
    settings.SANDBOX_FILE_DELAY = 0.0
    settings.SANDBOX_TICK_SECONDS = 0.05
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    settings.PUBLIC_URL = f"http://127.0.0.1:{bound.getsockname()[1]}"
    made = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
    thread = threading.Thread(target=made.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not made.started:
        time.sleep(0.01)
    yield settings.PUBLIC_URL
    made.should_exit = True
    thread.join(10)
    runtime.shut_down()


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    for job in (task_jobs.carry_out, task_jobs.poll, callback_jobs.apply_receipt):
        monkeypatch.setattr(job, "delay", lambda *args: None)


def worker_until(task_id: str, *states: str, seconds: float = 30.0) -> Task:
    """What the worker and the clock do, in this process."""
    until = time.monotonic() + seconds
    while True:
        for one in runner.unfinished():
            runner.carry_out(one)
        lanes.poll_due()
        callback_jobs.apply_waiting()
        task = Task.objects.get(pk=task_id)
        if task.state in states:
            return task
        assert time.monotonic() < until, (task.state, task.error, list(task.events.values_list("kind", "title")))
        time.sleep(0.1)


@pytest.fixture
def make(team: Any, house: str) -> Callable[[str], App]:
    def made(vendor: str) -> App:
        account = examples.ACCOUNTS[vendor]
        endpoints = {slug: f"{house}{path}" for slug, path in account["endpoints"].items()}
        credential = Credential.objects.create(
            team=team, vendor=vendor, name=vendor, keys=account["keys"], endpoints=endpoints
        )
        return App.objects.create(
            team=team,
            credential=credential,
            name=vendor,
            vendor_app_id=account["app_id"],
            secrets=account["secrets"],
            settings=account["settings"],
        )

    return made


@pytest.mark.parametrize(
    ("vendor", "product", "output"),
    [
        ("volcengine", "volcengine-push", {"push_urls": ["rtmp://live.example.com/show/key"]}),
        ("aliyun", "aliyun-rtc-record", {"record": {}}),
        ("aliyun", "aliyun-rtc-mpu", {"push_urls": ["rtmp://live.example.com/show/key"]}),
    ],
)
def test_start_change_and_stop(
    api: Any, team: Any, make: Callable[[str], App], vendor: str, product: str, output: dict[str, Any]
) -> None:
    producer = api("producer")
    layout = LayoutTemplate.objects.create(team=team, name="One", document=DOCUMENT)
    body = {
        "app": str(make(vendor).pk),
        "product": product,
        "layout": str(layout.pk),
        "room": "lobby",
        "bindings": {"host": {"user_id": "anna"}},
        "output": output,
    }
    made = producer.post("/api/v1/tasks/", body)
    assert made.status_code == 201, made.content
    where = f"/api/v1/tasks/{made.data['id']}/"
    assert producer.post(f"{where}start/").status_code == 202
    worker_until(made.data["id"], "running")
    layout.document = {**DOCUMENT, "objects": [{**DOCUMENT["objects"][0], "width": 640}]}
    layout.version = 2
    layout.save()
    assert producer.post(f"{where}apply-layout/", {}).status_code == 202
    for one in runner.unfinished():
        runner.carry_out(one)
    row = producer.get(where).data
    assert (row["applied_version"], row["error"]) == (2, None)
    assert producer.post(f"{where}stop/").status_code == 202
    worker_until(made.data["id"], "stopping", "stopped")
    if product != "aliyun-rtc-record":
        worker_until(made.data["id"], "stopped")
    states = [one["data"]["to"] for one in producer.get(f"{where}events/").data["results"] if one["kind"] == "state"]
    assert states[0] == "scheduled"
    assert "running" in states
    told = [one.data["task"]["state"] for one in LiveMessage.objects.filter(kind="task.changed")]
    assert told[-1] in ("stopping", "stopped")
    ranks = ["draft", "scheduled", "starting", "running", "stopping", "stopped"]
    assert [ranks.index(one) for one in told] == sorted(ranks.index(one) for one in told)
