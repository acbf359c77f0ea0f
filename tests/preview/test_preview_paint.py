"""Drawing layout documents: pixels at places that tell."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from PIL import Image as Pillow
from PIL import ImageChops

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
from apps.layout_document.parse import loads
from apps.preview.drawable import missing_glyphs
from apps.preview.fonts import FontMissing, font_file
from apps.preview.paint import render, render_png
from apps.preview.painter import PreviewPainter
from apps.preview.stand_ins import StandIn
from apps.preview.text import ELLIPSIS, lines_in, wrap
from apps.preview.typeface import typeface
from tests.strategies import layout_documents

VALID = sorted((Path(__file__).resolve().parents[1] / "fixtures/layouts/valid").glob("*.json"))
ASSET = "asset:" + "ab" * 32
RED, GREEN, BLUE, WHITE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    try:
        font_file(400)
    except FontMissing as missing:
        pytest.fail(str(missing))


def scene(*objects: LayoutObject, color: str = "#000000", image: Picture | None = None) -> LayoutDocument:
    return LayoutDocument(Canvas(400, 200, color, image), objects)


def halves() -> Pillow.Image:
    """A wide picture: left half red, right half green."""
    picture = Pillow.new("RGB", (400, 100), RED)
    picture.paste(GREEN, (200, 0, 400, 100))
    return picture


def picture_at(fit: str, crop: SourceCrop | None = None) -> Pillow.Image:
    image = Image(id="i", x=100, y=0, width=200, height=200, fit=fit, url=ASSET, source_crop=crop)  # type: ignore[arg-type]
    return render(scene(image, color="#0000FF"), pictures=lambda _: halves())


def test_stretch_fills_the_box_with_the_whole_picture() -> None:
    drawn = picture_at("stretch")
    assert [drawn.getpixel(at) for at in ((99, 5), (101, 5), (298, 195), (301, 195))] == [BLUE, RED, GREEN, BLUE]


def test_contain_leaves_what_lies_beneath_beside_the_picture() -> None:
    drawn = picture_at("contain")
    assert [drawn.getpixel(at) for at in ((200, 70), (110, 100), (290, 100), (200, 130))] == [BLUE, RED, GREEN, BLUE]


def test_cover_cuts_the_sides_evenly() -> None:
    drawn = picture_at("cover")
    assert [drawn.getpixel(at) for at in ((102, 2), (190, 100), (210, 100), (297, 197))] == [RED, RED, GREEN, GREEN]


def test_a_source_crop_is_taken_first() -> None:
    drawn = picture_at("stretch", SourceCrop(0.5, 0, 0.5, 1))
    assert drawn.getpixel((105, 100)) == GREEN


def test_opacity_mixes_and_corners_are_round_and_soft() -> None:
    box = Image(id="i", x=100, y=0, width=200, height=200, fit="stretch", url=ASSET, opacity=0.5, corner_radius=100)
    drawn = render(scene(box), pictures=lambda _: Pillow.new("RGB", (10, 10), RED))
    assert drawn.getpixel((200, 100)) in ((127, 0, 0), (128, 0, 0))
    assert drawn.getpixel((103, 3)) == BLACK
    edge = {drawn.getpixel((x, 30)) for x in range(100, 200)}
    assert len(edge) > 2, "between the corner and the color there are steps"


def test_later_objects_lie_above_earlier_ones_and_hidden_ones_are_not_drawn() -> None:
    low = Image(id="a", x=0, y=0, width=400, height=200, fit="stretch", url="https://example.com/red")
    high = replace(low, id="b", url="https://example.com/blue")

    def pictures(reference: str) -> Pillow.Image:
        return Pillow.new("RGB", (4, 4), RED if reference.endswith("red") else BLUE)

    assert render(scene(low, high), pictures=pictures).getpixel((9, 9)) == BLUE
    assert render(scene(low, replace(high, hidden=True)), pictures=pictures).getpixel((9, 9)) == RED


def test_a_missing_picture_is_marked() -> None:
    image = Image(id="i", x=0, y=0, width=400, height=200, url=ASSET)
    assert len(set(render(scene(image)).get_flattened_data())) > 2
    assert set(render(scene(image), mark_missing=False).get_flattened_data()) == {BLACK}


def test_regions_show_who_is_there_and_an_empty_seat_its_placeholder() -> None:
    seat = Region(id="r", x=0, y=0, width=400, height=200, source=Source("host"), placeholder=Picture(ASSET))
    shown = {"host": StandIn(picture=Pillow.new("RGB", (16, 9), RED))}
    away = {"host": StandIn(present=False)}
    green = Pillow.new("RGB", (16, 9), GREEN)
    assert render(scene(seat), stand_ins=shown).getpixel((300, 50)) == RED
    assert render(scene(seat), stand_ins=away, pictures=lambda _: green).getpixel((300, 50)) == GREEN
    assert render(scene(seat), draw_regions=False).getpixel((300, 50)) == BLACK


def test_a_camera_and_a_screen_look_different_and_so_do_two_people() -> None:
    camera = Region(id="r", x=0, y=0, width=200, height=200, source=Source("host"))
    screen = replace(camera, source=Source("host", "screen"))
    guest = replace(camera, id="g", x=200, source=Source("guest-1"))
    assert ImageChops.difference(render(scene(camera)), render(scene(screen))).getbbox()
    both = render(scene(camera, guest))
    assert both.getpixel((100, 5)) != both.getpixel((300, 5))


def words(text: str, **more: object) -> Text:
    return Text(id="t", x=50, y=50, width=300, height=100, text=text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("align", "left", "right"), [("left", True, False), ("right", False, True)])
def test_text_is_aligned_and_centered_in_its_height(align: str, left: bool, right: bool) -> None:
    ink = render(scene(words("直播", size=40, align=align))).convert("L").getbbox()
    assert ink is not None
    assert (ink[0] < 60, ink[2] > 340) == (left, right)
    assert abs((ink[1] + ink[3]) / 2 - 100) < 6


def test_bold_has_more_ink_and_a_background_fills_the_box() -> None:
    light, bold = (
        sum(render(scene(words("直播间", weight=weight))).convert("L").get_flattened_data()) for weight in (400, 700)
    )
    assert bold > light * 1.1
    assert render(scene(words("", background="#FF000080"))).getpixel((52, 52)) == (128, 0, 0)


def test_variables_are_drawn() -> None:
    filled = render(scene(words("{{title}}")), variables={"title": "直播"})
    assert filled.tobytes() == render(scene(words("直播"))).tobytes()


def test_lines_break_between_words_and_between_chinese_characters_and_not_before_a_comma() -> None:
    face = typeface(20, 400)
    assert wrap("one two\nthree", face, 1000) == ["one two", "three"]
    assert wrap("alpha beta", face, face.getlength("alpha b")) == ["alpha", "beta"]
    assert wrap("直播间，主持人", face, 65) == ["直播", "间，主", "持人"]
    assert wrap("aaaaaaaa", face, face.getlength("aaa")) == ["aaa", "aaa", "aa"]


def test_what_has_no_room_ends_in_an_ellipsis() -> None:
    lines = lines_in("one two three four five six", typeface(20, 400), 90, 50)
    assert len(lines) == 2
    assert lines[-1].endswith(ELLIPSIS)
    assert typeface(20, 400).getlength(lines[-1]) <= 90


def test_missing_glyphs_are_named_once_in_order() -> None:
    assert missing_glyphs("直播 Hello — é 😀ሀ\U00010900ሀ\n") == "ሀ\U00010900"
    assert missing_glyphs("直播") == ""


def test_a_thumbnail_looks_like_the_picture_made_small() -> None:
    document = scene(words("直播", size=60), Region(id="r", x=0, y=0, width=40, height=40, source=Source("a")))
    small = render(document, scale=0.25)
    assert small.size == (100, 50)


def test_a_transparent_picture_is_clear_where_nothing_is() -> None:
    drawn = render(scene(words("直播"), color="#FF0000"), transparent=True)
    assert drawn.mode == "RGBA"
    assert drawn.getpixel((1, 1)) == (0, 0, 0, 0)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_every_fixture_is_drawn_as_png(path: Path) -> None:
    document = loads(path.read_bytes())
    with Pillow.open(io.BytesIO(render_png(document, scale=0.25))) as drawn:
        assert drawn.format == "PNG"
        assert drawn.width == round(document.canvas.width * 0.25)


@given(layout_documents(max_objects=5))
def test_any_document_is_drawn(document: LayoutDocument) -> None:
    odd = Pillow.new("LA", (1, 3000), 128)
    drawn = render(document, scale=0.2, pictures=lambda url: odd if url.startswith("asset") else None)
    assert drawn.size == (round(document.canvas.width * 0.2), round(document.canvas.height * 0.2))


@pytest.mark.parametrize("value", ["a\x00b\r\nc\x1c\u2029", "\ud800", "x" * 100_000, "שלום مرحبا", "\u200b\u0301"])
def test_no_value_of_a_variable_stops_the_drawing(value: str) -> None:
    render(scene(words("{{v}}")), variables={"v": value})


def png(color: tuple[int, int, int], kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Pillow.new("RGB", (8, 6), color).save(file, kind)
    return file.getvalue()


def test_a_bake_is_kept_by_its_hash_and_leaves_regions_out() -> None:
    region = Region(id="r", x=0, y=0, width=400, height=200, source=Source("host"))
    image = Image(id="i", x=0, y=0, width=80, height=60, url=ASSET)
    painter = PreviewPainter(pictures=lambda _: png(RED), variables={"title": "直播"})
    baked = painter.bake(scene(region, image, words("{{title}}")), transparent=True)
    [(digest, content)] = painter.published.items()
    assert hashlib.sha256(content).hexdigest() == digest
    assert (baked.url, baked.bytes) == (f"<PUBLIC_URL>/a/{digest}.png", len(content))
    assert (baked.width, baked.height, baked.format) == (400, 200, "png")
    drawn = Pillow.open(io.BytesIO(content))
    assert drawn.getpixel((10, 10)) == (*RED, 255)
    assert drawn.getpixel((390, 190)) == (0, 0, 0, 0)
    assert painter.bake(scene(region, image, words("直播")), transparent=True) == baked


def test_a_bake_without_its_picture_names_it() -> None:
    painter = PreviewPainter(pictures=lambda _: b"no picture")
    painter.bake(scene(Image(id="i", x=0, y=0, width=80, height=60, url=ASSET)), transparent=False)
    assert painter.missing == [ASSET]


def test_a_reference_in_its_public_form() -> None:
    known = PreviewPainter(pictures=lambda _: png(RED, "JPEG")).picture(ASSET)
    assert (known.url, known.width, known.height, known.format) == (f"<PUBLIC_URL>/a/{'ab' * 32}.jpg", 8, 6, "jpg")
    unknown = PreviewPainter().picture(ASSET)
    assert (unknown.url, unknown.width, unknown.format) == (f"<PUBLIC_URL>/a/{'ab' * 32}.png", 0, "png")
    elsewhere = PreviewPainter().picture("https://example.com/a.JPEG?x=1")
    assert (elsewhere.url, elsewhere.format) == ("https://example.com/a.JPEG?x=1", "jpg")
