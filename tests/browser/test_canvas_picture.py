"""The canvas without its handles is the picture that the server draws, for forty layouts and texts in ten scripts."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from apps.layout_document.document import LayoutDocument, Region, Source, Text
from apps.layout_document.serialize import to_json
from tests.browser.editor import FRAMES, open_editor, token, until
from tests.fidelity.layouts import LAYOUTS, PICTURES, SIDE, WIDE
from tests.fidelity.similarity import side_by_side, similarity

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

ALIKE = 0.98
LETTERS_ALIKE = 0.9  # of the strip that holds nothing but the text
STRIP = (40, 520, 800, 690)
SCRIPTS = {
    "latin": "Zażółć gęślą jaźń, Dvořák und Nguyễn im Gespräch",
    "cyrillic": "Олександра Ковальчук, Ђорђе Петровић и Әлия",
    "greek": "Ελένη Παπαδοπούλου, ἐν ἀρχῇ ἦν ὁ λόγος",
    "arabic": "محمد عبد الله (Live) ١٢ مرحبا بكم في البث المباشر 2026",
    "hebrew": "שָׁלוֹם עולם (Quadbox) 2026, שידור חי מתל אביב",
    "thai": "ที่นี่ สมชาย กำลังพูด ถ่ายทอดสดจากกรุงเทพมหานคร",
    "devanagari": "लक्ष्मी शर्मा, क्षत्रिय और विद्यार्थी का सीधा प्रसारण",
    "korean": "김민준과 이서연의 저녁 생방송, 뷁 쇼",
    "chinese-japanese": "直播間的髙橋さん、働く辻さん。スタジオ東京の読み方",
    "emoji": "😀 👩‍💻 ❤️ 🇩🇪 👍🏽 1️⃣ 🏳️‍🌈 🎤 ★ go",
    "missing": "ሀለሐ ქართული x\u20dd ok",
}
REGION = Region(id="r1", name="", x=20, y=100, width=640, height=360, source=Source("host"))
WORDS = {
    "chinese-paragraph": (
        "直播间里的每一位嘉宾都可以看到同一张画面,字幕会自动换行。标点不会落在行首,也不会落在行尾。",
        "left",
    ),
    "mixed-scripts": ("Evening show 晚间直播 2026\n第二行:字幕 subtitle", "center"),
    "too-long": ("Words that are too many for their box end in an ellipsis, wherever that is. " * 3, "right"),
    "variable": ("{{title}} · 直播", "left"),
    **{script: (f"{words}\n{words}", "center") for script, words in SCRIPTS.items()},
    "right-to-left": (SCRIPTS["arabic"], "right"),
    "left-in-right": (f"Anna und {SCRIPTS['hebrew']}", "left"),
}
TEXTS = {
    f"text-{name}": LayoutDocument(
        WIDE,
        (
            *SIDE,
            Text(
                id="t",
                x=40,
                y=520,
                width=760,
                height=170,
                text=words,
                size=36,
                background="#00000080",
                align=align,  # type: ignore[arg-type]
            ),
        ),
    )
    for name, (words, align) in WORDS.items()
}
NAMES = {
    f"name-{name}": LayoutDocument(
        WIDE, (replace(REGION, name=words), replace(REGION, id="r2", x=680, width=400, name=words))
    )
    for name, words in {
        "latin": "Bartholomew Featherstonehaugh-Cholmondeley of Wolfeschlegelsteinhausen",
        "spaced": "Anna\u00a0Maria  van der\u3000Meersbergen-Oosterhout tot Wassenaarsduinen",
        **SCRIPTS,
        "chinese": "欧阳修 司马相如 诸葛孔明 上官婉儿 令狐冲 东方不败 独孤求败",
    }.items()
}

UPLOAD = """async ({content, token}) => {
  const form = new FormData();
  form.append("file", new File([Uint8Array.from(atob(content), one => one.charCodeAt(0))], "picture.png", {type: "image/png"}));
  const answer = await fetch("/api/v1/assets/", {method: "POST", headers: {"X-CSRFToken": token}, body: form});
  return (await answer.json()).url;
}"""
DRAWN_BY_SERVER = """async ({documents, token}) => {
  const headers = {"X-CSRFToken": token, "Content-Type": "application/json"};
  const pictures = {};
  for (const [name, document] of Object.entries(documents)) {
    const made = await (await fetch("/api/v1/layouts/", {method: "POST", headers, body: JSON.stringify({name, document})})).json();
    const bytes = new Uint8Array(await (await fetch(`/api/v1/layouts/${made.id}/preview.png`)).arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    pictures[name] = btoa(text);
  }
  return pictures;
}"""


def test_the_canvas_shows_what_the_server_draws(page: Page, tmp_path: Path) -> None:
    for reference, content in PICTURES.items():
        asked = {"content": base64.b64encode(content).decode(), "token": token(page)}
        assert page.evaluate(UPLOAD, asked) == reference
    cases: dict[str, Any] = {name: to_json(document) for name, document in {**LAYOUTS, **TEXTS, **NAMES}.items()}
    assert len(cases) >= 40
    drawn = page.evaluate(DRAWN_BY_SERVER, {"documents": cases, "token": token(page)})

    page.set_viewport_size({"width": 1900, "height": 1500})
    open_editor(page)
    box = page.locator("[data-layer=picture]").bounding_box()
    assert box
    page.evaluate("document.querySelector('[data-layer=overlay]').style.visibility = 'hidden'")
    page.evaluate(
        "document.querySelectorAll('.qe-canvas > :not([data-stage])').forEach(one => one.style.visibility = 'hidden')"
    )
    page.evaluate("quadboxEditor.look({zoom: 1, x: 0, y: 0})")
    # letters and pictures come once, then they are there for all
    page.evaluate("document => quadboxEditor.open(document)", to_json(everything()))
    until(page, "[...document.fonts].filter(face => face.family.includes('Quadbox Noto Emoji')).length === 2")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(400)

    unlike: dict[str, float] = {}
    for name, document in cases.items():
        page.evaluate("document => quadboxEditor.open(document)", document)
        page.evaluate(FRAMES)
        size = document["canvas"]
        clip = {"x": box["x"], "y": box["y"], "width": size["width"], "height": size["height"]}
        shown = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
        promised = Image.open(io.BytesIO(base64.b64decode(drawn[name]))).convert("RGB")
        alike = similarity(half(promised), half(shown))
        strips = similarity(half(promised.crop(STRIP)), half(shown.crop(STRIP))) if name.startswith("text-") else 1.0
        if alike < ALIKE or strips < LETTERS_ALIKE:
            unlike[name] = round(min(alike, strips), 4)
            side_by_side(promised, shown).save(tmp_path / f"{name}.png")
    assert unlike == {}, f"promised, shown and the difference are side by side in {tmp_path}"


def half(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)


def everything() -> LayoutDocument:
    """All pictures and all words, to be loaded."""
    pictures = [item for document in LAYOUTS.values() for item in document.objects if hasattr(item, "url")]
    words = [document.objects[-1] for document in TEXTS.values()]
    bold = [replace(word, weight=700) for word in words if isinstance(word, Text)]
    return LayoutDocument(
        replace(WIDE, image=LAYOUTS["backdrop"].canvas.image),
        tuple(
            replace(layer_picture, id=f"o{number}") for number, layer_picture in enumerate((*pictures, *words, *bold))
        ),
    )
