"""The emulator of ApsaraVideo Live really mixes: a rolling HLS, and a picture of now."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from apps.sandbox.engine import runtime
from apps.sandbox.engine.mixer.files import WATCHED
from apps.sandbox.engine.mixer.people import color_of
from tests.sandbox.aliyun.live.test_live import APP, PANE, ask, code_of, mix, starting
from tests.sandbox.conftest import eventually


def test_what_is_mixed_can_be_watched(client: Any, control: Any, settings: Any) -> None:
    settings.SANDBOX_MIXING = True
    control("people", vendor="aliyun", app_id=APP, room="room-1", users=[{"user_id": "ann"}])
    small = {"VideoWidth": "320", "VideoHeight": "180", "VideoFramerate": "5", "VideoGop": "10"}
    infos = [{"UserId": "ann", "StreamType": "0"}]
    pane = {**PANE, "UserInfo": {"UserId": "ann"}}
    transcode = mix(pane, encode=small, UserInfos=infos)
    assert code_of(ask(client, "StartLiveMPUTask", starting(TranscodeParams=transcode))) == (200, "")
    folder = f"/sandbox/live/aliyun/{APP}/t-1"
    answer = eventually(lambda: (got := client.get(f"{folder}/latest.jpg")).status_code == 200 and got, 30)
    media = runtime.current().media
    assert not list(media.rglob(WATCHED)), "the picture is one a second, watched or not"
    eventually(lambda: client.get(f"{folder}/hls/index.m3u8").status_code == 200, 30)
    assert list(media.rglob(WATCHED)), "a player gets every frame"
    picture = Image.open(io.BytesIO(b"".join(answer.streaming_content))).convert("RGB")
    assert picture.size == (320, 180)
    wanted = tuple(int(color_of("ann")[at : at + 2], 16) for at in (1, 3, 5))
    left, right = picture.getpixel((8, 90)), picture.getpixel((300, 90))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert all(abs(one - other) < 40 for one, other in zip(left, wanted, strict=True)), (left, wanted)
    assert max(right) < 20  # nobody there: black
    assert code_of(ask(client, "StopLiveMPUTask", {"TaskId": "t-1"})) == (200, "")
