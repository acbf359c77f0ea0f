"""What becomes of colors, pictures and texts at ApsaraVideo Live, whose only picture is the background."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.layout_document.document import Canvas, Picture
from tests.vendors.aliyun.live_tasks import ASSET, PAGE, codes, image, panes, region, said, start, text
from tests.vendors.painter import FakePainter


def test_a_color_is_sent_as_a_picture() -> None:
    painter = FakePainter()
    plan = start(region("a"), canvas=PAGE, painter=painter, bound=("a",))
    (baked,) = painter.baked
    assert (baked.canvas, baked.objects) == (PAGE, ())
    assert said(plan)["TranscodeParams"]["Background"]["URL"].startswith("<PUBLIC_URL>/a/")
    assert codes(plan) == {"color_painted": "note"}
    assert "Background" not in said(start(region("a")))["TranscodeParams"]
    assert codes(start(region("a"), canvas=Canvas(1280, 720, "#10182080")))["canvas_opaque"] == "changed"


@pytest.mark.parametrize(
    ("picture", "color", "mode", "told"),
    [
        (Picture(ASSET, "cover"), "#000000", "1", {}),
        (Picture(ASSET, "contain"), "#000000", "0", {}),
        (Picture(ASSET, "contain"), "#101820", "1", {"background_painted": "note"}),
        (Picture(ASSET, "cover"), "#101820", "1", {"background_painted": "note"}),  # a PNG may be see-through
        (Picture(ASSET, "stretch"), "#000000", "1", {"background_painted": "note"}),
        (Picture("https://example.com/a.jpg", "cover"), "#000000", "1", {}),
        (Picture("https://example.com/a.jpg", "contain"), "#101820", "0", {"color_black_anyway": "changed"}),
        (Picture("https://example.com/a.jpg", "stretch"), "#000000", "1", {"background_stretch": "changed"}),
        (Picture("https://example.com/" + "a" * 2040), "#000000", None, {"picture_url_too_long": "dropped"}),
    ],
)
def test_a_background_picture(picture: Picture, color: str, mode: str | None, told: Any) -> None:
    plan = start(region("a"), bound=("a",), canvas=Canvas(1280, 720, color, picture))
    background = said(plan)["TranscodeParams"].get("Background")
    assert (background and background["RenderMode"]) == mode
    assert codes(plan) == told


def test_texts_and_pictures_become_part_of_the_background() -> None:
    painter = FakePainter()
    plan = start(
        text("under", 700), region("a"), text("over", 600, width=100), text("hidden-by", 100, width=100), image("logo", x=900),
        bound=("a",), painter=painter,
    )  # fmt: skip
    (baked,) = painter.baked
    assert [item.id for item in baked.objects] == ["under", "over", "logo"]
    assert codes(plan, "under") == codes(plan, "logo") == {"baked": "note"}
    assert codes(plan, "over") == {"baked_below_regions": "changed"}
    assert codes(plan, "hidden-by") == {"hidden_by_regions": "dropped"}
    web = start(region("a"), text("t", 700), canvas=Canvas(1280, 720, image=Picture("https://example.com/a.jpg")))
    assert codes(web, "t") == {"background_unknown": "dropped"}


def test_placeholders() -> None:
    painter = FakePainter({ASSET: (640, 720)})
    exact = start(region("a", placeholder=Picture(ASSET)), bound=("a",), painter=painter)
    assert panes(exact)[0]["BackgroundImageUrl"].endswith("9f.png")
    assert codes(exact, "a") == {}
    painted = start(region("a", placeholder=Picture(ASSET)), bound=("a",))
    assert codes(painted, "a") == {"placeholder_painted": "note"}
    unknown = start(region("a", placeholder=Picture("https://example.com/a b.png")), bound=("a",))
    assert panes(unknown)[0]["BackgroundImageUrl"] == "https://example.com/a%20b.png"
    assert codes(unknown, "a") == {"placeholder_as_it_is": "changed"}


def test_hidden_things_are_named() -> None:
    plan = start(region("a"), region("b", 640, hidden=True), text("t", 700, hidden=True), bound=("a", "b"))
    assert codes(plan, "b") == codes(plan, "t") == {"hidden": "note"}
    assert "b" not in json.dumps(said(plan)["TranscodeParams"]["UserInfos"])
