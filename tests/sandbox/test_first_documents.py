"""The five documents that the products began with: each example of a call is what some plan of ours says and what the emulator
takes, each example of an answer is read by the adapter, and the emulator answers in its words.

Where an example stands for a value (`Your_AppId`, `unique task ID`, `76dasgb****`) or contradicts the vendor's tables, the
test says which value takes its place. The fifth document, Agora's, is in tests/vendors/agora/test_agora_examples.py and
tests/sandbox/agora/test_samples.py.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from apps.core.errors import OutcomeUnknown, StoredObjectGone, TaskExists, VendorError, VendorRejected
from apps.layout_document.document import Canvas, LayoutDocument
from apps.vendors.aliyun.rtc2.media import MEDIA_ENCODES
from apps.vendors.aliyun.wire import rpc
from apps.vendors.callback import CallbackRequest
from apps.vendors.plan import Plan
from apps.vendors.registry import adapter, products
from apps.vendors.report import TaskState
from apps.vendors.types import AppSpec, Reply, TaskSpec
from tests.sandbox.aliyun.call import URL as RTC
from tests.sandbox.aliyun.call import acs3, v1
from tests.sandbox.volcengine.call import call as volcengine
from tests.vendors.aliyun import relay_tasks as mpu
from tests.vendors.aliyun.conftest import PaperPainter

DOCUMENTS = Path(__file__).parents[1] / "fixtures" / "first_documents"
LIVE = "/sandbox/aliyun/live/"


def document(product: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((DOCUMENTS / f"{product}.json").read_text(encoding="utf-8"))
    return value


def asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def answer(status: int, body: Any) -> Reply:
    return Reply(status, {}, json.dumps(body).encode(), body)


def taken(client: Client, plan: Plan, url: str = RTC, **values: str) -> dict[str, Any]:
    """The emulator's answer to the last call of a plan, whose earlier answers fill its places."""
    body: dict[str, Any] = {}
    for request in plan.requests:
        query = {name: values.get(one.strip("{}"), one) for name, one in request.query.items()}
        version = request.headers["x-acs-version"]
        reply = acs3(client, request.name, query, url=url, version=version)
        assert reply.status_code == 200, reply.content
        body = reply.json()
        values |= {place: str(body[at[1:]]) for place, at in request.gives.items()}
    return body


def contains(query: Mapping[str, str], words: Mapping[str, str]) -> bool:
    return {name: query.get(name) for name in words} == dict(words)


def test_a_fixture_for_every_document() -> None:
    assert {one.stem for one in DOCUMENTS.iterdir()} | {"agora-transcoder"} == set(products())


# --- relay ------------------------------------------------------------------------------------------------------------
def test_relay(client: Client, control: Callable[..., Any]) -> None:
    """The example's MediaEncode is in no table, its layouts 2 and 3 have two panes each, its task id has spaces."""
    words = document("aliyun-rtc-mpu")["calls"]
    refused = v1(client, "StartMPUTask", words["StartMPUTask"])
    assert refused.status_code == 400
    start = {**words["StartMPUTask"], "TaskId": "taskID", "MediaEncode": "20"}
    del start["LayoutIds.2"]

    pair = (mpu.region("a", 3, 181, 636, 358), mpu.region("b", 641, 181, 636, 358))  # as layout 2 has them
    spec = replace(
        mpu.relay(*pair, room="channelId", task_id="taskID", output={"push_urls": ["rtmp://url/app/stream"]}),
        app=AppSpec("appID"),
    )
    first = mpu.start(spec)
    (key,) = first.requests[0].remember
    plan = mpu.start(replace(spec, known={key: "2"}))
    assert plan.errors == ()
    assert contains(plan.requests[-1].query, start)
    started = taken(client, plan)
    assert mpu.ADAPTER.read_reply(plan.requests[-1], answer(200, started)).state is TaskState.STARTING
    control("clock/advance", seconds=2)
    for plan, name, state in (
        (mpu.ADAPTER.plan_query(spec), "GetMPUTaskStatus", TaskState.RUNNING),
        (mpu.ADAPTER.plan_stop(spec), "StopMPUTask", TaskState.STOPPING),
    ):
        (request,) = plan.requests
        assert (request.name, dict(request.query)) == (name, words[name])
        assert mpu.ADAPTER.read_reply(request, answer(200, taken(client, plan))).state is state


def test_the_sizes_of_the_relays_comment() -> None:
    for number, (short, kbps, fps) in document("aliyun-rtc-mpu")["encodings"].items():
        (one,) = (encode for encode in MEDIA_ENCODES if encode.id == int(number))
        assert (min(one.width, one.height), one.kbps, one.fps) == (short, kbps, fps)


# --- recording --------------------------------------------------------------------------------------------------------
RECORDING = adapter("aliyun-rtc-record")
TEMPLATE = "76dasgb1"  # in place of 76dasgb****


def recording(signing: str = rpc.ACS3) -> TaskSpec:
    region = mpu.region("a", 0, 0, 1280, 720)
    return TaskSpec(
        app=AppSpec("yourAppId", {"record_template_id": TEMPLATE, "signature": signing}),
        document=LayoutDocument(Canvas(1280, 720), (region,)),
        room="yourChannelId",
        task_id="yourTaskId",
        output={"record": {}},
    )


def test_recording(client: Client) -> None:
    example = document("aliyun-rtc-record")
    words = {**asked(example["call"]), "TemplateId": TEMPLATE}
    old = RECORDING.plan_start(recording(rpc.V1), PaperPainter()).requests[-1]
    assert contains(old.query, words), "with the older signature the operation is a parameter, as in the example"
    plan = RECORDING.plan_start(recording(), PaperPainter())
    del words["Action"]
    assert contains(plan.requests[-1].query, words)

    template = {"TemplateId": TEMPLATE}
    plain = v1(client, "StartRecordTask", {**words, **template, "TaskId": "plain"})
    assert plain.status_code == 200
    xml = v1(client, "StartRecordTask", {**words, "TaskId": "in-xml"}, Format="XML").content.decode()
    assert tags(xml) == tags(example["answer in XML"])
    assert taken(client, plan).keys() == example["answer"].keys()
    report = RECORDING.read_reply(plan.requests[-1], answer(200, example["answer"]))
    assert (report.state, report.vendor_request_id) == (TaskState.RUNNING, example["answer"]["RequestId"])


def test_the_errors_of_recording() -> None:
    (start,) = RECORDING.plan_start(recording(), PaperPainter()).requests[-1:]
    kinds = {
        "InternalError": OutcomeUnknown,
        "TaskExisted": TaskExists,
        "InvalidLayoutID.Malformed": StoredObjectGone,
        "InvalidMediaEncode.Malformed": VendorRejected,
        "InvalidBackgroundColor.Malformed": VendorRejected,
    }
    for code, status in document("aliyun-rtc-record")["errors"]:
        with pytest.raises(VendorError) as caught:
            RECORDING.read_reply(start, answer(status, {"RequestId": "r", "Code": code, "Message": "m"}))
        assert (type(caught.value), caught.value.vendor_code) == (kinds[code], code)


def test_the_event_of_recording() -> None:
    body = document("aliyun-rtc-record")["event"]
    news = RECORDING.read_callback(CallbackRequest({}, json.dumps(body).encode()))
    assert (news.event, news.event_id, news.vendor_task_id) == ("FileCreated", body["MsgId"], "task-005")
    assert news.report is not None
    (file,) = news.report.files
    assert (file.url, file.format, file.duration) == (body["Url"], "m3u8", 1792.257)
    assert (file.started_at, file.ended_at) == tuple(
        dt.datetime.fromisoformat(body[name]) for name in ("StartTime", "StopTime")
    )


def tags(xml: str) -> list[str]:
    """The elements that a text opens and closes, in order."""
    return [one.split(">")[0] for one in xml.replace("?>", ">").split("<") if one.strip() and not one.startswith("?")]


# --- relay of ApsaraVideo Live ----------------------------------------------------------------------------------------
RELAY = adapter("aliyun-live-mpu")


def live_task(signing: str = rpc.ACS3) -> TaskSpec:
    region = mpu.region("a", 0, 0, 1280, 720)
    return TaskSpec(
        app=AppSpec("yourAppId", {"signature": signing}),
        document=LayoutDocument(Canvas(1280, 720), (region,)),
        room="yourChannelId",
        task_id="yourTaskId",
        output={"push_urls": ["rtmp://push.example.com/live/1"]},
    )


def test_live_status(client: Client, control: Callable[..., Any]) -> None:
    example = document("aliyun-live-mpu")
    old = RELAY.plan_query(live_task(rpc.V1)).requests[0]
    assert contains(old.query, asked(example["call"]))
    query = RELAY.plan_query(live_task())
    assert urlsplit(query.requests[0].url).hostname == urlsplit(example["call"]).hostname
    taken(client, RELAY.plan_start(live_task(), PaperPainter()), LIVE)
    status = Plan(query.requests[:1])
    assert taken(client, status, LIVE).keys() == example["answer"].keys()
    words = {name: one for name, one in asked(example["call"]).items() if name != "Action"}
    version = query.requests[0].headers["x-acs-version"]
    xml = v1(client, "GetMPUTaskStatus", words, url=LIVE, Version=version, Format="XML").content.decode()
    assert tags(xml) == tags(example["answer in XML"])


def test_live_answers() -> None:
    example = document("aliyun-live-mpu")
    request = RELAY.plan_query(live_task()).requests[0]
    states = [TaskState.STARTING, TaskState.RUNNING, *[TaskState.STOPPED] * 3, *[TaskState.FAILED] * 2]
    for number, state in enumerate(states):
        report = RELAY.read_reply(request, answer(200, {**example["answer"], "Status": number}))
        assert report.state is state, example["statuses"][str(number)]
        assert report.vendor_request_id == example["answer"]["RequestId"]
    assert len(states) == len(example["statuses"])


# --- push of Volcengine -----------------------------------------------------------------------------------------------
PUSH = adapter("volcengine-push")
APP = "65f0a1b2c3d4e5f6a7b8c9d0"  # in place of Your_AppId: 24 hexadecimal characters


def push_task() -> TaskSpec:
    region = mpu.region("a", 0, 0, 1280, 720)
    spec = mpu.relay(region, bound=("a",), room="Your_RoomId", task_id="Your_TaskId")
    return replace(spec, app=AppSpec(APP, {"api_version": "2020-12-01"}))


def test_push_query(client: Client) -> None:
    """The example's UserId is for tasks that a user of the client SDK started; the service's own have none."""
    example = asked(document("volcengine-push")["call"])
    (request,) = PUSH.plan_query(push_task()).requests
    assert dict(request.query) == {name: one for name, one in example.items() if name != "UserId"} | {"AppId": APP}
    assert request.method == "GET"
    (start,) = PUSH.plan_start(push_task(), PaperPainter()).requests
    assert volcengine(client, start.name, start.body, version="2020-12-01").json()["Result"] == "ok"
    words = {name: one for name, one in example.items() if name not in ("Action", "Version")} | {"AppId": APP}
    found = volcengine(client, request.name, query=words, version="2020-12-01").json()
    theirs = document("volcengine-push")["answer"]
    assert found["ResponseMetadata"].keys() == theirs["ResponseMetadata"].keys()
    task, example_task = (one["Result"]["PushMixedStreamToCDNTask"] for one in (found, theirs))
    assert task.keys() >= example_task.keys() - {"ExcludeStreams"}
    assert type(task["PushStreamState"]) is type(example_task["PushStreamState"])


def test_push_answer() -> None:
    (request,) = PUSH.plan_query(push_task()).requests
    report = PUSH.read_reply(request, answer(200, document("volcengine-push")["answer"]))
    assert (report.state, report.reason) == (TaskState.STOPPED, "stopped")
    assert report.at == dt.datetime.fromtimestamp(1677239022, dt.UTC)
    assert report.vendor_request_id == "Your_RequestId"
