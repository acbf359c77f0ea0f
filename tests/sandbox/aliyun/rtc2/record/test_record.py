from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.sandbox.aliyun.rtc2 import scene as drawing
from apps.sandbox.aliyun.rtc2.record import scene as record_scene
from apps.sandbox.aliyun.wire.signature import Asked, acs3_signature, acs3_to_sign, v1_signature, v1_to_sign
from apps.sandbox.engine import runtime
from tests.sandbox.aliyun.call import acs3, v1
from tests.sandbox.conftest import eventually
from tests.vendors import documented

SIGNING = documented.vectors("aliyun", "aliyun-signing")
APP = "9qb1test"
START = {"AppId": APP, "ChannelId": "room-1", "TaskId": "t-1", "TemplateId": "sandbox1"}
STOP = {"AppId": APP, "TaskId": "t-1"}
SEAT = {"UserPanes.1.PaneId": "0", "UserPanes.1.UserId": "ann", "UserPanes.1.SourceType": "camera"}


def sample(name: str) -> Any:
    return documented.sample("aliyun", name)


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("Code", "")


@pytest.mark.parametrize("case", SIGNING["rpc_v1"]["cases"], ids=lambda case: case["name"])
def test_signs_v1_as_the_vendor_does(case: Any) -> None:
    given, should = case["input"], case["expected"]
    pairs = list(should["signed_params"].items())
    assert v1_signature(v1_to_sign(given["method"], pairs), given["access_key_secret"]) == should["signature"]


@pytest.mark.parametrize("case", SIGNING["acs3_hmac_sha256"]["cases"], ids=lambda case: case["name"])
def test_signs_acs3_as_the_vendor_does(case: Any) -> None:
    given, should = case["input"], case["expected"]
    headers = {name.lower(): value for name, value in should["headers_to_send"].items()}
    asked = Asked(given["method"], given["path"], list(given["query"].items()), [], headers, given["body"].encode())
    signed = should["signed_headers"].split(";")
    assert acs3_signature(acs3_to_sign(asked, given["path"], signed), given["access_key_secret"]) == should["signature"]


def test_a_stored_layout_is_changed_and_deleted(client: Any) -> None:
    layout = sample("rtc_CreateMPULayout")["request"]["wire_query"]
    number = v1(client, "CreateMPULayout", layout).json()["LayoutId"]
    changed = {**sample("rtc_ModifyMPULayout")["request"]["wire_query"], "LayoutId": str(number)}
    assert code_of(v1(client, "ModifyMPULayout", changed)) == (200, "")
    (row,) = acs3(client, "DescribeMPULayoutInfoList", {"AppId": APP}).json()["Layouts"]["Layout"]
    assert (row["Name"], len(row["Panes"]["Panes"])) == ("讲台 + 2 v2", 3)
    assert code_of(v1(client, "DeleteMPULayout", {"AppId": APP, "LayoutId": str(number)})) == (200, "")
    assert acs3(client, "DescribeMPULayoutInfoList", {"AppId": APP}).json()["TotalNum"] == 0


def test_a_recording_from_start_to_file(client: Any, control: Any, receiver: Any) -> None:
    control("callbacks", vendor="aliyun", app_id=APP, url=receiver.url)
    assert code_of(acs3(client, "StartRecordTask", START)) == (200, "")
    assert code_of(acs3(client, "StartRecordTask", START)) == (200, "TaskExisted")
    control("clock/advance", seconds=1)
    control("clock/advance", seconds=60)
    assert acs3(client, "DescribeRecordFiles", {"AppId": APP}).json()["TotalNum"] == 0
    assert code_of(acs3(client, "StopRecordTask", STOP)) == (200, "")
    assert code_of(acs3(client, "StopRecordTask", STOP)) == (404, "InvalidTask.NotFound")
    (told,) = receiver.wait(1)
    (file,) = acs3(client, "DescribeRecordFiles", {"AppId": APP, "TaskIds.1": "t-1"}).json()["RecordFiles"]
    event = json.loads(told)
    assert event["Event"] == "FileCreated"
    assert event["MsgId"]
    assert {name: event[name] for name in file if name != "CreateTime"} == {
        name: value for name, value in file.items() if name != "CreateTime"
    }
    assert file["Url"].startswith("http://testserver/sandbox/media/aliyun/")
    assert 59 < file["Duration"] < 64
    (listed,) = client.get("/sandbox/control/tasks/").json()["results"]
    assert (listed["state"], listed["hls_url"]) == ("ended", file["Url"])


def test_nobody_came_nothing_recorded(client: Any, control: Any, sandbox: runtime.Runtime) -> None:
    control("people", vendor="aliyun", app_id=APP, room="room-1", users=[])
    acs3(client, "StartRecordTask", START)
    control("clock/advance", seconds=30)
    acs3(client, "StopRecordTask", STOP)
    (task,) = sandbox.store.state["tasks"].values()
    eventually(lambda: task["finalised"])
    assert acs3(client, "DescribeRecordFiles", {"AppId": APP}).json()["RecordFiles"] == []


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"key": "nobody"}, 404, "InvalidAccessKeyId.NotFound"),
        ({"secret": "wrong"}, 400, "SignatureDoesNotMatch"),
        ({"skew": 1000}, 400, "InvalidTimeStamp.Expired"),
        ({"Timestamp": "yesterday"}, 400, "InvalidTimeStamp.Format"),
        ({"drop": "SignatureNonce"}, 400, "MissingSignatureNonce"),
        ({"spoil": {"PageNum": "2"}}, 400, "SignatureDoesNotMatch"),
        ({"Version": "2011-01-01"}, 400, "InvalidVersion"),
    ],
)
def test_refuses_at_the_gateway_v1(client: Any, options: Any, status: int, code: str) -> None:
    assert code_of(v1(client, "DescribeApps", {}, **options)) == (status, code)


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"key": "nobody"}, 404, "InvalidAccessKeyId.NotFound"),
        ({"secret": "wrong"}, 400, "SignatureDoesNotMatch"),
        ({"skew": -1000}, 400, "InvalidTimeStamp.Expired"),
        ({"path": "/elsewhere"}, 400, "SignatureDoesNotMatch"),
        ({"path": "/sandbox/aliyun/rtc/"}, 200, ""),
    ],
)
def test_refuses_at_the_gateway_acs3(client: Any, options: Any, status: int, code: str) -> None:
    assert code_of(acs3(client, "DescribeApps", {}, **options)) == (status, code)


def test_a_nonce_is_good_once(client: Any) -> None:
    for call in (v1, acs3):
        nonce = f"only-once-{call.__name__}"
        assert code_of(call(client, "DescribeApps", {}, nonce=nonce)) == (200, "")
        assert code_of(call(client, "DescribeApps", {}, nonce=nonce)) == (400, "SignatureNonceUsed")


def test_v1_answers_xml_unless_asked_for_json(client: Any) -> None:
    answer = v1(client, "DescribeApps", {}, Format="XML")
    assert answer["Content-Type"].startswith("text/xml")
    assert b"<DescribeAppsResponse>" in answer.content
    assert b"<AppId>9qb1test</AppId>" in answer.content


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"AppId": ""}, 400, "MissingAppId"),
        ({"AppId": "nosuchapp"}, 404, "Service.NoApp"),
        ({"ChannelId": "a b"}, 400, "InvalidChannelId.Malformed"),
        ({"TaskId": "x" * 56}, 400, "InvalidTaskId.Malformed"),
        ({"TemplateId": ""}, 400, "MissingTemplateId"),
        ({"LayoutIds.1": "999"}, 400, "InvalidLayoutID.Malformed"),
        ({"LayoutIds.1": "2", "LayoutIds.2": "3"}, 400, "InvalidLayoutID.Malformed"),
        ({"LayoutIds.0": "2"}, 400, "InvalidLayoutIds.Malformed"),
        ({"LayoutIds.1": "1", "LayoutIds.3": "6"}, 400, "InvalidLayoutIds.Malformed"),
        ({"MediaEncode": "2"}, 400, "InvalidMediaEncode.Malformed"),
        ({"TaskProfile": "1IN_720P", "LayoutIds.1": "6"}, 400, "InvalidTaskProfile.Malformed"),
        ({"TaskProfile": "Mixed_Audio"}, 400, "InvalidMediaEncode.Malformed"),
        ({"CropMode": "3"}, 400, "InvalidCropMode.Malformed"),
        ({**SEAT, "UserPanes.1.PaneId": "16"}, 400, "InvalidPaneId.Malformed"),
        ({"UserPanes.1.PaneId": "0"}, 400, "MissingSourceType"),
        ({"UserPanes.1.PaneId": "0", "UserPanes.1.SourceType": "camera"}, 400, "MissingUserId"),
        ({"SubSpecUsers.1": "a b"}, 400, "InvalidSubSpecUsers.Malformed"),
        ({**SEAT, "UserPanes.1.Texts.1.Text": "x", "UserPanes.1.Texts.1.FontSize": "73"}, 400,
         "InvalidFontSize.Malformed"),
    ],
)  # fmt: skip
def test_refuses_bad_parameters(client: Any, changes: Any, status: int, code: str) -> None:
    assert code_of(acs3(client, "StartRecordTask", {**START, **changes})) == (status, code)
    assert client.get("/sandbox/control/tasks/").json()["results"] == []


def test_throttles_layouts_at_ten_a_second(client: Any) -> None:
    answers = [acs3(client, "DescribeSystemLayoutList", {}) for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code == 400]
    assert refused
    assert refused[0].json()["Code"] == "Throttling.User"
    assert int(refused[0]["x-acs-retry-after"]) > 0


def start_scene(client: Any, control: Any, sandbox: runtime.Runtime, people: list[str], **params: str) -> Any:
    users = [{"user_id": person, "screen": person == "sharer"} for person in people]
    control("people", vendor="aliyun", app_id=APP, room="room-1", users=users)
    answer = acs3(client, "StartRecordTask", {**START, **params})
    assert code_of(answer) == (200, "")
    (task,) = sandbox.store.state["tasks"].values()
    return record_scene.scene(sandbox, task)


def test_panes_fill_in_join_order_and_absent_people_are_replaced(client: Any, control: Any, sandbox: Any) -> None:
    scene = start_scene(
        client, control, sandbox, ["ann", "bob", "eve"],
        **{"LayoutIds.1": "5", "CropMode": "1", "UserPanes.1.PaneId": "0", "UserPanes.1.UserId": "eve",
           "UserPanes.1.SourceType": "camera", "UserPanes.2.PaneId": "1", "UserPanes.2.UserId": "gone",
           "UserPanes.2.SourceType": "camera"},
    )  # fmt: skip
    assert [layer.person.user_id for layer in scene.layers] == ["eve", "ann", "bob"]
    assert {layer.fit for layer in scene.layers} == {"cover"}


def test_a_backup_picture_shows_only_without_video(client: Any, control: Any, sandbox: Any, tmp_path: Path) -> None:
    sandbox.pictures.path_of = lambda url: str(tmp_path / "any.png")
    pane = {"UserPanes.1.PaneId": "0", "UserPanes.1.UserId": "ann", "UserPanes.1.SourceType": "camera",
            "UserPanes.1.Images.1.Url": "http://127.0.0.1/x.png", "UserPanes.1.Images.1.Display": "2",
            "LayoutIds.1": "1"}  # fmt: skip
    scene = start_scene(client, control, sandbox, ["ann"], **pane)
    assert [layer.kind for layer in scene.layers] == ["person"]
    (task,) = sandbox.store.state["tasks"].values()
    users = [{"user_id": "ann", "camera": False}]
    control("people", vendor="aliyun", app_id=APP, room="room-1", users=users)
    scene = record_scene.scene(sandbox, task)
    assert scene is not None
    assert [layer.kind for layer in scene.layers] == ["picture"]


def test_the_layout_follows_the_head_count(client: Any, control: Any, sandbox: Any) -> None:
    scene = start_scene(client, control, sandbox, ["ann", "bob", "eve"], **{"LayoutIds.1": "1", "LayoutIds.2": "5"})
    assert len(scene.layers) == 3
    assert drawing.css(3351057) == "#112233"
