"""What is stored at a vendor (Aliyun's layouts): kept as soon as it is there, forgotten when it is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from apps.credentials.models import App, Credential, VendorObject
from apps.layouts.models import LayoutTemplate
from apps.tasks.engine import rate_limiter, worker
from apps.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)
LOOK = "DescribeMPULayoutInfoList"
GONE = {"Code": "InvalidLayoutID.Malformed", "Message": "The specified layout ID is malformed.", "RequestId": "r-gone"}


class Aliyun:
    """Knows the layouts it made, by their ids; `script[action]` answers instead, in order."""

    def __init__(self) -> None:
        self.layouts: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.script: dict[str, list[Any]] = {}

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        action, query = request.headers["x-acs-action"], dict(request.url.params)
        self.asked.append(action)
        if steps := self.script.get(action):
            step = steps.pop(0)
            step = step(query) if callable(step) else step
            if isinstance(step, Exception):
                raise step
            return step
        if action == "CreateMPULayout":
            number = str(1000 + len(self.asked))
            self.layouts[number] = query
            return httpx2.Response(200, json={"RequestId": "r", "LayoutId": int(number)})
        if action == "DescribeMPULayoutInfoList":
            return httpx2.Response(200, json=self.page(query))
        if "LayoutIds.1" in query and query["LayoutIds.1"] not in self.layouts:
            return httpx2.Response(400, json=GONE)
        return httpx2.Response(200, json={"RequestId": "r"})

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        rows = [
            {"LayoutId": int(number), "Name": layout["Name"], "AudioMixCount": int(layout["AudioMixCount"]),
             "Panes": {"Panes": panes_of(layout)}}
            for number, layout in self.layouts.items()
            if query.get("Name", "") in layout["Name"]
        ]  # fmt: skip
        at, size = int(query["PageNum"]), min(int(query["PageSize"]), self.a_page)
        pages = -(-len(rows) // size)
        return {"RequestId": "r", "TotalNum": len(rows), "TotalPage": pages,
                "Layouts": {"Layout": rows[(at - 1) * size : at * size]}}  # fmt: skip

    a_page = 100


def panes_of(call: dict[str, str]) -> list[dict[str, str]]:
    """As some pages print them: every number is a text."""
    found: dict[str, dict[str, str]] = {}
    for name, value in call.items():
        if name.startswith("Panes."):
            _panes, number, field = name.split(".")
            found.setdefault(number, {})[field] = value
    return list(found.values())


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Aliyun:
    from apps.vendors.http import VendorHttp

    made = Aliyun()
    monkeypatch.setattr(worker, "VendorHttp", lambda: VendorHttp(transport=httpx2.MockTransport(made)))
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
    worker.carry_out(task.pk)
    task.refresh_from_db()
    return task


def test_a_layout_is_stored_once(start: Callable[[], Task], cloud: Aliyun) -> None:
    assert [start().state, start().state] == ["running", "running"]
    assert cloud.asked == [LOOK, "CreateMPULayout", "StartRecordTask", "StartRecordTask"]


def test_an_equal_layout_at_the_vendor_is_found_when_nothing_is_remembered(
    start: Callable[[], Task], cloud: Aliyun
) -> None:
    start()
    other = {**cloud.layouts.popitem()[1], "Name": "made in the console"}
    cloud.layouts = {str(at): {**other, "AudioMixCount": str(at % 6)} for at in range(1, 25)} | {"77": other}
    cloud.a_page = 10
    cloud.asked.clear()
    VendorObject.objects.all().delete()
    assert start().state == "running"
    assert cloud.asked == [LOOK, LOOK, LOOK, "StartRecordTask"]
    kept = dict(VendorObject.objects.values_list("value", "app__vendor_app_id"))
    assert "77" in kept, "and all the others it saw on the way"
    assert len(kept) == 7


def test_a_layout_of_our_name_that_was_changed_in_the_console_is_not_used(
    start: Callable[[], Task], cloud: Aliyun
) -> None:
    start()
    for layout in cloud.layouts.values():
        layout["Panes.1.Width"] = "0.25"
    VendorObject.objects.all().delete()
    cloud.asked.clear()
    assert start().state == "running"
    assert cloud.asked == [LOOK, "CreateMPULayout", "StartRecordTask"]
    assert not [action for action in cloud.asked if action.startswith("Delete")]


@pytest.mark.parametrize("no", [
    httpx2.Response(403, json={"Code": "Forbidden.RAM", "Message": "no", "RequestId": "r"}),
    httpx2.Response(404, json={"Code": "InvalidAction.NotFound", "Message": "no", "RequestId": "r"}),
])  # fmt: skip
def test_who_may_not_look_stores_all_the_same(start: Callable[[], Task], cloud: Aliyun, no: httpx2.Response) -> None:
    cloud.script[LOOK] = [no]
    assert start().state == "running"
    assert cloud.asked == [LOOK, "CreateMPULayout", "StartRecordTask"]


@pytest.mark.parametrize("trouble", [
    httpx2.ReadTimeout("slow"),
    httpx2.Response(400, json={"Code": "Throttling.User", "Message": "slow down", "RequestId": "r"}),
])  # fmt: skip
def test_a_look_that_fails_is_tried_again_and_nothing_is_stored_twice(
    start: Callable[[], Task], cloud: Aliyun, trouble: Any
) -> None:
    cloud.script[LOOK] = [trouble]
    task = start()
    assert (task.state, cloud.asked) == ("scheduled", [LOOK])
    for lane in rate_limiter.connection().scan_iter("cool:*"):
        rate_limiter.connection().delete(lane)
    assert again(task).state == "running"
    assert cloud.asked[1:] == [LOOK, "CreateMPULayout", "StartRecordTask"]


def test_a_layout_whose_storing_got_no_answer_is_found(start: Callable[[], Task], cloud: Aliyun) -> None:
    def store_and_hang(query: dict[str, str]) -> Exception:
        cloud.layouts["4711"] = query
        return httpx2.ReadTimeout("slow")

    cloud.script["CreateMPULayout"] = [store_and_hang]
    task = again(start())
    assert task.state == "running"
    assert cloud.asked.count("CreateMPULayout") == 1
    assert VendorObject.objects.get().value == "4711"


def test_a_listed_layout_that_is_refused_is_made_anew(start: Callable[[], Task], cloud: Aliyun) -> None:
    start()
    cloud.asked.clear()
    cloud.script["StartRecordTask"] = [httpx2.Response(400, json=GONE)]
    assert start().state == "running"
    assert cloud.asked == ["StartRecordTask", LOOK, "CreateMPULayout", "StartRecordTask"]


def test_a_stored_layout_that_is_gone_is_made_anew(start: Callable[[], Task], cloud: Aliyun) -> None:
    start()
    cloud.layouts.clear()
    cloud.asked.clear()
    task = start()
    assert task.state == "running"
    assert task.error is None
    assert cloud.asked == ["StartRecordTask", LOOK, "CreateMPULayout", "StartRecordTask"]
    assert VendorObject.objects.get().value == list(cloud.layouts)[-1]
    assert start().state == "running"
    assert cloud.asked[4:] == ["StartRecordTask"]


def test_it_is_made_anew_only_once(start: Callable[[], Task], cloud: Aliyun) -> None:
    start()
    cloud.layouts.clear()
    cloud.asked.clear()
    cloud.script["StartRecordTask"] = [httpx2.Response(400, json=GONE), httpx2.Response(400, json=GONE)]
    task = start()
    assert task.state == "failed"
    assert task.error["vendor_code"] == "InvalidLayoutID.Malformed"
    assert cloud.asked == ["StartRecordTask", LOOK, "CreateMPULayout", "StartRecordTask"]


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
    assert VendorObject.objects.get().value == next(iter(cloud.layouts))
    start()
    assert cloud.asked.count("CreateMPULayout") == 1


def test_an_applied_layout_also_finds_out(start: Callable[[], Task], cloud: Aliyun, api: Any) -> None:
    task = start()
    cloud.layouts.clear()
    cloud.asked.clear()
    assert api("producer").post(f"/api/v1/tasks/{task.pk}/apply-layout/", {}).status_code == 202
    assert again(task).error is None
    assert cloud.asked == ["UpdateRecordTask", LOOK, "CreateMPULayout", "UpdateRecordTask"]
