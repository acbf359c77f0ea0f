"""The files a recording leaves: one a part and a format, each announced when it is finished."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from apps.sandbox.engine import runtime
from tests.sandbox.aliyun.call import acs3
from tests.sandbox.conftest import eventually

APP = "9qb1test"
ROOM = {"AppId": APP, "ChannelId": "room-1", "TaskId": "t-1"}
TEMPLATE = {
    "AppId": APP, "Name": "three formats", "TaskProfile": "4IN_720P", "MediaEncode": "1", "LayoutIds.1": "1",
    "Formats.1": "m3u8", "Formats.2": "mp4", "Formats.3": "flv", "FileSplitInterval": "1800", "OssBucket": "b",
    "OssFilePrefix": "record/{AppId}/{ChannelId_TaskId}/{EscapedStartTime}_{EscapedEndTime}",
}  # fmt: skip
ENDINGS = ["hls/index.m3u8", "recording.mp4", "recording.flv"]


def start(client: Any, **changes: str) -> str:
    template = acs3(client, "AddRecordTemplate", {**TEMPLATE, **changes}).json()["TemplateId"]
    answer = acs3(client, "StartRecordTask", {**ROOM, "TemplateId": template})
    assert (answer.status_code, answer.json().get("Code")) == (200, None)
    return str(template)


def stop(client: Any) -> None:
    assert acs3(client, "StopRecordTask", {"AppId": APP, "TaskId": "t-1"}).status_code == 200


def listed(client: Any) -> list[dict[str, Any]]:
    # asked too often, it says so instead
    found: list[dict[str, Any]] = acs3(client, "DescribeRecordFiles", {"AppId": APP}).json().get("RecordFiles", [])
    return found


def part_of(file: dict[str, Any], ending: str) -> str:
    assert file["Url"].endswith(ending)
    return str(file["Url"].removesuffix(ending).rstrip("/").rpartition("/")[2])


def test_every_format_of_every_part_is_announced_when_it_is_finished(client: Any, control: Any, receiver: Any) -> None:
    start(client, HttpCallbackUrl=receiver.url)
    control("clock/advance", seconds=1)
    assert listed(client) == []
    control("clock/advance", seconds=1801)
    receiver.wait(3)
    control("clock/advance", seconds=600)
    stop(client)
    told = [json.loads(one) for one in receiver.wait(6)]
    files = eventually(lambda: len(found := listed(client)) == 6 and found)
    assert sorted(one["Url"] for one in told) == sorted(file["Url"] for file in files)
    assert len({one["MsgId"] for one in told}) == 6
    first, second = files[:3], files[3:]
    for part in (first, second):
        key = part_of(part[0], ENDINGS[0])
        assert [part_of(file, ending) for file, ending in zip(part, ENDINGS, strict=True)] == [key] * 3
        assert len({(one["StartTime"], one["StopTime"], one["Duration"]) for one in part}) == 1
    assert 1800 <= first[0]["Duration"] < 1805
    assert 600 <= second[0]["Duration"] < 605
    assert first[0]["StopTime"] == second[0]["StartTime"]


def test_only_the_formats_asked_for(client: Any, control: Any, receiver: Any) -> None:
    template = {name: value for name, value in TEMPLATE.items() if not name.startswith("Formats")}
    number = acs3(client, "AddRecordTemplate", {**template, "Formats.1": "mp4", "HttpCallbackUrl": receiver.url}).json()
    acs3(client, "StartRecordTask", {**ROOM, "TemplateId": number["TemplateId"]})
    control("clock/advance", seconds=60)
    stop(client)
    (told,) = receiver.wait(1)
    assert json.loads(told)["Url"].endswith("/recording.mp4")


def test_a_cut_recording_plays_in_every_format(
    client: Any, control: Any, receiver: Any, settings: Any, sandbox: runtime.Runtime
) -> None:
    av = pytest.importorskip("av")
    settings.SANDBOX_MIXING = True
    start(client, HttpCallbackUrl=receiver.url)

    def live() -> str:
        (task,) = client.get("/sandbox/control/tasks/").json()["results"]
        return str(task["hls_url"])

    before = live()
    eventually(lambda: client.get(before).status_code == 200, 20)
    control("clock/advance", seconds=1801)
    after = eventually(lambda: (now := live()) != before and now, 20)
    receiver.wait(3, 20)
    eventually(lambda: client.get(after).status_code == 200, 20)
    stop(client)
    receiver.wait(6, 20)
    files = eventually(lambda: len(found := listed(client)) == 6 and found, 20)
    lengths = []
    for file in files:
        answer = client.get(file["Url"])
        assert answer.status_code == 200, file["Url"]
        content = b"".join(answer.streaming_content)
        if file["Url"].endswith(".m3u8"):
            assert content.rstrip().endswith(b"#EXT-X-ENDLIST")
            continue
        with av.open(io.BytesIO(content)) as made:
            assert {stream.type for stream in made.streams} == {"video", "audio"}
            frames = list(made.decode(video=0))
            assert frames[0].to_ndarray(format="gray").max() > 60  # not black
            lengths.append((len(frames) / float(made.streams.video[0].average_rate), file["Duration"]))
    assert len(lengths) == 4
    for seen, said in lengths:
        assert seen == pytest.approx(said, abs=0.2)
