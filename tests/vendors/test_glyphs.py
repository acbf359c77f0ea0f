"""Letters that no font has are a finding of every plan, after variables are filled in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Literal

import pytest

from apps.layout_document.parse import parse
from apps.preview.painter import PreviewPainter
from apps.vendors import command, registry
from apps.vendors.plan import Plan
from apps.vendors.spec import parse_spec
from tests.vendors.test_command import GOOD
from tests.vendors.test_plans import APPS, OUTPUTS

DOCUMENT: dict[str, Any] = {
    "schema": "quadbox.layout/1",
    "canvas": {"width": 1280, "height": 720},
    "objects": [
        {"kind": "region", "id": "r1", "x": 0, "y": 0, "width": 1280, "height": 640, "source": {"slot": "host"}},
        {"kind": "text", "id": "free", "x": 20, "y": 650, "width": 600, "height": 60, "text": "{{guest}}"},
        {"kind": "text", "id": "attached", "x": 20, "y": 20, "width": 600, "height": 60, "text": "Live: {{guest}}",
         "attached_to": "r1"},
        {"kind": "text", "id": "fine", "x": 640, "y": 650, "width": 600, "height": 60, "text": "김민준 محمد 😀"},
        {"kind": "text", "id": "hidden", "x": 640, "y": 20, "width": 600, "height": 60, "text": "ሀ", "hidden": True},
    ],
}  # fmt: skip
CODES = {"missing_glyphs", "vendor_font_glyphs"}


def plan(slug: str, operation: Literal["start", "update"], **variables: str) -> Plan:
    adapter = registry.adapter(slug)
    painter = PreviewPainter(variables=variables)
    spec = parse_spec({**GOOD, "app": {"vendor_app_id": APPS[adapter.vendor].vendor_app_id}, "variables": variables,
                       "output": OUTPUTS[adapter.output_kind], "encoding": {},
                       "bindings": {"host": {"user_id": "1001"}}}, adapter)  # fmt: skip
    spec = replace(spec, document=parse(DOCUMENT))
    if operation == "update":
        spec = replace(spec, previous=adapter.plan("start", spec, painter).carry)
    return adapter.plan(operation, spec, painter)


def found(plan: Plan) -> set[str]:
    return {str(finding.object_id) for finding in plan.findings if finding.code in CODES}


@pytest.mark.parametrize("operation", ["start", "update"])
@pytest.mark.parametrize("slug", registry.products())
def test_every_plan_names_the_letters_that_no_font_has(slug: str, operation: Literal["start", "update"]) -> None:
    result = plan(slug, operation, guest="Abebe ሀለ")
    drawn = {item.id for item in result.drawn.visible} if result.drawn else set()
    assert found(result) == {"free", "attached"} & drawn
    assert found(result), "no product drops both texts"
    for finding in result.findings:
        if finding.code in CODES:
            assert (finding.field, finding.params) == ("text", {"characters": "ሀ ለ"})
    assert found(plan(slug, operation, guest="Олександра")) == set()


def test_a_text_in_the_font_of_the_cloud_says_so() -> None:
    (finding,) = (f for f in plan("aliyun-rtc-record", "start", guest="ሀ").findings if f.code in CODES)
    assert (finding.code, finding.object_id, finding.level) == ("vendor_font_glyphs", "attached", "note")
    assert "own font" in finding.message


def test_the_command_prints_the_finding() -> None:
    value = {**GOOD, "variables": {"title": "ሀ"}}
    content = json.dumps(value).encode()
    result = command.plan("start", "volcengine-push", content, lambda spec: PreviewPainter(variables=spec.variables))
    messages = [finding["message"] for finding in result.as_json()["findings"] if finding["code"] in CODES]  # type: ignore[index, union-attr, call-overload]
    assert messages == ["The fonts have no glyph for ሀ. A box is drawn instead."]
