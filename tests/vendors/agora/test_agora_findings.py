"""What becomes of each property of a document: expressed, or named in a finding."""

from __future__ import annotations

from typing import Any

import pytest

from apps.layout_document.document import Canvas, Image, LayoutObject, Picture, Source, SourceCrop, Text
from apps.vendors.types import AppSpec, Binding
from tests.vendors.agora.cases import APP_ID, found, region, start, transcoder
from tests.vendors.painter import FakePainter

ASSET = "asset:" + "9f" * 32
WEB = "https://example.com/logo.png"
ODD = "https://example.com/logo.webp"
KNOWN = {WEB: (400, 200), ODD: (400, 200)}


def text(**changes: Any) -> Text:
    return Text(**{"id": "t1", "x": 40, "y": 400, "width": 700, "height": 200, "text": "直播", **changes})


def image(**changes: Any) -> Image:
    return Image(**{"id": "i1", "x": 900, "y": 400, "width": 300, "height": 200, "url": ASSET, **changes})


def findings(*objects: LayoutObject, **changes: Any) -> list[tuple[str, str, str | None]]:
    return [one for one in found(start(region(), *objects, **changes)) if one[2] != "r1"]


def mark(*objects: LayoutObject, **changes: Any) -> dict[str, Any]:
    (one,) = transcoder(start(region(), *objects, **changes))["waterMarks"]
    assert isinstance(one, dict)
    return one


# --- regions ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"fit": "contain"}, [("changed", "fit_cover_only", "r1")]),
        ({"fit": "stretch"}, [("changed", "fit_cover_only", "r1")]),
        ({"opacity": 0.5}, [("changed", "opacity_ignored", "r1")]),
        ({"corner_radius": 12}, [("changed", "corner_radius_ignored", "r1")]),
        ({"source_crop": SourceCrop(0, 0, 0.5, 0.5)}, [("changed", "source_crop_ignored", "r1")]),
        ({"x": -100}, [("changed", "clamped", "r1")]),
        ({"x": 1}, [("changed", "snapped", "r1")]),
        ({"width": 100, "height": 100}, [("changed", "region_too_small", "r1")]),
        ({"source": Source("host", "screen")}, [("note", "screen_is_a_user", "r1")]),
        ({"placeholder": Picture(WEB)}, []),
        ({"placeholder": Picture(WEB, "contain")}, [("changed", "placeholder_fit", "r1")]),
        ({"placeholder": Picture(ODD)}, [("dropped", "picture_ending", "r1")]),
        ({"placeholder": Picture(ASSET)}, []),
        ({"placeholder": Picture(ASSET, "contain")}, [("note", "placeholder_baked", "r1")]),
    ],
)
def test_regions(changes: dict[str, Any], expected: list[Any]) -> None:
    assert found(start(region(**changes))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"x": 5000}, [("dropped", "off_canvas", "r2")]),
        ({"source": Source("nobody")}, [("dropped", "slot_unbound", "r2")]),
        ({"source": Source("host")}, [("dropped", "stream_twice", "r2")]),
        ({"hidden": True}, [("note", "hidden", "r2")]),
        ({"opacity": 0}, [("note", "heard_only", "r2")]),
    ],
)
def test_regions_that_stay_empty(changes: dict[str, Any], expected: list[Any]) -> None:
    plan = start(region(), region(id="r2", **{"source": Source("guest"), **changes}))
    assert found(plan) == expected
    assert len(transcoder(plan)["videoInputs"]) == 1
    heard = [input_["rtc"]["rtcUid"] for input_ in transcoder(plan)["audioInputs"]]
    assert heard == ([123, 456] if "opacity" in changes else [123])


@pytest.mark.parametrize("user_id", ["anna", "0", "4294967296", "-1", "007", "１"])
def test_people_are_whole_numbers(user_id: str) -> None:
    plan = start(bindings={"host": Binding(user_id)})
    assert ("error", "bad_user_id", "r1") in found(plan)


def test_a_small_region_grows_to_the_right_and_down_or_else_to_the_left_and_up() -> None:
    def box(**changes: Any) -> tuple[int, int, int, int]:
        made = transcoder(start(region(**changes)))["videoInputs"][0]["region"]
        return made["x"], made["y"], made["width"], made["height"]

    assert box(x=100, y=100, width=50, height=60) == (100, 100, 120, 120)
    assert box(x=1200, y=680, width=80, height=40) == (1160, 600, 120, 120)


def test_neighbors_stay_without_a_gap() -> None:
    left = region(width=427)
    right = region(id="r2", x=427, width=426, source=Source("guest"))
    one, two = [each["region"] for each in transcoder(start(left, right))["videoInputs"]]
    assert one["x"] + one["width"] == two["x"]


def test_more_regions_than_are_allowed() -> None:
    regions = [region(id=f"r{n}", source=Source(str(n))) for n in range(1, 20)]
    plan = start(*regions)
    assert [one[1:] for one in found(plan)] == [("too_many_regions", "r18"), ("too_many_regions", "r19")]
    more = start(*regions, app=AppSpec(APP_ID, {"most_people": 49}))
    assert found(more) == []


def test_nobody_to_show() -> None:
    assert ("error", "no_region", None) in found(start(text(), bindings={}))


# --- texts and pictures -----------------------------------------------------------------------------------------------


def test_a_text_is_painted_over_the_picture() -> None:
    painter = FakePainter()
    plan = start(region(), text(), painter=painter)
    assert found(plan) == [("note", "text_baked", "t1")]
    (baked,) = painter.baked
    assert (baked.canvas.width, baked.canvas.height) == (700, 200)
    assert (baked.objects[0].x, baked.objects[0].y) == (0, 0)
    (one,) = transcoder(plan)["waterMarks"]
    assert one["imageUrl"].startswith("<PUBLIC_URL>/a/")
    assert one["region"] == {"x": 40, "y": 400, "width": 700, "height": 200, "zOrder": 100}


def test_a_low_text_is_padded_and_stays_where_it_is() -> None:
    painter = FakePainter()
    plan = start(region(), text(y=690, height=30), painter=painter)
    assert found(plan) == [("note", "text_baked", "t1"), ("note", "padded", "t1")]
    box = transcoder(plan)["waterMarks"][0]["region"]
    assert (box["y"], box["height"]) == (600, 120)
    assert painter.baked[0].objects[0].y == 90


def test_a_text_over_the_edge_is_painted_as_far_as_it_is_seen() -> None:
    painter = FakePainter()
    box = transcoder(start(region(), text(x=-100), painter=painter))["waterMarks"][0]["region"]
    assert (box["x"], box["width"]) == (0, 600)
    assert painter.baked[0].objects[0].x == -100


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (text(text="{{title}}"), [("changed", "variable_missing", "t1"), ("note", "text_baked", "t1")]),
        (text(x=9999), [("dropped", "off_canvas", "t1")]),
        (text(opacity=0), [("note", "invisible", "t1")]),
        (text(hidden=True), [("note", "hidden", "t1")]),
        (text(opacity=0.5, attached_to="r1"), [("note", "text_baked", "t1")]),
        (image(), []),
        (image(fit="cover"), []),
        (image(fit="stretch"), [("note", "picture_baked", "i1")]),
        (image(opacity=0.5), [("note", "picture_baked", "i1")]),
        (image(corner_radius=9), [("note", "picture_baked", "i1")]),
        (image(source_crop=SourceCrop(0, 0, 0.5, 1)), [("note", "picture_baked", "i1")]),
        (image(width=60), [("note", "picture_baked", "i1"), ("note", "padded", "i1")]),
        (image(x=1200), [("note", "picture_baked", "i1"), ("note", "padded", "i1")]),
        (image(url=WEB), []),
        (image(url=WEB, opacity=0.5), [("changed", "picture_opaque", "i1")]),
        (image(url=WEB, corner_radius=9), [("changed", "picture_cornered", "i1")]),
        (image(url=WEB, source_crop=SourceCrop(0, 0, 0.5, 1)), [("changed", "picture_uncropped", "i1")]),
        (image(url=WEB, fit="stretch"), [("changed", "picture_unstretched", "i1")]),
        (image(url=WEB, width=60), [("changed", "picture_too_small", "i1")]),
        (image(url=WEB, x=1100), [("changed", "picture_cut", "i1")]),
        (image(url=ODD), [("dropped", "picture_ending", "i1")]),
    ],
)
def test_texts_and_pictures(one: LayoutObject, expected: list[Any]) -> None:
    assert findings(one) == expected


@pytest.mark.parametrize(("fit", "word"), [("cover", "FILL"), ("contain", "FIT")])
def test_a_picture_is_fitted_by_the_vendor(fit: str, word: str) -> None:
    one = mark(image(url=WEB, fit=fit))
    assert (one["imageUrl"], one["fillMode"]) == (WEB, word)
    assert one["region"] == {"x": 900, "y": 400, "width": 300, "height": 200, "zOrder": 100}


def test_a_known_picture_in_another_format_is_painted() -> None:
    assert mark(image(url=ODD), painter=FakePainter(KNOWN))["imageUrl"].startswith("<PUBLIC_URL>/a/")


def test_what_lies_below_all_people_is_one_overlay_on_the_lowest_level() -> None:
    plan = start(text(), image(), region(), text(id="t2"))
    marks = transcoder(plan)["waterMarks"]
    assert [mark["region"]["zOrder"] for mark in marks] == [0, 100]
    assert marks[0]["region"]["width"] == 1160
    assert [one[1:] for one in found(plan) if one[1] == "baked_together"] == [
        ("baked_together", "t1"),
        ("baked_together", "i1"),
    ]


def test_more_overlays_than_levels_are_painted_together() -> None:
    texts = [text(id=f"t{n}") for n in range(99)]
    plan = start(region(), *texts)
    assert len(transcoder(plan)["waterMarks"]) == 1
    assert {one[1] for one in found(plan)} == {"text_baked", "baked_together"}
    webs = [image(id=f"i{n}", url=WEB) for n in range(99)]
    plan = start(region(), *webs)
    assert len(transcoder(plan)["waterMarks"]) == 98
    assert found(plan) == [("dropped", "too_many_overlays", "i98")]


# --- canvas -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("picture", "said", "codes"),
    [
        (Picture(WEB), {"backgroundImage": WEB, "fillMode": "FILL"}, []),
        (Picture(WEB, "contain"), {"backgroundImage": WEB, "fillMode": "FIT"}, []),
        (Picture(WEB, "stretch"), {"backgroundImage": WEB, "fillMode": "FILL"}, ["background_cropped"]),
        (Picture(ASSET, "stretch"), {"fillMode": "FILL"}, ["background_baked"]),
        (Picture(ODD), {}, ["picture_ending"]),
    ],
)
def test_the_background(picture: Picture, said: dict[str, str], codes: list[str]) -> None:
    plan = start(canvas=Canvas(1280, 720, "#1A1A1A", picture))
    canvas = transcoder(plan)["canvas"]
    assert canvas["color"] == 1_710_618
    assert {name: canvas[name] for name in said} == said
    assert ("backgroundImage" in canvas) is bool(said)
    assert [finding.code for finding in plan.findings] == codes


def test_a_translucent_canvas_is_mixed_with_black() -> None:
    plan = start(canvas=Canvas(1280, 720, "#FF000080"))
    assert transcoder(plan)["canvas"]["color"] == 0x800000
    assert found(plan) == [("changed", "canvas_opaque", None)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"app": AppSpec("abc")}, "bad_app_id"),
        ({"room": "直播间"}, "bad_room"),
        ({"room": "x" * 65}, "bad_room"),
        ({"task_id": "a.b"}, "bad_task_id"),
    ],
)
def test_ids(changes: dict[str, Any], code: str) -> None:
    assert found(start(**changes)) == [("error", code, None)]


def test_a_canvas_shrinks_as_a_whole() -> None:
    plan = start(region(width=3840, height=2160), text(x=0, y=0, width=1920, height=400), canvas=Canvas(3840, 2160))
    body = transcoder(plan)
    assert (body["canvas"]["width"], body["videoInputs"][0]["region"]["width"]) == (1920, 1920)
    assert body["waterMarks"][0]["region"]["height"] == 200
    assert found(plan)[0] == ("changed", "size_limited", None)
