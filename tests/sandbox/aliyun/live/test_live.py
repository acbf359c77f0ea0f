"""The emulator of ApsaraVideo Live: its gateway, its rules, the life of its tasks, its events, its pictures."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from apps.sandbox.aliyun.live import scene as drawing
from apps.sandbox.engine import runtime
from tests.sandbox.aliyun.call import acs3, v1
from tests.sandbox.conftest import eventually
from tests.vendors import documented

APP = "6f1d7074-aaaa-4bbb-9ef5-85c19a4ctest"
URL, VERSION = "/sandbox/aliyun/live/", "2016-11-01"
PUSH = "rtmp://push.example.com/live/room-1?auth_key=1"
SOUND = {"AudioBitrate": "128", "AudioChannels": "2", "AudioSampleRate": "48000"}
VIDEO = {
    "VideoBitrate": "2000", "VideoFramerate": "25", "VideoGop": "50", "VideoHeight": "720", "VideoWidth": "1280",
}  # fmt: skip
PANE = {"X": "0", "Y": "0", "Width": "0.5", "Height": "1"}


def sample(name: str) -> Any:
    return documented.sample("aliyun", f"live_{name}")


def ask(client: Any, action: str, params: dict[str, str] | None = None, **more: Any) -> Any:
    given = {"AppId": APP, **(params or {})}
    return acs3(client, action, {k: v for k, v in given.items() if v is not None}, version=VERSION, url=URL, **more)


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("Code", "")


def mix(*panes: Any, encode: Any = None, **more: Any) -> str:
    layout = {"Layout": {"UserPanes": [*panes] or [PANE]}}
    return json.dumps({"EncodeParams": {**SOUND, **VIDEO, **(encode or {})}, **layout, **more})


def starting(task_id: str = "t-1", **changes: Any) -> dict[str, Any]:
    given = {"ChannelId": "room-1", "TaskId": task_id, "MixMode": "1", "StreamURL": PUSH, "TranscodeParams": mix()}
    return {**given, **changes}


def status_of(client: Any, task_id: str = "t-1") -> int:
    number: int = ask(client, "GetMPUTaskStatus", {"TaskId": task_id}).json()["Status"]
    return number


def test_the_status_page_in_xml_and_json(client: Any) -> None:
    assert code_of(ask(client, "StartLiveMPUTask", starting())) == (200, "")
    asked = {"AppId": APP, "TaskId": "t-1"}
    answer = v1(client, "GetMPUTaskStatus", asked, url=URL, Version=VERSION, Format="XML")
    assert answer["Content-Type"].startswith("text/xml")
    assert b"<GetMPUTaskStatusResponse>" in answer.content
    assert b"<Status>" in answer.content
    assert v1(client, "GetMPUTaskStatus", asked, url=URL, Version=VERSION).json()["Status"] in (0, 1)


def test_a_task_from_start_to_stop(client: Any, control: Any, receiver: Any) -> None:
    assert code_of(ask(client, "CreateRtcMPUEventSub", {"CallbackUrl": receiver.url})) == (200, "")
    assert code_of(ask(client, "StartLiveMPUTask", starting())) == (200, "")
    assert status_of(client) == 0
    control("clock/advance", seconds=1)
    assert status_of(client) == 1
    (told,) = receiver.wait(1)
    event, example = json.loads(told), sample("callback_mpu_event")["body"]
    assert set(event) == set(example)
    assert set(event["Payload"]) == set(example["Payload"])
    assert (event["TaskId"], event["EventType"]) == ("t-1", 1)
    assert {**event["Payload"], "EventTs": 0} == {
        "DstUrl": PUSH, "EventTs": 0, "EventCode": 1, "ErrorCode": 0, "ErrorMessage": "",
    }  # fmt: skip
    (listed,) = client.get("/sandbox/control/tasks/").json()["results"]
    assert (listed["state"], listed["kind"]) == ("running", "push")
    assert code_of(ask(client, "StopLiveMPUTask", {"TaskId": "t-1"})) == (200, "")
    assert status_of(client) == 3
    assert code_of(ask(client, "StopLiveMPUTask", {"TaskId": "t-1"})) == (400, "InvalidParam")
    assert ask(client, "ListRtcMPUTaskDetail", {"TaskId": "t-1"}).json()["MPUTasks"] == []
    assert code_of(ask(client, "StartLiveMPUTask", starting(StreamURL="rtmp://h/other"))) == (400, "InvalidParam")
    assert "already exists" in ask(client, "StartLiveMPUTask", starting(StreamURL="rtmp://h/x")).json()["Message"]
    assert code_of(ask(client, "GetMPUTaskStatus", {"TaskId": "t-2"})) == (404, "InvalidTask.NotFound")
    receiver.wait(2)
    now = time.time() + 2
    asked = {"StartTime": _iso(now - 60), "EndTime": _iso(now), "PageNo": "1", "PageSize": "20"}
    eventually(lambda: ask(client, "ListRtcMPUEventSubRecord", asked).json()["Count"] == 2)
    answer = ask(client, "ListRtcMPUEventSubRecord", asked).json()
    assert set(answer["Logs"][0]) == set(sample("ListRtcMPUEventSubRecord")["response"]["body"]["Logs"][0])
    assert json.loads(answer["Logs"][1]["Data"]) == event
    assert (answer["Logs"][1]["HTTPCode"], answer["HasMore"]) == ("200", False)


def _iso(at: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def test_the_end_of_a_room(client: Any, control: Any) -> None:
    """Without MaxIdleTime a task ends with its channel, with it it waits."""
    ask(client, "StartLiveMPUTask", starting())
    ask(client, "StartLiveMPUTask", starting("t-2", StreamURL="rtmp://h/2", MaxIdleTime="60"))
    control("clock/advance", seconds=1)
    control("people", vendor="aliyun", app_id=APP, room="room-1", users=[])
    control("clock/advance", seconds=1)
    assert (status_of(client), status_of(client, "t-2")) == (4, 1)
    control("clock/advance", seconds=61)
    assert status_of(client, "t-2") == 2


def test_a_push_url_that_takes_no_stream(client: Any, control: Any, receiver: Any) -> None:
    ask(client, "CreateRtcMPUEventSub", {"CallbackUrl": receiver.url, "ChannelIds": "room-1"})
    bad = "rtmp://nowhere.invalid/live/key"
    ask(client, "StartLiveMPUTask", starting(StreamURL=bad))
    both = json.dumps([{"URL": "rtmp://also.invalid/a"}, {"URL": PUSH, "IsAliCdn": True}])
    ask(client, "StartLiveMPUTask", starting("t-2", StreamURL=None, MultiStreamURL=both))
    ask(client, "StartLiveMPUTask", starting("t-3", StreamURL="rtmp://h/3", ChannelId="elsewhere"))
    control("clock/advance", seconds=1)
    assert (status_of(client), status_of(client, "t-2"), status_of(client, "t-3")) == (6, 1, 1)
    told = [json.loads(one)["Payload"] for one in receiver.wait(3)]
    assert {(one["DstUrl"], bool(one["ErrorCode"])) for one in told} == {
        (bad, True), ("rtmp://also.invalid/a", True), (PUSH, False),
    }  # fmt: skip


def test_an_empty_room_is_no_channel(client: Any, control: Any) -> None:
    control("people", vendor="aliyun", app_id=APP, room="room-1", users=[])
    answer = ask(client, "StartLiveMPUTask", starting())
    assert (code_of(answer), answer.json()["Message"]) == (
        (400, "InvalidParam"), "The specified channel does not exist.",
    )  # fmt: skip


def test_a_push_url_is_used_once_and_rests(client: Any, control: Any) -> None:
    ask(client, "StartLiveMPUTask", starting())
    assert code_of(ask(client, "StartLiveMPUTask", starting("t-2"))) == (400, "InvalidParam")
    ask(client, "StopLiveMPUTask", {"TaskId": "t-1"})
    control("clock/advance", seconds=8)
    assert code_of(ask(client, "StartLiveMPUTask", starting("t-3"))) == (400, "InvalidParam")
    control("clock/advance", seconds=3)
    assert code_of(ask(client, "StartLiveMPUTask", starting("t-4"))) == (200, "")


def test_forty_mixes_of_an_app(client: Any) -> None:
    answers = [
        ask(client, "StartLiveMPUTask", starting(f"t-{n}", StreamURL=f"rtmp://h/{n}")) for n in range(41)
    ]  # fmt: skip
    assert {code_of(answer) for answer in answers[:40]} == {(200, "")}
    assert code_of(answers[40]) == (400, "InvalidParam")
    single = starting("s", StreamURL="rtmp://h/s", MixMode="0", TranscodeParams=None, SingleSubParams='{"UserId":"a"}')
    assert code_of(ask(client, "StartLiveMPUTask", single)) == (200, "")


PEOPLE = [{"UserId": "ann", "StreamType": "0"}, {"UserId": "bob", "StreamType": "1"}]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AppId": "nosuchapp"}, "InvalidAppId"),
        ({"AppId": "a b"}, "InvalidAppId"),
        ({"AppId": None}, "MissingParameter"),
        ({"ChannelId": "a b"}, "InvalidParam"),
        ({"TaskId": "x" * 56}, "InvalidParam"),
        ({"TaskId": None}, "MissingParameter"),
        ({"MixMode": "2"}, "InvalidParam"),
        ({"MixMode": "0"}, "InvalidParam"),  # with TranscodeParams
        ({"MixMode": "0", "TranscodeParams": None}, "MissingParameter"),
        ({"SingleSubParams": '{"UserId":"a"}'}, "InvalidParam"),
        ({"TranscodeParams": None}, "MissingParameter"),
        ({"TranscodeParams": "{"}, "InvalidParam"),
        ({"TranscodeParams": "[]"}, "InvalidParam"),
        ({"StreamURL": None}, "InvalidParam"),
        ({"MultiStreamURL": '[{"URL":"rtmp://h/a"}]'}, "InvalidParam"),  # both
        ({"StreamURL": "https://h/a"}, "InvalidParam"),
        ({"StreamURL": None, "MultiStreamURL": '[{"URL":"rtmp://h/a","IsAliCdn":"true"}]'}, "InvalidParam"),
        ({"Region": "CN-Beijing"}, "InvalidParam"),
        ({"MaxIdleTime": "9"}, "InvalidParam"),
        ({"TranscodeParams": mix(encode={"VideoGop": "61"})}, "InvalidParam"),
        ({"TranscodeParams": mix(encode={"VideoGop": 50})}, "InvalidParam"),  # a number, not a text
        ({"TranscodeParams": mix(encode={"VideoWidth": "1921"})}, "InvalidParam"),
        ({"TranscodeParams": mix(encode={"VideoBitrate": ""})}, "MissingParameter"),
        ({"TranscodeParams": mix(encode={"AudioSampleRate": "22050"})}, "InvalidParam"),
        (
            {"TranscodeParams": mix(encode={"VideoCodec": "H.265", "EnhancedParam": '{"profile":"high"}'})},
            "InvalidParam",
        ),
        ({"TranscodeParams": mix(encode={"AudioOnly": "true"})}, "InvalidParam"),  # with a layout
        ({"TranscodeParams": json.dumps({"EncodeParams": {**SOUND, **VIDEO}})}, "MissingParameter"),
        ({"TranscodeParams": mix({**PANE, "X": "0.6"})}, "InvalidParam"),
        ({"TranscodeParams": mix({**PANE, "X": "0.1234567"})}, "InvalidParam"),
        ({"TranscodeParams": mix({**PANE, "X": 0.1})}, "InvalidParam"),
        ({"TranscodeParams": mix({**PANE, "RenderMode": "2"})}, "InvalidParam"),
        ({"TranscodeParams": mix({**PANE, "Alpha": "1"})}, "InvalidParam"),
        ({"TranscodeParams": mix({**PANE, "UserInfo": {"UserId": "ann"}})}, "InvalidParam"),  # not subscribed
        ({"TranscodeParams": mix({**PANE, "UserInfo": {"UserId": "bob"}}, UserInfos=PEOPLE)}, "InvalidParam"),
        ({"TranscodeParams": mix(UserInfos=[{"UserId": "a", "SourceType": "shareScreen"}])}, "InvalidParam"),
        ({"TranscodeParams": mix(Background={"URL": "ftp://h/a.png"})}, "InvalidParam"),
        ({"SeiParams": '{"PayloadType":"5"}'}, "InvalidParam"),
        ({"SeiParams": '{"LayoutVolume":{"Interval":"999"}}'}, "InvalidParam"),
    ],
)
def test_refuses_bad_parameters(client: Any, changes: Any, code: str) -> None:
    assert code_of(ask(client, "StartLiveMPUTask", starting(**changes))) == (400, code)
    assert client.get("/sandbox/control/tasks/").json()["results"] == []


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"key": "nobody"}, 404, "InvalidAccessKeyId.NotFound"),
        ({"secret": "wrong"}, 400, "SignatureDoesNotMatch"),
        ({"skew": -1000}, 400, "InvalidTimeStamp.Expired"),
    ],
)
def test_refuses_at_the_gateway(client: Any, options: Any, status: int, code: str) -> None:
    answer = ask(client, "ListRTCLiveRooms", **options)
    assert code_of(answer) == (status, code)
    assert answer.json()["HostId"] == "live.aliyuncs.com"


def test_another_apis_operations_are_not_known_here(client: Any) -> None:
    assert code_of(ask(client, "StartRecordTask")) == (404, "InvalidAction.NotFound")
    other = acs3(client, "GetMPUTaskStatus", {"AppId": APP}, version="2018-01-11", url=URL)
    assert code_of(other) == (400, "InvalidVersion")


def test_the_status_may_be_asked_ten_times_a_second(client: Any) -> None:
    ask(client, "StartLiveMPUTask", starting())
    answers = [ask(client, "GetMPUTaskStatus", {"TaskId": "t-1"}) for _ in range(30)]
    assert "Throttling.User" in {answer.json().get("Code") for answer in answers}


def test_subscriptions(client: Any) -> None:
    url = "https://quadbox.example.com/hooks/a"
    assert code_of(ask(client, "CreateRtcMPUEventSub")) == (404, "MissingParameter")
    for bad in ("ftp://h/a", "https://h/a?b=1&c=2", "https://h/" + "a" * 2083):
        assert code_of(ask(client, "CreateRtcMPUEventSub", {"CallbackUrl": bad})) == (400, "InvalidParam")
    twice = {"CallbackUrl": url, "ChannelIds": "a,a"}
    assert code_of(ask(client, "CreateRtcMPUEventSub", twice)) == (400, "InvalidParam")
    assert "SubInfo" not in ask(client, "DescribeRtcMPUEventSub").json()
    assert code_of(ask(client, "UpdateRtcMPUEventSub", {"CallbackUrl": url})) == (400, "InvalidParam")
    sub = ask(client, "CreateRtcMPUEventSub", {"CallbackUrl": url, "ChannelIds": "a,b"}).json()["SubId"]
    assert code_of(ask(client, "CreateRtcMPUEventSub", {"CallbackUrl": url})) == (400, "InvalidParam")
    assert code_of(ask(client, "UpdateRtcMPUEventSub", {"ChannelIds": ""})) == (200, "")
    info = ask(client, "DescribeRtcMPUEventSub").json()["SubInfo"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", info["CreateTime"])  # a space, as in the examples
    assert (info["SubId"], info["CallbackUrl"], info["ChannelIds"]) == (sub, url, "")
    assert code_of(ask(client, "DeleteRtcMPUEventSub")) == (200, "")
    assert "SubInfo" not in ask(client, "DescribeRtcMPUEventSub").json()
    week = {
        "StartTime": _iso(time.time() - 8 * 24 * 3600),
        "EndTime": _iso(time.time()),
        "PageNo": "1",
        "PageSize": "9",
    }
    assert code_of(ask(client, "ListRtcMPUEventSubRecord", week)) == (400, "InvalidParam")


def test_events_are_sent_again_until_they_arrive(client: Any, control: Any, receiver: Any) -> None:
    receiver.answers = [500]
    ask(client, "CreateRtcMPUEventSub", {"CallbackUrl": receiver.url})
    ask(client, "StartLiveMPUTask", starting())
    control("clock/advance", seconds=1)
    receiver.wait(1)
    eventually(lambda: client.get("/sandbox/control/callbacks/").json()["attempts"])
    control("clock/advance", seconds=3)
    first, second = receiver.wait(2)
    assert first == second


def test_faults(client: Any, control: Any) -> None:
    def fault(kind: str, **more: Any) -> None:
        control("faults", vendor="aliyun", operation="StartLiveMPUTask", kind=kind, **more)

    fault("error", code="InvalidAction.NotFound")
    assert code_of(ask(client, "StartLiveMPUTask", starting())) == (404, "InvalidAction.NotFound")
    fault("throttle")
    assert code_of(ask(client, "StartLiveMPUTask", starting())) == (400, "Throttling.User")
    fault("http_5xx")
    assert ask(client, "StartLiveMPUTask", starting()).status_code == 502
    fault("timeout_after_accept", seconds=0.01)
    assert ask(client, "StartLiveMPUTask", starting()).status_code == 503
    assert status_of(client) in (0, 1)  # it was carried out


# pictures


def start_scene(client: Any, control: Any, sandbox: runtime.Runtime, people: list[Any], transcode: str) -> Any:
    users = [person if isinstance(person, dict) else {"user_id": person} for person in people]
    control("people", vendor="aliyun", app_id=APP, room="room-1", users=users)
    answer = ask(client, "StartLiveMPUTask", starting(TranscodeParams=transcode))
    assert code_of(answer) == (200, ""), answer.json()
    (task,) = sandbox.store.state["tasks"].values()
    return drawing.scene(sandbox, task)


def who(scene: Any) -> list[str]:
    return [layer.person.user_id if layer.person else "" for layer in scene.layers]


def test_open_panes_fill_in_join_order(client: Any, control: Any, sandbox: Any) -> None:
    panes = [{**PANE, "Width": "0.2", "X": f"0.{n}", "ZOrder": str(9 - n)} for n in range(3)]
    scene = start_scene(client, control, sandbox, ["ann", {"user_id": "eve", "camera": False}, "bob"], mix(*panes))
    # the list decides who sits where, ZOrder what is drawn last
    assert who(scene) == ["", "bob", "ann"]
    assert (scene.width, scene.height, scene.fps, scene.color) == (1280, 720, 25.0, "#000000")
    assert [layer.kind for layer in scene.layers] == ["empty", "person", "person"]
    assert {person.user_id for person in scene.people()} == {"ann", "bob", "eve"}  # everybody is heard


def test_bound_panes_wait_for_their_people(client: Any, control: Any, sandbox: Any, tmp_path: Path) -> None:
    sandbox.pictures.path_of = lambda url: str(tmp_path / "any.png") if url else None
    infos = [
        {"UserId": "ann", "StreamType": "2", "SourceType": "shareScreen"}, {"UserId": "ann", "StreamType": "1"},
        {"UserId": "gone", "StreamType": "0"}, {"UserId": "bob", "StreamType": "2"},
    ]  # fmt: skip
    panes = [
        {**PANE, "RenderMode": "0", "UserInfo": {"UserId": "ann", "SourceType": "shareScreen"}},
        {**PANE, "X": "0.5", "ZOrder": "1", "BackgroundImageUrl": "http://h/off.png", "UserInfo": {"UserId": "gone"}},
        {**PANE, "X": "0.5", "ZOrder": "2", "UserInfo": {"UserId": "bob"}},
    ]
    background = {"URL": "http://h/bg.png", "RenderMode": "0"}
    people = [{"user_id": "ann", "screen": True}, "bob", "stranger"]
    scene = start_scene(client, control, sandbox, people, mix(*panes, UserInfos=infos, Background=background))
    assert who(scene) == ["ann", "", "bob"]
    screen, absent, face = scene.layers
    assert (screen.fit, screen.bars, screen.person.stream) == ("contain", "#000000", "screen")
    assert (absent.kind, absent.bars, bool(absent.placeholder_path)) == ("empty", "#000000", True)
    assert (face.fit, face.person.audible) == ("cover", False)  # his picture alone is subscribed
    assert {person.user_id for person in scene.people()} == {"ann"}
    assert (scene.background.kind, scene.background.fit) == ("picture", "contain")


def test_people_of_another_room_are_mixed_in(client: Any, control: Any, sandbox: Any) -> None:
    control("people", vendor="aliyun", app_id=APP, room="room-2", users=[{"user_id": "zoe"}])
    infos = [{"UserId": "ann", "StreamType": "0"}, {"UserId": "zoe", "StreamType": "0", "ChannelId": "room-2"}]
    panes = [{**PANE, "UserInfo": {"UserId": "ann"}}, {**PANE, "UserInfo": {"UserId": "zoe", "ChannelId": "room-2"}}]
    scene = start_scene(client, control, sandbox, ["ann"], mix(*panes, UserInfos=infos))
    assert who(scene) == ["ann", "zoe"]


def test_single_streams_and_sound_only(client: Any, control: Any, sandbox: Any) -> None:
    ask(client, "StartLiveMPUTask", starting())
    single = {"MixMode": "0", "TranscodeParams": None, "SingleSubParams": '{"UserId":"lin"}'}
    assert code_of(ask(client, "UpdateLiveMPUTask", starting(**single))) == (200, "")
    (task,) = sandbox.store.state["tasks"].values()
    scene = drawing.scene(sandbox, task)
    assert scene is not None
    assert [layer.person.user_id for layer in scene.layers if layer.person] == ["lin"]
    silent = {"TranscodeParams": json.dumps({"EncodeParams": {**SOUND, "AudioOnly": "true"}})}
    assert code_of(ask(client, "UpdateLiveMPUTask", starting(**silent))) == (200, "")
    assert drawing.scene(sandbox, task) is None


def test_an_update_replaces_the_layout_and_keeps_the_encoding(client: Any, sandbox: Any) -> None:
    ask(client, "StartLiveMPUTask", starting())
    smaller = mix({**PANE, "Width": "0.25"}, encode={"VideoWidth": "640", "VideoHeight": "360"})
    assert code_of(ask(client, "UpdateLiveMPUTask", starting(TranscodeParams=smaller))) == (200, "")
    (task,) = sandbox.store.state["tasks"].values()
    scene = drawing.scene(sandbox, task)
    assert scene is not None
    assert (scene.width, scene.layers[0].width) == (1280, 320)
    assert code_of(ask(client, "UpdateLiveMPUTask", starting("nobody"))) == (400, "InvalidParam")
    assert code_of(ask(client, "UpdateLiveMPUTask", starting(ChannelId="other"))) == (400, "InvalidParam")
    typed = starting(SeiParams='{"PayloadType":"200"}')
    assert code_of(ask(client, "UpdateLiveMPUTask", typed)) == (400, "InvalidParam")
