"""The SDK program of the export page is run as it stands, against the twin."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import pytest

from apps.layout_document.document import Canvas, LayoutDocument, Region, Source
from apps.vendors.contract import AppSpec, Binding, TaskSpec
from apps.vendors.registry import adapter
from tests.sandbox.volcengine.call import KEY, SECRET
from tests.sandbox.volcengine.test_push import APP, ROOM
from tests.vendors.painter import FakePainter

pytest.importorskip("volcengine.base.Service")


def run(program: str, served: str) -> Any:
    """The program's answer, its host and path replaced by the sandbox's."""
    program = program.replace('"rtc.volcengineapi.com"', f'"{served}"').replace('"https"', '"http"')
    program = program.replace('"/", {"Action"', '"/sandbox/volcengine/", {"Action"')
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "copied.py", "exec"), {"__name__": "__main__"})
    return json.loads(out.getvalue())


def test_the_copied_program_starts_asks_and_stops(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("SECRET_ACCESS_KEY", SECRET)
    product, app = adapter("volcengine-push"), AppSpec(APP)
    document = LayoutDocument(
        Canvas(1280, 720), (Region(id="r1", x=0, y=0, width=1280, height=720, source=Source("host")),)
    )
    spec = TaskSpec(
        app,
        document,
        ROOM,
        "copied-1",
        {"host": Binding("anna")},
        output={"push_urls": ["rtmp://push.example.com/a/b"]},
    )
    plans = [product.plan_start(spec, FakePainter()), product.plan_query(spec), product.plan_stop(spec)]
    answers = [run(product.sdk_call(plan.requests[0], app), served) for plan in plans]
    assert [one["ResponseMetadata"]["Action"] for one in answers] == [plan.requests[0].name for plan in plans]
    assert answers[0]["Result"] == "ok"
    assert answers[1]["Result"]["PushMixedStreamToCDNTask"]["PushURL"] == "rtmp://push.example.com/a/b"
