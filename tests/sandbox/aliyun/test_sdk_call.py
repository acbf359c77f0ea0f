"""The SDK programs of the export page are run as they stand, against the twin."""

from __future__ import annotations

import ast
import contextlib
import io
from typing import Any

import pytest

from apps.layout_document.document import Canvas, LayoutDocument, Region, Source, Text
from apps.vendors.aliyun.sdk import unflattened
from apps.vendors.aliyun.wire import flatten
from apps.vendors.contract import AppSpec, Binding, TaskSpec
from apps.vendors.registry import adapter
from tests.sandbox.aliyun.call import KEY, SECRET
from tests.sandbox.aliyun.test_record import APP
from tests.vendors.painter import FakePainter

pytest.importorskip("alibabacloud_rtc20180111.client")


def run(program: str, served: str, **places: str) -> Any:
    """The program's answer: its endpoint replaced by the sandbox's, its places filled."""
    program = program.replace('endpoint="rtc.aliyuncs.com",', f'endpoint="{served}", protocol="http",')
    for name, value in places.items():
        program = program.replace(f"{{{name}}}", value)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "copied.py", "exec"), {"__name__": "__main__"})
    return ast.literal_eval(out.getvalue())


def test_the_copied_programs_start_and_stop(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("ACCESS_KEY_SECRET", SECRET)
    product, app = adapter("aliyun-rtc-record"), AppSpec(APP, {"record_template_id": "sandbox1"})
    document = LayoutDocument(
        Canvas(1280, 720),
        (
            Region(id="r1", x=0, y=0, width=1280, height=720, source=Source("host")),
            Text(id="t1", x=40, y=40, width=400, height=60, text="老师 · a+b*c"),
        ),
    )
    spec = TaskSpec(app, document, "room-7", "copied-1", {"host": Binding("anna")}, output={"record": {}})
    create, start = product.plan_start(spec, FakePainter()).requests
    made = run(product.sdk_call(create, app), served)
    assert made["LayoutId"] > 0
    started = run(product.sdk_call(start, app), served, layoutId=str(made["LayoutId"]))
    assert started["RequestId"]
    stopped = run(product.sdk_call(product.plan_stop(spec).requests[0], app), served)
    assert stopped["RequestId"]


def test_unflattening_undoes_flattening() -> None:
    value = {"Panes": [{"X": "0.5", "Texts": [{"Text": "a"}, {"Text": "b"}]}, {"X": "1.0"}], "Name": "{layoutId}"}
    assert unflattened(flatten(value)) == value
