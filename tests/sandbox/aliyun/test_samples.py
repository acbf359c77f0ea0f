"""Every documented example of Aliyun, by the emulator: taken as it stands, or, of services it does not play, refused as the
gateway refuses a name it never heard."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import pytest
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from django.test import Client

from apps.sandbox.aliyun.live import routes as live_routes
from apps.sandbox.aliyun.rtc2 import routes, tables
from apps.vendors.plan import PlannedRequest
from tests.sandbox.aliyun.call import KEY, SECRET, acs3, v1
from tests.sandbox.conftest import Receiver
from tests.vendors import documented
from tests.vendors.aliyun import official

APIS = {
    "rtc": (routes.RTC, "/sandbox/aliyun/rtc/"),
    "live": (live_routes.LIVE, "/sandbox/aliyun/live/"),
}
CALLS = [name for name in documented.samples("aliyun", "*.json") if "request" in documented.sample("aliyun", name)]
TOLD = {  # what is not asked but told, and who is told it by the emulator
    "live_callback_mpu_event.json": "tests/sandbox/aliyun/live/test_live.py",
    "rtc_callback_FileCreated.json": "below",
    "rtc_callback_channel_user_events.json": "tests/sandbox/aliyun/rtc2/test_room_events.py",
    "rtc_callback_gen3_record.json": "nobody: another generation",
    "live_callback_cloud_recording.json": "nobody: another product",
}
TABLES = "rtc_tables.json"

RELAY, RECORDING, LIVE = "rtc_StartMPUTask", "rtc_StartRecordTask", "live_StartLiveMPUTask"
BEFORE: dict[str, tuple[str, ...]] = {  # what must have been asked, so that there is what the example names
    "rtc_UpdateMPUTask": (RELAY,),
    "rtc_GetMPUTaskStatus": (RELAY,),
    "rtc_StopMPUTask": (RELAY,),
    "rtc_ModifyMPULayout": ("rtc_CreateMPULayout",),
    "rtc_DeleteMPULayout": ("rtc_CreateMPULayout",),
    "rtc_UpdateRecordTemplate": ("rtc_AddRecordTemplate",),
    "rtc_DeleteRecordTemplate": ("rtc_AddRecordTemplate",),
    "rtc_DeleteEventSubscribe": ("rtc_CreateEventSubscribe",),
    "rtc_UpdateRecordTask": (RECORDING,),
    "rtc_StopRecordTask": (RECORDING,),
    "live_UpdateLiveMPUTask": (LIVE,),
    "live_StopLiveMPUTask": (LIVE,),
    "live_GetMPUTaskStatus": (LIVE,),
    "live_ListRtcMPUTaskDetail": (LIVE,),
    "live_SetLiveMpuTaskSei": (LIVE,),
    "live_DescribeRtcMPUEventSub": ("live_CreateRtcMPUEventSub",),
    "live_UpdateRtcMPUEventSub": ("live_CreateRtcMPUEventSub",),
    "live_DeleteRtcMPUEventSub": ("live_CreateRtcMPUEventSub",),
}
DAYS = ("StartTime", "EndTime")  # of a list that reaches back a week
GIVEN = ("LayoutId", "TemplateId", "SubscribeId")  # ids of the emulator's own making


def asked(name: str) -> list[tuple[Mapping[str, str], Mapping[str, str]]]:
    """(query, form) of the example and of its variants."""
    example = documented.sample("aliyun", name)
    found = [example["request"], *example.get("request_variants", [])]
    return [(one["wire_query"], dict(parse_qsl(one["wire_form_body"]))) for one in found]


class Caller:
    """Asks the emulator what the examples ask, with the ids that it gave itself."""

    def __init__(self, client: Client, control: Callable[..., Any], sign: Callable[..., Any]) -> None:
        self.client, self.control, self.sign = client, control, sign
        self.ids: dict[str, str] = {}

    def ask(self, name: str, query: Mapping[str, str], form: Mapping[str, str]) -> Any:
        api, url = APIS[name.split("_")[0]]
        query = {key: self.ids.get(key, value) for key, value in query.items()}
        if name == "live_ListRtcMPUEventSubRecord":
            query |= {key: f"{dt.datetime.now(dt.UTC) - dt.timedelta(days=1):%F}{query[key][10:]}" for key in DAYS}
        version = {"Version": api.version} if self.sign is v1 else {"version": api.version}
        operation = documented.sample("aliyun", name)["operation"]
        answer = self.sign(self.client, operation, query, form=form, url=url, **version)
        self.ids |= {key: str(answer.json()[key]) for key in GIVEN if key in answer.json()}
        return answer

    def play(self, name: str) -> Any:
        for earlier in BEFORE.get(name, ()):
            query, form = asked(earlier)[0]
            assert "Code" not in self.ask(earlier, query, form).json()
            self.control("clock/advance", seconds=1)
        return self.ask(name, *asked(name)[0])


@dataclass(frozen=True, slots=True)
class Read:
    """What an SDK made of an answer."""

    status_code: int
    body: Any

    def json(self) -> Any:
        return self.body


def by_sdk(served: str) -> Callable[..., Any]:
    """Asks as `v1` and `acs3` do, through the vendor's own SDK."""

    def ask(
        client: Client, action: str, query: Mapping[str, str], *, url: str, form: Mapping[str, str], **_: str
    ) -> Read:
        host = "live.aliyuncs.com" if "live" in url else "rtc.aliyuncs.com"
        planned = PlannedRequest(action, "POST", f"https://{host}/", query, body=form, form=bool(form))
        try:
            return Read(200, official.call(planned, KEY, SECRET, served, protocol="http")())
        except AlibabaCloudException as error:
            return Read(error.status_code, {"Code": error.code})

    return ask


@pytest.fixture(params=["v1", "acs3", "sdk"])
def caller(request: pytest.FixtureRequest, client: Client, control: Callable[..., Any], served: str) -> Caller:
    return Caller(client, control, {"v1": v1, "acs3": acs3, "sdk": by_sdk(served)}[request.param])


@pytest.mark.parametrize("name", CALLS)
def test_a_documented_call(caller: Caller, name: str) -> None:
    name = name.removesuffix(".json")
    example = documented.sample("aliyun", name)
    api, _ = APIS[name.split("_")[0]]
    answer = caller.play(name)
    if example["operation"] not in api.operations:
        assert (answer.status_code, answer.json()["Code"]) == (404, "InvalidAction.NotFound")
        return
    assert (answer.status_code, answer.json().get("Code")) == (example["response"]["http_status"], None), answer.json()
    assert set(example["response"]["body"]) <= set(answer.json())
    for number, (query, form) in enumerate(asked(name)[1:]):
        caller.control("clock/advance", seconds=11)  # a push URL rests between two tasks
        if example["operation"].startswith("Start"):
            query = {**query, "TaskId": f"variant-{number}"}
        again = caller.ask(name, query, form)
        assert (again.status_code, again.json().get("Code")) == (200, None), again.json()
        if name == LIVE:  # the next variant pushes to the same URL
            stop = {"AppId": query["AppId"], "TaskId": query["TaskId"]}
            assert "Code" not in caller.ask("live_StopLiveMPUTask", stop, {}).json()


def test_what_is_listed_is_what_was_asked(caller: Caller) -> None:
    documented_rows = documented.sample("aliyun", "live_ListRtcMPUTaskDetail")["response"]["body"]["MPUTasks"]
    assert caller.play("live_ListRtcMPUTaskDetail").json()["MPUTasks"] == documented_rows


def test_a_file_is_told_as_documented(caller: Caller, receiver: Receiver) -> None:
    example = documented.sample("aliyun", "rtc_callback_FileCreated")["body"]
    caller.control("callbacks", vendor="aliyun", app_id=example["AppId"], url=receiver.url)
    query, form = asked(RECORDING)[0]
    caller.ask(RECORDING, query, form)
    caller.control("clock/advance", seconds=60)
    caller.ask("rtc_StopRecordTask", {"AppId": query["AppId"], "TaskId": query["TaskId"]}, {})
    (told,) = receiver.wait(1)
    event = json.loads(told)
    assert event.keys() == example.keys()
    assert {name: type(one) for name, one in event.items()} == {name: type(one) for name, one in example.items()}
    assert (event["Event"], event["TaskId"]) == (example["Event"], query["TaskId"])


def test_its_tables_are_the_vendors() -> None:
    read = documented.sample("aliyun", TABLES)
    panes = ("X", "Y", "Width", "Height", "ZOrder")
    assert {
        layout["LayoutId"]: (layout["name"], tuple(tuple(pane[name] for name in panes) for pane in layout["Panes"]))
        for layout in read["system_layouts"]
    } == tables.SYSTEM_LAYOUTS
    preset = ("width", "height", "kbps", "fps")
    assert {one["id"]: tuple(one[name] for name in preset) for one in read["media_encode"]} == tables.MEDIA_ENCODE
    assert {*tables.TASK_PROFILES, tables.AUDIO_PROFILE} == {one["name"] for one in read["task_profile"]}


def test_every_example_is_somewhere() -> None:
    assert {*documented.samples("aliyun")} == {*CALLS, *TOLD, TABLES}
