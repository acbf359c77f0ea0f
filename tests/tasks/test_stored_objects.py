"""What is stored at a vendor (Aliyun's layouts): kept as soon as it is there, forgotten when it is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from apps.credentials.models import App, Credential, VendorObject
from apps.layouts.models import LayoutTemplate
from apps.tasks import runner
from apps.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)
GONE = {"Code": "InvalidLayoutID.Malformed", "Message": "The specified layout ID is malformed.", "RequestId": "r-gone"}


class Aliyun:
    """Knows the layouts it made; `script[action]` answers instead, in order."""

    def __init__(self) -> None:
        self.layouts: list[str] = []
        self.asked: list[str] = []
        self.script: dict[str, list[Any]] = {}

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        action, query = request.headers["x-acs-action"], dict(request.url.params)
        self.asked.append(action)
        if steps := self.script.get(action):
            step = steps.pop(0)
            if isinstance(step, Exception):
                raise step
            return step
        if action == "CreateMPULayout":
            self.layouts.append(str(1000 + len(self.asked)))
            return httpx2.Response(200, json={"RequestId": "r", "LayoutId": int(self.layouts[-1])})
        if "LayoutIds.1" in query and query["LayoutIds.1"] not in self.layouts:
            return httpx2.Response(400, json=GONE)
        return httpx2.Response(200, json={"RequestId": "r"})


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Aliyun:
    from apps.vendors.http import VendorHttp

    made = Aliyun()
    monkeypatch.setattr(runner, "VendorHttp", lambda: VendorHttp(transport=httpx2.MockTransport(made)))
    return made


@pytest.fixture
def start(api: Callable[..., Any], team: Any, layout: LayoutTemplate, cloud: Aliyun, jobs: None) -> Callable[[], Task]:
    keys = {"access_key_id": "LTAItest0001", "access_key_secret": "c2VjcmV0-aliyun"}
    credential = Credential.objects.create(team=team, name="A", vendor="aliyun", keys=keys)
    settings = {"record_template_id": "t1"}
    app = App.objects.create(team=team, credential=credential, name="A", vendor_app_id="9qb1test", settings=settings)

    def started() -> Task:
        body = {
            "app": str(app.pk), "product": "aliyun-rtc-record", "layout": str(layout.pk), "room": "lobby",
            "bindings": {"host": {"user_id": "anna"}}, "output": {"record": {}},
        }  # fmt: skip
        made = api("producer").post("/api/v1/tasks/", body)
        assert made.status_code == 201, made.content
        assert api("producer").post(f"/api/v1/tasks/{made.data['id']}/start/").status_code == 202
        return again(Task.objects.get(pk=made.data["id"]))

    return started


def again(task: Task) -> Task:
    Task.objects.filter(pk=task.pk).update(retry_at=None)
    runner.carry_out(task.pk)
    task.refresh_from_db()
    return task


def test_a_layout_is_stored_once(start: Callable[[], Task], cloud: Aliyun) -> None:
    assert [start().state, start().state] == ["running", "running"]
    assert cloud.asked == ["CreateMPULayout", "StartRecordTask", "StartRecordTask"]


def test_a_stored_layout_that_is_gone_is_made_anew(start: Callable[[], Task], cloud: Aliyun) -> None:
    start()
    cloud.layouts.clear()
    cloud.asked.clear()
    task = start()
    assert task.state == "running"
    assert task.error is None
    assert cloud.asked == ["StartRecordTask", "CreateMPULayout", "StartRecordTask"]
    assert VendorObject.objects.get().value == cloud.layouts[-1]
    assert start().state == "running"
    assert cloud.asked[3:] == ["StartRecordTask"]


def test_it_is_made_anew_only_once(start: Callable[[], Task], cloud: Aliyun) -> None:
    start()
    cloud.layouts.clear()
    cloud.asked.clear()
    cloud.script["StartRecordTask"] = [httpx2.Response(400, json=GONE), httpx2.Response(400, json=GONE)]
    task = start()
    assert task.state == "failed"
    assert task.error["vendor_code"] == "InvalidLayoutID.Malformed"
    assert cloud.asked == ["StartRecordTask", "CreateMPULayout", "StartRecordTask"]


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (httpx2.ReadTimeout("slow"), "scheduled"),
        (httpx2.Response(200, json={"Code": "TaskExisted", "Message": "exists", "RequestId": "r"}), "running"),
        (httpx2.Response(400, json={"Code": "InvalidTemplate", "Message": "no", "RequestId": "r"}), "failed"),
    ],
)
def test_what_was_stored_is_kept_though_the_start_fails(
    start: Callable[[], Task], cloud: Aliyun, trouble: Any, state: str
) -> None:
    cloud.script["StartRecordTask"] = [trouble]
    assert start().state == state
    assert VendorObject.objects.get().value == cloud.layouts[0]
    start()
    assert cloud.asked.count("CreateMPULayout") == 1


def test_an_applied_layout_also_finds_out(start: Callable[[], Task], cloud: Aliyun, api: Any) -> None:
    task = start()
    cloud.layouts.clear()
    cloud.asked.clear()
    assert api("producer").post(f"/api/v1/tasks/{task.pk}/apply-layout/", {}).status_code == 202
    assert again(task).error is None
    assert cloud.asked == ["UpdateRecordTask", "CreateMPULayout", "UpdateRecordTask"]
