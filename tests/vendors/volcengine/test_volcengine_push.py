"""The mixed push product: shared cases, then what is peculiar to it."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from apps.core.errors import (
    BadCredentials,
    NoSuchTask,
    OutcomeUnknown,
    TaskExists,
    VendorBusy,
    VendorError,
    VendorRejected,
    VendorUnreachable,
)
from apps.layout_document.document import Canvas, LayoutDocument, Picture, Region, Source, SourceCrop
from apps.vendors.plan import Plan
from apps.vendors.report import TaskState
from apps.vendors.types import AppSpec, Binding, Reply, TaskSpec
from apps.vendors.volcengine.push.adapter import VolcenginePushAdapter
from tests.vendors.contract import AdapterContract, raised
from tests.vendors.painter import FakePainter

SAMPLES = Path(__file__).parent / "samples"
APP = AppSpec("65f0a1b2c3d4e5f6a7b8c9d0")
PUSH_URL = "rtmp://push.example.com/live/qb0001?auth=abc"


def sample(name: str) -> dict[str, Any]:
    value = json.loads((SAMPLES / f"{name}.json").read_text())
    assert isinstance(value, dict)
    return value


def answer(case: dict[str, Any]) -> Reply:
    return Reply(case["http_status"], {}, json.dumps(case["body"]).encode(), case["body"])


def says(result: Any = None, *, code: str = "", status: int = 200) -> Reply:
    metadata: dict[str, Any] = {"RequestId": "req-1"}
    if code:
        metadata["Error"] = {"Code": code, "Message": "said so"}
    body = {"ResponseMetadata": metadata, "Result": result}
    return Reply(status, {}, json.dumps(body).encode(), body)


class TestVolcenginePush(AdapterContract):
    """What every adapter must do."""

    adapter_class = VolcenginePushAdapter
    app = APP
    output = {"push_urls": [PUSH_URL]}


@pytest.fixture
def adapter() -> VolcenginePushAdapter:
    return VolcenginePushAdapter()


@pytest.fixture
def spec() -> TaskSpec:
    """The smallest example."""
    document = LayoutDocument(
        Canvas(1280, 720, "#303342"),
        (
            Region(id="screen", x=0, y=0, width=960, height=720, fit="contain", source=Source("teacher", "screen")),
            Region(id="face", x=960, y=0, width=320, height=180, source=Source("teacher"), corner_radius=16),
        ),
    )
    return TaskSpec(
        app=APP,
        document=document,
        room="room-1001",
        task_id="qb_task_0001",
        bindings={"teacher": Binding("teacher")},
        output={"push_urls": [PUSH_URL]},
        encoding={"fps": 15, "bitrate_kbps": 1600},
    )


def started(adapter: VolcenginePushAdapter, spec: TaskSpec, painter: FakePainter | None = None) -> Plan:
    return adapter.plan_start(spec, painter or FakePainter())


def with_region(spec: TaskSpec, **changes: Any) -> TaskSpec:
    """The spec with only its second region, changed."""
    return replace(spec, document=replace(spec.document, objects=(replace(spec.document.objects[1], **changes),)))


def regions_of(plan: Plan) -> list[dict[str, Any]]:
    regions: list[dict[str, Any]] = plan.requests[0].body["Layout"]["CustomLayout"]["Regions"]
    return regions


# --- requests ---------------------------------------------------------------------------------------------------------


def test_start(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    plan = started(adapter, spec)
    [request] = plan.requests
    assert (request.name, request.method, request.url) == (
        "StartPushMixedStreamToCDN",
        "POST",
        "https://rtc.volcengineapi.com/",
    )
    assert request.query == {"Action": "StartPushMixedStreamToCDN", "Version": "2023-11-01"}
    assert request.body == {
        "AppId": "65f0a1b2c3d4e5f6a7b8c9d0",
        "RoomId": "room-1001",
        "TaskId": "qb_task_0001",
        "PushURL": PUSH_URL,
        "TargetStreams": {
            "StreamList": [
                {"Index": 1, "UserId": "teacher", "StreamType": 1},
                {"Index": 2, "UserId": "teacher", "StreamType": 0},
            ]
        },
        "Layout": {
            "LayoutMode": 2,
            "CustomLayout": {
                "Canvas": {"Width": 1280, "Height": 720, "Background": "#303342"},
                "Regions": [
                    {"StreamIndex": 1, "LocationX": 0, "LocationY": 0, "Width": 960, "Height": 720, "ZOrder": 0,
                     "RenderMode": 2, "Alpha": 1.0, "MediaType": 0},
                    {"StreamIndex": 2, "LocationX": 960, "LocationY": 0, "Width": 320, "Height": 180, "ZOrder": 1,
                     "RenderMode": 1, "Alpha": 1.0, "MediaType": 0, "CornerRadius": 0.0125},
                ],
            },
        },
        "Encode": {"VideoCodec": 0, "VideoFps": 15, "VideoGop": 4, "VideoBitrate": 1600, "AudioCodec": 0,
                   "AudioProfile": 0, "AudioSampleRate": 48000, "AudioChannels": 2},
        "Control": {"MediaType": 0, "FrameInterpolationMode": 0, "MaxIdleTime": 180, "PushStreamMode": 0},
    }  # fmt: skip
    assert plan.findings == ()


def test_start_in_the_version_of_ratios(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    """The same picture as the vendor's own 2020-12-01 example, with the regions of that page."""
    app = replace(APP, settings={"api_version": "2020-12-01", "region": "ap-singapore-1"})
    plan = started(adapter, replace(spec, app=app))
    theirs = sample("start_push_mixed_stream_to_cdn.2020-12-01")["request"]["body"]["Layout"]["CustomLayout"]["Regions"]
    wanted = ("LocationX", "LocationY", "WidthProportion", "HeightProportion", "RenderMode", "ZOrder")
    assert [[one[name] for name in wanted] for one in regions_of(plan)] == [
        [their[name] for name in wanted] for their in theirs
    ]
    assert "Width" not in regions_of(plan)[0]
    assert plan.requests[0].query["Version"] == "2020-12-01"
    assert plan.requests[0].url == "https://open-ap-singapore-1.volcengineapi.com/"


def test_members_are_spelled_as_in_the_vendors_examples(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    rich = replace(
        with_region(
            spec, source_crop=SourceCrop(0, 0.125, 1, 0.75), placeholder=Picture("asset:" + "a" * 64), opacity=0.9
        ),
        options={"sei_extra_info": "hello"},
        encoding={"audio_bitrate_kbps": 128, "fps": 15, "bitrate_kbps": 1600},
        app=replace(APP, settings={"business_id": "quadbox"}),
    )
    ours = started(adapter, rich).requests[0].body
    theirs = sample("start_push_mixed_stream_to_cdn")["request"]["body"]
    assert ours.keys() == theirs.keys()
    assert ours["Encode"].keys() == theirs["Encode"].keys()
    assert ours["Control"].keys() == theirs["Control"].keys()
    assert ours["Control"]["SEIConfig"].keys() <= theirs["Control"]["SEIConfig"].keys()
    assert regions_of(started(adapter, rich))[0].keys() == theirs["Layout"]["CustomLayout"]["Regions"][1].keys()


def test_update_replaces_everything_with_a_growing_number(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    start = started(adapter, spec)
    first = adapter.plan_update(replace(spec, previous=start.carry), FakePainter())
    second = adapter.plan_update(replace(spec, previous=first.carry), FakePainter())
    body = first.requests[0].body
    assert body["IsUpdatePartialParam"] is False
    assert [plan.requests[0].body["SequenceNumber"] for plan in (first, second)] == [2, 3]
    assert body["Encode"] == start.requests[0].body["Encode"], "what is left out would fall back to the default"
    assert body["Layout"] == start.requests[0].body["Layout"]
    assert not {"PushURL", "ExcludeStreams"} & body.keys()
    assert first.findings == ()


def test_on_air_the_size_and_the_url_stay(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    running = started(adapter, spec).carry
    other = replace(spec.document, canvas=Canvas(640, 360), objects=())
    region = Region(id="r", x=0, y=0, width=320, height=360, source=Source("teacher"))
    plan = adapter.plan_update(
        replace(
            spec,
            document=replace(other, objects=(region,)),
            output={"push_urls": ["rtmp://elsewhere/live/1"]},
            previous=running,
        ),
        FakePainter(),
    )
    assert {finding.code for finding in plan.findings} == {"size_fixed_on_air", "output_fixed_on_air"}
    canvas = plan.requests[0].body["Layout"]["CustomLayout"]["Canvas"]
    assert (canvas["Width"], canvas["Height"]) == (1280, 720)
    assert (regions_of(plan)[0]["Width"], regions_of(plan)[0]["Height"]) == (640, 720)


def test_options_of_the_start_stay(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    running = started(adapter, spec).carry
    plan = adapter.plan_update(replace(spec, previous=running, options={"max_idle_time": 600}), FakePainter())
    assert [(finding.level, finding.field) for finding in plan.findings] == [("dropped", "options.max_idle_time")]
    again = adapter.plan_update(replace(spec, previous=plan.carry, options={"max_idle_time": 180}), FakePainter())
    assert again.findings == ()


@pytest.mark.parametrize(
    "previous",
    [{}, {"canvas": ["a", None]}, {"canvas": [0, 0]}, {"canvas": 5}, {"sequence": "x", "control": []},
     {"api_version": 7, "output": []}],
)  # fmt: skip
def test_an_odd_memory_of_the_start_is_no_crash(
    adapter: VolcenginePushAdapter, spec: TaskSpec, previous: dict[str, Any]
) -> None:
    body = adapter.plan_update(replace(spec, previous=previous), FakePainter()).requests[0].body
    assert body["SequenceNumber"] == 2
    assert body["Layout"]["CustomLayout"]["Canvas"]["Width"] == 1280


def test_the_carry_holds_no_stream_key(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    assert "qb0001" not in json.dumps(dict(started(adapter, spec).carry))


def test_stop_and_query_name_the_task_in_the_version_that_started_it(
    adapter: VolcenginePushAdapter, spec: TaskSpec
) -> None:
    old = replace(spec, app=replace(APP, settings={"business_id": "b"}), previous={"api_version": "2020-12-01"})
    stop, query = adapter.plan_stop(old).requests[0], adapter.plan_query(old).requests[0]
    identity = {"AppId": APP.vendor_app_id, "RoomId": "room-1001", "TaskId": "qb_task_0001"}
    assert (stop.method, stop.body) == ("POST", identity)
    assert query.method == "GET"
    assert query.query == {"Action": "GetPushMixedStreamToCDNTask", "Version": "2020-12-01", **identity}
    assert query.body is None


# --- answers ----------------------------------------------------------------------------------------------------------

STATES = {
    "running and pushing": (TaskState.RUNNING, "", False),
    "running, reconnecting to the CDN": (TaskState.RUNNING, "", True),
    "ended by API": (TaskState.STOPPED, "stopped", False),
    "ended, PushStreamState delivered as a string (as in the 2020-12-01 sample)": (TaskState.STOPPED, "idle", False),
    "failed to start": (TaskState.FAILED, "start_failed", False),
}


@pytest.mark.parametrize("case", sample("get_push_mixed_stream_to_cdn_task")["responses"], ids=lambda one: one["case"])
def test_states(adapter: VolcenginePushAdapter, spec: TaskSpec, case: dict[str, Any]) -> None:
    [request] = adapter.plan_query(spec).requests
    if case["case"] not in STATES:
        with pytest.raises(NoSuchTask):
            adapter.read_reply(request, answer(case))
        return
    report = adapter.read_reply(request, answer(case))
    assert (report.state, report.reason, report.degraded) == STATES[case["case"]]
    assert report.vendor_task_id == "qb_task_0001"
    assert report.vendor_request_id == case["body"]["ResponseMetadata"]["RequestId"]
    assert (report.at is not None) == (report.state in (TaskState.STOPPED, TaskState.FAILED))


@pytest.mark.parametrize(
    ("task", "state"),
    [
        ({"Status": 0}, TaskState.UNKNOWN),
        ({"Status": 1, "PushStreamState": 0}, TaskState.STARTING),
        ({"Status": "2", "PushStreamState": "1"}, TaskState.RUNNING),
        ({"Status": 3, "StopReason": "UserDisconnect"}, TaskState.STOPPED),
        ({"Status": 3, "StopReason": "StartTaskFailed"}, TaskState.FAILED),
        ({"Status": 3, "StopReason": "NewReason"}, TaskState.STOPPED),
        ({"Status": 9}, TaskState.UNKNOWN),
        ({"Status": None, "PushStreamState": []}, TaskState.UNKNOWN),
        ({"Status": 3, "EndTime": 10**30}, TaskState.STOPPED),
    ],
)
def test_unusual_states(adapter: VolcenginePushAdapter, spec: TaskSpec, task: dict[str, Any], state: TaskState) -> None:
    [request] = adapter.plan_query(spec).requests
    assert adapter.read_reply(request, says({"PushMixedStreamToCDNTask": task})).state is state


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ({"Status": 2, "PushStreamState": 5, "StopReason": ""}, []),
        ({"Status": "3", "PushStreamState": "6", "StopReason": "IdleTimeOut"}, []),
        ({"Status": 0, "PushStreamState": 0}, []),
        ({"Status": 1}, []),
        ({"Status": 9}, ["task status that is not documented: 9"]),
        ({"Status": None}, ["task status that is not documented: None"]),
        ({"Status": 2, "PushStreamState": 99}, ["push state that is not documented: 99"]),
        ({"Status": 3, "StopReason": "Moonrise"}, ["stop reason that is not documented: 'Moonrise'"]),
    ],
)
def test_a_word_nobody_documents_is_logged(
    adapter: VolcenginePushAdapter, spec: TaskSpec, task: dict[str, Any], words: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    [request] = adapter.plan_query(spec).requests
    with caplog.at_level(logging.WARNING):
        adapter.read_reply(request, says({"PushMixedStreamToCDNTask": task}))
    assert [record.getMessage() for record in caplog.records] == [f"Volcengine: a {word}" for word in words]


def test_a_start_is_accepted_or_runs_already(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    [request] = started(adapter, spec).requests
    accepted, running, mismatch = sample("start_push_mixed_stream_to_cdn")["responses"]
    assert adapter.read_reply(request, answer(accepted)).state is TaskState.STARTING
    assert isinstance(raised(adapter, request, answer(running)), TaskExists)
    assert type(raised(adapter, request, answer(mismatch))) is VendorRejected
    old = sample("start_push_mixed_stream_to_cdn.2020-12-01")["responses"][1]
    assert isinstance(raised(adapter, request, answer(old)), TaskExists)


def test_a_stop_of_what_is_gone_is_stopped(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    [request] = adapter.plan_stop(spec).requests
    stopped, gone = sample("stop_push_stream_to_cdn")["responses"]
    assert adapter.read_reply(request, answer(stopped)).state is TaskState.STOPPING
    assert adapter.read_reply(request, answer(gone)).state is TaskState.STOPPED


def test_an_update_proves_no_state_and_may_come_too_late(adapter: VolcenginePushAdapter, spec: TaskSpec) -> None:
    [request] = adapter.plan_update(spec, FakePainter()).requests
    accepted, gone = sample("update_push_mixed_stream_to_cdn")["responses"]
    assert adapter.read_reply(request, answer(accepted)).state is TaskState.UNKNOWN
    assert isinstance(raised(adapter, request, answer(gone)), NoSuchTask)


CLASSES: dict[str, type[VendorError]] = {
    "wrong secret key": BadCredentials,
    "unknown access key": BadCredentials,
    "clock skew": VendorRejected,
    "sub-account without policy": BadCredentials,
    "wrong Action or Version": VendorRejected,
    "gateway throttling": VendorBusy,
    "gateway timeout to the RTC service": OutcomeUnknown,
    "RTC QPS limit": VendorBusy,
    "service not enabled": VendorRejected,
}


@pytest.mark.parametrize("case", sample("errors")["cases"], ids=lambda one: one["case"])
def test_error_samples(adapter: VolcenginePushAdapter, spec: TaskSpec, case: dict[str, Any]) -> None:
    [request] = adapter.plan_stop(spec).requests
    error = raised(adapter, request, answer(case))
    assert type(error) is CLASSES.get(case["case"], VendorRejected)
    assert error.vendor_code == case["body"]["ResponseMetadata"]["Error"]["Code"]
    assert error.vendor_request_id == case["body"]["ResponseMetadata"]["RequestId"]
    assert "AKLT" not in error.detail


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("InternalError.GenerateTokenFailed", 500, VendorUnreachable),
        ("ServiceUnavailableTemp", 503, VendorUnreachable),
        ("FlowLimitExceeded.TaskNumberOverLimit", 429, VendorRejected),
        ("AccessDenied.NoPermissionForApp", 403, BadCredentials),
        ("InvalidParameter.TaskNotFound", 404, NoSuchTask),
        ("InvalidParameter.Unmarshal", 200, VendorRejected),
        ("NeverHeardOf", 400, VendorRejected),
        ("NeverHeardOf", 429, VendorBusy),
        ("NeverHeardOf", 503, VendorUnreachable),
        ("InternalServiceTimeout", 504, VendorUnreachable),
    ],
)
def test_codes(adapter: VolcenginePushAdapter, spec: TaskSpec, code: str, status: int, kind: type[VendorError]) -> None:
    [query] = adapter.plan_query(spec).requests
    assert type(raised(adapter, query, says(code=code, status=status))) is kind


@pytest.mark.parametrize(
    ("code", "kind"), [("InternalError", OutcomeUnknown), ("", OutcomeUnknown), ("FailToConnect", VendorUnreachable)]
)
def test_a_sick_service_may_have_started_it(
    adapter: VolcenginePushAdapter, spec: TaskSpec, code: str, kind: type[VendorError]
) -> None:
    [start] = started(adapter, spec).requests
    assert type(raised(adapter, start, says(code=code, status=502))) is kind


def test_keys_are_proven_by_an_unknown_task(adapter: VolcenginePushAdapter) -> None:
    [request] = adapter.plan_test(APP).requests
    assert adapter.read_reply(request, says(code="InvalidParameter.ErrorActiveTaskNotFound", status=400)).reason
    assert isinstance(raised(adapter, request, says(code="SignatureDoesNotMatch", status=401)), BadCredentials)
    assert isinstance(raised(adapter, request, says(code="InvalidParameter.NotExistAppId")), VendorRejected)
    [without_app] = adapter.plan_test(None).requests
    assert adapter.read_reply(without_app, says(code="InvalidParameter.NotExistAppId")).reason == "keys_accepted"
