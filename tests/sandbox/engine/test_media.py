"""With the mixer on: a task has a picture while it runs, and a recording plays after it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from apps.sandbox.engine import runtime
from tests.sandbox.aliyun.call import acs3
from tests.sandbox.conftest import eventually

pytest.importorskip("av")
START = {"AppId": "9qb1test", "ChannelId": "room-1", "TaskId": "t-1", "TemplateId": "sandbox1", "MediaEncode": "1",
         "TaskProfile": "9IN_720P", "LayoutIds.1": "6", "CropMode": "1"}  # fmt: skip


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_recording_is_made_and_served(client: Any, settings: Any, sandbox: runtime.Runtime) -> None:
    settings.SANDBOX_MIXING = True
    assert acs3(client, "StartRecordTask", START).status_code == 200
    (listed,) = client.get("/sandbox/control/tasks/").json()["results"]
    answer = eventually(lambda: (got := client.get(listed["picture_url"])).status_code == 200 and got, 20)
    assert answer["Content-Type"] == "image/jpeg"
    picture = Image.open(io.BytesIO(content(answer)))
    assert picture.size == (640, 360)
    assert picture.convert("L").getextrema()[1] > 60  # not black
    eventually(lambda: client.get(listed["hls_url"]).status_code == 200, 20)
    acs3(client, "StopRecordTask", {"AppId": "9qb1test", "TaskId": "t-1"})
    files = eventually(
        lambda: acs3(client, "DescribeRecordFiles", {"AppId": "9qb1test"}).json().get("RecordFiles"), 20
    )  # asked too often, it says so instead
    playlist = client.get(files[0]["Url"])
    assert playlist["Content-Type"] == "application/vnd.apple.mpegurl"
    text = content(playlist).decode()
    assert text.startswith("#EXTM3U")
    assert "#EXT-X-ENDLIST" in text
    segment = next(line for line in text.splitlines() if line and not line.startswith("#"))
    got = client.get(files[0]["Url"].replace("index.m3u8", segment))
    assert got.status_code == 200
    assert len(content(got)) > 1000
    assert files[0]["Duration"] > 0


def test_a_small_machine_mixes_small_pictures(client: Any, settings: Any, sandbox: runtime.Runtime) -> None:
    settings.SANDBOX_MIXING = True
    settings.SANDBOX_MAX_PIXELS = 320 * 180
    acs3(client, "StartRecordTask", START)
    (listed,) = client.get("/sandbox/control/tasks/").json()["results"]
    answer = eventually(lambda: (got := client.get(listed["picture_url"])).status_code == 200 and got, 20)
    assert Image.open(io.BytesIO(content(answer))).size == (320, 180)
    acs3(client, "StopRecordTask", {"AppId": "9qb1test", "TaskId": "t-1"})


def test_a_recording_goes_on_after_a_restart(client: Any, settings: Any, sandbox: runtime.Runtime) -> None:
    settings.SANDBOX_MIXING = True
    acs3(client, "StartRecordTask", START)
    (listed,) = client.get("/sandbox/control/tasks/").json()["results"]
    eventually(lambda: client.get(listed["hls_url"]).status_code == 200, 20)
    runtime.shut_down()
    (again,) = client.get("/sandbox/control/tasks/").json()["results"]
    assert again["state"] == "running"
    moved = eventually(lambda: (url := _listed(client)["hls_url"]) != listed["hls_url"] and url, 20)
    eventually(lambda: client.get(moved).status_code == 200, 20)
    acs3(client, "StopRecordTask", {"AppId": "9qb1test", "TaskId": "t-1"})
    files = eventually(
        lambda: acs3(client, "DescribeRecordFiles", {"AppId": "9qb1test"}).json().get("RecordFiles"), 20
    )  # asked too often, it says so instead
    assert len(files) == 2
    for file in files:
        assert "#EXT-X-ENDLIST" in content(client.get(file["Url"])).decode()


def _listed(client: Any) -> Any:
    return client.get("/sandbox/control/tasks/").json()["results"][0]
