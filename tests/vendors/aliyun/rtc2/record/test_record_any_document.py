"""Any valid document gives a plan within Aliyun's ranges, in which everything is expressed or named in a finding."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from apps.layout_document.document import Image, LayoutDocument, Region, Text
from apps.vendors.aliyun.rtc2.media import MEDIA_ENCODES
from apps.vendors.aliyun.rtc2.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.strategies import layout_documents
from tests.vendors.aliyun.conftest import PaperPainter

PLAIN = re.compile(r"\d\.\d{1,6}")


@given(layout_documents(max_objects=20), st.sampled_from(["all", "some", "none"]))
def test_any_document(document: LayoutDocument, bound: str) -> None:
    slots = sorted({region.source.slot for region in document.regions})
    taken = {"all": slots, "some": slots[::2], "none": []}[bound]
    spec = TaskSpec(
        app=AppSpec("9qb1test", {"record_template_id": "t"}),
        document=document,
        room="room",
        task_id="task",
        bindings={slot: Binding(f"u{number}") for number, slot in enumerate(taken)},
    )
    plan = AliyunRtcRecordAdapter().plan_start(spec, PaperPainter())
    query = {name: value for request in plan.requests for name, value in request.query.items()}
    for name, value in query.items():
        assert isinstance(value, str)
        last = name.rpartition(".")[2]
        if last in ("X", "Y", "Width", "Height"):
            assert PLAIN.fullmatch(value), name
            assert 0 <= float(value) <= 1, name
        if last == "FontSize":
            assert 0 < int(value) <= 72
        if last == "PaneId":
            assert 0 <= int(value) <= 15
    for name in [name[:-2] for name in query if name.endswith(".X") and f"{name[:-2]}.Width" in query]:
        assert float(query[f"{name}.X"]) + float(query[f"{name}.Width"]) <= 1 + 1e-9
        assert float(query[f"{name}.Y"]) + float(query[f"{name}.Height"]) <= 1 + 1e-9
        if name.startswith("Panes."):
            assert float(query[f"{name}.Width"]) > 0
            assert float(query[f"{name}.Height"]) > 0
    assert int(query["MediaEncode"]) in {encode.id for encode in MEDIA_ENCODES}
    assert query["CropMode"] in ("1", "2")

    told = {(finding.object_id, finding.field) for finding in plan.findings}
    dropped = {
        finding.object_id for finding in plan.findings if finding.level in ("dropped", "error") and not finding.field
    }
    panes = sum(name.startswith("Panes.") and name.endswith(".X") for name in query)
    regions = [region for region in document.regions if region.id not in dropped]
    assert panes == len(regions)
    assert sum(".Texts." in name and name.endswith(".Text") for name in query) == sum(
        isinstance(one, Text) and one.id not in dropped for one in document.visible
    )
    always = [
        name for name, value in query.items() if ".Images." in name and name.endswith(".Display") and value == "1"
    ]
    assert len(always) == sum(isinstance(one, Image) and one.id not in dropped for one in document.visible)
    for one in document.visible:
        if one.id in dropped:
            continue
        odd = {"opacity"} if one.opacity != 1 else set()
        if isinstance(one, Region):
            odd |= {name for name in ("corner_radius", "source_crop", "placeholder") if getattr(one, name)}
            odd |= {"fit"} if one.fit != {"1": "cover", "2": "contain"}[query["CropMode"]] else set()
            odd |= {"source"} if one.source.slot not in taken else set()
        if isinstance(one, Text):
            odd |= {"font"} | ({"align"} if one.align != "left" else set())
        if isinstance(one, Image):
            odd |= {name for name in ("corner_radius", "source_crop") if getattr(one, name)}
        assert odd <= {name for owner, name in told if owner == one.id}, one
    assert any(owner is None and name == "canvas.color" for owner, name in told)
    assert (document.canvas.image is not None) == ((None, "canvas.image") in told)
