"""A task of a made-up cloud: what it answers is scripted, what it was asked is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from apps.credentials.models import App, Credential
from apps.layouts.models import LayoutTemplate

DOCUMENT = {
    "schema": "quadbox.layout/1",
    "canvas": {"width": 1280, "height": 720, "color": "#101820"},
    "objects": [
        {
            "kind": "region", "id": "r1", "x": 0, "y": 0, "width": 1280, "height": 720,
            "source": {"slot": "host", "stream": "camera"},
        },
    ],
}  # fmt: skip


class Cloud:
    """Volcengine's words, by action. `script[action]` is a list of answers, taken in order; the last one stays."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.script: dict[str, list[Any]] = {}
        self.running = False

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        action = dict(request.url.params)["Action"]
        self.asked.append(action)
        steps = self.script.get(action)
        step = (steps.pop(0) if len(steps) > 1 else steps[0]) if steps else self.usual(action)
        if callable(step):
            step = step(request)
        if isinstance(step, Exception):
            raise step
        return step

    def usual(self, action: str) -> httpx2.Response:
        if action.startswith("Start"):
            self.running = True
        if action.startswith("Get"):
            return self.state() if self.running else error(404, "InvalidParameter.ErrorActiveTaskNotFound")
        if action.startswith("Stop"):
            self.running = False
        return ok("")

    def always(self, action: str, answer: Any) -> None:
        """The answer to every request of this action from now on; None: the usual one."""
        if answer is None:
            self.script.pop(action, None)
        else:
            self.script[action] = [answer]

    def state(self, status: int = 2) -> httpx2.Response:
        return ok({"PushMixedStreamToCDNTask": {"Status": status}})

    def count(self, start: str) -> int:
        return sum(action.startswith(start) for action in self.asked)


def ok(result: Any) -> httpx2.Response:
    return httpx2.Response(200, json={"ResponseMetadata": {"RequestId": "r-ok"}, "Result": result})


def error(status: int, code: str) -> httpx2.Response:
    meta = {"RequestId": "r-no", "Error": {"Code": code, "Message": code}}
    return httpx2.Response(status, json={"ResponseMetadata": meta})


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """Every request to a cloud ends here."""
    from apps.tasks.engine import polling, worker
    from apps.vendors.http import VendorHttp

    made = Cloud()

    def http() -> VendorHttp:
        return VendorHttp(transport=httpx2.MockTransport(made), async_transport=httpx2.MockTransport(made))

    monkeypatch.setattr(worker, "VendorHttp", http)
    monkeypatch.setattr(polling, "VendorHttp", http)
    return made


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker is away: tests carry the jobs out themselves, as the reconciler would."""
    from celery import Celery

    monkeypatch.setattr(Celery, "send_task", lambda *args, **kwargs: None)


@pytest.fixture
def app(team: Any) -> App:
    credential = Credential.objects.create(
        team=team, name="V", vendor="volcengine", keys={"access_key_id": "AKLTtest", "secret_access_key": "c2VjcmV0"}
    )
    return App.objects.create(
        team=team,
        credential=credential,
        name="V app",
        vendor_app_id="0123456789abcdef01234567",
        secrets={"callback_secret": "sshh"},
    )


@pytest.fixture
def layout(team: Any) -> LayoutTemplate:
    return LayoutTemplate.objects.create(team=team, name="One", document=DOCUMENT)


@pytest.fixture
def body(app: App, layout: LayoutTemplate) -> dict[str, Any]:
    return {
        "app": str(app.pk),
        "product": "volcengine-push",
        "layout": str(layout.pk),
        "room": "lobby",
        "bindings": {"host": {"user_id": "anna"}},
        "output": {"push_urls": ["rtmp://push.example.com/live/secretkey"]},
    }


@pytest.fixture
def started(api: Callable[..., Any], body: dict[str, Any], cloud: Cloud, jobs: None) -> Any:
    """A task that is wished to run; nothing was sent yet."""
    from apps.tasks.models import Task

    producer = api("producer")
    made = producer.post("/api/v1/tasks/", body)
    assert made.status_code == 201, made.content
    answer = producer.post(f"/api/v1/tasks/{made.data['id']}/start/")
    assert answer.status_code == 202, answer.content
    return Task.objects.get(pk=made.data["id"])


@pytest.fixture
def sign_in(people: dict[str, Any], media: Any, redis_server: str) -> Callable[[str], Any]:
    """`sign_in("viewer")` is a browser of that person."""
    from django.test import Client

    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
