"""What the emulator of cloud transcoding takes and refuses: who may call, documented requests, bodies out of range."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.sandbox.engine import runtime
from tests.sandbox.agora.call import (
    acquire,
    call,
    output,
    seat,
    services,
    source,
    transcoder,
)


# --- the door ----------------------------------------------------------------------------------------------------------
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


# --- what is refused ---------------------------------------------------------------------------------------------------
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
    ("repeat", transcoder(audioInputs=[{"streamUrl": "rtmp://a/b", "repeat": 0}])),
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
    ("mode", transcoder(outputs=output(mode="COPY"))),
    ("one element", transcoder(streamProcessMode="single")),
]  # fmt: skip


@pytest.mark.parametrize(("message", "body"), BAD, ids=[f"{at}-{message}" for at, (message, _) in enumerate(BAD)])
def test_what_is_out_of_range_is_refused(client: Client, message: str, body: dict[str, Any]) -> None:
    for path, given in (("tasks", services(body)), ("builderTokens", {"instanceId": "one", **services(body)})):
        answer = call(client, "POST", path, given, builderToken="any")
        assert answer.status_code == 400
        assert message in answer.json()["message"]
        assert answer["X-Request-ID"]


@pytest.mark.parametrize("codec", ["H264", "VP8", "H265"])
def test_the_cdn_takes_one_codec_more(client: Client, codec: str) -> None:
    outputs = [{"streamUrl": "rtmp://a/b", "videoOption": output(codec=codec)[0]["videoOption"]}]
    answer = call(client, "POST", "tasks", services(transcoder(outputs=outputs)), builderToken=acquire(client))
    assert answer.status_code == 202, answer.content


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", {}, {"services": 7}, {"services": {"cloudTranscoder": {"serviceType": "other"}}}]
)
def test_bodies_that_are_none(client: Client, body: Any) -> None:
    assert call(client, "POST", "tasks", body, builderToken="any").status_code == 400


@pytest.mark.parametrize("instance", ["", "a b", "x" * 65, 7, None])
def test_instances_that_are_none(client: Client, instance: Any) -> None:
    assert call(client, "POST", "builderTokens", {"instanceId": instance}).status_code == 400
