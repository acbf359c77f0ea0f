"""The twin of cloud transcoding: who may call, what is refused, how a task lives, what is drawn and told."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.sandbox.agora import scene as scenes
from apps.sandbox.agora import signature
from apps.sandbox.engine import runtime
from apps.sandbox.engine.mixer import compose, people
from apps.sandbox.engine.runtime import Runtime
from tests.sandbox.agora.call import (
    APP_ID,
    CERTIFICATE,
    OPEN_APP,
    acquire,
    call,
    seat,
    services,
    source,
    start,
    token,
    transcoder,
)
from tests.sandbox.conftest import Receiver, eventually

SAMPLES = Path(__file__).parents[2] / "vendors" / "agora"
MASK = "services.cloudTranscoder.config"


@pytest.fixture(autouse=True)
def unhurried(sandbox: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests call faster than an account may."""
    monkeypatch.setattr("apps.sandbox.agora.routes.PER_SECOND", 1000)


def sample(name: str) -> Any:
    return json.loads((SAMPLES / "samples" / f"{name}.json").read_text())


def status(client: Client, task: tuple[str, str], **more: Any) -> str:
    answer = call(client, "GET", f"tasks/{task[0]}", builderToken=task[1], **more)
    assert answer.status_code == 200, answer.content
    found: str = answer.json()["status"]
    return found


# --- the door ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"authorization": ""}, "Unauthorized"),
        ({"authorization": "Bearer abc"}, "Unauthorized"),
        ({"authorization": "Basic !!!"}, "Invalid authentication credentials"),
        ({"secret": "wrong"}, "Invalid authentication credentials"),
        ({"customer": "nobody"}, "Invalid authentication credentials"),
    ],
)
def test_who_is_not_known_is_turned_away(client: Client, given: dict[str, str], message: str) -> None:
    answer = call(client, "GET", "/v1/ncs/ip", **given)
    assert (answer.status_code, answer.json()) == (401, {"message": message})
    assert "X-Request-ID" not in answer


def test_the_addresses_of_notifications(client: Client) -> None:
    for version in ("v1", "v2"):
        answer = call(client, "GET", f"/{version}/ncs/ip")
        assert answer.json()["data"]["service"]["hosts"][0]["primaryIP"]
        assert answer["X-Request-ID"]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [("GET", "/v1/elsewhere", 404), ("GET", "tasks", 501), ("PUT", "builderTokens", 501), ("POST", "tasks/x", 501)],
)
def test_what_does_not_exist(client: Client, method: str, path: str, expected: int) -> None:
    assert call(client, method, path).status_code == expected


@pytest.mark.parametrize("app_id", ["0" * 32, "short", "z" * 32])
def test_a_project_that_does_not_exist(client: Client, app_id: str) -> None:
    answer = call(client, "POST", "builderTokens", {"instanceId": "a"}, app_id=app_id)
    assert (answer.status_code, answer.json()) == (400, {"message": "appid is invalid"})


def test_an_account_makes_ten_calls_a_second(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.sandbox.agora.routes.PER_SECOND", 10)
    runtime.current().quotas._monotonic = lambda: 1.5
    statuses = [call(client, "GET", "/v1/ncs/ip").status_code for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2


# --- the vendor's own examples ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "-audio-only", "-cdn", "-raw-cdn"])
def test_documented_requests_are_accepted(client: Client, name: str, settings: Any) -> None:
    settings.SANDBOX_KEYS = {"agora": {"0f1e2d3c4b5a69788796a5b4c3d2e1f0": "f0e1d2c3b4a5968778695a4b3c2d1e0f"}}
    case = sample(f"transcoder-create{name}")
    header = case["request"]["headers"]["Authorization"]
    acquired = call(
        client, "POST", "builderTokens", sample("transcoder-acquire")["request"]["body"], authorization=header
    )
    assert acquired.json().keys() == sample("transcoder-acquire")["response"]["body"].keys()
    held = acquired.json()["tokenName"]
    made = call(client, "POST", "tasks", case["request"]["body"], authorization=header, builderToken=held)
    assert made.status_code == 202
    assert made.json().keys() == case["response"]["body"].keys()
    assert made["X-Request-ID"]
    where, query = f"tasks/{made.json()['taskId']}", {"builderToken": held, "authorization": header}
    if not name:
        update = sample("transcoder-update")["request"]
        changed = call(
            client, "PATCH", where, update["body"], **query, sequenceId=1, updateMask=update["query"]["updateMask"]
        )
        assert (changed.status_code, changed.content) == (200, b"")
    assert call(client, "GET", where, **query).json().keys() == sample("transcoder-query")["response"]["body"].keys()
    deleted = call(client, "DELETE", where, **query)
    assert deleted.json()["status"] == "STOPPED"
    assert deleted.json()["services"]["cloudTranscoder"]["status"] == "serviceCompleted"
    assert call(client, "DELETE", where, **query).status_code == 404


@pytest.mark.parametrize("name", ["create", "create-audio-only", "create-whole-channel"])
def test_requests_of_the_guide_are_accepted(client: Client, name: str) -> None:
    held = call(client, "POST", "builderTokens", sample("guide-2022/acquire")).json()["tokenName"]
    made = call(client, "POST", "tasks", sample(f"guide-2022/{name}"), builderToken=held)
    assert made.status_code == 202, made.content
    if name == "create":
        changed = call(
            client, "PATCH", f"tasks/{made.json()['taskId']}", sample("guide-2022/update"),
            builderToken=held, sequenceId=0, updateMask=MASK,
        )  # fmt: skip
        assert (changed.status_code, changed.content) == (200, b"")


# --- what is refused --------------------------------------------------------------------------------------------------


def output(**changes: Any) -> list[dict[str, Any]]:
    made = transcoder()["outputs"][0]
    return [{**made, "videoOption": {**made["videoOption"], **changes}}]


BAD: list[tuple[str, dict[str, Any]]] = [
    ("idleTimeout", transcoder(idleTimeout=0)),
    ("idleTimeout", transcoder(idleTimeout=86_401)),
    ("streamProcessMode", transcoder(streamProcessMode="blend")),
    ("canvas is required", transcoder(canvas=None)),
    ("color", transcoder(canvas={"width": 640, "height": 360, "color": "0"})),
    ("width", transcoder(canvas={"width": 119, "height": 360, "color": 0})),
    ("backgroundImage", transcoder(canvas={"width": 640, "height": 360, "color": 0, "backgroundImage": "https://a/b.gif"})),
    ("fillMode", transcoder(canvas={"width": 640, "height": 360, "color": 0, "fillMode": "STRETCH"})),
    ("both empty", transcoder(audioInputs=None, videoInputs=None)),
    ("rtcUid", transcoder(videoInputs=[{**seat(1, 0), **source(-1)}])),
    ("rtcUid", transcoder(audioInputs=[source(2**32)])),
    ("rtcUid", transcoder(audioInputs=[{"rtc": {"rtcChannel": "room", "rtcUid": "1"}}])),
    ("alone", transcoder(audioInputs=[source(0), source(1)])),
    ("alone", transcoder(videoInputs=[seat(0, 0)])),
    ("same rtcUid", transcoder(videoInputs=[seat(1, 0), seat(1, 320)])),
    ("single channel", transcoder(audioInputs=[source(1, "elsewhere")])),
    ("rtcChannel", transcoder(audioInputs=[source(1, "房间")])),
    ("rtcChannel", transcoder(audioInputs=[source(1, "x" * 65)])),
    ("rtcToken", transcoder(audioInputs=[source(1, rtcToken=7)])),
    ("region is required", transcoder(videoInputs=[source(1)])),
    ("outside", transcoder(videoInputs=[seat(1, 321)])),
    ("width", transcoder(videoInputs=[{**seat(1, 0), "region": {"x": 0, "y": 0, "width": 118, "height": 200, "zOrder": 2}}])),
    ("zOrder", transcoder(videoInputs=[seat(1, 0, 101)])),
    ("placeholderImageUrl", transcoder(videoInputs=[seat(1, 0, placeholderImageUrl="ftp://a/b.png")])),
    ("imageUrl", transcoder(waterMarks=[{"region": seat(1, 0)["region"]}])),
    ("waterMarks", transcoder(waterMarks={"imageUrl": "https://a/b.png"})),
    ("volume", transcoder(audioInputs=[{"streamUrl": "rtmp://a/b", "volume": 201}])),
    ("outputs is required", transcoder(outputs=[])),
    ("all RTC or all CDN", transcoder(outputs=[*output(), {"streamUrl": "rtmp://a/b"}])),
    ("one RTC channel", transcoder(outputs=[*output(), *output()])),
    ("streamUrl", transcoder(outputs=[{"streamUrl": "http://a/b"}])),
    ("rtcUid", transcoder(outputs=[{**output()[0], **source(0, "mixed")}])),
    ("profileType", transcoder(outputs=[{**output()[0], "audioOption": {"profileType": "LOUD"}}])),
    ("videoOption is required", transcoder(outputs=[source(1000, "mixed")])),
    ("codec", transcoder(outputs=output(codec="H265"))),
    ("bitrate", transcoder(outputs=output(bitrate=10_001))),
    ("fps", transcoder(outputs=output(fps=31))),
    ("larger", transcoder(outputs=output(width=1920, height=1200))),
    ("lowBitrateHighQuality", transcoder(outputs=output(lowBitrateHighQuality="yes"))),
    ("RAW", transcoder(outputs=[{**source(1000, "mixed"), "videoOption": {"mode": "RAW"}}])),
    ("one element", transcoder(streamProcessMode="single")),
]  # fmt: skip


@pytest.mark.parametrize(("message", "body"), BAD, ids=[f"{at}-{message}" for at, (message, _) in enumerate(BAD)])
def test_what_is_out_of_range_is_refused(client: Client, message: str, body: dict[str, Any]) -> None:
    for path, given in (("tasks", services(body)), ("builderTokens", {"instanceId": "one", **services(body)})):
        answer = call(client, "POST", path, given, builderToken="any")
        assert answer.status_code == 400
        assert message in answer.json()["message"]
        assert answer["X-Request-ID"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", {}, {"services": 7}, {"services": {"cloudTranscoder": {"serviceType": "other"}}}]
)
def test_bodies_that_are_none(client: Client, body: Any) -> None:
    assert call(client, "POST", "tasks", body, builderToken="any").status_code == 400


@pytest.mark.parametrize("instance", ["", "a b", "x" * 65, 7, None])
def test_instances_that_are_none(client: Client, instance: Any) -> None:
    assert call(client, "POST", "builderTokens", {"instanceId": instance}).status_code == 400


# --- builder tokens ---------------------------------------------------------------------------------------------------


def create(client: Client, held: str, **more: Any) -> Any:
    return call(client, "POST", "tasks", services(), builderToken=held, **more)


def test_a_token_opens_one_task_of_its_project_within_five_minutes(client: Client, control: Callable[..., Any]) -> None:
    held, late = acquire(client), acquire(client, "late")
    assert create(client, "made-up").status_code == 400
    assert create(client, held, app_id=APP_ID).status_code == 400
    made = create(client, held)
    assert made.status_code == 202
    again = create(client, held)
    assert (again.status_code, again.json()) == (409, {"message": "instanceId conflict"})
    call(client, "DELETE", f"tasks/{made.json()['taskId']}", builderToken=held)
    assert create(client, held).json()["message"] == "builderToken has been used"
    control("clock/advance", seconds=301)
    assert create(client, late).json()["message"] == "builderToken is expired"


def test_an_instance_runs_once_whatever_its_token(client: Client) -> None:
    start(client)
    assert create(client, acquire(client)).status_code == 409
    assert create(client, acquire(client, "another")).status_code == 202


def test_a_task_obeys_only_the_token_that_made_it(client: Client) -> None:
    run_id, held = start(client)
    other = acquire(client, "other")
    for method in ("GET", "DELETE"):
        assert call(client, method, f"tasks/{run_id}", builderToken=other).status_code == 404
        assert call(client, method, f"tasks/{run_id}").status_code == 400
        assert call(client, method, f"tasks/{run_id}", builderToken=held, app_id=APP_ID).status_code == 404
    assert call(client, "GET", f"tasks/{run_id}", builderToken=held).status_code == 200


# --- how a task lives -------------------------------------------------------------------------------------------------


def test_from_prepared_to_stopped(client: Client, control: Callable[..., Any]) -> None:
    task = start(client)
    assert status(client, task) == "PREPARED"
    control("clock/advance", seconds=0.4)
    assert status(client, task) == "STARTED"
    control("clock/advance", seconds=1)
    answer = call(client, "GET", f"tasks/{task[0]}", builderToken=task[1]).json()
    assert (answer["status"], answer["services"]["cloudTranscoder"]["status"]) == ("IN_PROGRESS", "serviceInProgress")
    call(client, "DELETE", f"tasks/{task[0]}", builderToken=task[1])
    assert status(client, task) == "STOPPED"
    control("clock/advance", seconds=601)
    assert call(client, "GET", f"tasks/{task[0]}", builderToken=task[1]).status_code == 404


def test_a_task_ends_when_everybody_has_been_away(client: Client, control: Callable[..., Any]) -> None:
    control("people", vendor="agora", app_id=OPEN_APP, room="room", users=[{"user_id": 7}])
    task = start(client)
    control("clock/advance", seconds=29)
    assert status(client, task) == "IN_PROGRESS"
    control("clock/advance", seconds=2)
    assert status(client, task) == "EXIT"
    control("people", vendor="agora", app_id=OPEN_APP, room="room", users=[{"user_id": 1}])
    task = start(client, instance="two")
    control("clock/advance", seconds=100)
    assert status(client, task) == "IN_PROGRESS"


def test_rooms_fill_with_whole_numbers(client: Client, control: Callable[..., Any]) -> None:
    start(client)
    (room,) = client.get("/sandbox/control/people/").json()["results"]
    assert [one["user_id"] for one in room["people"]] == ["1", "2", "90001", "90002"]


def test_a_start_that_fails(client: Client, control: Callable[..., Any]) -> None:
    control("faults", vendor="agora", operation="Create", kind="start_fails")
    task = start(client)
    control("clock/advance", seconds=1)
    assert status(client, task) == "FAILURE_STOP"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "throttle"}, 429),
        ({"kind": "http_5xx"}, 503),
        ({"kind": "http_5xx", "http_status": 504}, 504),
        ({"kind": "error", "http_status": 403, "message": "service not enabled"}, 403),
        ({"kind": "error"}, 500),
        ({"kind": "timeout_after_accept", "seconds": 0.01}, 504),
    ],
)
def test_faults(client: Client, control: Callable[..., Any], fault: dict[str, Any], expected: int) -> None:
    held = acquire(client)
    control("faults", vendor="agora", operation="Create", **fault)
    assert create(client, held).status_code == expected
    assert create(client, held).status_code == (409 if fault["kind"] == "timeout_after_accept" else 202)


# --- updates ----------------------------------------------------------------------------------------------------------


def update(client: Client, task: tuple[str, str], body: dict[str, Any], sequence: Any, mask: str = MASK) -> Any:
    return call(
        client, "PATCH", f"tasks/{task[0]}", services(body), builderToken=task[1], sequenceId=sequence, updateMask=mask
    )


def test_an_update_changes_what_may_change_and_nothing_else(client: Client, sandbox: Runtime) -> None:
    task = start(client, transcoder(waterMarks=[{"imageUrl": "https://a/b.png", "region": seat(1, 0)["region"]}]))
    fresh = transcoder(
        idleTimeout=99,
        videoInputs=[seat(1, 320, 5, placeholderImageUrl="https://a/1.png"), seat(3, 0, placeholderImageUrl="https://a/3.png")],
        canvas={"width": 640, "height": 360, "color": 0xFFFFFF},
        outputs=[{**output(bitrate=400)[0], **source(2000, "elsewhere")}],
    )  # fmt: skip
    assert update(client, task, fresh, 1).status_code == 200
    (kept,) = sandbox.store.state["tasks"].values()
    request = kept["request"]
    assert (request["idleTimeout"], request["canvas"]["color"], len(request["waterMarks"])) == (30, 0x102030, 1)
    assert request["outputs"][0]["rtc"]["rtcUid"] == 1000
    assert request["outputs"][0]["videoOption"]["bitrate"] == 400
    assert [(one["region"]["x"], one.get("placeholderImageUrl")) for one in request["videoInputs"]] == [
        (320, None),
        (0, "https://a/3.png"),
    ]
    assert call(client, "GET", f"tasks/{task[0]}", builderToken=task[1]).json()["sequenceId"] == "1"


@pytest.mark.parametrize("sequence", ["", "-1", "x", 4, 5])
def test_numbers_of_updates_grow(client: Client, sequence: Any) -> None:
    task = start(client)
    assert update(client, task, transcoder(), 5).status_code == 200
    assert update(client, task, transcoder(), sequence).status_code == 400
    assert update(client, task, transcoder(), 9).status_code == 200


def test_updates_that_are_refused(client: Client) -> None:
    task = start(client)
    assert update(client, task, transcoder(), 1, mask="services").status_code == 400
    sound = transcoder(videoInputs=None, outputs=[source(1000, "mixed")])
    assert update(client, task, sound, 1).status_code == 400
    assert update(client, (task[0], "other"), transcoder(), 1).status_code == 404


# --- the picture ------------------------------------------------------------------------------------------------------


def drawn(sandbox: Runtime) -> Any:
    (task,) = sandbox.store.state["tasks"].values()
    return scenes.scene(sandbox, task)


def test_people_are_cropped_into_their_regions_by_level(client: Client, sandbox: Runtime, control: Any) -> None:
    start(client, transcoder(videoInputs=[seat(1, 0, 9), seat(2, 320, 4)]))
    made = drawn(sandbox)
    assert (made.width, made.height, made.color, made.fps) == (640, 360, "#102030", 15)
    assert [(one.person.user_id, one.x, one.fit) for one in made.layers] == [("2", 320, "cover"), ("1", 0, "cover")]
    assert {one.user_id for one in made.people()} == {"1", "2"}


def test_the_picture_shows_each_person_in_their_place(client: Client, sandbox: Runtime) -> None:
    start(client)
    picture = compose.picture(drawn(sandbox), 1.0)
    assert picture.size == (640, 360)
    for user_id, x in (("1", 20), ("2", 340)):
        red, green, blue = picture.getpixel((x, 200))[:3]
        assert f"#{red:02X}{green:02X}{blue:02X}" == people.color_of(user_id)


def test_overlays_and_placeholders_lie_on_their_levels(client: Client, sandbox: Runtime, control: Any) -> None:
    control("people", vendor="agora", app_id=OPEN_APP, room="room", users=[{"user_id": 1}])
    region = seat(1, 0)["region"]
    marks = [{"imageUrl": f"https://a/{z}.png", "region": {**region, "zOrder": z}} for z in (100, 0, 1, 3)]
    start(client, transcoder(waterMarks=marks, videoInputs=[seat(1, 0, 2), seat(2, 320, 50)]))
    kinds = [one.kind if one.kind == "picture" else one.person.user_id for one in drawn(sandbox).layers]
    assert kinds == ["picture", "picture", "2", "1", "picture", "picture"]


def test_who_is_mixed_is_heard(client: Client, sandbox: Runtime) -> None:
    start(client, transcoder(audioInputs=[source(2)]))
    assert [one.user_id for one in drawn(sandbox).people()] == ["2"]


def test_a_whole_channel_is_heard(client: Client, sandbox: Runtime) -> None:
    start(client, transcoder(audioInputs=[source(0)]))
    assert {one.user_id for one in drawn(sandbox).people()} == {"1", "2", "90001", "90002"}


def test_a_shared_screen_is_a_user(client: Client, sandbox: Runtime, control: Any) -> None:
    users = [{"user_id": 1}, {"user_id": 2, "camera": False, "screen": True}]
    control("people", vendor="agora", app_id=OPEN_APP, room="room", users=users)
    start(client)
    assert [one.person.stream for one in drawn(sandbox).layers] == ["camera", "screen"]


def test_sound_alone_has_no_picture(client: Client, sandbox: Runtime) -> None:
    start(client, transcoder(videoInputs=None, outputs=[source(1000, "mixed")]))
    assert drawn(sandbox) is None


def test_a_relayed_stream_is_the_persons_own(client: Client, sandbox: Runtime) -> None:
    body = transcoder(
        streamProcessMode="single", audioInputs=[source(1)], videoInputs=[source(1)], canvas=None,
        outputs=[{**source(1000, "mixed"), "videoOption": {"mode": "RAW"}}],
    )  # fmt: skip
    start(client, body)
    made = drawn(sandbox)
    assert [(one.person.user_id, one.width) for one in made.layers] == [("1", 1280)]


# --- who may enter a channel ------------------------------------------------------------------------------------------


def with_tokens(entry: str, leaving: str) -> dict[str, Any]:
    body = transcoder()
    for one in body["audioInputs"] + body["videoInputs"]:
        one["rtc"]["rtcToken"] = entry
    body["outputs"][0]["rtc"]["rtcToken"] = leaving
    return body


GOOD_IN, GOOD_OUT = ("room", 0), ("mixed", 1000)


@pytest.mark.parametrize(
    ("entry", "leaving", "expected"),
    [
        (token(*GOOD_IN), token(*GOOD_OUT), "STARTED"),
        (token(*GOOD_IN, rights=(1,)), token(*GOOD_OUT), "STARTED"),
        (token("room", 1), token(*GOOD_OUT), "FAILURE_STOP"),
        (token("other", 0), token(*GOOD_OUT), "FAILURE_STOP"),
        (token(*GOOD_IN, age=4000), token(*GOOD_OUT), "FAILURE_STOP"),
        (token(*GOOD_IN, certificate="f" * 32), token(*GOOD_OUT), "FAILURE_STOP"),
        (token(*GOOD_IN), token("mixed", 0), "FAILURE_STOP"),
        (token(*GOOD_IN), token("mixed", 1001), "FAILURE_STOP"),
        (token(*GOOD_IN), token(*GOOD_OUT, rights=(1,)), "FAILURE_STOP"),
        ("nonsense", token(*GOOD_OUT), "FAILURE_STOP"),
        ("", "", "FAILURE_STOP"),
    ],
)
def test_tokens_open_channels(
    client: Client, control: Callable[..., Any], entry: str, leaving: str, expected: str
) -> None:
    task = start(client, with_tokens(entry, leaving), app_id=APP_ID)
    control("clock/advance", seconds=0.4)
    assert status(client, task, app_id=APP_ID) == expected


def test_the_collected_tokens_are_read_alike() -> None:
    for case in json.loads((SAMPLES / "vectors/agora-tokens.json").read_text())["cases"]:
        for name in ("token", "tokenNodeZlib"):
            given = (case["expected"][name], case["appId"], case["appCertificate"], case["channel"], case["uid"])
            assert signature.refusal(*given, case["issueTs"] + 1, case["role"] == "publisher") == "", case["name"]
            assert signature.refusal(*given, case["issueTs"] + case["expire"], False) != ""


# --- notifications ----------------------------------------------------------------------------------------------------


@pytest.fixture
def told(control: Callable[..., Any], receiver: Receiver) -> Receiver:
    control("callbacks", vendor="agora", app_id=OPEN_APP, url=receiver.url, secret="s3cret")
    return receiver


def events(receiver: Receiver) -> list[dict[str, Any]]:
    return sorted((json.loads(one) for one in receiver.bodies), key=lambda one: one["payload"]["sequence"])


def test_a_task_is_told_from_start_to_stop(client: Client, control: Callable[..., Any], told: Receiver) -> None:
    task = start(client, instance="qb-1")
    control("clock/advance", seconds=2)
    update(client, task, transcoder(), 1)
    call(client, "DELETE", f"tasks/{task[0]}", builderToken=task[1])
    told.wait(4)
    found = events(told)
    assert [one["eventType"] for one in found] == [110, 112, 113, 111]
    assert {one["payload"]["taskId"] for one in found} == {task[0]}
    assert {one["payload"]["instanceId"] for one in found} == {"qb-1"}
    assert len({one["noticeId"] for one in found}) == 4
    for number, word in ((110, "started"), (111, "stopped"), (112, "status"), (113, "updated")):
        documented = sample(f"ncs-transcoder-{number}-{word}")["request"]["body"]
        made = next(one for one in found if one["eventType"] == number)
        assert made.keys() == documented.keys()
        assert made["payload"].keys() == documented["payload"].keys()
        assert made["payload"]["details"].keys() == documented["payload"]["details"].keys()
    assert found[0]["payload"]["details"]["transcoder"]["inputs"][0] == {
        "rtcChannel": "room", "rtcUid": 1, "audio": True, "video": True,
    }  # fmt: skip


def test_both_signatures_are_of_the_body_as_sent(client: Client, control: Callable[..., Any], told: Receiver) -> None:
    start(client)
    control("clock/advance", seconds=0.4)
    (body,) = told.wait(1)[:1]
    attempt = first_attempt(client)
    assert attempt["headers"] == {
        "Agora-Signature": hmac.new(b"s3cret", body, hashlib.sha1).hexdigest(),
        "Agora-Signature-V2": hmac.new(b"s3cret", body, hashlib.sha256).hexdigest(),
    }


def test_a_spoiled_signature_does_not_hold(client: Client, control: Callable[..., Any], told: Receiver) -> None:
    control("faults", vendor="agora", operation="*", kind="bad_signature_callback")
    start(client)
    control("clock/advance", seconds=0.4)
    (body,) = told.wait(1)[:1]
    attempt = first_attempt(client)
    assert attempt["headers"]["Agora-Signature-V2"] != hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()


def test_what_is_not_taken_is_sent_again_three_times(
    client: Client, control: Callable[..., Any], receiver: Receiver
) -> None:
    only = ["cloud_transcoder_started"]
    control("callbacks", vendor="agora", app_id=OPEN_APP, url=receiver.url, secret="s3cret", events=only)
    receiver.answers = [500] * 9
    start(client)
    control("clock/advance", seconds=0.4)
    receiver.wait(2)  # at once again
    for count, seconds in ((3, 5), (4, 16)):
        eventually(lambda count=count: attempts(client) == count - 1)  # type: ignore[misc]
        control("clock/advance", seconds=seconds)
        receiver.wait(count)
    eventually(lambda: attempts(client) == 4)
    assert client.get("/sandbox/control/callbacks/").json()["waiting"] == []
    assert len(set(receiver.bodies)) == 1


def attempts(client: Client) -> int:
    return len(client.get("/sandbox/control/callbacks/").json()["attempts"])


def first_attempt(client: Client) -> dict[str, Any]:
    """It is written down a moment after the receiver has it."""
    eventually(lambda: attempts(client))
    found: dict[str, Any] = client.get("/sandbox/control/callbacks/").json()["attempts"][0]
    return found


def test_the_demo_project_has_its_certificate() -> None:
    from apps.sandbox.engine import accounts

    assert accounts.certificate_of(APP_ID) == CERTIFICATE
    assert accounts.certificate_of(OPEN_APP) == ""
