"""A push body becomes a layout again, and what has no place in one is named."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Invalid
from apps.layout_document.document import Canvas, LayoutDocument, Picture, Region, Source, SourceCrop
from apps.vendors.contract import AppSpec, Binding, TaskSpec
from apps.vendors.registry import adapter
from apps.vendors.volcengine.push.importing import read
from tests.vendors.painter import FakePainter

ADAPTER = adapter("volcengine-push")
SAMPLES = Path(__file__).parent / "samples"
crops = st.sampled_from([None, SourceCrop(0.25, 0.1, 0.5, 0.8), SourceCrop(0, 0, 0.5, 1)])


@st.composite
def expressible(draw: st.DrawFn) -> LayoutDocument:
    """What the product says in its own words."""
    width, height = draw(st.sampled_from([(1280, 720), (720, 1280), (640, 360)]))
    regions = []
    for number in range(draw(st.integers(1, 6))):
        wide, high = draw(st.integers(2, width)), draw(st.integers(2, height))
        fit = draw(st.sampled_from(["cover", "stretch"]))
        placeholder = Picture("https://example.com/away.png", fit)
        regions.append(
            Region(
                id=f"r{number + 1}",
                name=f"user-{number}",
                x=draw(st.integers(0, width - wide)),
                y=draw(st.integers(0, height - high)),
                width=wide,
                height=high,
                fit=fit,
                opacity=draw(st.sampled_from([0.25, 0.5, 1.0])),
                source=Source(f"user-{number}", draw(st.sampled_from(["camera", "screen"]))),
                source_crop=draw(crops),
                placeholder=draw(st.sampled_from([None, placeholder])),
            )
        )
    return LayoutDocument(Canvas(width, height, f"#{draw(st.integers(0, 0xFFFFFF)):06X}"), tuple(regions))


@given(expressible(), st.sampled_from(["2023-11-01", "2020-12-01"]))
def test_what_was_planned_comes_back(document: LayoutDocument, version: str) -> None:
    bindings = {one.source.slot: Binding(one.source.slot) for one in document.regions}
    app = AppSpec("0123456789abcdef01234567", {"api_version": version})
    spec = TaskSpec(app, document, "room", "task", bindings, output={"push_urls": ["rtmp://push.example.com/a/b"]})
    plan = ADAPTER.plan_start(spec, FakePainter())
    assert [one for one in plan.findings if one.level != "note"] == []
    back = read(plan.requests[0].body)
    assert back.document == document
    assert (dict(back.bindings), back.not_understood) == (bindings, ())


@pytest.mark.parametrize("name", ["start_push_mixed_stream_to_cdn", "start_push_mixed_stream_to_cdn.2020-12-01"])
def test_documented_bodies(name: str) -> None:
    body = json.loads((SAMPLES / f"{name}.json").read_text())["request"]["body"]
    back = read(body)
    assert len(back.document.regions) == len(body["Layout"]["CustomLayout"]["Regions"])
    assert back.document.canvas.width == body["Layout"]["CustomLayout"]["Canvas"]["Width"]


def good() -> Any:
    document = LayoutDocument(
        Canvas(1280, 720), (Region(id="r1", x=0, y=0, width=640, height=360, source=Source("host")),)
    )
    spec = TaskSpec(AppSpec("0" * 24), document, "room", "task", {"host": Binding("anna")})
    return copy.deepcopy(ADAPTER.plan_start(replace(spec), FakePainter()).requests[0].body)


@pytest.mark.parametrize(
    ("spoil", "pointer"),
    [
        (lambda body: body.pop("Layout"), "/Layout"),
        (lambda body: body["Layout"].update(LayoutMode=0), "/Layout/LayoutMode"),
        (lambda body: body["Layout"]["CustomLayout"].update(Regions={}), ""),
        (lambda body: body["Layout"]["CustomLayout"].update(Regions=[1]), "/Layout/CustomLayout/Regions/0"),
        (
            lambda body: body["Layout"]["CustomLayout"]["Regions"][0].update(Width="wide"),
            "/Layout/CustomLayout/Regions/0/Width",
        ),
        (lambda body: body["Layout"]["CustomLayout"]["Canvas"].update(Width=9), "/Layout/CustomLayout/Canvas/Width"),
    ],
)
def test_a_wrong_body_is_refused_by_name(spoil: Any, pointer: str) -> None:
    body = good()
    spoil(body)
    if not pointer:  # nothing in it is a layout of nothing
        assert read(body).document.regions == ()
        return
    with pytest.raises(Invalid) as caught:
        read(body)
    assert pointer in [one.pointer for one in caught.value.problems]


def test_what_a_layout_cannot_say_is_named() -> None:
    body = good()
    body["Layout"]["CustomLayout"]["Regions"][0]["Mirror"] = True
    body["Layout"]["CustomLayout"]["Regions"].append({"StreamIndex": 99, "Width": 10, "Height": 10})
    assert [one.pointer for one in read(body).not_understood] == [
        "/Layout/CustomLayout/Regions/0/Mirror",
        "/Layout/CustomLayout/Regions/1/StreamIndex",
    ]


def test_the_answer_to_a_query_is_read_as_its_body() -> None:
    """The vendor's page of GetPushMixedStreamToCDNTask."""
    region = {
        "StreamIndex": 1, "LocationX": 0, "LocationY": 0.2, "WidthProportion": 0.5, "HeightProportion": 0.4, "ZOrder": 0,
        "Alpha": 1, "CornerRadius": 0, "RenderMode": 0, "AlternateImage": "http://xxxxx", "SpatialPosition": [1, 1, 1],
        "SourceCrop": {"LocationX": 0.5, "LocationY": 0.5, "WidthProportion": 0.4, "HeightProportion": 0.4},
    }  # fmt: skip
    canvas = {"Width": 1280, "Height": 720, "Background": "#303342", "BackgroundImage": "http://xxxxxx"}
    layout = {"LayoutMode": 2, "CustomLayout": {"Canvas": canvas, "Regions": [region]}}
    streams = {"StreamList": [{"Index": 1, "UserId": "user1", "StreamType": 0}]}
    task = {"Status": 3, "PushURL": "rtmp://xxxxxx", "TargetStreams": streams, "Layout": layout}
    answer = {"Result": {"PushMixedStreamToCDNTask": task}}
    back = ADAPTER.read_payload(answer)
    (seen,) = back.document.regions
    assert (seen.x, seen.y, seen.width, seen.height, seen.fit) == (0, 144, 640, 288, "stretch")
    assert seen.source_crop == SourceCrop(0.5, 0.5, 0.4, 0.4)
    assert back.bindings == {"user1": Binding("user1")}
    (told,) = back.not_understood
    assert told.pointer == "/Result/PushMixedStreamToCDNTask/Layout/CustomLayout/Regions/0/SpatialPosition"
    assert ADAPTER.knows_payload(answer)
