"""The editor draws with the files that the server draws with, and loads them by need."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request

from apps.preview.drawable import drawable
from apps.preview.font_table import families
from apps.preview.typeface import typeface
from tests.browser.editor import FRAMES, made, opened, text, until
from tests.browser.test_canvas_picture import SCRIPTS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

BASE, *FALLBACKS = [family.name for family in families()]
TEXT_FONT = ", ".join([f"'{BASE}'", *(f"'Quadbox {name}'" for name in FALLBACKS), "sans-serif"])
ARE_LOADED = "document.fonts.status === 'loaded' && [...document.fonts].every(face => face.status !== 'loading')"
WIDTHS = """([font, words]) => {
  const paint = document.createElement("canvas").getContext("2d");
  paint.font = font;
  return words.map((one) => paint.measureText(one).width);
}"""


def test_font_files_are_loaded_when_a_text_needs_them(page: Page) -> None:
    loaded: list[str] = []

    def note(request: Request) -> None:
        name = PurePosixPath(urlsplit(request.url).path).name
        if name.endswith(".woff2") or "font_table" in name:
            loaded.append(name)

    page.on("request", note)
    opened(page, made(page, "Latin", text("title", "Good evening")))
    page.evaluate(FRAMES)
    until(page, ARE_LOADED)
    assert not [name for name in loaded if "noto-sans-sc" not in name]
    loaded.clear()
    row = made(page, "Cyrillic", text("title", "Добрий вечір"), text("other", "안뷁"))
    opened(page, row)
    until(page, "[...document.fonts].filter(face => face.family.includes('Quadbox')).length === 3")
    until(page, ARE_LOADED)
    fallbacks = [name for name in loaded if "noto-sans-sc" not in name and "font_table" not in name]
    assert sorted(fallbacks) == [
        "noto-sans-cyrillic-400-normal.woff2",
        "noto-sans-kr-118-wght-normal.woff2",
        "noto-sans-kr-39-wght-normal.woff2",
    ]
    assert len([name for name in loaded if "font_table" in name]) == 1


@pytest.mark.parametrize("weight", [400, 700])
def test_widths_are_those_of_the_server(page: Page, weight: int) -> None:
    words = {script: drawable(line) for script, line in SCRIPTS.items() if script != "missing"}
    objects = [{**text(script, line), "weight": weight} for script, line in words.items()]
    opened(page, made(page, "Scripts", *objects))
    until(page, "[...document.fonts].some(face => face.family.includes('Quadbox Noto Emoji'))")
    until(page, ARE_LOADED)
    widths = page.evaluate(WIDTHS, [f"{weight} 36px {TEXT_FONT}", list(words.values())])
    face = typeface(36, weight)
    apart = {
        script: (round(face.getlength(line), 2), round(width, 2))
        for (script, line), width in zip(words.items(), widths, strict=True)
        if abs(face.getlength(line) - width) > 0.2
    }
    assert apart == {}
