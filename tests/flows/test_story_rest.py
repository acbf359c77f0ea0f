"""The main job over REST, each product, against the sandbox's emulators over real HTTP."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from celery import Celery

from apps.callbacks import jobs as callback_jobs
from apps.callbacks.models import Receipt
from apps.credentials.models import App, Credential
from apps.demo.accounts import ACCOUNTS
from apps.layouts.models import LayoutTemplate
from apps.live.models import LiveMessage
from apps.tasks import jobs as task_jobs
from apps.tasks.engine import polling, worker
from apps.tasks.models import Task
from tests.tasks.conftest import DOCUMENT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings: Any, tmp_path: Any, redis_server: str, transactional_db: None) -> Iterator[str]:
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
    monkeypatch.setattr(Celery, "send_task", lambda *args, **kwargs: None)


def worker_until(task_id: str, *states: str, seconds: float = 30.0) -> Task:
    """What the worker and the clock do, in this process."""
    until = time.monotonic() + seconds
    while True:
        for one in worker.unfinished():
            worker.carry_out(one)
        polling.poll_due()
        callback_jobs.apply_waiting()
        task = Task.objects.get(pk=task_id)
        if task.state in states:
            return task
        assert time.monotonic() < until, (task.state, task.error, list(task.events.values_list("kind", "code")))
        time.sleep(0.1)


@pytest.fixture
def make(team: Any, server: str) -> Callable[[str], App]:
    def made(vendor: str) -> App:
        account = ACCOUNTS[vendor]
        endpoints = {slug: f"{server}{path}" for slug, path in account["endpoints"].items()}
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
    for task_id in worker.unfinished():
        worker.carry_out(task_id)
    row = producer.get(where).data
    assert (row["applied_version"], row["error"]) == (2, None)
    assert producer.post(f"{where}stop/").status_code == 202
    worker_until(made.data["id"], "stopping", "stopped")
    if product != "aliyun-rtc-record":
        worker_until(made.data["id"], "stopped")
    states = [
        result["data"]["to"] for result in producer.get(f"{where}events/").data["results"] if result["kind"] == "state"
    ]
    assert states[0] == "scheduled"
    assert "running" in states
    told = [message.data["task"]["state"] for message in LiveMessage.objects.filter(kind="task.changed")]
    assert told[-1] in ("stopping", "stopped")
    ranks = ["draft", "scheduled", "starting", "running", "stopping", "stopped"]
    assert [ranks.index(message) for message in told] == sorted(ranks.index(message) for message in told)


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


def test_events_are_ordered_by_a_call_and_come(api: Any, on_live: dict[str, Any], server: str) -> None:
    admin, where = api("admin"), f"/api/v1/apps/{on_live['app'].pk}/subscribe/"
    first = admin.post(where, {"product": LIVE})
    assert (first.status_code, first.data["changed"]) == (200, True), first.content
    assert first.data["callback_url"].startswith(f"{server}/callbacks/{LIVE}/")
    assert admin.post(where, {"product": LIVE}).data["changed"] is False
    assert admin.post(where, {"product": "aliyun-rtc-record"}).status_code == 400
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
        for receipt in Receipt.objects.filter(outcome="new"):
            callback_jobs.apply_receipt(str(receipt.pk))
        time.sleep(0.1)
    task = Task.objects.get(pk=on_live["id"])
    assert task.events.filter(kind="callback", data__event__startswith="relay EventCode=1").exists()
    assert api("producer").post(f"{on_live['where']}stop/").status_code == 202
    assert worker_until(on_live["id"], "stopped").end_reason == "stopped_by_user"


def test_an_empty_room_is_waited_for(api: Any, on_live: dict[str, Any]) -> None:
    from apps.sandbox.engine import people, runtime

    emulator, app_id = runtime.current(), on_live["app"].vendor_app_id
    with emulator.store.changing() as state:
        people.arrange(state, "aliyun", app_id, "studio", [], emulator.clock.now())
    assert api("producer").post(f"{on_live['where']}start/").status_code == 202
    for task_id in worker.unfinished():
        worker.carry_out(task_id)
    waiting = api("producer").get(on_live["where"]).data
    assert waiting["state"] == "scheduled"
    assert "first person" in waiting["error"]["detail"]
    with emulator.store.changing() as state:
        people.arrange(state, "aliyun", app_id, "studio", [{"user_id": "anna"}], emulator.clock.now())
    assert worker_until(on_live["id"], "running").error is None


def test_a_start_whose_answer_is_lost_is_found_again(api: Any, on_live: dict[str, Any]) -> None:
    """Also where the cloud has no status operation any more: the list of tasks knows it."""
    from apps.sandbox.engine import faults, runtime

    emulator = runtime.current()
    with emulator.store.changing() as state:
        faults.add(state, {
            "vendor": "aliyun", "operation": "StartLiveMPUTask", "kind": "timeout_after_accept", "times": 1, "seconds": 0.01,
        })  # fmt: skip
        faults.add(state, {
            "vendor": "aliyun", "operation": "GetMPUTaskStatus", "kind": "error", "times": 1000,
            "code": "InvalidAction.NotFound",
        })  # fmt: skip
    assert api("producer").post(f"{on_live['where']}start/").status_code == 202
    worker_until(on_live["id"], "running")
    codes = list(Task.objects.get(pk=on_live["id"]).events.values_list("code", flat=True))
    assert "adopted" in codes
    assert len(emulator.store.state["tasks"]) == 1
    assert api("producer").post(f"{on_live['where']}stop/").status_code == 202
    worker_until(on_live["id"], "stopped")


def test_record_templates_are_chosen_from_those_at_the_vendor(make: Callable[[str], App], people: Any) -> None:
    from django.test import Client

    from apps.sandbox.engine.accounts import DEMO_RECORD_TEMPLATE

    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    app = make("aliyun")
    admin = sign_in("admin")
    where = f"/settings/apps/{app.pk}/choices"
    shown = admin.get(f"{where}/record_template_id/").content.decode()
    assert f'<option value="{DEMO_RECORD_TEMPLATE}"' in shown
    assert "1280×720" in shown
    assert admin.get(f"{where}/signature/").status_code == 404
    assert sign_in("producer").get(f"{where}/record_template_id/").status_code in (302, 403)
    app.settings = {"record_template_id": "made-elsewhere"}
    app.save()
    kept = admin.get(f"{where}/record_template_id/").content.decode()
    assert '<option value="made-elsewhere" selected>' in kept


def test_a_task_chooses_its_template_on_the_start_page(make: Callable[[str], App], people: Any) -> None:
    from django.test import Client

    from apps.sandbox.engine.accounts import DEMO_RECORD_TEMPLATE

    app = make("aliyun")
    client = Client()
    client.force_login(people["producer"], backend="django.contrib.auth.backends.ModelBackend")
    target = {"target": f"{app.pk}/aliyun-rtc-record"}
    where = "/tasks/new/choices/record_template_id/"
    assert f'hx-get="{where}"' in client.get("/tasks/new/fields/", target).content.decode()
    shown = client.get(where, target).content.decode()
    assert f'<option value="{DEMO_RECORD_TEMPLATE}"' in shown
    assert '<select name="opt:record_template_id"' in shown
    kept = client.get(where, {**target, "opt:record_template_id": "made-elsewhere"}).content.decode()
    assert '<option value="made-elsewhere" selected>' in kept
    for other in ({"target": f"{app.pk}/aliyun-rtc-mpu"}, {"target": "nobody/aliyun-rtc-record"}, {}):
        assert client.get(where, other).status_code == 404
    assert client.get("/tasks/new/choices/mode/", target).status_code == 404
    app.credential.keys = {"access_key_id": "nobody", "access_key_secret": "x"}
    app.credential.save()
    refused = client.get(where, target).content.decode()
    assert "Aliyun does not know this AccessKey ID." in refused
    assert f'hx-get="{where}"' in refused, "to be tried again"


def test_a_message_of_the_moment_goes_into_the_running_stream(api: Any, on_live: dict[str, Any]) -> None:
    from apps.sandbox.engine import runtime

    def say(options: Any, expect: int = 202) -> Any:
        answer = api("producer").post(f"{on_live['where']}apply-layout/", {"options": options}, format="json")
        assert answer.status_code == expect, answer.content
        if expect == 202:
            task_jobs.carry_out(str(on_live["id"]))
        (task,) = runtime.current().store.state["tasks"].values()
        return task["sei"]

    assert api("producer").post(f"{on_live['where']}start/").status_code == 202
    worker_until(on_live["id"], "running")
    assert say({"sei_now": '{"scene":"quiz"}'}) == ['{"scene":"quiz"}']
    assert say({}) == ['{"scene":"quiz"}'], "once"
    assert say({"sei_now": "next"}) == ['{"scene":"quiz"}', '"next"']
    say({"sei_now": "x" * 5000}, expect=409)
    say(["sei_now"], expect=400)
    assert len(say({"sei_now": None})) == 2
    assert "sei_now" not in Task.objects.get(pk=on_live["id"]).options


def test_events_that_got_lost_are_fetched_from_the_vendors_list(api: Any, on_live: dict[str, Any], server: str) -> None:
    from apps.callbacks import missed
    from tests.flows.test_story_agora import control

    app = on_live["app"]
    assert api("admin").post(f"/api/v1/apps/{app.pk}/subscribe/", {"product": LIVE}).status_code == 200
    control(server, "faults", vendor="aliyun", operation="*", kind="drop_callback", times=9)
    assert api("producer").post(f"{on_live['where']}start/").status_code == 202
    worker_until(on_live["id"], "running")
    assert not Receipt.objects.exists()
    control(server, "faults", vendor="aliyun", operation="ListRtcMPUEventSubRecord", kind="throttle")
    assert missed.fetch_all() == 0
    from apps.tasks.engine import rate_limiter

    for lane in rate_limiter.connection().scan_iter("cool:*"):
        rate_limiter.connection().delete(lane)
    assert missed.fetch_all() == 1
    assert missed.fetch_all() == 0, "what is known is not taken twice"
    (receipt,) = Receipt.objects.all()
    callback_jobs.apply_receipt(str(receipt.pk))
    task = Task.objects.get(pk=on_live["id"])
    assert task.events.filter(kind="callback", data__event__startswith="relay EventCode=1").exists()


def test_who_comes_and_goes_makes_a_relay_be_asked_for(
    api: Any, team: Any, make: Callable[[str], App], server: str
) -> None:
    from apps.credentials.models import VendorObject
    from apps.sandbox.engine import runtime
    from tests.flows.test_story_agora import control

    relay, app = "aliyun-rtc-mpu", make("aliyun")
    where = f"/api/v1/apps/{app.pk}/subscribe/"

    def ordered() -> dict[str, Any]:
        with runtime.current().store.reading() as state:
            return dict(state.get("aliyun_events", {}))

    for _twice in range(2):
        assert api("admin").post(where, {"product": relay}).status_code == 200
    assert len(ordered()) == 1, "asked twice, there is one subscription"
    App.objects.filter(pk=app.pk).update(callback_path="another-secret-path")
    assert api("admin").post(where, {"product": relay}).status_code == 200
    assert [value["url"].endswith("another-secret-path/") for value in ordered().values()] == [True], (
        "the earlier one is ended"
    )
    assert list(ordered()) == [VendorObject.objects.get(app=app, key="aliyun-rtc-events").value]

    layout = LayoutTemplate.objects.create(team=team, name="One", document=DOCUMENT)
    body = {
        "app": str(app.pk), "product": relay, "layout": str(layout.pk), "room": "studio",
        "bindings": {"host": {"user_id": "anna"}}, "output": {"push_urls": ["rtmp://live.example.com/show/key"]},
    }  # fmt: skip
    task_id = api("producer").post("/api/v1/tasks/", body).data["id"]
    assert api("producer").post(f"/api/v1/tasks/{task_id}/start/").status_code == 202
    worker_until(task_id, "running")
    Task.objects.filter(pk=task_id).update(next_poll_at="2099-01-01T00:00:00Z")
    control(server, "people", vendor="aliyun", app_id=app.vendor_app_id, room="studio", users=[{"user_id": "bo"}])
    until = time.monotonic() + 20
    while Task.objects.get(pk=task_id).next_poll_at.year == 2099:  # type: ignore[union-attr]
        assert time.monotonic() < until, list(Receipt.objects.values_list("event", "outcome"))
        for receipt in Receipt.objects.filter(outcome="new"):
            callback_jobs.apply_receipt(str(receipt.pk))
        time.sleep(0.1)
    assert {"UserEvent Join", "UserEvent Leave"} & set(Receipt.objects.values_list("event", flat=True))
