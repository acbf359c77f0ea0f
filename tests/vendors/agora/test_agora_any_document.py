"""Any valid document gives a plan within the vendor's ranges, in which everything is expressed or named in a finding."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apps.layout_document.document import Image, LayoutDocument, Region, Text
from apps.vendors.plan import Plan
from apps.vendors.types import Binding
from tests.strategies import layout_documents
from tests.vendors.agora.cases import ADAPTER, spec, transcoder
from tests.vendors.painter import FakePainter


def plan_of(document: LayoutDocument, bound: str, previous: Any = None) -> Plan:
    slots = sorted({region.source.slot for region in document.regions})
    taken = {"all": slots, "some": slots[::2], "none": []}[bound]
    bindings = {slot: Binding(str(1000 + number)) for number, slot in enumerate(taken)}
    one = spec(bindings=bindings, output={"rtc": {"channel": "out", "uid": 9}}, previous=previous)
    one = type(one)(**{name: getattr(one, name) for name in one.__dataclass_fields__} | {"document": document})
    painter = FakePainter({"https://example.com/logo.png": (640, 360)})
    return (ADAPTER.plan_update if previous else ADAPTER.plan_start)(one, painter)


def within(box: dict[str, int], canvas: dict[str, Any], lowest: int) -> None:
    assert all(isinstance(value, int) for value in box.values())
    assert box["x"] >= 0 and box["y"] >= 0
    assert box["width"] >= 120 and box["height"] >= 120
    assert box["x"] + box["width"] <= canvas["width"]
    assert box["y"] + box["height"] <= canvas["height"]
    assert lowest <= box["zOrder"] <= 100


def in_range(body: dict[str, Any]) -> None:
    canvas = body["canvas"]
    sides = (canvas["width"], canvas["height"])
    assert max(sides) <= 1920 and min(sides) <= 1080 and min(sides) >= 120
    assert all(side % 2 == 0 for side in sides)
    assert 0 <= canvas["color"] <= 0xFFFFFF
    inputs, marks = body["videoInputs"], body.get("waterMarks", [])
    for input_ in inputs:
        within(input_["region"], canvas, 2)
        assert input_.get("placeholderImageUrl", "x.png").split("?")[0].split("#")[0].endswith(("jpg", "png"))
    for mark in marks:
        within(mark["region"], canvas, 0)
        assert mark["imageUrl"].split("?")[0].split("#")[0].endswith(("jpg", "png"))
    uids = [input_["rtc"]["rtcUid"] for input_ in inputs]
    assert len(uids) == len(set(uids)) <= 17
    option = body["outputs"][0]["videoOption"]
    assert (option["width"], option["height"]) == sides
    assert 1 <= option["bitrate"] <= 10_000
    assert 1 <= option["fps"] <= 30


@given(layout_documents(max_objects=20), st.sampled_from(["all", "some", "none"]))
def test_any_document(document: LayoutDocument, bound: str) -> None:
    plan = plan_of(document, bound)
    body = transcoder(plan)
    in_range(body)
    levels = [input_["region"]["zOrder"] for input_ in body["videoInputs"] + body.get("waterMarks", [])]
    assert len(levels) == len(set(levels))

    told: dict[str | None, set[str]] = {}
    for finding in plan.findings:
        told.setdefault(finding.object_id, set()).add(
            finding.field if finding.level != "note" or finding.field else finding.code
        )
    lost = {finding.object_id for finding in plan.findings if finding.level in ("dropped", "error")}
    drawn = {item.id for item in plan.drawn.objects} if plan.drawn else set()
    for thing in document.visible:
        assert thing.id in drawn or thing.id in told, thing
        if thing.id not in drawn:
            assert thing.id in lost or thing.opacity == 0, thing
        elif isinstance(thing, Region):
            fields = told.get(thing.id, set())
            assert thing.fit == "cover" or "fit" in fields
            assert thing.opacity == 1 or "opacity" in fields
            assert not thing.corner_radius or "corner_radius" in fields
            assert thing.source_crop is None or "source_crop" in fields
            assert thing.placeholder is None or "placeholder" in fields or thing.placeholder.fit == "cover"
    # Bars beside a placeholder are drawn for the cloud; in the document there is no such object.
    shown = [item.id for item in plan.drawn.objects if not item.id.endswith("-bars")] if plan.drawn else []
    assert [one.id for one in document.visible if one.id in drawn] == shown
    assert sum(isinstance(item, Region) for item in plan.drawn.objects if plan.drawn) == len(body["videoInputs"])  # type: ignore[union-attr]
    overlays = [one for one in document.visible if isinstance(one, (Image, Text)) and one.id in drawn]
    assert bool(overlays) == bool(body.get("waterMarks"))


@given(layout_documents(max_objects=10), layout_documents(max_objects=10))
def test_any_document_on_air(first: LayoutDocument, second: LayoutDocument) -> None:
    before = plan_of(first, "all")
    after = plan_of(second, "all", before.carry)
    old, new = transcoder(before), transcoder(after)
    in_range(new)
    for name in ("canvas", "waterMarks", "idleTimeout"):
        assert old.get(name) == new.get(name)
    assert old["outputs"][0]["rtc"] == new["outputs"][0]["rtc"]
    told = {finding.object_id for finding in after.findings}
    drawn = {item.id for item in after.drawn.objects} if after.drawn else set()
    assert all(one.id in drawn or one.id in told for one in second.visible)
