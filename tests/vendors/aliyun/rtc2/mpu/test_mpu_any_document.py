"""Any valid document gives a relay within Aliyun's ranges, in which everything is expressed or named in a finding."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from apps.layout_document.document import Image, LayoutDocument, Region, Text
from apps.vendors.aliyun.rtc2.media import MEDIA_ENCODES
from apps.vendors.types import Binding
from tests.strategies import layout_documents
from tests.vendors.aliyun.conftest import PaperPainter
from tests.vendors.aliyun.relay_tasks import panes, query, relay, rows, start

PLAIN = re.compile(r"\d\.\d{1,6}")
FITS = {"1": "cover", "2": "contain"}


@given(layout_documents(max_objects=20), st.sampled_from(["all", "some", "none"]), st.booleans())
def test_any_document(document: LayoutDocument, bound: str, sizes_known: bool) -> None:
    slots = sorted({region.source.slot for region in document.regions})
    taken = {"all": slots, "some": slots[::2], "none": []}[bound]
    people = {slot: Binding(f"u{number}") for number, slot in enumerate(taken)}
    references = [item.url for item in document.objects if isinstance(item, Image)]
    painter = PaperPainter({reference: (320, 180) for reference in references if sizes_known})
    plan = start(relay(document=document, bindings=people), painter)
    sent = {name: value for request in plan.requests for name, value in request.query.items()}

    for name, value in sent.items():
        last = name.rpartition(".")[2]
        if last in ("X", "Y", "Width", "Height", "Alpha"):
            assert PLAIN.fullmatch(value), name
            assert 0 <= float(value) <= 1, name
        if last == "FontSize":
            assert 0 < int(value) <= 72
        if last == "PaneId":
            assert 0 <= int(value) <= 15
        if last in ("BackgroundColor", "FontColor", "BoxColor"):
            assert 0 <= int(value) <= 0xFFFFFF
        if last == "ZOrder":
            assert int(value) >= 0
        if last == "Url":
            assert value.startswith(("http://", "https://", "<PUBLIC_URL>/a/"))
    for name in [name[:-2] for name in sent if name.endswith(".X") and f"{name[:-2]}.Width" in sent]:
        assert 0 < float(sent[f"{name}.Width"]) <= 1 - float(sent[f"{name}.X"]) + 1e-9
        assert 0 < float(sent[f"{name}.Height"]) <= 1 - float(sent[f"{name}.Y"]) + 1e-9
    assert int(sent["MediaEncode"]) in {encode.id for encode in MEDIA_ENCODES}

    told = {(finding.object_id, finding.field) for finding in plan.findings}
    codes = {(finding.object_id, finding.code) for finding in plan.findings}
    gone = {
        finding.object_id for finding in plan.findings if finding.level in ("dropped", "error") and not finding.field
    }
    gone |= {owner for owner, code in codes if code.startswith("region_invisible")}
    regions = [region for region in document.regions if region.id not in gone]
    assert len(panes(plan)) == len(regions) == (len(panes(plan)) if regions else 0)
    lines = sum(".Texts." in name and name.endswith(".Text") for name in sent)
    images = sum(".Images." in name and name.endswith(".Display") and sent[name] == "1" for name in sent)
    overlays = [one for one in document.visible if not isinstance(one, Region) and one.id not in gone]
    sunk = [
        overlay
        for overlay in overlays
        if (overlay.id, "in_background") in codes or (overlay.id, "background_of_its_own") in codes
    ]
    opened = sum(code == "open_placeholder" for _owner, code in codes)  # pictures of their own, or part of another
    pieces = lines + images + len(rows(plan, "Watermarks")) + len(sunk)
    assert len(overlays) <= pieces <= len(overlays) + opened
    if not opened:
        assert ("Backgrounds.1.Url" in sent) == bool(sunk or document.canvas.image)

    for one in document.visible:
        if one.id in gone:
            continue
        odd = set()
        if isinstance(one, Region):
            odd |= {name for name in ("corner_radius", "source_crop", "placeholder") if getattr(one, name)}
            odd |= {"opacity"} if one.opacity != 1 else set()
            odd |= {"fit"} if one.fit != FITS[query(plan)["CropMode"]] else set()
            odd |= {"source"} if one.source.slot not in taken else set()
        if isinstance(one, Image) and not one.url.startswith("asset:") and not sizes_known:
            odd |= {name for name in ("corner_radius", "source_crop") if getattr(one, name)}
            odd |= {"fit"} if one.fit != "stretch" else set()
        if isinstance(one, Text) and (one.id, "text_font") in codes:
            odd |= {"align"} if one.align != "left" else set()
            odd |= {"background"} if one.background and not one.background.endswith("00") else set()
        missing = {name for name in odd if (one.id, name) not in told}
        assert not missing or (one.id, "in_background") in codes, (one, missing)


@given(layout_documents(max_objects=12))
def test_what_lies_above_is_deeper(document: LayoutDocument) -> None:
    """Of two things on the canvas that overlap, the later one has the greater ZOrder."""
    drawn = start(relay(document=document)).drawn
    assert drawn is not None
    order = {item.id: place for place, item in enumerate(drawn.objects)}
    stack = [one for one in document.visible if one.id in order]
    for place, lower in enumerate(stack):
        for upper in stack[place + 1 :]:
            if _meet(lower, upper, document):
                assert order[lower.id] < order[upper.id], (lower.id, upper.id)


def _meet(one: Region | Image | Text, other: Region | Image | Text, document: LayoutDocument) -> bool:
    """Whether they overlap on the canvas."""
    left, right = max(one.x, other.x, 0), min(one.x + one.width, other.x + other.width, document.canvas.width)
    top, bottom = max(one.y, other.y, 0), min(one.y + one.height, other.y + other.height, document.canvas.height)
    return left < right and top < bottom
