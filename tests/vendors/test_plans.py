"""The promise to producers: any valid document gives a plan in range, and nothing is lost silently."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.layout_document.document import Image, LayoutDocument, Region, Text
from apps.vendors import registry
from apps.vendors.painter import Painter
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.strategies import layout_documents
from tests.vendors.painter import FakePainter

APPS = {
    "volcengine": AppSpec("65f0a1b2c3d4e5f6a7b8c9d0"),
    "aliyun": AppSpec("abcd1234"),
    "agora": AppSpec("0123456789abcdef" * 2),
}
OUTPUTS: dict[str, Any] = {
    "push": {"push_urls": ["rtmp://push.example.com/live/1"]},
    "record": {"record": {}},
    "rtc": {"rtc": {"channel": "mixed", "uid": 9000}},
}
SAFE = ":/?#[]@!$&'()*+,;=%<>~"  # in addresses
LEVELS = {"error", "changed", "dropped", "note"}


@st.composite
def specs(draw: st.DrawFn, slug: str) -> TaskSpec:
    document = draw(layout_documents())
    slots = sorted({item.source.slot for item in document.objects if isinstance(item, Region)})
    bindings = {slot: Binding(str(1000 + at)) for at, slot in enumerate(slots) if draw(st.integers(0, 4))}
    adapter = registry.adapter(slug)
    return TaskSpec(
        app=APPS[adapter.vendor],
        document=document,
        room="room-1001",
        task_id="qb_task_0001",
        bindings=bindings,
        variables={"title": "Hello"},
        output=OUTPUTS[adapter.output_kind],
    )


def plans_of(slug: str, spec: TaskSpec, painter: Painter) -> Plan:
    plan = registry.adapter(slug).plan_start(spec, painter)
    json.dumps(plan.as_json(), allow_nan=False)
    assert all(finding.level in LEVELS and finding.code and finding.message for finding in plan.findings)
    assert {finding.object_id for finding in plan.findings} <= {None, *(item.id for item in spec.document.objects)}
    return plan


@pytest.mark.parametrize("slug", registry.products())
def test_text_and_pictures_are_expressed_or_named(slug: str) -> None:
    """In the vendor's own words, or named."""

    @given(specs(slug))
    def check(spec: TaskSpec) -> None:
        plan = plans_of(slug, spec, FakePainter())
        named = {finding.object_id for finding in plan.findings}
        said = json.dumps(plan.as_json())
        for one in spec.document.visible:
            if isinstance(one, (Image, Text)) and one.id not in named:
                assert is_expressed(one, said), f"{one.kind} {one.id} is lost"

    check()


def is_expressed(one: Image | Text, said: str) -> bool:
    """A plan that holds an overlay in the vendor's own words holds its picture's or its text's words."""
    if isinstance(one, Text):
        return not one.text.strip() or any(json.dumps(word)[1:-1] in said for word in one.text.split())
    return json.dumps(quote(one.url.removeprefix("asset:"), safe=SAFE))[1:-1] in said


@pytest.mark.parametrize("slug", registry.products())
def test_regions_are_expressed_or_named(slug: str) -> None:
    @given(specs(slug))
    def check(spec: TaskSpec) -> None:
        plan = plans_of(slug, spec, FakePainter())
        named = {finding.object_id for finding in plan.findings}
        said = json.dumps(plan.as_json())
        for region in spec.document.regions:
            binding = spec.bindings.get(region.source.slot)
            if region.id not in named:
                uid = "" if binding is None else rf"\b{binding.user_id}\b"  # a number at some vendors
                assert re.search(uid, said), f"region {region.id} is lost"

    check()


@pytest.mark.parametrize("version", ["2023-11-01", "2020-12-01"])
def test_volcengine_plans_are_in_range(version: str) -> None:
    @given(specs("volcengine-push"))
    def check(spec: TaskSpec) -> None:
        app = AppSpec(spec.app.vendor_app_id, {"api_version": version})
        spec = TaskSpec(
            app=app,
            document=spec.document,
            room=spec.room,
            task_id=spec.task_id,
            bindings=spec.bindings,
            output=spec.output,
        )
        body = plans_of("volcengine-push", spec, FakePainter()).requests[0].body
        in_volcengine_range(body, version)
        unsaid(spec.document, body, plans_of("volcengine-push", spec, FakePainter()))

    check()


def in_volcengine_range(body: dict[str, Any], version: str) -> None:
    """What the vendor documents of sizes and positions."""
    layout, streams = body["Layout"]["CustomLayout"], body["TargetStreams"]["StreamList"]
    canvas, regions = layout["Canvas"], layout["Regions"]
    for side in ("Width", "Height"):
        assert 2 <= canvas[side] <= 1920
        assert canvas[side] % 2 == 0
    assert {stream["Index"] for stream in streams} == {region["StreamIndex"] for region in regions}
    assert len({stream["Index"] for stream in streams}) == len(streams) == len(regions) <= 30
    assert len({(stream["UserId"], stream["StreamType"]) for stream in streams}) == len(streams)
    for region in regions:
        if version == "2020-12-01":
            assert 0 <= region["LocationX"] < 1
            assert 0 <= region["LocationY"] < 1
            assert 0 < region["WidthProportion"] <= 1 - region["LocationX"] + 1e-9
            assert 0 < region["HeightProportion"] <= 1 - region["LocationY"] + 1e-9
        else:
            assert all(type(region[name]) is int for name in ("LocationX", "LocationY", "Width", "Height"))
            assert 0 <= region["LocationX"] <= canvas["Width"] - region["Width"]
            assert 0 <= region["LocationY"] <= canvas["Height"] - region["Height"]
            assert min(region["Width"], region["Height"]) >= 2
            radius = region.get("CornerRadius", 0) * canvas["Width"]
            assert 0 <= radius <= min(region["Width"], region["Height"]) / 2
        assert 0 < region.get("Alpha", 1) <= 1
        assert 0 <= region["ZOrder"] <= 100
        assert region["RenderMode"] in (1, 2, 3)
        crop = region.get("SourceCrop")
        assert crop is None or crop["LocationX"] + crop["WidthProportion"] <= 1 + 1e-9
        assert crop is None or crop["LocationY"] + crop["HeightProportion"] <= 1 + 1e-9
        assert len(region.get("AlternateImage", "")) <= 1024
    assert len(canvas.get("BackgroundImage", "")) <= 1024
    assert len({region["ZOrder"] for region in regions}) == len(regions)


def unsaid(document: LayoutDocument, body: dict[str, Any], plan: Plan) -> None:
    """Properties of a drawn region that are neither in its pane nor in a finding."""
    findings = {(finding.object_id, finding.field) for finding in plan.findings}
    dropped = {
        finding.object_id for finding in plan.findings if finding.level == "dropped" and finding.field in ("", "source")
    }
    drawn = [region for region in document.regions if region.id not in dropped]
    panes = body["Layout"]["CustomLayout"]["Regions"]
    assert len(drawn) == len(panes)
    for region, pane in zip(drawn, panes, strict=True):
        if pane["MediaType"] == 1:
            assert region.opacity < 0.001
            continue
        assert abs(pane["Alpha"] - region.opacity) <= 0.000501  # three decimals
        assert region.placeholder is None or "AlternateImage" in pane or (region.id, "placeholder") in findings
        whole = region.source_crop is None or (region.source_crop.width, region.source_crop.height) == (1, 1)
        assert whole or "SourceCrop" in pane
        assert region.corner_radius == 0 or "CornerRadius" in pane or region.corner_radius < 2
    if document.canvas.image is not None:
        assert "BackgroundImage" in body["Layout"]["CustomLayout"]["Canvas"] or (None, "canvas.image") in findings
