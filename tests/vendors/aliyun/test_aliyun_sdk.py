"""The vendor's own SDK builds and signs the same StartRecordTask call as our plan. Nothing goes over a network."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest
from alibabacloud_rtc20180111 import models
from alibabacloud_rtc20180111.client import Client
from alibabacloud_tea_openapi import client as sdk
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions

from apps.vendors.aliyun.auth import Acs3Auth, acs3_authorization
from apps.vendors.aliyun.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.contract import TaskSpec
from apps.vendors.http import http_form
from tests.vendors.aliyun.conftest import PaperPainter

KEY_ID, SECRET = "LTAI5tQuadboxTestKeyId01", "QuadboxTestSecret0123456789abcd"


class Caught(BaseException):
    """Carries the SDK's request away at the moment of sending; not an Exception, so the SDK lets it through."""


@pytest.fixture
def sdk_request(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Calls the SDK and answers with the finished request that it would have sent."""

    def catch(request: Any, runtime: Any) -> Any:
        raise Caught(request)

    monkeypatch.setattr(sdk.DaraCore, "do_action", catch)
    client = Client(Config(access_key_id=KEY_ID, access_key_secret=SECRET, endpoint="rtc.aliyuncs.com"))

    def call(operation: str, request: Any) -> Any:
        with pytest.raises(Caught) as caught:
            getattr(client, f"{operation}_with_options")(request, RuntimeOptions())
        return caught.value.args[0]

    return call


def nested(query: Mapping[str, str]) -> Any:
    """`{"Panes.1.X": "0.5"}` → `{"Panes": [{"X": 0.5}]}`."""
    tree: dict[str, Any] = {}
    for name, value in query.items():
        *path, last = name.split(".")
        at = tree
        for step in path:
            at = at.setdefault(step, {})
        at[last] = _typed(value)
    return _lists(tree)


def _typed(text: str) -> str | int | float:
    if text.isdigit():
        return int(text)
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else text


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdigit() for name in value):
        return [_lists(value[str(number)]) for number in range(1, len(value) + 1)]
    return {name: _lists(one) for name, one in value.items()}


def test_start_record_task(
    adapter: AliyunRtcRecordAdapter, lesson: TaskSpec, painter: PaperPainter, sdk_request: Any
) -> None:
    planned = adapter.plan_start(lesson, painter).requests[-1]
    # The SDK's own model knows every field of our plan; numbers go in as numbers, and it writes them itself.
    request = models.StartRecordTaskRequest().from_map(nested(planned.query))
    theirs = sdk_request("start_record_task", request)
    assert theirs.query == planned.query
    assert (theirs.method, theirs.pathname) == (planned.method, "/")
    assert {name: theirs.headers[name] for name in planned.headers} == planned.headers

    # It signs more headers than it must; with the same headers our signature is the same.
    headers = {name: value for name, value in theirs.headers.items() if name.lower() != "authorization"}
    ours = acs3_authorization("POST", "/", planned.query, headers, b"", KEY_ID, SECRET)
    assert ours == theirs.headers["Authorization"]

    # Sent through our own client form and auth, the same parameters arrive.
    made = httpx2.Request(**http_form(planned, {"layoutId": "4"}, None, "https://quadbox.example.com"))
    sent = next(Acs3Auth(KEY_ID, SECRET, lambda: dt.datetime.now(dt.UTC)).sync_auth_flow(made))
    assert dict(httpx2.QueryParams(sent.url.query)) == dict(planned.query) | {"LayoutIds.1": "4"}


@pytest.mark.parametrize(
    ("plan", "operation", "model"),
    [
        ("start", "create_mpulayout", models.CreateMPULayoutRequest),
        ("update", "update_record_task", models.UpdateRecordTaskRequest),
        ("stop", "stop_record_task", models.StopRecordTaskRequest),
        ("query", "describe_record_files", models.DescribeRecordFilesRequest),
        ("test", "describe_apps", models.DescribeAppsRequest),
    ],
)
def test_the_other_operations(
    adapter: AliyunRtcRecordAdapter,
    lesson: TaskSpec,
    painter: PaperPainter,
    sdk_request: Any,
    plan: str,
    operation: str,
    model: Any,
) -> None:
    plans = {
        "start": lambda: adapter.plan_start(lesson, painter).requests[0],
        "update": lambda: adapter.plan_update(lesson, painter).requests[-1],
        "stop": lambda: adapter.plan_stop(lesson).requests[0],
        "query": lambda: adapter.plan_query(lesson).requests[0],
        "test": lambda: adapter.plan_test(lesson.app).requests[0],
    }
    planned = plans[plan]()
    theirs = sdk_request(operation, model().from_map(nested(planned.query)))
    assert theirs.query == planned.query
    assert theirs.headers["x-acs-action"] == planned.name == planned.headers["x-acs-action"]
