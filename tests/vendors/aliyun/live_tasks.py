"""What the cases of `aliyun-live-mpu` share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apps.layout_document.document import Canvas, Image, LayoutDocument, LayoutObject, Picture, Region, Source, Text
from apps.vendors.aliyun.live.adapter import AliyunLiveMpuAdapter
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.vendors.painter import FakePainter

APP = "6f1d7074-aaaa-4bbb-9ef5-85c19a4ctest"
PUSH = "rtmp://push.example.com/live/room-1001?auth_key=1716200000-0-0-0a1b2c3d4e5f60718293a4b5c6d7e8f9"
ASSET = "asset:" + "9f" * 32
PAGE = Canvas(1280, 720, "#101820")
OBJECTS = ("MultiStreamURL", "SingleSubParams", "TranscodeParams", "SeiParams")
ADAPTER = AliyunLiveMpuAdapter()


def sample(name: str) -> Any:
    return json.loads((Path(__file__).parent / "samples" / f"live_{name}.json").read_text("utf-8"))


def region(name: str = "r1", x: int = 0, y: int = 0, width: int = 640, height: int = 720, **more: Any) -> Region:
    source = Source(more.pop("slot", name), more.pop("stream", "camera"))
    return Region(id=name, x=x, y=y, width=width, height=height, source=source, **more)


def text(name: str = "t1", x: int = 40, y: int = 640, width: int = 400, height: int = 56, **more: Any) -> Text:
    return Text(id=name, x=x, y=y, width=width, height=height, **{"text": "直播", **more})


def image(name: str = "i1", **more: Any) -> Image:
    return Image(id=name, **{"x": 40, "y": 40, "width": 100, "height": 50, "url": ASSET, **more})


def task(*objects: LayoutObject, bound: tuple[str, ...] = (), **more: Any) -> TaskSpec:
    """720p, black, pushed to one URL; slots named in `bound` are taken by people of the same name."""
    canvas = more.pop("canvas", Canvas(1280, 720))
    settings = more.pop("settings", {})
    given: dict[str, Any] = {
        "app": AppSpec(APP, settings),
        "document": LayoutDocument(canvas, objects),
        "room": "room-1001",
        "task_id": "qb-live-0001",
        "bindings": {slot: Binding(slot) for slot in bound},
        "output": {"push_urls": [PUSH]},
    }
    return TaskSpec(**{**given, **more})


def start(*objects: LayoutObject, painter: FakePainter | None = None, **more: Any) -> Plan:
    return ADAPTER.plan_start(task(*objects, **more), painter or FakePainter())


def said(plan: Plan) -> dict[str, Any]:
    """The parameters of a plan's first request, objects read."""
    return read(plan.requests[0].query)


def read(query: Any) -> dict[str, Any]:
    return {name: json.loads(value) if name in OBJECTS else value for name, value in query.items()}


def panes(plan: Plan) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = said(plan)["TranscodeParams"]["Layout"]["UserPanes"]
    return found


def codes(plan: Plan, object_id: str | None = None) -> dict[str, str]:
    """Code → level, of the findings about one object (None: the canvas and the task)."""
    return {finding.code: finding.level for finding in plan.findings if finding.object_id == object_id}


def lesson(**more: Any) -> TaskSpec:
    """The task of the vendor's StartLiveMPUTask example: a teacher's screen, a student beside it."""
    options = more.pop("options", {})
    given: dict[str, Any] = {
        "settings": {"live_region": "CN-Shanghai", "ali_cdn_hosts": "push.example.com"},
        "canvas": Canvas(1280, 720, image=Picture("https://img.example.com/bg.jpg", "cover")),
        "output": {
            "push_urls": [
                "rtmp://push.example.com/live/room-1001?auth_key=1716200000-0-0-0a1b2c3d",
                "rtmp://other.example.net/live/abc",
            ]
        },
        "options": {
            "video_profile": "main",
            "sei_layout": True,
            "sei_interval": 1000,
            "sei_with_keyframes": True,
            **options,
        },
    }
    return task(
        region("screen", 0, 0, 960, 720, slot="teacher", stream="screen", fit="contain"),
        region("camera", 960, 0, 320, 180, slot="student-1", placeholder=Picture("https://img.example.com/off.png")),
        bound=("teacher", "student-1"),
        **{**given, **more},
    )
