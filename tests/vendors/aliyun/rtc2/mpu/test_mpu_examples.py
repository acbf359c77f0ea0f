"""The vendor's examples of a relay: each is what some plan sends, and each answer is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from apps.layout_document.document import Canvas, Image, Picture, Text
from apps.vendors.plan import Plan
from apps.vendors.report import TaskState
from apps.vendors.types import TaskSpec
from tests.vendors.aliyun.cases import reply
from tests.vendors.aliyun.relay_tasks import ADAPTER, PUSH_URL, query, region, relay, start, update

Sample = Callable[[str], dict[str, Any]]
BACKGROUND = Picture("https://img.example.com/bg-1280x720.jpg", "stretch")


@pytest.fixture
def lesson() -> TaskSpec:
    """A teacher's screen with her camera in a corner, a name, a logo and a clock."""
    off = "https://img.example.com/{}-off.png"
    screen = region(
        "screen", 0, 0, 1280, 720, slot="teacher", stream="screen", placeholder=Picture(off.format("screen"), "stretch")
    )
    camera = region("camera", 970, 545, 302, 170, slot="teacher", placeholder=Picture(off.format("camera"), "stretch"))
    title = Text(
        id="title", x=26, y=662, width=700, height=40, text="张老师 · 共享屏幕", background="#000000CC",
        opacity=0.8, attached_to="screen",
    )  # fmt: skip
    logo = Image(
        id="logo",
        x=1088,
        y=14,
        width=154,
        height=58,
        url="https://img.example.com/logo.png",
        fit="stretch",
        opacity=0.6,
    )
    return relay(
        screen, camera, title, logo, bound=("teacher",), canvas=Canvas(1280, 720, "#112233", BACKGROUND),
        options={
            "crop_mode": 1, "clock": True, "clock_x": 0.72, "clock_y": 0.93, "clock_box": True,
            "clock_box_color": "#112233", "clock_opacity": 0.8, "text_outline": 1,
        },
    )  # fmt: skip


def known(plan: Plan, layout_id: str) -> dict[str, str]:
    (key,) = plan.requests[0].remember
    return {key: layout_id}


def apart(ours: Any, theirs: Any) -> set[str]:
    return {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}


def test_start(lesson: TaskSpec, sample: Sample) -> None:
    plan = start(replace(lesson, known=known(start(lesson), "4")))
    (request,) = plan.requests
    assert (request.name, request.method, request.url) == ("StartMPUTask", "POST", "https://rtc.aliyuncs.com/")
    assert (request.starts, request.read_only, request.body) == (True, False, None)
    # Apart from the example: a place to the pixel, no outline of clocks, zero left unsaid, the least depth.
    assert apart(request.query, sample("StartMPUTask")["request"]["wire_query"]) == {
        "ClockWidgets.1.BorderColor", "ClockWidgets.1.BorderWidth", "UserPanes.1.SegmentType", "UserPanes.2.SegmentType",
        "UserPanes.1.Texts.1.X", "UserPanes.1.Texts.1.Y", "Watermarks.1.ZOrder",
        "Watermarks.1.Y", "Watermarks.1.Width", "Watermarks.1.Height",
    }  # fmt: skip
    assert [request.query[f"Watermarks.1.{name}"] for name in ("X", "Y", "Width", "Height", "ZOrder")] == [
        "0.85", "0.019444", "0.120313", "0.080556", "1",
    ]  # fmt: skip
    assert (request.query["UserPanes.1.Texts.1.X"], request.query["UserPanes.1.Texts.1.Y"]) == ("0.020313", "0.919444")


def test_portrait_segmentation_travels_in_the_form_body(lesson: TaskSpec, sample: Sample) -> None:
    plan = start(replace(lesson, options={"portrait_segmentation": True}))
    body = sample("StartMPUTask")["request"]["wire_form_body"].replace("=false", "=true")
    assert plan.requests[-1].form
    assert "&".join(f"{name}={value}" for name, value in plan.requests[-1].body.items()) == body
    assert [query(plan)[f"UserPanes.{n}.SegmentType"] for n in (1, 2)] == ["0", "1"]  # the screen stays whole


def test_one_persons_stream(sample: Sample) -> None:
    url = "rtmp://push.example.com/live/teacher?auth_key=1716200000-0-0-0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    task = relay(
        region("host", 0, 0, 1280, 720, slot="teacher"), region("b", 0, 0, 99, 99), bound=("teacher", "b"),
        options={"mode": "single"}, task_id="qb-mpu-0002", output={"push_urls": [url]},
    )  # fmt: skip
    wanted = sample("StartMPUTask")["request_variants"][0]["wire_query"]
    assert query(start(task)) == {**wanted, "TaskType": "0", "PayloadType": "0"}
    assert len(start(task).requests) == 1


def test_sound_only(sample: Sample) -> None:
    url = "rtmp://push.example.com/live/audio?auth_key=1716200000-0-0-0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    task = relay(options={"mode": "sound"}, task_id="qb-mpu-0003", output={"push_urls": [url]})
    wanted = sample("StartMPUTask")["request_variants"][1]["wire_query"]
    assert query(start(task)) == {**wanted, "TaskType": "0", "PayloadType": "0"}
    assert start(task).errors == ()


def test_layouts_that_switch_with_the_number_of_people(sample: Sample) -> None:
    task = relay(region("a", 0, 0, 1280, 720), options={"more_layouts": "13, 6,11"}, task_id="qb-mpu-0004")
    wanted = sample("StartMPUTask")["request_variants"][2]["wire_query"]
    plan = start(replace(task, known=known(start(task), "1")))
    assert {name: query(plan)[name] for name in wanted} == wanted
    assert plan.errors == ()


def test_update(sample: Sample) -> None:
    logo = Image(
        id="logo",
        x=1088,
        y=14,
        width=154,
        height=58,
        url="https://img.example.com/logo.png",
        fit="stretch",
        opacity=0.6,
    )
    task = relay(
        region("teacher", 0, 0, 640, 720, fit="contain"), region("student-1", 640, 0, 640, 720, fit="contain"), logo,
        bound=("teacher", "student-1"), canvas=Canvas(1280, 720, "#000000", BACKGROUND),
    )  # fmt: skip
    (request,) = update(replace(task, known=known(update(task), "13"))).requests
    assert (request.name, request.starts) == ("UpdateMPUTask", False)
    # and nobody's screen may take the place of somebody absent
    assert request.query["UnsubSpecShareScreenUsers.1"] == "allStream"
    assert apart(request.query, sample("UpdateMPUTask")["request"]["wire_query"]) == {
        *(f"Watermarks.1.{name}" for name in ("Y", "Width", "Height", "ZOrder")), "UnsubSpecShareScreenUsers.1",
    }  # fmt: skip


@pytest.mark.parametrize(("plan", "name"), [("plan_stop", "StopMPUTask"), ("plan_query", "GetMPUTaskStatus")])
def test_stop_and_status(sample: Sample, plan: str, name: str) -> None:
    (request,) = getattr(ADAPTER, plan)(relay()).requests
    assert (request.name, dict(request.query)) == (name, sample(name)["request"]["wire_query"])
    assert request.read_only == (name == "GetMPUTaskStatus")


def test_layout_of_three(sample: Sample) -> None:
    """CreateMPULayout's example, but for its name, its main pane, and depths that nothing asks for."""
    task = relay(region("a", 0, 0, 960, 720), region("b", 960, 0, 320, 180), region("c", 960, 180, 320, 180))
    request = start(task).requests[0]
    wanted = sample("CreateMPULayout")["request"]["wire_query"]
    assert apart(request.query, wanted) == {"Name", "Panes.1.MajorPane", "Panes.2.ZOrder", "Panes.3.ZOrder"}


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("StartMPUTask", TaskState.STARTING),
        ("UpdateMPUTask", TaskState.UNKNOWN),
        ("StopMPUTask", TaskState.STOPPING),
        ("GetMPUTaskStatus", TaskState.RUNNING),
        ("CreateMPULayout", TaskState.UNKNOWN),
    ],
)
def test_answers(sample: Sample, name: str, state: TaskState) -> None:
    plans = (
        start(relay(region("a", 0, 0, 9, 9))),
        update(relay()),
        ADAPTER.plan_stop(relay()),
        ADAPTER.plan_query(relay()),
    )
    request = next(request for plan in plans for request in plan.requests if request.name == name)
    answer = sample(name)["response"]
    report = ADAPTER.read_reply(request, reply(answer["http_status"], answer["body"]))
    assert report.state is state
    assert report.vendor_request_id == "760BAD53-2764-51C4-99E3-0DC36F6B1A2C"
    assert PUSH_URL not in str(report)
