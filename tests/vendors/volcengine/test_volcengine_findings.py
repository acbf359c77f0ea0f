"""What becomes of each property of a document: expressed, or named in a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apps.layout_document.document import (
    Canvas,
    Image,
    LayoutDocument,
    LayoutObject,
    Picture,
    Region,
    Source,
    SourceCrop,
    Text,
)
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding, TaskSpec
from apps.vendors.volcengine.push.adapter import VolcenginePushAdapter
from tests.vendors.painter import FakePainter

ASSET = "asset:" + "9f" * 32
BASE: dict[str, Any] = {"x": 100, "y": 100, "width": 400, "height": 200}


def region(**changes: Any) -> Region:
    return Region(**{"id": "r1", "source": Source("host"), **BASE, **changes})


def text(**changes: Any) -> Text:
    return Text(**{"id": "t1", "text": "直播", **BASE, **changes})


def image(**changes: Any) -> Image:
    return Image(**{"id": "i1", "url": ASSET, **BASE, **changes})


def start(
    *objects: LayoutObject, canvas: Canvas | None = None, painter: FakePainter | None = None, **changes: Any
) -> Plan:
    spec = TaskSpec(
        app=AppSpec("65f0a1b2c3d4e5f6a7b8c9d0"),
        document=LayoutDocument(canvas or Canvas(1280, 720), objects),
        room="room-1001",
        task_id="qb_task_0001",
        bindings={f"{name}": Binding(f"user-{name}") for name in ("host", *map(str, range(40)))},
        output={"push_urls": ["rtmp://push.example.com/live/1"]},
    )
    return VolcenginePushAdapter().plan_start(replace(spec, **changes), painter or FakePainter())


def found(plan: Plan) -> list[tuple[str, str, str | None]]:
    return [(finding.level, finding.code, finding.object_id) for finding in plan.findings]


def canvas_of(plan: Plan) -> dict[str, Any]:
    value: dict[str, Any] = plan.requests[0].body["Layout"]["CustomLayout"]["Canvas"]
    return value


def panes(plan: Plan) -> list[dict[str, Any]]:
    value: list[dict[str, Any]] = plan.requests[0].body["Layout"]["CustomLayout"]["Regions"]
    return value


# --- regions ----------------------------------------------------------------------------------------------------------


def test_a_region_over_the_edge_is_cut() -> None:
    plan = start(region(x=-100, y=600, height=300))
    assert found(plan) == [("changed", "clamped", "r1")]
    pane = panes(plan)[0]
    assert [pane[name] for name in ("LocationX", "LocationY", "Width", "Height")] == [0, 600, 300, 120]


def test_a_region_off_the_canvas_is_dropped() -> None:
    plan = start(region(), region(id="r2", x=1280, source=Source("1")))
    assert found(plan) == [("dropped", "off_canvas", "r2")]
    assert len(panes(plan)) == 1


def test_an_unbound_slot_is_dropped() -> None:
    plan = start(region(), region(id="r2", source=Source("nobody")))
    assert found(plan) == [("dropped", "slot_unbound", "r2")]


def test_no_region_at_all_is_an_error() -> None:
    assert ("error", "no_region", None) in found(start())


def test_one_stream_has_one_region() -> None:
    plan = start(region(), region(id="r2", x=600), region(id="r3", source=Source("host", "screen")))
    assert found(plan) == [("dropped", "stream_twice", "r2")]
    assert [one["StreamType"] for one in plan.requests[0].body["TargetStreams"]["StreamList"]] == [0, 1]


@pytest.mark.parametrize(("version", "most"), [("2023-11-01", 30), ("2020-12-01", 17)])
def test_too_many_regions(version: str, most: int) -> None:
    many = [region(id=f"r{at}", source=Source(str(at))) for at in range(most + 2)]
    plan = start(*many, app=AppSpec("65f0a1b2c3d4e5f6a7b8c9d0", {"api_version": version}))
    assert found(plan) == [("dropped", "too_many_regions", f"r{at}") for at in (most, most + 1)]
    assert [pane["ZOrder"] for pane in panes(plan)] == list(range(most))


def test_an_invisible_region_is_heard_only() -> None:
    [pane] = panes(start(region(opacity=0, placeholder=Picture(ASSET))))
    assert pane["MediaType"] == 1
    assert not {"Alpha", "AlternateImage"} & pane.keys()


def test_a_hidden_region_is_neither_seen_nor_heard() -> None:
    plan = start(region(), region(id="r2", hidden=True, source=Source("1")))
    assert found(plan) == [("note", "hidden", "r2")]
    assert len(panes(plan)) == 1


@pytest.mark.parametrize(("radius", "expected"), [(0, None), (16, 0.0125), (1000, 0.078125)])
def test_the_corner_radius_is_a_part_of_the_canvas_width_and_never_too_large(
    radius: int, expected: float | None
) -> None:
    assert panes(start(region(corner_radius=radius)))[0].get("CornerRadius") == expected


def test_a_source_crop_stays_inside_the_source() -> None:
    [pane] = panes(start(region(source_crop=SourceCrop(0.7, 0, 0.3 + 1e-9, 1))))
    crop = pane["SourceCrop"]
    assert crop["LocationX"] + crop["WidthProportion"] <= 1
    assert "SourceCrop" not in panes(start(region(source_crop=SourceCrop(0, 0, 1, 1))))[0]


def test_bars_are_named_only_where_they_can_be_seen() -> None:
    assert found(start(region(fit="contain"))) == []
    beneath = region(id="r0", source=Source("1"))
    assert found(start(beneath, region(fit="contain"))) == [("changed", "contain_bars", "r1")]
    assert found(start(replace(beneath, x=800), region(fit="contain"))) == []
    assert found(start(region(fit="contain"), replace(beneath, id="r9"))) == []


def test_a_placeholder_with_a_fit_of_its_own_is_fitted_beforehand() -> None:
    painter = FakePainter()
    plan = start(region(placeholder=Picture(ASSET, "contain")), painter=painter)
    assert found(plan) == [("note", "placeholder_baked", "r1")]
    assert (painter.baked[0].canvas.width, painter.baked[0].canvas.height) == (400, 200)
    same = start(region(placeholder=Picture(ASSET, "cover")))
    assert found(same) == []
    assert panes(same)[0]["AlternateImage"] == f"<PUBLIC_URL>/a/{'9f' * 32}.png"
    foreign = start(region(placeholder=Picture("https://example.com/图.png", "contain")))
    assert found(foreign) == [("changed", "placeholder_fit", "r1")]
    assert panes(foreign)[0]["AlternateImage"] == "https://example.com/%E5%9B%BE.png"


def test_a_bad_user_id_is_an_error() -> None:
    plan = start(region(), bindings={"host": Binding("王 老师")})
    assert found(plan) == [("error", "bad_user_id", "r1")]


# --- texts and pictures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("overlay", [text(), image()], ids=["text", "image"])
def test_overlays_are_baked_where_that_is_faithful(overlay: Text | Image) -> None:
    painter = FakePainter()
    aside = region(x=800)
    plan = start(aside, overlay, painter=painter)
    assert found(plan) == [("note", "baked", overlay.id)]
    assert canvas_of(plan)["BackgroundImage"].startswith("<PUBLIC_URL>/a/")
    assert painter.baked[0].objects == (overlay,)


@pytest.mark.parametrize("overlay", [text(), image()], ids=["text", "image"])
def test_overlays_below_every_region_are_baked_even_when_covered(overlay: Text | Image) -> None:
    assert found(start(overlay, region())) == [("note", "baked", overlay.id)]


def test_overlays_partly_under_a_region_change() -> None:
    assert found(start(region(), text(x=400))) == [("changed", "baked_below_regions", "t1")]


def test_overlays_wholly_under_regions_are_dropped() -> None:
    left, right = region(width=200), region(id="r2", x=300, width=200, source=Source("1"))
    plan = start(left, right, text())
    assert found(plan) == [("dropped", "hidden_by_regions", "t1")]
    assert "BackgroundImage" not in canvas_of(plan)


def test_regions_that_are_not_drawn_cover_nothing() -> None:
    plan = start(region(x=800), region(id="r2", source=Source("nobody")), text())
    assert ("note", "baked", "t1") in found(plan)
    assert ("note", "baked", "t1") in found(start(region(opacity=0), text()))


def test_an_overlay_off_the_canvas_is_dropped() -> None:
    assert found(start(region(), text(x=5000))) == [("dropped", "off_canvas", "t1")]


def test_a_picture_nobody_holds_cannot_be_baked() -> None:
    foreign = image(url="https://example.com/a.png", x=800)
    assert found(start(region(), foreign)) == [("dropped", "picture_unknown", "i1")]
    known = FakePainter({"https://example.com/a.png": (10, 10)})
    assert found(start(region(), foreign, painter=known)) == [("note", "baked", "i1")]


def test_missing_variables_are_named() -> None:
    title = text(text="{{title}} {{who}}", x=800)
    assert found(start(region(), title, variables={"who": "x"})) == [
        ("note", "baked", "t1"),
        ("changed", "variable_missing", "t1"),
    ]


# --- canvas -----------------------------------------------------------------------------------------------------------


def test_a_background_of_the_right_size_goes_as_it_is() -> None:
    painter = FakePainter({ASSET: (1280, 720)})
    plan = start(region(), canvas=Canvas(1280, 720, image=Picture(ASSET)), painter=painter)
    assert found(plan) == []
    assert canvas_of(plan)["BackgroundImage"] == f"<PUBLIC_URL>/a/{'9f' * 32}.png"


def test_any_other_background_is_composed_to_the_output_size() -> None:
    painter = FakePainter({ASSET: (800, 600)})
    plan = start(region(), canvas=Canvas(1280, 720, image=Picture(ASSET)), painter=painter)
    assert found(plan) == [("note", "background_baked", None)]
    assert painter.baked[0].canvas.image == Picture(ASSET)


def test_a_background_known_by_address_only() -> None:
    canvas = Canvas(1280, 720, image=Picture("https://example.com/bg.png"))
    plan = start(region(), text(x=800), canvas=canvas)
    assert found(plan) == [("dropped", "background_unknown", "t1"), ("changed", "background_as_it_is", None)]
    assert canvas_of(plan)["BackgroundImage"] == "https://example.com/bg.png"


def test_a_canvas_beyond_1920_is_scaled() -> None:
    painter = FakePainter()
    plan = start(region(), text(x=2000, size=80), canvas=Canvas(3840, 2160), painter=painter)
    assert found(plan) == [("changed", "size_limited", None), ("note", "baked", "t1")]
    assert (canvas_of(plan)["Width"], canvas_of(plan)["Height"]) == (1920, 1080)
    assert panes(plan)[0]["Width"] == 200
    [baked] = painter.baked
    assert (baked.canvas.width, baked.objects[0].x) == (1920, 1000)
    assert isinstance(baked.objects[0], Text)
    assert baked.objects[0].size == 40


def test_odd_sides_are_made_even() -> None:
    plan = start(region(), canvas=Canvas(1281, 721))
    assert ("changed", "size_limited", None) in found(plan)
    assert (canvas_of(plan)["Width"], canvas_of(plan)["Height"]) == (1280, 720)


def test_an_output_size_scales_the_canvas() -> None:
    plan = start(region(), encoding={"width": 640})
    assert found(plan) == [("note", "scaled", None)]
    assert (canvas_of(plan)["Width"], canvas_of(plan)["Height"]) == (640, 360)
    assert found(start(region(), encoding={"width": 640, "height": 640})) == [("changed", "canvas_shape_changed", None)]


def test_a_translucent_canvas_is_mixed_with_black() -> None:
    plan = start(region(), canvas=Canvas(1280, 720, "#FF804080"))
    assert canvas_of(plan)["Background"] == "#804020"
    assert found(plan) == [("changed", "canvas_opaque", None)]


# --- output, encoding, options ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "finding"),
    [
        ({}, ("error", "no_push_url", None)),
        ({"push_urls": ["https://example.com/live"]}, ("error", "bad_push_url", None)),
        ({"push_urls": ["rtmp://example.com"]}, ("error", "bad_push_url", None)),
        ({"push_urls": ["rtmp://a/b/c", "rtmp://d/e/f"]}, ("dropped", "one_push_url", None)),
        ({"push_urls": ["rtmp://a/b/c"], "record": {}}, ("dropped", "output_unknown", None)),
    ],
)
def test_outputs(output: dict[str, Any], finding: tuple[str, str, None]) -> None:
    assert found(start(region(), output=output)) == [finding]


@pytest.mark.parametrize(
    ("encoding", "word", "used", "code"),
    [
        ({"fps": 90}, "VideoFps", 60, "out_of_range"),
        ({"fps": 29.97}, "VideoFps", 30, "out_of_range"),
        ({"bitrate_kbps": 99_999}, "VideoBitrate", 10_000, "out_of_range"),
        ({"gop_seconds": 9}, "VideoGop", 5, "out_of_range"),
        ({"audio_bitrate_kbps": 8}, "AudioBitrate", 32, "out_of_range"),
        ({"audio_sample_rate": 8000}, "AudioSampleRate", 48_000, "not_a_choice"),
        ({"codec": "h265"}, "VideoCodec", 0, "codec"),
        ({"sparkle": 1}, "VideoFps", 15, "encoding_unknown"),
    ],
)
def test_encoding(encoding: dict[str, Any], word: str, used: int, code: str) -> None:
    plan = start(region(), encoding=encoding)
    assert plan.requests[0].body["Encode"][word] == used
    assert [one[1] for one in found(plan)] == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"room": "房间"}, "bad_room"),
        ({"task_id": "a/b"}, "bad_task_id"),
        ({"app": AppSpec("12345")}, "bad_app_id"),
    ],
)
def test_ids_the_vendor_would_refuse(changes: dict[str, Any], code: str) -> None:
    assert found(start(region(), **changes)) == [("error", code, None)]
