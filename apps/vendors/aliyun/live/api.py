"""The `live` API: endpoints, operations, and how their parameters are written."""

from __future__ import annotations

import json
from collections.abc import Mapping

from apps.core.types import Json
from apps.vendors.aliyun.base import signing
from apps.vendors.aliyun.wire import rpc
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import AppSpec

VERSION = "2016-11-01"
# The regional ones are documented for cloud recording; for mixing the region is a parameter of the task.
ENDPOINTS = {
    "cn-shanghai": "https://live.aliyuncs.com/",
    "ap-southeast-1": "https://live.ap-southeast-1.aliyuncs.com/",
    "us-east-1": "https://live.us-east-1.aliyuncs.com/",
}
CENTRAL = "cn-shanghai"

START, UPDATE, STOP = "StartLiveMPUTask", "UpdateLiveMPUTask", "StopLiveMPUTask"
SET_SEI = "SetLiveMpuTaskSei"
STATUS, DETAIL = "GetMPUTaskStatus", "ListRtcMPUTaskDetail"
DESCRIBE_SUB, CREATE_SUB, UPDATE_SUB = "DescribeRtcMPUEventSub", "CreateRtcMPUEventSub", "UpdateRtcMPUEventSub"


def call(
    app: AppSpec | None,
    name: str,
    parameters: Mapping[str, Json],
    *,
    starts: bool = False,
    read_only: bool = False,
    proves: str = "",
) -> PlannedRequest:
    """One request. Objects and lists of them travel as compact JSON texts, everything else as it is; None is left out."""
    return rpc.rpc(
        name,
        {key: written(value) for key, value in parameters.items()},
        api=rpc.Api(
            ENDPOINTS.get(str((app.settings if app else {}).get("live_endpoint")), ENDPOINTS[CENTRAL]), VERSION
        ),
        signing=signing(app),
        starts=starts,
        read_only=read_only,
        proves=proves,
    )


def written(value: Json) -> Json:
    """Text outside ASCII stays as it is: it is percent-encoded with the rest of the query. A list of plain values is a
    repeated parameter, as in every RPC-style API."""
    plain = isinstance(value, list) and value and not any(isinstance(item, (dict, list)) for item in value)
    if isinstance(value, (dict, list)) and not plain:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return value
