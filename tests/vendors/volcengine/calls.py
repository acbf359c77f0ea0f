"""Every call that Volcengine's product ever plans, with as many parameters as it can say, in both API versions."""

from __future__ import annotations

from dataclasses import replace

from apps.layout_document.document import Canvas, LayoutDocument, Picture, Region, Source, SourceCrop
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import AppSpec, Binding, TaskSpec
from apps.vendors.volcengine import api
from apps.vendors.volcengine.push.adapter import VolcenginePushAdapter
from tests.vendors.painter import FakePainter

ADAPTER = VolcenginePushAdapter()
APP_ID = "65f0a1b2c3d4e5f6a7b8c9d0"


def task(version: str) -> TaskSpec:
    """A shared screen with bars, a face that is cropped, rounded and half seen; words that are not ASCII."""
    screen = Region(id="screen", x=0, y=0, width=960, height=720, fit="contain", source=Source("teacher", "screen"))
    face = Region(
        id="face", x=960, y=0, width=320, height=180, source=Source("teacher"), corner_radius=16, opacity=0.5,
        source_crop=SourceCrop(0, 0.125, 1, 0.75), placeholder=Picture("https://e.com/关.png", "stretch"),
    )  # fmt: skip
    canvas = Canvas(1280, 720, "#303342", Picture("https://e.com/bg.png?a=1&b=2", "stretch"))
    return TaskSpec(
        app=AppSpec(APP_ID, {"api_version": version, "business_id": "quadbox"}),
        document=LayoutDocument(canvas, (screen, face)),
        room="room-1001",
        task_id=f"qb_task_{version}",
        bindings={"teacher": Binding("teacher")},
        output={"push_urls": ["rtmp://push.example.com/live/qb0001?auth=a+b%2F"]},
        encoding={"fps": 15, "bitrate_kbps": 1600, "audio_bitrate_kbps": 128},
        options={"sei_extra_info": "直播 a+b*c~"},
    )


def only_changes(app: AppSpec) -> AppSpec:
    return AppSpec(app.vendor_app_id, {**app.settings, "update_sends": "changed"})


def every(version: str) -> dict[str, PlannedRequest]:
    """In the order of a task's life."""
    spec = task(version)
    begun = ADAPTER.plan_start(spec, FakePainter())
    running = replace(spec, previous=begun.carry)
    sparing = replace(spec, app=only_changes(spec.app))
    in_part = replace(sparing, previous={**ADAPTER.plan_start(sparing, FakePainter()).carry, "sequence": 2})
    in_part = replace(in_part, options={**spec.options, "sei_extra_info": "直播 2"})
    plans = {
        "test of keys": ADAPTER.plan_test(None),
        "test": ADAPTER.plan_test(spec.app),
        "start": begun,
        "query": ADAPTER.plan_query(running),
        "update": ADAPTER.plan_update(running, FakePainter()),
        "update in part": ADAPTER.plan_update(in_part, FakePainter()),
        "query again": ADAPTER.plan_query(running),
        "stop": ADAPTER.plan_stop(running),
    }
    return {f"{version} {name}": request for name, plan in plans.items() for request in plan.requests}


ALL = {name: one for version in api.VERSIONS for name, one in every(version).items()}
