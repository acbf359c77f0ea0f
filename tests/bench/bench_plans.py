"""How long a plan takes: each product, a document of 30 objects. The floor is writing the same plan as JSON."""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

from apps.layout_document.document import Canvas, LayoutDocument, LayoutObject, Region, Source, Text
from apps.vendors import registry
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.vendors.painter import FakePainter

RUNS = 200
COLUMNS, PEOPLE = 5, 15  # fifteen people, each with a name: thirty objects
WIDTH, HEIGHT = 256, 240
SETTINGS: dict[str, dict[str, Any]] = {"volcengine": {}, "aliyun": {"record_template_id": "76dasgb1"}, "agora": {}}
OUTPUTS: dict[str, Any] = {
    "push": {"push_urls": ["rtmp://push.example.com/live/1"]},
    "record": {"record": {}},
    "rtc": {"rtc": {"channel": "mixed", "uid": 9000}},
}
APPS = {"volcengine": "65f0a1b2c3d4e5f6a7b8c9d0", "aliyun": "abcd1234", "agora": "0123456789abcdef" * 2}


def document() -> LayoutDocument:
    objects: list[LayoutObject] = []
    for at in range(PEOPLE):
        x, y = at % COLUMNS * WIDTH, at // COLUMNS * HEIGHT
        region = Region(id=f"r{at}", x=x, y=y, width=WIDTH, height=HEIGHT, source=Source(f"slot{at}"))
        name = Text(
            id=f"t{at}", x=x + 8, y=y + 200, width=200, height=32, text=f"Name {at}", size=20, attached_to=f"r{at}"
        )
        objects += [region, name]
    return LayoutDocument(Canvas(1280, 720), tuple(objects))


def spec_for(slug: str) -> TaskSpec:
    adapter = registry.adapter(slug)
    return TaskSpec(
        app=AppSpec(APPS[adapter.vendor], SETTINGS[adapter.vendor]),
        document=document(),
        room="room-1001",
        task_id="qb_task_0001",
        bindings={f"slot{at}": Binding(str(1000 + at)) for at in range(PEOPLE)},
        output=OUTPUTS[adapter.output_kind],
    )


def median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 3)


def measure() -> dict[str, dict[str, float]]:
    """Product → milliseconds, and how much there was to say."""
    result = {}
    for slug in registry.products():
        adapter, spec = registry.adapter(slug), spec_for(slug)
        assert len(spec.document.objects) == 30
        plan = adapter.plan_start(spec, FakePainter())
        said = json.dumps(plan.as_json())
        assert plan.requests and not plan.errors, (slug, plan.errors)
        # a plan in which somebody is missing would be a fast one
        assert all(re.search(rf"\b{binding.user_id}\b", said) for binding in spec.bindings.values()), slug

        def start(adapter: Any = adapter, spec: TaskSpec = spec) -> object:
            return adapter.plan_start(spec, FakePainter())

        def write(plan: Any = plan) -> object:
            return json.dumps(plan.as_json())

        result[slug] = {
            "median": median(start),
            "floor: as JSON, median": median(write),
            "requests": len(plan.requests),
            "findings": len(plan.findings),
            "bytes": len(said),
        }
    return result
