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
from apps.callbacks.models import Receipt
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
        (
            "aliyun",
            "aliyun-live-mpu",
            {"push_urls": ["rtmp://live.example.com/show/key", "rtmp://cdn.example.com/a/b"]},
        ),
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


LIVE = "aliyun-live-mpu"


@pytest.fixture
def on_live(api: Any, team: Any, make: Callable[[str], App]) -> dict[str, Any]:
    """A task of ApsaraVideo Live, made and not started."""
    app = make("aliyun")
    layout = LayoutTemplate.objects.create(team=team, name="One", document=DOCUMENT)
    body = {
        "app": str(app.pk), "product": LIVE, "layout": str(layout.pk), "room": "studio",
        "bindings": {"host": {"user_id": "anna"}}, "output": {"push_urls": ["rtmp://live.example.com/show/key"]},
    }  # fmt: skip
    made = api("producer").post("/api/v1/tasks/", body)
    assert made.status_code == 201, made.content
    return {"app": app, "id": made.data["id"], "where": f"/api/v1/tasks/{made.data['id']}/"}


def test_events_are_ordered_by_a_call_and_come(api: Any, on_live: dict[str, Any], house: str) -> None:
    admin, where = api("admin"), f"/api/v1/apps/{on_live['app'].pk}/subscribe/"
    first = admin.post(where, {"product": LIVE})
    assert (first.status_code, first.data["changed"]) == (200, True), first.content
    assert first.data["callback_url"].startswith(f"{house}/callbacks/{LIVE}/")
    assert admin.post(where, {"product": LIVE}).data["changed"] is False
    assert admin.post(where, {"product": "aliyun-rtc-mpu"}).status_code == 400
    assert api("producer").post(where, {"product": LIVE}).status_code == 403
    # The address moved: somebody else's may stand there, so it is replaced only when that was said.
    App.objects.filter(pk=on_live["app"].pk).update(callback_path="another-secret-path")
    assert admin.post(where, {"product": LIVE}).status_code == 409
    assert admin.post(where, {"product": LIVE, "replace": True}).data["changed"] is True

    assert api("producer").post(f"{on_live['where']}start/").status_code == 202
    worker_until(on_live["id"], "running")
    until = time.monotonic() + 20
    while not Receipt.objects.filter(product=LIVE, outcome="applied").exists():
        assert time.monotonic() < until, list(Receipt.objects.values_list("event", "outcome"))
        callback_jobs.apply_waiting()
        for one in Receipt.objects.filter(outcome="new"):
            callback_jobs.apply_receipt(str(one.pk))
        time.sleep(0.1)
    task = Task.objects.get(pk=on_live["id"])
    assert task.events.filter(kind="callback", title__startswith="relay EventCode=1").exists()
    assert api("producer").post(f"{on_live['where']}stop/").status_code == 202
    assert worker_until(on_live["id"], "stopped").end_reason == "stopped_by_user"


def test_an_empty_room_is_waited_for(api: Any, on_live: dict[str, Any]) -> None:
    from apps.sandbox.engine import people, runtime

    twin, app_id = runtime.current(), on_live["app"].vendor_app_id
    with twin.store.changing() as state:
        people.arrange(state, "aliyun", app_id, "studio", [], twin.clock.now())
    assert api("producer").post(f"{on_live['where']}start/").status_code == 202
    for one in runner.unfinished():
        runner.carry_out(one)
    waiting = api("producer").get(on_live["where"]).data
    assert waiting["state"] == "scheduled"
    assert "first person" in waiting["error"]["detail"]
    with twin.store.changing() as state:
        people.arrange(state, "aliyun", app_id, "studio", [{"user_id": "anna"}], twin.clock.now())
    assert worker_until(on_live["id"], "running").error is None


def test_a_start_whose_answer_is_lost_is_found_again(api: Any, on_live: dict[str, Any]) -> None:
    """Also where the cloud has no status operation any more: the list of tasks knows it."""
    from apps.sandbox.engine import faults, runtime

    twin = runtime.current()
    with twin.store.changing() as state:
        faults.add(state, {
            "vendor": "aliyun", "operation": "StartLiveMPUTask", "kind": "timeout_after_accept", "times": 1, "seconds": 0.01,
        })  # fmt: skip
        faults.add(state, {
            "vendor": "aliyun", "operation": "GetMPUTaskStatus", "kind": "error", "times": 1000,
            "code": "InvalidAction.NotFound",
        })  # fmt: skip
    assert api("producer").post(f"{on_live['where']}start/").status_code == 202
    worker_until(on_live["id"], "running")
    titles = list(Task.objects.get(pk=on_live["id"]).events.values_list("title", flat=True))
    assert "Found at the vendor: not started again" in titles
    assert len(twin.store.state["tasks"]) == 1
    assert api("producer").post(f"{on_live['where']}stop/").status_code == 202
    worker_until(on_live["id"], "stopped")
