"""The vendor's own SDKs, of PyPI and of npm, drive the emulator over HTTP, and our adapter reads what they make of the
answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from apps.core.errors import NoSuchTask, VendorError
from apps.vendors.plan import PlannedRequest
from apps.vendors.report import TaskState
from apps.vendors.types import Reply
from apps.vendors.volcengine import api
from tests.sandbox.volcengine.call import KEY, SECRET
from tests.vendors.volcengine import official
from tests.vendors.volcengine.calls import ADAPTER, every

PATH = "/sandbox/volcengine/"
LIFE = ("start", "query", "update", "query again", "stop")
PROVEN = (TaskState.STARTING, TaskState.RUNNING, TaskState.UNKNOWN, TaskState.RUNNING, TaskState.STOPPING)


def read(request: PlannedRequest, answer: Any) -> TaskState | type[VendorError]:
    try:
        return ADAPTER.read_reply(request, Reply(200, {}, json.dumps(answer).encode(), answer)).state
    except VendorError as error:
        return type(error)


@pytest.mark.parametrize("version", api.VERSIONS)
def test_the_sdk_of_pypi(served: str, control: Callable[..., Any], version: str) -> None:
    found = []
    for name in LIFE:
        request = every(version)[f"{version} {name}"]
        answer = official.by_python(request, served, KEY, SECRET, PATH)
        assert answer["ResponseMetadata"]["Action"] == request.name
        found.append(read(request, answer))
        control("clock/advance", seconds=2)
    assert tuple(found) == PROVEN
    stop, query = (every(version)[f"{version} {name}"] for name in ("stop", "query"))
    task = official.by_python(query, served, KEY, SECRET, PATH)["Result"]["PushMixedStreamToCDNTask"]
    assert (task["StopReason"], task["Layout"]) == ("StopByAPI", every(version)[f"{version} start"].body["Layout"])
    if version == api.PIXELS:  # the older version says noes under 200
        with pytest.raises(Exception, match="ErrorActiveTaskNotFound"):
            official.by_python(stop, served, KEY, SECRET, PATH)
    else:
        again = official.by_python(stop, served, KEY, SECRET, PATH)
        assert again["ResponseMetadata"]["Error"]["Code"] == "InvalidParameter.ErrorActiveTaskNotFound"


@pytest.mark.parametrize("version", api.VERSIONS)
def test_the_sdk_of_npm(served: str, control: Callable[..., Any], version: str) -> None:
    own = every(version)
    first = [own[f"{version} {name}"] for name in ("test", "start")]
    answers = official.by_node(first, served, KEY, SECRET, PATH)
    control("clock/advance", seconds=2)
    then = [own[f"{version} {name}"] for name in ("query", "update", "query again", "stop", "stop")]
    answers += official.by_node(then, served, KEY, SECRET, PATH)
    requests = [*first, *then]
    assert [answer["ResponseMetadata"]["Action"] for answer in answers] == [request.name for request in requests]
    states = [read(request, answer) for request, answer in zip(requests, answers, strict=True)]
    assert states == [TaskState.UNKNOWN, *PROVEN, TaskState.STOPPED]
    assert read(then[1], answers[-1]) is NoSuchTask  # an update of what is gone
