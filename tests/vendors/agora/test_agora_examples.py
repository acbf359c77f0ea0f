"""The vendor's 2022 guide: each example request is what some task of ours says, each example answer is read.

Two things differ on purpose: people lie on levels of their own from 2 up (newer editions begin there, and what equal
levels do is not documented), and overlays are at least 120 × 120 (as the guide's own table says, unlike its examples).
"""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from apps.layout_document.document import Canvas, Image, Picture, Region, Source
from apps.vendors.report import TaskState
from apps.vendors.types import AppSpec, Binding
from tests.vendors.agora.cases import ADAPTER, APP_ID, HERE, answer, region, start, transcoder, update

BINDINGS = {"a": Binding("123"), "b": Binding("456")}
JPG, PNG = "https://example.com/a.jpg", "https://example.com/a.png"
SETTINGS = AppSpec(APP_ID, {"acquire_with_services": False})
TOKEN = "aab8b8f5a8cd4469a63042fcfafe7***"


def guide(name: str) -> Any:
    return json.loads((HERE / "samples/guide-2022" / f"{name}.json").read_text())


def asked(name: str) -> dict[str, Any]:
    """An example's transcoder, with names of pictures that are addresses, and tokens as a plan writes them."""
    text = json.dumps(guide(name)["services"]["cloudTranscoder"]["config"]["transcoder"])
    made: dict[str, Any] = json.loads(text.replace("https://XXXX.jpg", JPG).replace("https://XXXX.png", PNG))
    for input_ in made["audioInputs"] + made.get("videoInputs", []):
        input_["rtc"] |= {"rtcToken": "{inputToken}", "rtcChannel": "test01"}  # the update once says "test": a slip
    for output in made["outputs"]:
        output["rtc"]["rtcToken"] = "{outputToken}"
        output.get("videoOption", {}).pop("lowBitrateHighQuality", None)  # false is what leaving it out says
    for z, input_ in enumerate(made.get("videoInputs", []), 2):
        input_["region"]["zOrder"] = z
    for mark in made.get("waterMarks", []):
        mark["fillMode"] = "FILL"  # said, where the example relies on the default
        mark["region"] |= {"width": 120, "height": 120, "zOrder": 100}
    made["canvas"].setdefault("fillMode", "FILL")
    return made


def people() -> tuple[Region, Region]:
    place = Picture(JPG)
    return (
        region(id="a", x=0, y=0, width=320, height=360, source=Source("a"), placeholder=place),
        region(id="b", x=320, y=0, width=320, height=320, source=Source("b"), placeholder=place),
    )


def task(fit: str = "contain", output: str = "test", **changes: Any) -> dict[str, Any]:
    return {
        "app": SETTINGS,
        "room": "test01",
        "task_id": "abc13328",
        "bindings": BINDINGS,
        "canvas": Canvas(960, 480, "#000000", Picture(JPG, fit)),  # type: ignore[arg-type]
        "output": {"rtc": {"channel": output, "uid": 1000}},
        **changes,
    }


LOGO = Image(id="logo", x=0, y=0, width=120, height=120, fit="cover", url=PNG)
MUSIC = {"audio_profile": "AUDIO_PROFILE_MUSIC_STANDARD"}
ENCODING = {"fps": 30, "bitrate_kbps": 800}


def test_acquire() -> None:
    assert start(*people(), **task()).requests[0].body == guide("acquire")


def test_create_with_picture_overlay_and_canvas() -> None:
    plan = start(*people(), LOGO, **task(options=MUSIC, encoding=ENCODING))
    assert transcoder(plan) == asked("create")
    service = guide("create")["services"]["cloudTranscoder"]
    assert plan.requests[1].body["services"]["cloudTranscoder"]["serviceType"] == service["serviceType"]


def test_update() -> None:
    wish = task(output="test02", options=MUSIC, encoding=ENCODING)
    before = start(*people(), LOGO, **wish)
    plan = update(before, *people(), LOGO, **wish)
    assert transcoder(plan) == asked("update")


@pytest.mark.parametrize(("name", "sound"), [("create-audio-only", "people"), ("create-whole-channel", "channel")])
def test_create_of_sound(name: str, sound: str) -> None:
    options = {**MUSIC, "mode": "audio_only", "idle_timeout": 180, "audio_from": sound}
    plan = start(*people(), **task("cover", "test02", options=options))
    assert transcoder(plan) == asked(name)


def test_what_differs_is_only_what_is_said_above() -> None:
    example = guide("create")["services"]["cloudTranscoder"]["config"]["transcoder"]
    plain = copy.deepcopy(example)
    assert [input_["region"].pop("zOrder") for input_ in plain["videoInputs"]] == [1, 1]
    assert [mark["region"]["width"] for mark in plain["waterMarks"]] == [100]
    assert plain["videoInputs"][0]["rtc"]["rtcToken"] == TOKEN


@pytest.mark.parametrize(
    ("name", "operation", "state"),
    [
        ("acquire-answer", 0, TaskState.UNKNOWN),
        ("create-answer", 1, TaskState.RUNNING),
        ("query-answer", 2, TaskState.RUNNING),
        ("delete-answer", 3, TaskState.STOPPED),
    ],
)
def test_answers_are_read(name: str, operation: int, state: TaskState) -> None:
    from tests.vendors.agora.cases import spec

    requests = (*start().requests, *ADAPTER.plan_query(spec()).requests, *ADAPTER.plan_stop(spec()).requests)
    assert ADAPTER.read_reply(requests[operation], answer(200, guide(name))).state is state
