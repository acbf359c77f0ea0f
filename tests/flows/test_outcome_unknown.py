"""A start whose answer never came, over real HTTP: what runs is found, and nothing is started twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate
from apps.sandbox.engine import runtime
from apps.tasks.engine import lifecycle, worker
from apps.tasks.models import Task
from apps.vendors import http
from tests.flows.test_story_agora import control
from tests.flows.test_story_rest import make, no_broker, server, worker_until
from tests.tasks.conftest import DOCUMENT

__all__ = ["make", "no_broker", "server"]

pytestmark = pytest.mark.django_db(transaction=True)

PUSH = {"push_urls": ["rtmp://live.example.com/show/key"]}
# product → vendor, output, the call that starts, the calls that look (none: the start itself is the question)
PRODUCTS: dict[str, tuple[str, dict[str, Any], str, tuple[str, ...]]] = {
    "volcengine-push": ("volcengine", PUSH, "StartPushMixedStreamToCDN", ("GetPushMixedStreamToCDNTask",)),
    "aliyun-rtc-mpu": ("aliyun", PUSH, "StartMPUTask", ("GetMPUTaskStatus",)),
    "aliyun-live-mpu": ("aliyun", PUSH, "StartLiveMPUTask", ("GetMPUTaskStatus", "ListRtcMPUTaskDetail")),
    "aliyun-rtc-record": ("aliyun", {"record": {}}, "StartRecordTask", ()),
    "agora-transcoder": ("agora", {"rtc": {"channel": "mixed", "uid": 1000}}, "Create", ()),
}
WITH_A_LOOK = [slug for slug, (*_rest, looks) in PRODUCTS.items() if looks]


@pytest.fixture
def begun(
    api: Any, team: Any, make: Callable[[str], App], server: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Callable[[str], Task]:
    """A task that is to start, at a cloud that answers faster than anybody's patience; `hang` is longer than it. The
    rests between two tries are a tenth of the real ones (tests/tasks/test_rests.py)."""
    monkeypatch.setattr(http, "TIMEOUT", httpx2.Timeout(1.0))
    monkeypatch.setattr(worker, "VendorHttp", lambda: http.VendorHttp(timeout=httpx2.Timeout(1.0)))
    real = lifecycle.backoff
    monkeypatch.setattr(lifecycle, "backoff", lambda tries, spread: real(tries, spread) / 10)
    settings.SANDBOX_HANG_SECONDS = 1.6

    def made(product: str) -> Task:
        vendor, output, _start, _looks = PRODUCTS[product]
        app = make(vendor)
        if vendor == "agora":
            url = f"{server}/callbacks/{product}/{app.pk}/{app.callback_path}/"
            control(server, "callbacks", vendor=vendor, app_id=app.vendor_app_id, url=url)
        layout = LayoutTemplate.objects.create(team=team, name="One", document=DOCUMENT)
        body = {
            "app": str(app.pk), "product": product, "layout": str(layout.pk), "room": "lobby",
            "bindings": {"host": {"user_id": "123"}}, "output": output,
        }  # fmt: skip
        task = api("producer").post("/api/v1/tasks/", body)
        assert task.status_code == 201, task.content
        assert api("producer").post(f"/api/v1/tasks/{task.data['id']}/start/").status_code == 202
        return Task.objects.get(pk=task.data["id"])

    return made


def order(server: str, product: str, operation: str, kind: str, times: int = 1) -> None:
    control(server, "faults", vendor=PRODUCTS[product][0], operation=operation, kind=kind, times=times)


def runs() -> list[dict[str, Any]]:
    with runtime.current().store.reading() as state:
        return list(state["tasks"].values())


def asked(task: Task, name: str) -> int:
    return task.events.filter(kind="request", data__name=name).count()


def test_every_product_is_here() -> None:
    from apps.vendors import registry

    assert set(PRODUCTS) == set(registry.products())


@pytest.mark.parametrize("product", PRODUCTS)
def test_what_was_accepted_without_an_answer_is_found(product: str, begun: Callable[[str], Task], server: str) -> None:
    task = begun(product)
    start = PRODUCTS[product][2]
    order(server, product, start, "timeout_after_accept")
    task = worker_until(str(task.pk), "running")
    assert len(runs()) == 1
    if PRODUCTS[product][3]:
        assert asked(task, start) == 1
    Task.objects.filter(pk=task.pk).update(retry_at=None)  # a callback may have told before the look did
    worker.carry_out(task.pk)
    task.refresh_from_db()
    assert (task.error, task.state, len(runs())) == (None, "running", 1)
    assert task.events.filter(kind="error", data__kind="OutcomeUnknown").exists()


@pytest.mark.parametrize("product", WITH_A_LOOK)
@pytest.mark.parametrize("trouble", ["throttle", "timeout_after_accept", "http_5xx"])
def test_a_look_that_fails_is_no_reason_to_start_again(
    product: str, trouble: str, begun: Callable[[str], Task], server: str
) -> None:
    task = begun(product)
    start, looks = PRODUCTS[product][2], PRODUCTS[product][3]
    order(server, product, start, "timeout_after_accept")
    for look in looks:
        order(server, product, look, trouble)
    task = worker_until(str(task.pk), "running", seconds=60)
    assert len(runs()) == 1
    assert asked(task, start) == 1
    assert sum(asked(task, look) for look in looks) >= 1


@pytest.mark.parametrize("product", PRODUCTS)
def test_what_was_not_accepted_is_started_once_more_under_the_same_name(
    product: str, begun: Callable[[str], Task], server: str
) -> None:
    task = begun(product)
    start = PRODUCTS[product][2]
    order(server, product, start, "http_5xx")
    task = worker_until(str(task.pk), "running")
    assert len(runs()) == 1
    assert asked(task, start) == 2
    assert runs()[0]["task_id"] == task.vendor_task_id
    assert task.attempt == 1


@pytest.mark.parametrize("product", PRODUCTS)
def test_a_start_asked_to_slow_down_waits_and_starts_once(
    product: str, begun: Callable[[str], Task], server: str
) -> None:
    task = begun(product)
    order(server, product, PRODUCTS[product][2], "throttle")
    task = worker_until(str(task.pk), "running")
    assert len(runs()) == 1
    assert asked(task, PRODUCTS[product][2]) == 2
