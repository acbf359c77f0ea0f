"""The vendor's own SDK drives the twin over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.volcengine.call import KEY, SECRET
from tests.sandbox.volcengine.test_push import IDS, START

base = pytest.importorskip("volcengine.base.Service")


def test_official_sdk(served: str) -> None:
    from volcengine.ApiInfo import ApiInfo
    from volcengine.Credentials import Credentials
    from volcengine.ServiceInfo import ServiceInfo

    def api(method: str, action: str) -> Any:
        return ApiInfo(method, "/sandbox/volcengine/", {"Action": action, "Version": "2023-11-01"}, {}, {})

    apis = {
        "start": api("POST", "StartPushMixedStreamToCDN"),
        "stop": api("POST", "StopPushStreamToCDN"),
        "get": api("GET", "GetPushMixedStreamToCDNTask"),
    }
    keys = Credentials(KEY, SECRET, "rtc", "cn-north-1")
    info = ServiceInfo(served, {"Accept": "application/json"}, keys, 5, 5, "http")
    service = base.Service(info, apis)
    service.set_ak(KEY)
    service.set_sk(SECRET)
    assert json.loads(service.json("start", {}, json.dumps(START)))["Result"] == "ok"
    task = json.loads(service.get("get", IDS))["Result"]["PushMixedStreamToCDNTask"]
    assert task["PushURL"] == START["PushURL"]
    assert json.loads(service.json("stop", {}, json.dumps(IDS)))["ResponseMetadata"]["Action"] == "StopPushStreamToCDN"
