"""What the tests of Agora share: its documented answers, and a task to plan."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from apps.layout_document.document import Canvas, LayoutDocument, LayoutObject, Region, Source
from apps.vendors.agora.transcoder.adapter import AgoraTranscoderAdapter
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding, Reply, Sending, TaskSpec
from tests.vendors.painter import FakePainter

HERE = Path(__file__).parent
APP_ID = "0123456789abcdef0123456789abcdef"
CERTIFICATE = "fedcba9876543210fedcba9876543210"
APP = AppSpec(APP_ID)
NOON = dt.datetime(2026, 3, 1, 12, 0, 0, tzinfo=dt.UTC)
OUTPUT: dict[str, Any] = {"rtc": {"channel": "mixed", "uid": 1000}}
ADAPTER = AgoraTranscoderAdapter()


def sample(name: str) -> dict[str, Any]:
    value = json.loads((HERE / "samples" / f"{name}.json").read_text())
    assert isinstance(value, dict)
    return value


def answer(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    content = b"" if body is None else json.dumps(body).encode()
    plain = {name.lower(): header for name, header in (headers or {}).items()}
    return Reply(status, plain, content, body)


def documented(case: Mapping[str, Any]) -> Reply:
    """The answer in a sample's `response`."""
    return answer(case["status"], case.get("body"), case.get("headers"))


def region(**changes: Any) -> Region:
    given = {"id": "r1", "x": 0, "y": 0, "width": 640, "height": 360, "source": Source("host"), **changes}
    return Region(**given)


def spec(*objects: LayoutObject, canvas: Canvas | None = None, **changes: Any) -> TaskSpec:
    one = TaskSpec(
        app=APP,
        document=LayoutDocument(canvas or Canvas(1280, 720), objects or (region(),)),
        room="room-1001",
        task_id="qb_task_1",
        bindings={"host": Binding("123"), "guest": Binding("456"), **{str(n): Binding(str(n)) for n in range(1, 60)}},
        output=OUTPUT,
    )
    return replace(one, **changes)


def start(*objects: LayoutObject, painter: FakePainter | None = None, **changes: Any) -> Plan:
    return ADAPTER.plan_start(spec(*objects, **changes), painter or FakePainter())


def update(before: Plan, *objects: LayoutObject, painter: FakePainter | None = None, **changes: Any) -> Plan:
    return ADAPTER.plan_update(spec(*objects, previous=before.carry, **changes), painter or FakePainter())


def transcoder(plan: Plan) -> dict[str, Any]:
    """What the last request says about the mix."""
    value: dict[str, Any] = plan.requests[-1].body["services"]["cloudTranscoder"]["config"]["transcoder"]
    return value


def found(plan: Plan) -> list[tuple[str, str, str | None]]:
    return [(finding.level, finding.code, finding.object_id) for finding in plan.findings]


def sending(
    handles: Mapping[str, str] | None = None, *, app: AppSpec = APP, seconds: float = 0, **secrets: str
) -> Sending:
    return Sending(
        app, NOON + dt.timedelta(seconds=seconds), {"app_certificate": CERTIFICATE, **secrets}, handles or {}
    )
