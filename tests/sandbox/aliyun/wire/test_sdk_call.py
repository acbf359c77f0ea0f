"""The SDK programs of the export page are run as they stand, against the emulator, and our adapters read what the SDK makes of
the answers."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from apps.vendors.aliyun.wire import rpc
from apps.vendors.aliyun.wire.sdk import unflattened
from apps.vendors.aliyun.wire.values import flatten
from apps.vendors.plan import PlannedRequest
from apps.vendors.registry import adapter
from apps.vendors.report import TaskState
from apps.vendors.request_template import point
from apps.vendors.snippets import published
from apps.vendors.types import AppSpec, Reply
from tests.sandbox.aliyun.call import KEY, SECRET
from tests.vendors.aliyun import calls

PICTURES = "https://quadbox.example.com"
STORIES = {  # whose program it is → its product
    "relay": "aliyun-rtc-mpu",
    "relay with a form": "aliyun-rtc-mpu",
    "recording": "aliyun-rtc-record",
    "recording of sound": "aliyun-rtc-record",
    "live": "aliyun-live-mpu",
    "live to one URL": "aliyun-live-mpu",
    "live of one person": "aliyun-live-mpu",
}
PROVEN = {  # what each answer says of a task that lives, in our words; all else says nothing
    "StartMPUTask": TaskState.STARTING,
    "StopMPUTask": TaskState.STOPPING,
    "GetMPUTaskStatus": TaskState.RUNNING,
    "StartRecordTask": TaskState.RUNNING,
    "UpdateRecordTask": TaskState.RUNNING,
    "StopRecordTask": TaskState.STOPPED,
    "StartLiveMPUTask": TaskState.STARTING,
    "StopLiveMPUTask": TaskState.STOPPING,
}


def run(program: str, served: str, values: dict[str, str]) -> Any:
    """The program's answer: its endpoint replaced by the sandbox's, its places filled."""
    for host in ("rtc.aliyuncs.com", "live.aliyuncs.com"):
        program = program.replace(f'endpoint="{host}",', f'endpoint="{served}", protocol="http",')
    for name, value in values.items():
        program = program.replace(f"{{{name}}}", value)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "copied.py", "exec"), {"__name__": "__main__"})
    return ast.literal_eval(out.getvalue())


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("ACCESS_KEY_SECRET", SECRET)


@pytest.mark.parametrize("signing", calls.SIGNATURES)
@pytest.mark.parametrize("story", STORIES)
def test_the_copied_programs_play_a_task(served: str, control: Callable[..., Any], story: str, signing: str) -> None:
    """From the test of the keys to the stop. The SDK signs in its own way, whichever way the app has chosen."""
    product = adapter(STORIES[story])
    values: dict[str, str] = {}
    stored: list[str] = []
    app = AppSpec(calls.relay().app.vendor_app_id)
    own = {name: one for name, one in calls.every(signing).items() if name.startswith(f"{story}, ")}
    assert {one.partition(", ")[2].partition(":")[0] for one in own} >= {"start", "query", "update", "stop", "test"}
    for name, request in own.items():
        answer = run(product.sdk_call(published(request, PICTURES), AppSpec("")), served, values)
        stored += [str(point(answer, at)) for at in request.gives.values()]
        values |= dict(zip(request.gives, stored[-1:], strict=False))
        reply = Reply(200, {}, json.dumps(answer).encode(), answer)
        if request.name == "DescribeMPULayoutInfoList":
            assert (
                list(product.read_stored(app, request, reply).known.values()) == stored[:1]
            )  # the first of equal ones
        if request.name == "DescribeRecordTemplates":
            assert product.read_choices(app, request, reply)[0]
        if request.name == "ListRtcMPUEventSubRecord":
            assert product.read_missed(app, request, reply) == ((), None)
        report = product.read_reply(request, reply)
        if request.name in PROVEN:
            assert report.state in (PROVEN[request.name], TaskState.UNKNOWN), name
        assert report.vendor_request_id == answer["RequestId"], name
        control("clock/advance", seconds=2)


def test_a_running_task_is_seen_running(served: str, control: Callable[..., Any]) -> None:
    """The one state that the SDK has no class for."""
    product = adapter("aliyun-live-mpu")
    own = {name: one for name, one in calls.every(rpc.ACS3).items() if name.startswith("live, ")}
    run(product.sdk_call(published(own["live, start: StartLiveMPUTask"], PICTURES), AppSpec("")), served, {})
    control("clock/advance", seconds=2)
    request: PlannedRequest = own["live, query: GetMPUTaskStatus"]
    answer = run(product.sdk_call(request, AppSpec("")), served, {})
    assert product.read_reply(request, Reply(200, {}, b"", answer)).state is TaskState.RUNNING


def test_unflattening_undoes_flattening() -> None:
    value = {"Panes": [{"X": "0.5", "Texts": [{"Text": "a"}, {"Text": "b"}]}, {"X": "1.0"}], "Name": "{layoutId}"}
    assert unflattened(flatten(value)) == value
