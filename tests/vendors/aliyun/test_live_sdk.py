"""The vendor's own SDK builds and signs the same calls as our plans. Nothing goes over a network."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from alibabacloud_live20161101 import models
from alibabacloud_live20161101.client import Client
from alibabacloud_tea_openapi import client as sdk
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions

from apps.vendors.aliyun.auth import Acs3Auth, acs3_authorization
from apps.vendors.aliyun.live_mpu import api
from apps.vendors.http import http_form
from apps.vendors.plan import PlannedRequest
from tests.vendors.aliyun.live import ADAPTER, OBJECTS, lesson, read, region, sample, start, task
from tests.vendors.aliyun.test_live_replies import URL, reply
from tests.vendors.painter import FakePainter

KEY_ID, SECRET = "LTAI5tQuadboxTestKeyId01", "QuadboxTestSecret0123456789abcd"
PAINTER = FakePainter()
CARRY = ADAPTER.plan_start(lesson(), PAINTER).carry
LOOK = ADAPTER.plan_subscription(task().app, URL, None).requests[0]
NONE = reply(200, {"RequestId": "R"})
FOUND = reply(200, sample(api.DESCRIBE_SUB)["response"]["body"])


class Caught(BaseException):
    """Carries the SDK's request away at the moment of sending; not an Exception, so the SDK lets it through."""


@pytest.fixture
def sdk_request(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Calls the SDK and answers with the finished request that it would have sent."""

    def catch(request: Any, runtime: Any) -> Any:
        raise Caught(request)

    monkeypatch.setattr(sdk.DaraCore, "do_action", catch)
    client = Client(Config(access_key_id=KEY_ID, access_key_secret=SECRET, endpoint="live.aliyuncs.com"))

    def call(operation: str, request: Any) -> Any:
        with pytest.raises(Caught) as caught:
            getattr(client, f"{operation}_with_options")(request, RuntimeOptions())
        return caught.value.args[0]

    return call


def written(query: dict[str, str]) -> dict[str, str]:
    """The SDK's query without the empty lists that its generated code adds for what nobody set."""
    return {name: value for name, value in query.items() if not (name in OBJECTS and value == "[]")}


CASES: dict[str, tuple[PlannedRequest, str, Any]] = {
    "start": (ADAPTER.plan_start(lesson(), PAINTER).requests[0], "start_live_mputask", models.StartLiveMPUTaskRequest),
    "start to one URL": (
        start(region("a"), bound=("a",)).requests[0], "start_live_mputask", models.StartLiveMPUTaskRequest,
    ),
    "start of a single stream": (
        start(region("a"), bound=("a",), options={"mode": "single"}).requests[0],
        "start_live_mputask",
        models.StartLiveMPUTaskRequest,
    ),
    "update": (
        ADAPTER.plan_update(lesson(previous=CARRY), PAINTER).requests[0],
        "update_live_mputask",
        models.UpdateLiveMPUTaskRequest,
    ),
    "stop": (ADAPTER.plan_stop(task()).requests[0], "stop_live_mputask", models.StopLiveMPUTaskRequest),
    "list": (ADAPTER.plan_query(task()).requests[1], "list_rtc_mputask_detail", models.ListRtcMPUTaskDetailRequest),
    "test": (ADAPTER.plan_test(None).requests[0], "list_rtc_mputask_detail", models.ListRtcMPUTaskDetailRequest),
    "look": (LOOK, "describe_rtc_mpuevent_sub", models.DescribeRtcMPUEventSubRequest),
    "subscribe": (
        ADAPTER.plan_subscription(task().app, URL, (LOOK, NONE)).requests[0],
        "create_rtc_mpuevent_sub",
        models.CreateRtcMPUEventSubRequest,
    ),
    "subscribe anew": (
        ADAPTER.plan_subscription(task().app, f"{URL}-2", (LOOK, FOUND)).requests[0],
        "update_rtc_mpuevent_sub",
        models.UpdateRtcMPUEventSubRequest,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_sdk_makes_the_same_call(sdk_request: Any, name: str) -> None:
    planned, operation, model = CASES[name]
    theirs = sdk_request(operation, model().from_map(read(planned.query)))
    assert written(theirs.query) == planned.query
    assert (theirs.method, theirs.pathname) == (planned.method, "/")
    assert {header: theirs.headers[header] for header in planned.headers} == planned.headers


def test_the_sdk_signs_the_same(sdk_request: Any) -> None:
    planned, operation, model = CASES["start"]
    theirs = sdk_request(operation, model().from_map(read(planned.query)))
    assert theirs.query == planned.query
    # It signs more headers than it must; with the same headers, time and nonce our signature is the same.
    headers = {name: value for name, value in theirs.headers.items() if name.lower() != "authorization"}
    ours = acs3_authorization("POST", "/", planned.query, headers, b"", KEY_ID, SECRET)
    assert ours == theirs.headers["Authorization"]
    # Sent through our own client form and auth, the same parameters arrive.
    made = httpx2.Request(**http_form(planned, {}, None, "https://quadbox.example.com"))
    sent = next(Acs3Auth(KEY_ID, SECRET, lambda: dt.datetime.now(dt.UTC)).sync_auth_flow(made))
    assert dict(httpx2.QueryParams(sent.url.query)) == planned.query


def test_the_sdk_has_no_class_for_the_status() -> None:
    """If it comes back one day, the setting of the app can go."""
    assert not hasattr(models, "GetMPUTaskStatusRequest")
    assert json.loads(json.dumps(ADAPTER.plan_query(task()).requests[0].as_json()))["name"] == "GetMPUTaskStatus"


def test_objects_are_written_as_the_vendors_vector() -> None:
    vectors = json.loads((Path(__file__).parent / "vectors" / "aliyun-signing.json").read_text("utf-8"))
    (case,) = (one for one in vectors["flattening"]["cases"] if one["name"] == "live_start_live_mpu_task")
    assert api.call(None, api.START, case["input"]).query == case["recommended_query"]
