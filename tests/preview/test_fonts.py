"""The chain of fonts: which file draws what, in which direction, and what is left to be a box."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw

from apps.layout_document.geometry import Rect
from apps.preview import font_table_build
from apps.preview.bidi import direction, levels, visual_order
from apps.preview.clusters import clusters
from apps.preview.drawable import NO_CHARACTER, drawable, missing_glyphs
from apps.preview.font_table import TABLE_FILE, families
from apps.preview.text import lines_in, text_mask
from apps.preview.typeface import runs_of, typeface

CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "drawable.json").read_text(encoding="utf-8"))
SCRIPTS = {
    "latin": "Zażółć gęślą jaźń, Dvořák, Nguyễn",
    "cyrillic": "Олександра Ковальчук, Ђорђе",
    "greek": "Ελένη Παπαδοπούλου, ἀρχή",
    "arabic": "محمد عبد الله، ١٢٣، گچپژ",
    "hebrew": "שָׁלוֹם עולם",
    "thai": "ที่นี่ สมชาย กำลังพูด",
    "devanagari": "लक्ष्मी शर्मा क्षत्रिय",
    "korean": "김민준 안녕하세요 뷁",
    "chinese": "直播間 髙橋 働く 辻 スタジオ",
    "emoji": "😀 👩‍💻 ❤️ 🇩🇪 👍🏽 1️⃣ 🏳️‍🌈 🎤",
}


def test_the_table_is_what_the_installed_fonts_have() -> None:
    assert TABLE_FILE.read_text(encoding="utf-8") == font_table_build.table_text(font_table_build.build())


@pytest.mark.parametrize("weight", [400, 700])
def test_every_file_of_the_chain_opens(weight: int) -> None:
    for family in families():
        for face in family.faces:
            letter = chr(max(face.codes))
            opened = face.open(20, weight)
            assert bytes(opened.getmask(letter)) != bytes(opened.getmask(NO_CHARACTER)), (face.file, letter)


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: case["why"])
def test_what_is_drawn(case: dict[str, Any]) -> None:
    assert drawable(case["text"]).replace(NO_CHARACTER, "□") == case["drawn"]


@pytest.mark.parametrize("case", CASES["clusters"], ids=lambda case: case["why"])
def test_clusters(case: dict[str, Any]) -> None:
    assert clusters(case["text"]) == case["clusters"]


@pytest.mark.parametrize(("text", "expected"), CASES["directions"])
def test_direction_is_that_of_the_first_letter(text: str, expected: str) -> None:
    assert ["ltr", "rtl"][direction(text)] == expected


@pytest.mark.parametrize("script", SCRIPTS)
def test_ten_scripts_have_every_letter(script: str) -> None:
    assert missing_glyphs(SCRIPTS[script]) == ""


def test_missing_characters_are_named_without_what_is_invisible() -> None:
    assert missing_glyphs("a\u200bb \u2009 \ufe0f ሀ\u200d\U00010900 ሀ x\u20dd") == "ሀ\U00010900\u20dd"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc", "abc"),
        ("שלום abc", "abc םולש"),
        ("abc שלום 12", "abc 12 םולש"),
        ("שלום (abc) 12", "12 )abc( םולש"),  # the shaper mirrors brackets of a run from right to left
        ("a (ש) ב", "a (ש) ב"),
        ("מחיר 5.5% היום", "םויה 5.5% ריחמ"),
        ("مرحبا ١٢ ٣٤", "٣٤ ١٢ ابحرم"),
        ("a שלום!", "a םולש!"),
    ],
)
def test_letters_are_drawn_in_the_order_of_their_direction(text: str, shown: str) -> None:
    level = levels(text, direction(text))
    order = visual_order(list(range(len(text))), lambda place: level[place])
    drawn = "".join(text[place] for place in order)
    assert drawn == shown


def test_a_run_is_of_one_font_and_one_direction() -> None:
    runs = [(run.text, run.direction, run.face.package.split("/")[1]) for run in runs_of("Ann محمد 12")]
    assert runs == [
        ("Ann ", "ltr", "noto-sans-sc"),
        ("محمد", "rtl", "noto-sans-arabic"),
        (" ", "rtl", "noto-sans-sc"),
        ("12", "ltr", "noto-sans-sc"),
    ]


def ink(text: str, width: int = 400, align: str = "left") -> Image.Image:
    box = Rect(0, 0, width, 60)
    return text_mask(text, typeface(32, 400), box, box, align)


def test_arabic_letters_join() -> None:
    face = typeface(32, 400)
    apart = sum(face.getlength(letter) for letter in "ببب")
    assert face.getlength("ببب") < 0.9 * apart


def test_a_mixed_line_is_drawn_where_its_runs_lie() -> None:
    """Latin before Arabic from left to right: the first half has the ink of the Latin word alone."""
    face = typeface(32, 400)
    edge = int(face.getlength("Anna "))
    mixed, alone = ink("Anna محمد"), ink("Anna")
    assert ImageChops.difference(mixed.crop((0, 0, edge, 60)), alone.crop((0, 0, edge, 60))).getbbox() is None
    assert mixed.getbbox()[2] == pytest.approx(face.getlength("Anna محمد"), abs=3)  # type: ignore[index]


@pytest.mark.parametrize("letters", ["Ковальчук", "Ελένη", "Dvořř"])
def test_marks_behind_european_letters_of_another_font_are_european(letters: str) -> None:
    """The base font draws an ellipsis low behind Latin letters, and in the middle of the line behind Chinese ones."""
    low, middle = ink("n…").getbbox(), ink("直…").getbbox()
    face = typeface(32, 400)
    edge = int(face.getlength(letters)) + 2
    drawn = ink(letters + "…").crop((edge, 0, 400, 60)).getbbox()
    assert drawn and low and middle
    assert drawn[3] == low[3]
    chinese = ink("직…").crop((int(face.getlength("직")) + 2, 0, 400, 60)).getbbox()
    assert chinese and chinese[3] < low[3]


def test_a_missing_character_is_the_box_of_the_base_font() -> None:
    box = Image.new("L", (400, 60))
    face = typeface(32, 400)
    ascent, descent = face.getmetrics()
    baseline = (60 - 32 * 1.2) / 2 + 32 * 1.2 / 2 + (ascent - descent) / 2
    ImageDraw.Draw(box).text((0, baseline), NO_CHARACTER, font=face.base, fill=255, anchor="ls")
    assert ImageChops.difference(ink("ሀ"), box).getbbox() is None


@pytest.mark.parametrize("script", SCRIPTS)
def test_lines_stay_within_their_box(script: str) -> None:
    face = typeface(24, 700)
    lines = lines_in(drawable(SCRIPTS[script] * 3), face, 150, 90)
    assert len(lines) == 3
    assert all(face.getlength(line) <= 150 for line in lines), lines
