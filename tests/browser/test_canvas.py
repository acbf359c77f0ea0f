"""The canvas by mouse, finger and clipboard, in a real browser."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.editor import FRAMES, Hand, becomes, go_to_editor, open_editor, until
from tests.fidelity.similarity import similarity

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def region(name: str, x: int, y: int, width: int, height: int) -> dict[str, Any]:
    return {
        "kind": "region", "id": name, "name": name, "x": x, "y": y, "width": width, "height": height, "source": {"slot": name}
    }  # fmt: skip


def layout(*objects: dict[str, Any], width: int = 1280, height: int = 720) -> dict[str, Any]:
    canvas = {"width": width, "height": height, "color": "#101820"}
    return {"schema": "quadbox.layout/1", "canvas": canvas, "objects": list(objects)}


PICTURE = "document.querySelector('[data-layer=picture]').toDataURL()"


def test_one_and_three_with_a_title_by_mouse(page: Page) -> None:
    open_editor(page)
    hand = Hand(page)
    # The first is drawn roughly, and the canvas' edges take it.
    page.get_by_test_id("tool-region").click()
    hand.drag((3, 4), (850, 718))
    page.get_by_test_id("tool-region").click()
    hand.drag((856, 2), (1277, 240))
    assert hand.boxes() == [(0, 0, 850, 720), (850, 0, 430, 240)]
    # Its copies fall into place below it: edges, and then the equal gap.
    hand.drag((1000, 100), (1003, 343), keys=["Alt"])
    hand.drag((1000, 350), (998, 588), keys=["Alt"])
    assert hand.boxes()[2:] == [(850, 240, 430, 240), (850, 480, 430, 240)]
    assert [item["source"]["slot"] for item in hand.objects] == ["host", "guest-1", "guest-2", "guest-3"]

    page.get_by_test_id("tool-text").click()
    hand.drag((40, 620), (600, 690))
    page.keyboard.insert_text("晚间直播 {{title}}")
    page.keyboard.press("Escape")
    title = hand.objects[-1]
    assert (title["kind"], title["text"]) == ("text", "晚间直播 {{title}}")
    assert page.evaluate("document.activeElement.dataset.testid") == "canvas"

    # Each gesture is one step, and all of them can be undone.
    for _ in range(6):
        hand.press("Control+z")
    assert hand.objects == []
    for _ in range(6):
        hand.press("Control+Shift+z")
    assert [item["kind"] for item in hand.objects] == ["region"] * 4 + ["text"]


def test_a_drag_leaves_behind_what_a_fresh_page_draws(page: Page) -> None:
    """Only what changes is painted while something is dragged: what is faded, round or covered must not suffer."""
    faded = region("faded", 200, 150, 500, 350) | {"opacity": 0.5, "corner_radius": 40}
    title = {"kind": "text", "id": "t", "x": 300, "y": 300, "width": 400, "height": 80, "text": "直播 Title"}
    layout_id = open_editor(page, layout(region("below", 0, 0, 640, 720), faded, title))
    hand = Hand(page)
    hand.press("s")
    hand.drag((230, 460), (433, 377), keys=["Shift"])
    hand.drag((400, 340), (61, 77))
    hand.click(1250, 700)
    page.mouse.move(5, 5)
    page.evaluate(FRAMES)
    dragged = page.evaluate(PICTURE)
    page.evaluate("quadboxEditor.saved()")
    go_to_editor(page, layout_id)
    page.wait_for_timeout(500)
    assert page.evaluate(PICTURE) == dragged


def test_crop(page: Page) -> None:
    open_editor(page, layout(region("host", 200, 100, 400, 400)))
    hand = Hand(page)
    hand.double(400, 300)
    hand.drag((400, 300), (350, 300))
    (host,) = hand.objects
    assert (host["x"], host["width"]) == (200, 400)
    assert host["source_crop"]["width"] == pytest.approx(0.5625)
    assert host["source_crop"]["x"] == pytest.approx(0.21875 + 67.5 / 960, abs=0.01)
    hand.press("ArrowLeft")
    assert hand.objects[0]["source_crop"]["x"] > host["source_crop"]["x"]
    hand.press("Escape")
    hand.press("ArrowLeft")
    assert hand.boxes() == [(199, 100, 400, 400)]
    expect(page.get_by_test_id("undo")).to_have_attribute("title", re.compile("host.*Ctrl"))


def test_group(page: Page) -> None:
    open_editor(
        page, layout(region("a", 100, 100, 200, 200), region("b", 400, 100, 200, 200), region("c", 700, 400, 200, 200))
    )
    hand = Hand(page)
    hand.drag((40, 40), (620, 320))
    hand.press("Control+g")
    hand.press("s")  # no snapping
    hand.click(1200, 650)
    hand.drag((150, 150), (187, 191))
    assert hand.boxes() == [(137, 141, 200, 200), (437, 141, 200, 200), (700, 400, 200, 200)]
    hand.double(450, 200)
    hand.press("ArrowRight")
    assert hand.boxes()[0] == (137, 141, 200, 200)
    assert hand.boxes()[1] == (438, 141, 200, 200)
    # Groups are kept for the next time, and are no part of the document.
    page.evaluate("quadboxEditor.saved()")
    page.reload()
    go_to_editor(page, page.url.split("/")[-3])
    hand.click(150, 200)
    hand.press("Control+Shift+g")
    hand.press("s")
    hand.click(1200, 650)
    hand.drag((150, 200), (150, 260))
    assert hand.boxes()[0] == (137, 201, 200, 200)
    assert hand.boxes()[1] == (438, 141, 200, 200)


def test_paste_in_another_window(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    title = {"kind": "text", "id": "t", "x": 60, "y": 600, "width": 400, "height": 60, "text": "Title"}
    open_editor(page, layout(region("host", 100, 100, 400, 300), title))
    hand = Hand(page)
    hand.click(1200, 20)
    hand.press("Control+a")
    hand.press("Control+c")

    window = page.context.new_page()
    window.goto("/")
    open_editor(window, layout(region("host", 0, 0, 640, 360)))
    other = Hand(window)
    other.click(1200, 600)
    other.press("Control+v")
    # The same places; the seat that is taken here gets another person.
    assert other.boxes() == [(0, 0, 640, 360), (100, 100, 400, 300), (60, 600, 400, 60)]
    assert other.objects[1]["source"]["slot"] != "host"
    other.press("Control+v")
    assert other.boxes()[3] == (110, 110, 400, 300)

    # A canvas of another size: as it was, or scaled, by one question.
    open_editor(window, layout(width=640, height=360))
    other.click(600, 340)
    other.press("Control+v")
    window.locator("[data-toasts] button").click()
    assert other.boxes() == [(50, 50, 200, 150), (30, 300, 200, 30)]

    # Words of another program become a text.
    window.evaluate("navigator.clipboard.writeText('Breaking\\n突发')")
    other.press("Control+v")
    assert other.objects[-1]["text"] == "Breaking\n突发"
    window.close()


def test_the_field_lies_on_the_drawn_words(page: Page) -> None:
    words = "晚间直播 Evening show with words that go on to a second line"
    text = {"kind": "text", "id": "t", "x": 100, "y": 200, "width": 620, "height": 200, "text": words, "size": 40}
    open_editor(page, layout(text))
    hand = Hand(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)
    left, top = hand.at(104, 204)
    right, bottom = hand.at(716, 396)
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    drawn = page.screenshot(clip=clip)  # type: ignore[arg-type]
    hand.double(300, 300)
    page.evaluate("document.querySelector('[data-testid=text-editor]').style.caretColor = 'transparent'")
    page.evaluate(FRAMES)
    written = page.screenshot(clip=clip)  # type: ignore[arg-type]
    assert alike(drawn, written) > 0.97
    page.keyboard.insert_text(" 字")
    page.evaluate(FRAMES)
    assert hand.objects[0]["text"] == words + " 字"
    hand.press("Escape")
    hand.press("Control+z")
    assert hand.objects[0]["text"] == words


def alike(first: bytes, other: bytes) -> float:
    return similarity(*(Image.open(io.BytesIO(data)).convert("RGB") for data in (first, other)))


def test_fingers(page: Page) -> None:
    open_editor(page, layout(region("a", 100, 100, 300, 300), region("b", 700, 100, 300, 300)))
    hand = Hand(page)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    # one finger moves
    touch("touchStart", hand.at(250, 250))
    for step in (10, 30, 57):
        touch("touchMove", hand.at(250, 250 + step))
    touch("touchEnd")
    becomes(page, lambda: hand.boxes()[0], (100, 157, 300, 300))
    # two fingers look around, and change nothing
    before = page.evaluate("quadboxEditor.view")
    start = hand.at(200, 200), hand.at(800, 200)
    touch("touchStart", start[0])
    touch("touchStart", *start)
    for step in (5, 10, 15):
        touch("touchMove", (start[0][0] - step * 2, start[0][1] + step), (start[1][0] + step * 2, start[1][1] + step))
    touch("touchEnd")
    until(page, f"quadboxEditor.view.zoom > {before['zoom'] * 1.05}")
    assert hand.boxes()[0] == (100, 157, 300, 300)
    # a long press opens the menu
    touch("touchStart", hand.at(850, 250))
    page.wait_for_timeout(650)
    touch("touchEnd")
    expect(page.get_by_test_id("context-menu")).to_be_visible()
    page.get_by_test_id("context-menu").locator("[data-menu=duplicate]").click()
    becomes(page, lambda: len(hand.objects), 3)


def test_the_menu_lists_what_lies_under_the_pointer(page: Page) -> None:
    open_editor(page, layout(region("below", 100, 100, 400, 400), region("above", 200, 200, 200, 200)))
    hand = Hand(page)
    hand.click(300, 300, button="right")
    menu = page.get_by_test_id("context-menu")
    menu.get_by_role("menuitem", name="Under the pointer").click()
    menu.locator("[data-under=below]").click()
    hand.press("Delete")
    assert [item["id"] for item in hand.objects] == ["above"]
