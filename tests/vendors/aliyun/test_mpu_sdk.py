"""The vendor's own SDK builds and signs the same calls of a relay as our plans. Nothing goes over a network."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from alibabacloud_rtc20180111 import models

from apps.layout_document.document import Canvas, Image, Picture, Text
from apps.vendors.aliyun.auth import Acs3Auth, acs3_authorization
from apps.vendors.contract import TaskSpec
from apps.vendors.http import http_form
from tests.vendors.aliyun.mpu import ADAPTER, region, relay, start, update
from tests.vendors.aliyun.test_aliyun_sdk import KEY_ID, SECRET, nested, sdk_request

__all__ = ["sdk_request"]


@pytest.fixture
def show() -> TaskSpec:
    """A bit of everything that a relay can say."""
    host = region("host", 0, 0, 960, 720, stream="screen", placeholder=Picture("https://e.com/off.png", "stretch"))
    guest = region("guest", 900, 40, 320, 180)
    below = Text(id="below", x=800, y=0, width=200, height=60, text="below")
    name = Text(
        id="name", x=0, y=600, width=300, height=40, text="张 a+b*c", attached_to="host", background="#11223380"
    )
    logo = Image(id="logo", x=1100, y=20, width=100, height=50, url="https://e.com/l.png", fit="stretch", opacity=0.5)
    options = {
        "clock": True, "text_outline": 2, "speaker_sei": True, "report_vad": True, "vad_interval": 86400,
        "rtp_extensions": True, "time_stamp_ref": 7, "muted_users": "x,y", "more_layouts": "13,11",
    }  # fmt: skip
    return relay(
        below, host, guest, name, logo, bound=("host", "guest"), canvas=Canvas(1280, 720, "#112233"), options=options
    )


def test_start(show: TaskSpec, sdk_request: Any) -> None:
    planned = start(show).requests[-1]
    theirs = sdk_request("start_mputask", models.StartMPUTaskRequest().from_map(nested(planned.query)))
    assert theirs.query == planned.query
    assert (theirs.method, theirs.pathname) == (planned.method, "/")
    assert {name: theirs.headers[name] for name in planned.headers} == planned.headers
    headers = {name: value for name, value in theirs.headers.items() if name.lower() != "authorization"}
    assert (
        acs3_authorization("POST", "/", theirs.query, headers, b"", KEY_ID, SECRET) == theirs.headers["Authorization"]
    )


def test_a_start_with_a_form_body(show: TaskSpec, sdk_request: Any) -> None:
    planned = start(replace(show, options={"portrait_segmentation": True})).requests[-1]
    given = nested(planned.query) | {"EnhancedParam": {"EnablePortraitSegmentation": True}}
    theirs = sdk_request("start_mputask", models.StartMPUTaskRequest().from_map(given))
    assert theirs.query == planned.query
    made = httpx2.Request(**http_form(planned, {}, None, ""))
    sent = next(Acs3Auth(KEY_ID, SECRET, lambda: dt.datetime.now(dt.UTC)).sync_auth_flow(made))
    assert sent.headers["content-type"] == theirs.headers["content-type"] == "application/x-www-form-urlencoded"
    # The Python SDK writes True; the vendor's table says true.
    body = theirs.body if isinstance(theirs.body, str) else "".join(theirs.body)
    assert body.lower() == sent.content.decode().lower() == "enhancedparam.enableportraitsegmentation=true"


@pytest.mark.parametrize(
    ("plan", "operation", "model"),
    [
        ("layout", "create_mpulayout", models.CreateMPULayoutRequest),
        ("update", "update_mputask", models.UpdateMPUTaskRequest),
        ("stop", "stop_mputask", models.StopMPUTaskRequest),
        ("query", "get_mputask_status", models.GetMPUTaskStatusRequest),
        ("test", "describe_apps", models.DescribeAppsRequest),
    ],
)
def test_the_other_operations(show: TaskSpec, sdk_request: Any, plan: str, operation: str, model: Any) -> None:
    plans = {
        "layout": lambda: start(show).requests[0],
        "update": lambda: update(show).requests[-1],
        "stop": lambda: ADAPTER.plan_stop(show).requests[0],
        "query": lambda: ADAPTER.plan_query(show).requests[0],
        "test": lambda: ADAPTER.plan_test(show.app).requests[0],
    }
    planned = plans[plan]()
    theirs = sdk_request(operation, model().from_map(nested(planned.query)))
    assert theirs.query == planned.query
    assert theirs.headers["x-acs-action"] == planned.name == planned.headers["x-acs-action"]
