"""Any valid document gives a plan within the ranges of ApsaraVideo Live, in which everything is expressed or named."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.layout_document.document import LayoutDocument, Region, Text
from apps.vendors.frame import Box, box_of
from apps.vendors.types import Binding
from tests.strategies import layout_documents
from tests.vendors.aliyun.live_tasks import ADAPTER, panes, said, task
from tests.vendors.painter import FakePainter

PLAIN = re.compile(r"[01]\.\d{1,6}")


@settings(deadline=None)
@given(layout_documents(max_objects=20), st.sampled_from(["all", "some", "none"]))
def test_any_document(document: LayoutDocument, bound: str) -> None:
    slots = sorted({region.source.slot for region in document.regions})
    taken = {"all": slots, "some": slots[::2], "none": []}[bound]
    bindings = {slot: Binding(f"u{number}") for number, slot in enumerate(taken)}
    painter = FakePainter()
    plan = ADAPTER.plan_start(task(document=document, bindings=bindings), painter)
    transcode = said(plan)["TranscodeParams"]
    encode = transcode["EncodeParams"]
    assert 2 <= int(encode["VideoWidth"]) <= 1920
    assert 2 <= int(encode["VideoHeight"]) <= 1920
    assert int(encode["VideoWidth"]) % 2 == int(encode["VideoHeight"]) % 2 == 0
    assert 1 <= int(encode["VideoGop"]) <= 60
    subscribed = {(info["UserId"], info["StreamType"]) for info in transcode.get("UserInfos", [])}
    for depth, pane in enumerate(panes(plan)):
        for name in ("X", "Y", "Width", "Height"):
            assert PLAIN.fullmatch(pane[name]), pane
        assert 0 < float(pane["Width"]) <= 1 - float(pane["X"]) + 1e-9
        assert 0 < float(pane["Height"]) <= 1 - float(pane["Y"]) + 1e-9
        assert pane["ZOrder"] == str(depth)
        assert pane["RenderMode"] in ("0", "1")
        if user := pane.get("UserInfo"):
            kind = "0" if user["SourceType"] == "camera" else "2"
            assert (user["UserId"], kind) in subscribed
            assert {one for one in subscribed if one[0] == user["UserId"]} & {
                (user["UserId"], "0"),
                (user["UserId"], "1"),
            }
    assert all("UserInfo" in pane for pane in panes(plan)) or not subscribed
    assert len(json.dumps(plan.as_json())) > 0

    told = {(finding.object_id, finding.field) for finding in plan.findings}
    gone = {finding.object_id for finding in plan.findings if finding.level == "dropped"}
    drawn = [region for region in document.regions if region.id not in gone and region.opacity > 0]
    assert len(panes(plan)) == len(drawn) <= 16
    painted = {item.id for scene in painter.baked for item in scene.objects} - {"picture"}
    for item in document.objects:
        if item.hidden:
            assert (item.id, "hidden") in told
        elif not isinstance(item, Region):
            assert (item.id in painted) != (item.id in gone)
            assert any(owner == item.id for owner, _ in told), item
    canvas = Box(0, 0, document.canvas.width, document.canvas.height)
    for one in drawn:
        names = {name for owner, name in told if owner == one.id}
        odd = {"opacity"} if one.opacity != 1 else set()
        odd |= {name for name in ("corner_radius", "source_crop") if getattr(one, name)}
        odd |= {"fit"} if one.fit == "stretch" else set()
        odd |= {"source"} if one.source.slot not in taken else set()
        odd |= {"x"} if box_of(one).meet(canvas) != box_of(one) and encode["VideoWidth"] == str(canvas.width) else set()
        assert odd <= names, one
        pane = panes(plan)[drawn.index(one)]
        assert ("BackgroundImageUrl" in pane) == (one.placeholder is not None) or "placeholder" in names
    if document.canvas.color != "#000000" and document.canvas.image is None:
        assert "Background" in transcode
    if document.canvas.image is not None:
        assert "Background" in transcode or (None, "canvas.image") in told
    assert all(isinstance(item, Text) or item.kind == "image" for scene in painter.baked for item in scene.objects)
