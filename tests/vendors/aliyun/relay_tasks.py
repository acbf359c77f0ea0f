"""What the relay cases share: a task, and its last request as a flat query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.layout_document.document import Canvas, LayoutDocument, LayoutObject, Region, Source
from apps.vendors.aliyun.rtc2.mpu.adapter import AliyunRtcMpuAdapter
from apps.vendors.painter import Painter
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.vendors.aliyun.conftest import PaperPainter

PUSH_URL = "rtmp://push.example.com/live/room-1001?auth_key=1716200000-0-0-0a1b2c3d4e5f60718293a4b5c6d7e8f9"
ADAPTER = AliyunRtcMpuAdapter()


def region(name: str, x: int, y: int, width: int, height: int, **more: Any) -> Region:
    slot, stream = more.pop("slot", name), more.pop("stream", "camera")
    return Region(id=name, x=x, y=y, width=width, height=height, source=Source(slot, stream), **more)


def relay(*objects: LayoutObject, bound: tuple[str, ...] = (), **more: Any) -> TaskSpec:
    """720p, black, pushed to one URL; slots named in `bound` are taken by people of the same name."""
    canvas, settings = more.pop("canvas", Canvas(1280, 720)), more.pop("settings", {})
    defaults: dict[str, Any] = {
        "app": AppSpec("9qb1test", settings),
        "document": LayoutDocument(canvas, objects),
        "room": "room-1001",
        "task_id": "qb-mpu-0001",
        "bindings": {slot: Binding(slot) for slot in bound},
        "output": {"push_urls": [PUSH_URL]},
    }
    return TaskSpec(**{**defaults, **more})


def start(spec: TaskSpec, painter: Painter | None = None) -> Plan:
    return ADAPTER.plan_start(spec, painter or PaperPainter())


def update(spec: TaskSpec, painter: Painter | None = None) -> Plan:
    return ADAPTER.plan_update(spec, painter or PaperPainter())


def query(plan: Plan) -> Mapping[str, str]:
    """Of the request that is not about a stored layout."""
    return plan.requests[-1].query


def rows(plan: Plan, name: str) -> list[dict[str, str]]:
    """A list of objects in the query: `Watermarks.1.X=…` → [{"X": …}]. Deeper lists keep their dotted names."""
    found: dict[int, dict[str, str]] = {}
    for key, value in query(plan).items():
        first, _, rest = key.partition(".")
        if first == name:
            number, _, last = rest.partition(".")
            found.setdefault(int(number), {})[last] = value
    return [found[number] for number in sorted(found)]


def panes(plan: Plan) -> list[dict[str, str]]:
    """Of the layout that the plan stores."""
    return rows(Plan((plan.requests[0],)), "Panes")


def codes(plan: Plan, object_id: str | None = None) -> set[str]:
    return {finding.code for finding in plan.findings if finding.object_id == object_id}
