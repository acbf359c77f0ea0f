"""The emulator of relays: the vendor's examples, its refusals, its states, and the picture its rules give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apps.sandbox.aliyun.rtc2.mpu import scene as drawing
from apps.sandbox.aliyun.rtc2.mpu import states
from apps.sandbox.engine import runtime
from tests.sandbox.aliyun.call import acs3, v1
from tests.sandbox.aliyun.rtc2.record.test_record import APP, code_of, sample

URL = "rtmp://push.example.com/live/room-1?auth_key=1"
START = {
    "AppId": APP, "ChannelId": "room-1", "TaskId": "m-1", "StreamURL": URL, "MediaEncode": "20", "LayoutIds.1": "13",
}  # fmt: skip
TASK = {"AppId": APP, "TaskId": "m-1"}
GONE = (404, "InvalidTask.NotFound")


def status(client: Any, task: str = "m-1") -> int:
    answer = acs3(client, "GetMPUTaskStatus", {"AppId": APP, "TaskId": task})
    assert code_of(answer) == (200, ""), answer.json()
    return int(answer.json()["Status"])


def arrange(control: Any, *people: str, **off: bool) -> None:
    """`sharer` also shares a screen."""
    users = [{"user_id": person, "screen": person == "sharer", **off} for person in people]
    control("people", vendor="aliyun", app_id=APP, room="room-1", users=users)


def start(client: Any, **changes: str) -> None:
    """An empty change leaves a parameter out."""
    params = {name: value for name, value in {**START, **changes}.items() if value}
    answer = acs3(client, "StartMPUTask", params)
    assert code_of(answer) == (200, ""), answer.json()


def picture(sandbox: runtime.Runtime) -> Any:
    (task,) = sandbox.store.state["tasks"].values()
    return drawing.scene(sandbox, task)


def test_documented_refusals(client: Any) -> None:
    start(client)
    told = {
        "TaskExisted": START,
        "InvalidLayoutID.Malformed": {**START, "LayoutIds.1": "999"},
        "InvalidMediaEncode.Malformed": {**START, "MediaEncode": "2"},
        "InvalidBackgroundColor.Malformed": {**START, "BackgroundColor": "16777216"},
    }
    for example in sample("rtc_StartMPUTask")["error_examples"]:
        if example["body"]["Code"] in told:
            answer = acs3(client, "StartMPUTask", told.pop(example["body"]["Code"]))
            assert code_of(answer) == (example["http_status"], example["body"]["Code"])
            assert answer.json()["Message"] == example["body"]["Message"]
            assert answer.json()["HostId"] == "rtc.aliyuncs.com"
    assert not told


def test_the_older_pages_own_values_are_refused(client: Any) -> None:
    """Its example names MediaEncode 2, which no table has, and two layouts of two panes."""
    words = {**START, "TaskProfile": "4IN_720P", "BackgroundColor": "0"}
    assert code_of(v1(client, "StartMPUTask", {**words, "MediaEncode": "2"})) == (400, "InvalidMediaEncode.Malformed")
    pairs = {"LayoutIds.1": "2", "LayoutIds.2": "3"}
    assert code_of(v1(client, "StartMPUTask", {**words, **pairs})) == (400, "InvalidLayoutID.Malformed")
    assert code_of(v1(client, "StartMPUTask", words)) == (200, "")


@pytest.mark.parametrize(
    ("changes", "status_code", "code"),
    [
        ({"AppId": "nosuchapp"}, 404, "Service.NoApp"),
        ({"TaskId": ""}, 400, "MissingTaskId"),
        ({"TaskId": "x" * 56}, 400, "InvalidTaskId.Malformed"),
        ({"ChannelId": "a b"}, 400, "InvalidChannelId.Malformed"),
        ({"StreamURL": ""}, 400, "MissingStreamURL"),
        ({"StreamURL": "https://push.example.com/live"}, 400, "InvalidStreamURL.Malformed"),
        ({"StreamURL": "rtmp://[push/live"}, 400, "InvalidStreamURL.Malformed"),
        ({"MediaEncode": ""}, 400, "MissingMediaEncode"),
        ({"LayoutIds.1": ""}, 400, "InvalidLayoutID.Malformed"),
        ({"TaskType": "2"}, 400, "InvalidTaskType.Malformed"),
        ({"StreamType": "3"}, 400, "InvalidStreamType.Malformed"),
        ({"SourceType": "screen"}, 400, "InvalidSourceType.Malformed"),
        ({"CropMode": "3"}, 400, "InvalidCropMode.Malformed"),
        ({"TaskProfile": "1IN_720P"}, 400, "InvalidTaskProfile.Malformed"),
        ({"EnhancedParam.EnablePortraitSegmentation": "yes"}, 400, "InvalidEnablePortraitSegmentation.Malformed"),
        ({"ClockWidgets.1.FontSize": "73"}, 400, "InvalidFontSize.Malformed"),
        ({"Watermarks.1.Url": "http://a/b.png", "Watermarks.1.Alpha": "1.5"}, 400, "InvalidAlpha.Malformed"),
        ({"Watermarks.1.X": "0.5"}, 400, "MissingUrl"),
        ({"Backgrounds.1.Url": "http://a/b.png", "Backgrounds.1.Display": "2"}, 400, "InvalidDisplay.Malformed"),
        ({"UserPanes.1.PaneId": "0", "UserPanes.2.PaneId": "0"}, 400, "InvalidUserPanes.Malformed"),
        ({"UserPanes.1.PaneId": "0", "UserPanes.1.SegmentType": "2"}, 400, "InvalidSegmentType.Malformed"),
    ],
)
def test_refuses_bad_parameters(client: Any, changes: Any, status_code: int, code: str) -> None:
    assert code_of(acs3(client, "StartMPUTask", {**START, **changes})) == (status_code, code)
    assert client.get("/sandbox/control/tasks/").json()["results"] == []


def test_low_latency_output_needs_no_url(client: Any) -> None:
    start(client, TaskType="1", StreamURL="")


def test_a_relay_from_start_to_stop(client: Any, control: Any, sandbox: runtime.Runtime) -> None:
    assert code_of(acs3(client, "GetMPUTaskStatus", TASK)) == GONE
    arrange(control)
    start(client)
    assert status(client) == states.PENDING
    control("clock/advance", seconds=3600)
    assert status(client) == states.PENDING
    assert code_of(acs3(client, "UpdateMPUTask", {**TASK, "CropMode": "1"})) == (200, "")
    (task,) = sandbox.store.state["tasks"].values()
    assert task["request"]["CropMode"] == 2  # without effect before it runs
    arrange(control, "ann")
    control("clock/advance", seconds=1)
    assert status(client) == states.PUSHING
    assert code_of(acs3(client, "StartMPUTask", START)) == (200, "TaskExisted")
    assert code_of(acs3(client, "StopMPUTask", TASK)) == (200, "")
    assert status(client) == states.STOPPED_BY_USER
    for name in ("StopMPUTask", "UpdateMPUTask"):
        assert code_of(acs3(client, name, TASK)) == GONE
    assert code_of(acs3(client, "StartMPUTask", START)) == (200, "TaskExisted")
    control("clock/advance", seconds=80 * 3600)
    control("clock/advance", seconds=1)
    assert code_of(acs3(client, "GetMPUTaskStatus", TASK)) == GONE  # purged


def test_it_ends_two_minutes_after_the_last_person_left(client: Any, control: Any) -> None:
    arrange(control, "ann")
    start(client)
    control("clock/advance", seconds=1)
    arrange(control)
    control("clock/advance", seconds=1)
    control("clock/advance", seconds=60)
    assert status(client) == states.PUSHING
    arrange(control, "bob")
    control("clock/advance", seconds=1)
    arrange(control)
    control("clock/advance", seconds=1)
    control("clock/advance", seconds=90)
    assert status(client) == states.PUSHING
    control("clock/advance", seconds=30)
    assert status(client) == states.CHANNEL_STOPPED


def test_nobody_comes_for_thirty_days(client: Any, control: Any) -> None:
    arrange(control)
    start(client)
    control("clock/advance", seconds=30 * 86_400 + 1)
    assert status(client) == states.STOPPED


def test_a_push_url_serves_one_task_and_rests_after_it(client: Any, control: Any) -> None:
    start(client)
    control("clock/advance", seconds=1)
    start(client, TaskId="m-2", StreamURL=URL.replace("auth_key=1", "auth_key=2"))
    start(client, TaskId="m-3", StreamURL="rtmp://push.example.com/live/another")
    control("clock/advance", seconds=1)
    control("clock/advance", seconds=1)
    assert [status(client, f"m-{n}") for n in (1, 2, 3)] == [states.PUSHING, states.STREAM_URL, states.PUSHING]
    acs3(client, "StopMPUTask", TASK)
    start(client, TaskId="m-4")
    control("clock/advance", seconds=1)
    control("clock/advance", seconds=1)
    assert status(client, "m-4") == states.STREAM_URL
    control("clock/advance", seconds=10)
    start(client, TaskId="m-5")
    control("clock/advance", seconds=1)
    control("clock/advance", seconds=1)
    assert status(client, "m-5") == states.PUSHING


@pytest.mark.parametrize(("code", "ends"), [("", states.CDN_NETWORK), ("6", states.STREAM_URL)])
def test_a_relay_that_fails(client: Any, control: Any, code: str, ends: int) -> None:
    control("faults", vendor="aliyun", operation="StartMPUTask", kind="start_fails", code=code)
    start(client)
    control("clock/advance", seconds=1)
    control("clock/advance", seconds=1)
    assert status(client) == ends


def test_faults_of_a_call(client: Any, control: Any) -> None:
    control("faults", vendor="aliyun", operation="StartMPUTask", kind="throttle")
    answer = acs3(client, "StartMPUTask", START)
    assert (code_of(answer), answer["x-acs-retry-after"]) == ((400, "Throttling.User"), "1000")
    control("faults", vendor="aliyun", operation="StartMPUTask", kind="timeout_after_accept", seconds=0.01)
    assert acs3(client, "StartMPUTask", START).status_code == 503
    assert status(client) in (states.PENDING, states.PUSHING)  # it was carried out all the same


def test_deleting_a_layout_ends_the_relays_that_use_it(client: Any, control: Any) -> None:
    made = acs3(client, "CreateMPULayout", sample("rtc_CreateMPULayout")["request"]["wire_query"])
    layout = str(made.json()["LayoutId"])
    start(client, **{"LayoutIds.1": layout})
    start(client, TaskId="m-2", StreamURL="rtmp://push.example.com/live/another")
    control("clock/advance", seconds=1)
    assert code_of(acs3(client, "DeleteMPULayout", {"AppId": APP, "LayoutId": layout})) == (200, "")
    assert (status(client), status(client, "m-2")) == (states.STOPPED, states.PUSHING)


def test_layout_operations_are_throttled_and_relays_are_not(client: Any) -> None:
    answers = [acs3(client, "DescribeMPULayoutInfoList", {"AppId": APP}) for _ in range(25)]
    assert any(code_of(answer) == (400, "Throttling.User") for answer in answers)
    start(client)
    assert all(status(client) in (0, 1) for _ in range(25))


def test_recordings_and_relays_are_apart(client: Any) -> None:
    start(client)
    assert code_of(acs3(client, "StopRecordTask", TASK)) == GONE
    record = {"AppId": APP, "ChannelId": "room-1", "TaskId": "r-1", "TemplateId": "sandbox1"}
    assert code_of(acs3(client, "StartRecordTask", record)) == (200, "")
    assert code_of(acs3(client, "GetMPUTaskStatus", {"AppId": APP, "TaskId": "r-1"})) == GONE
    assert code_of(acs3(client, "DescribeRecordFiles", {"AppId": APP})) == (200, "")


# --- the picture ------------------------------------------------------------------------------------------------------


def test_everything_is_drawn_at_its_depth(client: Any, control: Any, sandbox: Any, tmp_path: Path) -> None:
    sandbox.pictures.path_of = lambda url: str(tmp_path / url.rpartition("/")[2])
    arrange(control, "ann", "bob")
    start(
        client,
        **{
            "LayoutIds.1": "4", "BackgroundColor": "3351057", "CropMode": "1",
            "Backgrounds.1.Url": "http://127.0.0.1/back.png", "Backgrounds.1.ZOrder": "0",
            "Watermarks.1.Url": "http://127.0.0.1/under.png", "Watermarks.1.ZOrder": "0", "Watermarks.1.Alpha": "0.5",
            "Watermarks.2.Url": "http://127.0.0.1/unseen.png", "Watermarks.2.ZOrder": "2",
            "Watermarks.3.Url": "http://127.0.0.1/off.png", "Watermarks.3.Display": "0", "Watermarks.3.Alpha": "1.0",
            "ClockWidgets.1.X": "0.1", "ClockWidgets.1.ZOrder": "2", "ClockWidgets.1.Box": "true",
            "UserPanes.1.PaneId": "0", "UserPanes.1.UserId": "bob",
            "UserPanes.1.Texts.1.Text": "Bob", "UserPanes.1.Texts.1.X": "0.5", "UserPanes.1.Texts.1.Alpha": "0.25",
            "UserPanes.1.Texts.1.BorderWidth": "3", "UserPanes.1.Texts.1.BorderColor": "255",
        },
    )  # fmt: skip
    scene = picture(sandbox)
    assert (scene.width, scene.height, scene.color) == (1280, 720, "#112233")
    seen = [layer.person.user_id if layer.person else layer.text or Path(layer.path).name for layer in scene.layers]
    assert seen[:5] == ["back.png", "bob", "Bob", "under.png", "ann"]
    assert seen[5] == "unseen.png"
    assert len(seen) == 7
    name, unseen, clock = scene.layers[2], scene.layers[5], scene.layers[6]
    assert (name.x, name.opacity, name.outline, name.outline_color) == (640, 0.25, 3, "#FF0000")
    assert unseen.opacity == 0  # Alpha left out
    assert (clock.x, clock.text_background) == (128, "#000000")
    assert [layer.fit for layer in scene.layers if layer.person] == ["cover", "cover"]


def test_absent_people_are_replaced_unless_only_the_bound_are_subscribed(
    client: Any, control: Any, sandbox: Any
) -> None:
    arrange(control, "ann", "eve")
    pane = {
        "UserPanes.1.PaneId": "0",
        "UserPanes.1.UserId": "gone",
        "UserPanes.2.PaneId": "1",
        "UserPanes.2.UserId": "eve",
    }
    start(client, **pane)
    assert [layer.person.user_id for layer in picture(sandbox).layers] == ["ann", "eve"]
    control("clock/advance", seconds=1)
    lists = {"SubSpecAudioUsers.1": "allStream", "SubSpecCameraUsers.1": "gone", "SubSpecCameraUsers.2": "eve"}
    assert code_of(acs3(client, "UpdateMPUTask", {**TASK, **pane, **lists})) == (200, "")
    scene = picture(sandbox)
    assert [layer.person.user_id for layer in scene.layers] == ["eve"]
    assert [voice.user_id for voice in scene.voices] == ["ann"]


def test_a_list_limits_its_own_kind_of_stream_alone(client: Any, control: Any, sandbox: Any) -> None:
    """Whether others are left out is not documented. Our plans for open panes name who is heard, and nobody else."""
    arrange(control, "ann", "sharer")

    def shown(**lists: str) -> list[tuple[str, str]]:
        answer = acs3(client, "UpdateMPUTask", {**TASK, **{name.replace("_", "."): one for name, one in lists.items()}})
        assert code_of(answer) == (200, "")
        return [(layer.person.user_id, layer.person.stream) for layer in picture(sandbox).layers]

    start(client, **{"SubSpecAudioUsers.1": "allStream"})
    control("clock/advance", seconds=1)
    both = [("ann", "camera"), ("sharer", "camera")]
    assert [(layer.person.user_id, layer.person.stream) for layer in picture(sandbox).layers] == both
    cameras = {"SubSpecAudioUsers_1": "allStream", "SubSpecCameraUsers_1": "ann"}
    assert shown(**cameras) == [("ann", "camera"), ("sharer", "screen")]
    assert shown(**cameras, UnsubSpecShareScreenUsers_1="allStream") == [("ann", "camera")]


def test_people_who_are_not_subscribed_are_not_heard(client: Any, control: Any, sandbox: Any) -> None:
    arrange(control, "ann", "eve")
    start(client, **{"UnsubSpecAudioUsers.1": "ann"})
    assert [(layer.person.user_id, layer.person.audible) for layer in picture(sandbox).layers] == [
        ("ann", False), ("eve", True),
    ]  # fmt: skip


def test_an_update_replaces(client: Any, control: Any, sandbox: Any) -> None:
    arrange(control, "ann")
    start(client, **{"BackgroundColor": "255", "UserPanes.1.PaneId": "0", "UserPanes.1.UserId": "ann"})
    control("clock/advance", seconds=1)
    assert picture(sandbox).color == "#FF0000"
    assert code_of(acs3(client, "UpdateMPUTask", {**TASK, "LayoutIds.1": "1"})) == (200, "")
    (task,) = sandbox.store.state["tasks"].values()
    request = task["request"]
    assert (request["UserPanes"], request["MediaEncode"], request["StreamURL"]) == ([], 20, URL)
    scene = picture(sandbox)
    assert (scene.color, len(scene.layers), scene.layers[0].width) == ("#000000", 1, 1280)


def test_one_stream_as_it_is(client: Any, control: Any, sandbox: Any) -> None:
    arrange(control, "ann", "sharer")
    single = {"MixMode": "0", "SubSpecUsers.1": "sharer", "MediaEncode": "", "LayoutIds.1": ""}
    start(client, **{**single, "SourceType": "shareScreen"})
    scene = picture(sandbox)
    (layer,) = scene.layers
    assert (layer.person.user_id, layer.person.stream, layer.width) == ("sharer", "screen", scene.width)
    control("clock/advance", seconds=1)
    arrange(control, "ann", "sharer", screen=False)
    assert picture(sandbox).layers[0].person.stream == "camera"
    update = {**TASK, "MixMode": "0", "SubSpecUsers.1": "sharer", "StreamType": "1"}
    assert code_of(acs3(client, "UpdateMPUTask", update)) == (200, "")
    assert picture(sandbox) is None


def test_sound_only_has_no_picture(client: Any, control: Any, sandbox: Any) -> None:
    start(client, **{"MediaEncode": "0", "LayoutIds.1": ""})
    assert picture(sandbox) is None


def test_a_domain_takes_ten_mixed_pushes_and_twenty_passed_on(client: Any, control: Any, settings: Any) -> None:
    arrange(control, "ann")
    single = {"MixMode": "0", "MediaEncode": "", "LayoutIds.1": ""}
    for kind, most, changes in (("mixed", 10, {}), ("single", 20, single)):
        for number in range(most + 1):
            start(client, TaskId=f"{kind}-{number}", StreamURL=f"rtmp://one.example.com/{kind}/{number}", **changes)
            control("clock/advance", seconds=0.3)
    elsewhere = "rtmp://two.example.com/live/1"
    start(client, TaskId="elsewhere", StreamURL=elsewhere)
    control("clock/advance", seconds=2)
    for kind, most in (("mixed", 10), ("single", 20)):
        assert [status(client, f"{kind}-{n}") for n in range(most + 1)] == [
            *[states.PUSHING] * most,
            states.CDN_NETWORK,
        ]
    assert status(client, "elsewhere") == states.PUSHING
    settings.SANDBOX_TASK_LIMITS = False
    start(client, TaskId="raised", StreamURL="rtmp://one.example.com/mixed/raised")
    control("clock/advance", seconds=2)
    assert status(client, "raised") == states.PUSHING


def test_no_more_voices_than_the_layout_mixes(client: Any, control: Any, sandbox: runtime.Runtime) -> None:
    """Whether they are seen or not; here those who joined first."""
    arrange(control, "ann", "bob", "cem")
    panes = {f"Panes.{n + 1}.{name}": value for n in range(2) for name, value in (
        ("PaneId", str(n)), ("X", str(n / 2)), ("Y", "0"), ("Width", "0.5"), ("Height", "1"))}  # fmt: skip
    made = acs3(client, "CreateMPULayout", {"AppId": APP, "AudioMixCount": "1", **panes}).json()["LayoutId"]
    start(client, **{"LayoutIds.1": str(made)})
    control("clock/advance", seconds=1)
    drawn = picture(sandbox)
    assert [(layer.person.user_id, layer.person.audible) for layer in drawn.layers] == [("ann", True), ("bob", False)]
    assert drawn.voices == ()


def test_one_stream_knows_the_plain_list_of_users_only(client: Any, control: Any, sandbox: runtime.Runtime) -> None:
    arrange(control, "ann", "bob")
    start(client, MixMode="0", MediaEncode="", **{
        "LayoutIds.1": "", "SubSpecUsers.1": "bob", "SubSpecCameraUsers.1": "ann", "UnsubSpecCameraUsers.1": "bob",
    })  # fmt: skip
    control("clock/advance", seconds=1)
    assert [layer.person.user_id for layer in picture(sandbox).layers] == ["bob"]


@pytest.mark.parametrize("sign", [acs3, v1])
def test_a_refused_signature_shows_what_the_server_signed(client: Any, sign: Any) -> None:
    answer = sign(client, "GetMPUTaskStatus", TASK, secret="another")
    assert code_of(answer) == (400, "SignatureDoesNotMatch")
    _, _, signed = answer.json()["Message"].partition("server string to sign is:")
    assert signed.startswith("ACS3-HMAC-SHA256\n" if sign is acs3 else "POST&%2F&AccessKeyId%3D")
    assert sign is acs3 or "Action%3DGetMPUTaskStatus" in signed


@pytest.mark.parametrize("name", ["SubSpecUsers", "SubSpecAudioUsers", "UnsubSpecShareScreenUsers"])
def test_lists_of_users_hold_ids(client: Any, name: str) -> None:
    answer = acs3(client, "StartMPUTask", {**START, f"{name}.1": "a b"})
    assert code_of(answer) == (400, f"Invalid{name}.Malformed")
    assert code_of(acs3(client, "StartMPUTask", {**START, f"{name}.1": "allStream"})) == (200, "")
