from __future__ import annotations

import copy
import hashlib
import json
from typing import Any

import pytest

from apps.sandbox.engine import runtime
from apps.sandbox.volcengine import scene as drawing
from apps.sandbox.volcengine.callbacks import signature
from apps.sandbox.volcengine.signature import Asked, canonical_request, expected
from tests.sandbox.conftest import eventually
from tests.sandbox.volcengine.call import call
from tests.vendors import documented

START = documented.sample("volcengine", "start_push_mixed_stream_to_cdn")["request"]["body"]
SIGNING = documented.vectors("volcengine", "volcengine-signing")
APP, ROOM, TASK = START["AppId"], START["RoomId"], START["TaskId"]
IDS = {"AppId": APP, "RoomId": ROOM, "TaskId": TASK}


def sample(name: str) -> Any:
    return documented.sample("volcengine", name)


def get(client: Any, version: str = "2023-11-01") -> Any:
    return call(client, "GetPushMixedStreamToCDNTask", query=IDS, version=version)


def task_of(client: Any, version: str = "2023-11-01") -> Any:
    return get(client, version).json()["Result"]["PushMixedStreamToCDNTask"]


def code_of(answer: Any) -> str:
    return str(answer.json()["ResponseMetadata"]["Error"]["Code"])


@pytest.mark.parametrize("case", SIGNING["cases"], ids=lambda case: case["name"])
def test_signs_as_the_vendor_does(case: Any) -> None:
    given, should = case["input"], case["expected"]
    headers = {name.lower(): value for name, value in should["headers_to_send"].items()}
    query = [(name, str(value)) for name, value in given["query"].items()]
    asked = Asked(given["method"], "/", query, headers, given["body"].encode())
    signed = should["signed_headers"].split(";")
    assert canonical_request(asked, "/", signed) == should["canonical_request"]
    secret = SIGNING["credentials"]
    secret = (
        secret.get("secret_access_key")
        or secret.get("secret_key")
        or next(value for name, value in secret.items() if "secret" in name.lower())
    )
    assert expected(asked, "/", signed, should["credential_scope"], secret) == should["signature"]


def test_walks_its_states(client: Any, control: Any) -> None:
    call(client, "StartPushMixedStreamToCDN", START)
    control("clock/advance", seconds=0.3)
    assert task_of(client)["Status"] == 2
    control("clock/advance", seconds=2)
    task = task_of(client)
    assert (task["Status"], task["PushStreamState"], task["EndTime"]) == (2, 5, 0)
    assert task_of(client, "2020-12-01")["PushStreamState"] == "5"
    assert task["Layout"] == START["Layout"]
    assert call(client, "StopPushStreamToCDN", IDS).json()["Result"] == "ok"
    task = task_of(client)
    assert (task["Status"], task["PushStreamState"], task["StopReason"]) == (3, 6, "StopByAPI")
    again = call(client, "StopPushStreamToCDN", IDS)
    assert (again.status_code, code_of(again)) == (400, "InvalidParameter.ErrorActiveTaskNotFound")


def test_a_repeated_start_is_a_warning(client: Any) -> None:
    call(client, "StartPushMixedStreamToCDN", START)
    assert call(client, "StartPushMixedStreamToCDN", START).json()["Result"].startswith("The task has been started")


def test_ends_when_nobody_publishes(client: Any, control: Any) -> None:
    control("people", vendor="volcengine", app_id=APP, room=ROOM, users=[{"user_id": "teacher", "publishing": False}])
    call(client, "StartPushMixedStreamToCDN", {**START, "Control": {"MaxIdleTime": 30}})
    control("clock/advance", seconds=20)
    assert (task_of(client)["Status"], task_of(client)["PushStreamState"]) == (2, 1)
    control("clock/advance", seconds=12)
    assert (task_of(client)["Status"], task_of(client)["StopReason"]) == (3, "IdleTimeOut")


def test_update_replaces_or_patches(client: Any, control: Any) -> None:
    call(client, "StartPushMixedStreamToCDN", START)
    update = sample("update_push_mixed_stream_to_cdn")["request"]["body"]
    control("clock/advance", seconds=1)
    assert call(client, "UpdatePushMixedStreamToCDN", update).json()["Result"] == "ok"
    assert task_of(client)["TargetStreams"] == update["TargetStreams"]
    stale = call(client, "UpdatePushMixedStreamToCDN", update)
    assert code_of(stale) == "InvalidParameter"
    patch = {**IDS, "IsUpdatePartialParam": True, "SequenceNumber": 99, "Encode": {"VideoBitrate": 900}}
    assert call(client, "UpdatePushMixedStreamToCDN", patch).json()["Result"] == "ok"
    assert task_of(client)["Encode"]["VideoBitrate"] == 900
    assert task_of(client)["Encode"]["VideoFps"] == 15
    canvas = {**IDS, "IsUpdatePartialParam": True, "Layout": {"CustomLayout": {"Canvas": {"Width": 640}}}}
    assert code_of(call(client, "UpdatePushMixedStreamToCDN", canvas)) == "InvalidParameter"


SPATIAL = {"EnableSpatialRender": True, "AudienceSpatialPosition": [1, 2, 3]}


def test_a_patch_moves_the_listener(client: Any, control: Any) -> None:
    call(client, "StartPushMixedStreamToCDN", {**START, "Control": {**START["Control"], "SpatialConfig": SPATIAL}})
    control("clock/advance", seconds=1)
    moved = {"AudienceSpatialPosition": [4, 5, 6]}
    patch = {**IDS, "IsUpdatePartialParam": True, "SequenceNumber": 1, "Control": {"SpatialConfig": moved}}
    assert call(client, "UpdatePushMixedStreamToCDN", patch).json()["Result"] == "ok"
    assert task_of(client)["Control"] == {**START["Control"], "SpatialConfig": {**SPATIAL, **moved}}


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"SEIConfig": {"UserConfigExtraInfo": "x" * 9000}}, "InvalidParameter"),
        ({"SpatialConfig": {**SPATIAL, "AudienceSpatialPosition": [900, 0, 0]}}, "InvalidParameter"),
        ({"SpatialConfig": {"EnableSpatialRender": "yes"}}, "InvalidParameter.Unmarshal"),
        ({"SpatialConfig": 7}, "InvalidParameter.Unmarshal"),
        ({"SEIConfig": ["x"]}, "InvalidParameter.Unmarshal"),
        (["x"], "InvalidParameter.Unmarshal"),
    ],
)
def test_an_update_checks_its_control(client: Any, control: Any, partial: bool, given: Any, code: str) -> None:
    call(client, "StartPushMixedStreamToCDN", START)
    control("clock/advance", seconds=1)
    body = {**sample("update_push_mixed_stream_to_cdn")["request"]["body"], "IsUpdatePartialParam": partial}
    answer = call(client, "UpdatePushMixedStreamToCDN", {**body, "Control": given})
    assert (answer.status_code, code_of(answer)) == (400, code)
    assert task_of(client)["Control"] == START["Control"]


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"key": "nobody"}, 401, "InvalidAccessKey"),
        ({"secret": "wrong"}, 401, "SignatureDoesNotMatch"),
        ({"sent": b"{}"}, 401, "SignatureDoesNotMatch"),
        ({"skew": -1000}, 403, "InvalidTimestamp"),
        ({"version": "1999-01-01"}, 404, "InvalidActionOrVersion"),
        ({"method": "GET"}, 405, "MethodNotAllowed"),
        ({"path": "/elsewhere"}, 401, "SignatureDoesNotMatch"),
    ],
)
def test_refuses_at_the_gateway(client: Any, options: Any, status: int, code: str) -> None:
    answer = call(client, "StopPushStreamToCDN", IDS, **options)
    assert (answer.status_code, code_of(answer)) == (status, code)


def test_the_path_that_was_asked_may_be_signed(client: Any) -> None:
    assert call(client, "StartPushMixedStreamToCDN", START, path="/sandbox/volcengine/").status_code == 200


def edited(pointer: str, value: Any) -> Any:
    body = copy.deepcopy(START)
    at: Any = body
    *parts, last = pointer.split("/")
    for part in parts:
        at = at[int(part) if part.isdecimal() else part]
    at[last] = value
    return body


REGION = "Layout/CustomLayout/Regions/0"
WRONG = [
    ("AppId", "short", "InvalidParameter.IllegalAppId"),
    ("AppId", "0" * 24, "InvalidParameter.NotExistAppId"),
    ("RoomId", "a b", "InvalidParameter.IllegalRoomID"),
    ("PushURL", "https://cdn/live", "InvalidParameter.InvalidRtmpAddress"),
    ("PushURL", "rtmp://host", "InvalidParameter.InvalidRtmpAddress"),
    ("Layout/CustomLayout/Canvas/Width", 1281, "InvalidParameter"),
    ("Layout/CustomLayout/Canvas/Width", "1280", "InvalidParameter.Unmarshal"),
    (f"{REGION}/StreamIndex", 9, "InvalidParameter"),
    (f"{REGION}/Alpha", 0, "InvalidParameter"),
    (f"{REGION}/ZOrder", 101, "InvalidParameter"),
    (f"{REGION}/RenderMode", 4, "InvalidParameter"),
    (f"{REGION}/Width", 640.5, "InvalidParameter.Unmarshal"),
    (f"{REGION}/Width", 1281, "InvalidParameter"),
    (f"{REGION}/LocationX", 1280, "InvalidParameter"),
    ("Control/MaxIdleTime", 9, "InvalidParameter"),
    ("Control/SEIConfig/UserConfigExtraInfo", "x" * 4097, "InvalidParameter"),
    ("Encode/AudioSampleRate", 16000, "InvalidParameter"),
]


@pytest.mark.parametrize(("pointer", "value", "code"), WRONG)
def test_refuses_bad_parameters(client: Any, pointer: str, value: Any, code: str) -> None:
    answer = call(client, "StartPushMixedStreamToCDN", edited(pointer, value))
    assert (answer.status_code, code_of(answer)) == (400, code)
    assert get(client).status_code == 400  # nothing was started


def test_old_versions_say_errors_under_200(client: Any) -> None:
    answer = call(client, "StopPushStreamToCDN", IDS, version="2020-12-01")
    assert (answer.status_code, code_of(answer)) == (200, "InvalidParameter.ErrorActiveTaskNotFound")


def test_callbacks_are_signed_and_repeated(client: Any, control: Any, receiver: Any, sandbox: runtime.Runtime) -> None:
    control("callbacks", vendor="volcengine", app_id=APP, url=receiver.url, secret="s3cret")
    receiver.answers = [500]
    call(client, "StartPushMixedStreamToCDN", START)
    control("clock/advance", seconds=0.3)
    receiver.wait(1)
    eventually(lambda: sandbox.store.state["delivered"])
    control("clock/advance", seconds=3)

    def started() -> list[Any]:
        return [one for one in map(json.loads, list(receiver.bodies)) if one["EventType"] == "TranscodeStarted"]

    eventually(lambda: len(started()) == 2)
    first, second = started()
    assert first == second
    assert json.loads(first["EventData"])["TaskId"] == TASK
    assert first["Signature"] == signature(first, "s3cret")
    values = [first[n] for n in ("EventType", "EventData", "EventTime", "EventId", "Version", "AppId", "Nonce")]
    joined = "".join(sorted([*values, "s3cret"], key=str.encode))
    assert first["Signature"] == hashlib.sha256(joined.encode()).hexdigest()


@pytest.mark.parametrize("kind", ["drop_callback", "duplicate_callback", "late_callback"])
def test_callback_faults(client: Any, control: Any, receiver: Any, kind: str, sandbox: runtime.Runtime) -> None:
    control("callbacks", vendor="volcengine", app_id=APP, url=receiver.url, events=["TranscodeStarted"])
    control("faults", vendor="volcengine", operation="TranscodeStarted", kind=kind, seconds=60)
    call(client, "StartPushMixedStreamToCDN", START)
    control("clock/advance", seconds=1)
    if kind == "duplicate_callback":
        first, second = receiver.wait(2)
        assert first == second
        return
    eventually(lambda: sandbox.store.state["delivered"] or sandbox.store.state["outbox"])
    assert receiver.bodies == []
    if kind == "late_callback":
        control("clock/advance", seconds=60)
        assert json.loads(receiver.wait(1)[0])["EventType"] == "TranscodeStarted"


def test_call_faults(client: Any, control: Any) -> None:
    for kind, status in (("throttle", 429), ("error", 500), ("http_5xx", 502)):
        control("faults", vendor="volcengine", operation="StartPushMixedStreamToCDN", kind=kind)
        assert call(client, "StartPushMixedStreamToCDN", START).status_code == status
        assert get(client).status_code == 400
    control("faults", vendor="*", kind="timeout_after_accept", seconds=0.01)
    assert call(client, "StartPushMixedStreamToCDN", START).status_code == 504
    assert get(client).status_code == 200  # it was accepted all the same


def test_a_start_can_fail_later(client: Any, control: Any) -> None:
    control("faults", vendor="volcengine", kind="start_fails")
    call(client, "StartPushMixedStreamToCDN", START)
    control("clock/advance", seconds=1)
    assert (task_of(client)["Status"], task_of(client)["StopReason"]) == (4, "StartTaskFailed")


def test_limits_calls_per_second(client: Any) -> None:
    statuses = {get(client).status_code for _ in range(150)}
    assert 429 in statuses


def test_a_restart_keeps_what_runs(client: Any, control: Any, sandbox: runtime.Runtime) -> None:
    call(client, "StartPushMixedStreamToCDN", START)
    control("clock/advance", seconds=500)
    runtime.shut_down()
    assert (task_of(client)["Status"], task_of(client)["PushStreamState"]) == (2, 5)
    assert runtime.current().clock.offset == 500


def test_draws_by_the_vendors_rules(client: Any, control: Any, sandbox: runtime.Runtime) -> None:
    call(client, "StartPushMixedStreamToCDN", START)
    control("clock/advance", seconds=2)
    (task,) = sandbox.store.state["tasks"].values()
    scene = drawing.scene(sandbox, task)
    assert scene is not None
    assert (scene.width, scene.height, scene.color) == (1280, 720, "#303342")
    assert [layer.person and layer.person.user_id for layer in scene.layers] == ["teacher", "teacher", "student-01"]
    assert [layer.fit for layer in scene.layers] == ["contain", "cover", "cover"]
    assert scene.layers[1].corner_radius == 16  # a share of the canvas width
    assert [voice.user_id for voice in scene.voices] == ["student-02"]  # MediaType 1: heard, not seen


def test_who_is_only_seen_is_not_heard(client: Any, sandbox: runtime.Runtime) -> None:
    call(client, "StartPushMixedStreamToCDN", edited("Layout/CustomLayout/Regions/2/MediaType", 2))
    (task,) = sandbox.store.state["tasks"].values()
    picture = drawing.scene(sandbox, task)
    assert picture is not None
    assert [layer.person and layer.person.user_id for layer in picture.layers] == ["teacher", "teacher", "student-01"]
    assert {person.user_id for person in picture.people()} == {"teacher", "student-02"}


@pytest.mark.parametrize(
    ("count", "slots"),
    [(1, (2, 1)), (2, (2, 1)), (3, (2, 2)), (4, (2, 2)), (5, (3, 3)), (9, (3, 3)), (10, (4, 4)), (16, (4, 4)),
     (17, (5, 4)), (20, (5, 4))],
)  # fmt: skip
def test_the_adaptive_layout_has_tiers_of_slots(
    client: Any, control: Any, sandbox: runtime.Runtime, count: int, slots: tuple[int, int]
) -> None:
    users = [{"user_id": f"u{number}"} for number in range(count)]
    control("people", vendor="volcengine", app_id=APP, room=ROOM, users=users)
    size = {"VideoWidth": 1200, "VideoHeight": 960}
    body = {**IDS, "PushURL": START["PushURL"], "Layout": {"LayoutMode": 0}, "Encode": size}
    call(client, "StartPushMixedStreamToCDN", body)
    (task,) = sandbox.store.state["tasks"].values()
    picture = drawing.scene(sandbox, task)
    assert picture is not None
    columns, rows = slots
    assert len(picture.layers) == min(count, 17)
    assert {(layer.width, layer.height) for layer in picture.layers} == {(1200 / columns, 960 / rows)}
    last = picture.layers[-1]
    assert (last.x, last.y) == (
        1200 / columns * ((min(count, 17) - 1) % columns), 960 / rows * ((min(count, 17) - 1) // columns)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("version", "changes"),
    [
        ("2023-11-01", {"LocationX": 700, "Width": 600}),
        ("2020-12-01", {"LocationX": 0.6, "WidthProportion": 0.5}),
    ],
)
def test_a_region_lies_inside_the_canvas(client: Any, version: str, changes: dict[str, Any]) -> None:
    whole = {"LocationX": 0, "LocationY": 0, "Width": 640, "Height": 360}
    if version == "2020-12-01":
        whole = {"LocationX": 0, "LocationY": 0, "WidthProportion": 0.5, "HeightProportion": 1}
    region = {"StreamIndex": 1, **whole}

    def start(**more: Any) -> Any:
        canvas = {"Width": 1280, "Height": 720}
        layout = {"LayoutMode": 2, "CustomLayout": {"Canvas": canvas, "Regions": [{**region, **more}]}}
        people = {"StreamList": [{"UserId": "ann", "Index": 1}]}
        body = {**IDS, "PushURL": START["PushURL"], "TargetStreams": people, "Layout": layout}
        return call(client, "StartPushMixedStreamToCDN", body, version=version)

    refused = start(**changes)
    assert code_of(refused) == "InvalidParameter"
    assert refused.status_code == (200 if version == "2020-12-01" else 400)
    assert start().json()["Result"] == "ok"


@pytest.mark.parametrize(
    "url", ["rtmp://[push/live/key", "https://push.example.com/live/key", "rtmp://push.example.com"]
)
def test_what_is_no_rtmp_address_has_its_own_code(client: Any, url: str) -> None:
    answer = call(client, "StartPushMixedStreamToCDN", {**START, "PushURL": url})
    assert code_of(answer) == "InvalidParameter.InvalidRtmpAddress"


def test_a_business_id_is_an_id(client: Any) -> None:
    assert code_of(call(client, "StartPushMixedStreamToCDN", {**START, "BusinessId": "a b"})) == "InvalidParameter"


def test_black_is_not_put_in_for_a_screen(client: Any, control: Any, sandbox: runtime.Runtime) -> None:
    """FrameInterpolationMode is ignored for shared screens: what lies beneath stays to be seen."""
    control("people", vendor="volcengine", app_id=APP, room=ROOM, users=[{"user_id": "eve"}])
    regions = [
        {"StreamIndex": n, "LocationX": 640 * n, "LocationY": 0, "Width": 640, "Height": 720, "ZOrder": n}
        for n in range(2)
    ]
    canvas = {"Width": 1280, "Height": 720}
    body = {
        **IDS,
        "PushURL": START["PushURL"],
        "TargetStreams": {"StreamList": [{"UserId": "gone", "StreamType": n, "Index": n} for n in range(2)]},
        "Layout": {"LayoutMode": 2, "CustomLayout": {"Canvas": canvas, "Regions": regions}},
        "Control": {"FrameInterpolationMode": 1},
    }
    assert call(client, "StartPushMixedStreamToCDN", body).json()["Result"] == "ok"
    (task,) = sandbox.store.state["tasks"].values()
    picture = drawing.scene(sandbox, task)
    assert picture is not None
    assert [layer.kind for layer in picture.layers] == ["empty", "person"]
