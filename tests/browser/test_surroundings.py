"""The editor elsewhere than on a desk: a tablet by finger, 200 % zoom, a page that reads from right to left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import House
from tests.browser.editor import FRAMES, Hand, becomes, open_editor, until
from tests.browser.test_canvas import layout, region

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def seen_on(browser: Browser, page: Page, house: House) -> Iterator[Callable[..., Page]]:
    """A page of who is signed in, on another device."""
    contexts = []

    def on(width: int, height: int, **device: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=house.url, **device)
        context.set_default_timeout(20_000)
        context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        contexts.append(context)
        opened = context.new_page()
        opened.goto("/healthz")
        return opened

    yield on
    for context in contexts:
        context.close()


def finger(page: Page) -> Callable[..., None]:
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return touch


def carry(page: Page, touch: Callable[..., None], start: tuple[float, float], end: tuple[float, float]) -> None:
    touch("touchStart", start)
    for share in (0.25, 0.5, 0.75, 1):
        touch("touchMove", (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
    touch("touchEnd")
    page.wait_for_timeout(350)  # a browser takes an earlier tap for the second of a double one


def test_a_tablet_by_finger(seen_on: Callable[..., Page]) -> None:
    page = seen_on(820, 1180, has_touch=True, is_mobile=True)
    open_editor(page, layout(region("host", 100, 100, 400, 300)))
    hand, touch = Hand(page), finger(page)
    page.get_by_test_id("snap").tap()
    # A finger draws,
    page.get_by_test_id("tool-region").tap()
    carry(page, touch, hand.at(700, 100), hand.at(1100, 400))
    becomes(page, lambda: hand.boxes()[1:], [(700, 100, 400, 300)])
    # catches a corner from eleven pixels beside it,
    x, y = hand.at(1100, 400)
    carry(page, touch, (x + 11, y + 11), (x + 11 - 50, y + 11 - 50))
    until(page, "quadboxEditor.document().objects[1].width < 330")
    assert hand.boxes()[1][:2] == (700, 100)
    # takes a preset, writes, and takes all of it back.
    page.get_by_test_id("presets").locator("[data-preset=one-plus-three]").tap()
    expect(page.locator("[data-object-id]")).to_have_count(4)
    page.get_by_test_id("tool-text").tap()
    page.touchscreen.tap(*hand.at(400, 600))
    page.keyboard.insert_text("Evening 晚间")
    page.touchscreen.tap(*hand.at(1270, 10))
    becomes(page, lambda: hand.objects[-1].get("text"), "Evening 晚间")
    for _ in range(5):
        page.get_by_test_id("undo").tap()
    expect(page.locator("[data-object-id]")).to_have_count(1)
    becomes(page, hand.boxes, [(100, 100, 400, 300)])
    # What a finger must hit is at least 24 pixels large.
    small = page.evaluate(
        """[...document.querySelectorAll('.qe button, .qe a[href], .qe select, .qe input')].filter(one => {
          const {width, height} = one.getBoundingClientRect();
          return width > 0 && (width < 24 || height < 24);
        }).map(one => one.outerHTML.slice(0, 120))"""
    )
    assert small == []
    assert page.evaluate(SIDEWAYS) == 0


def test_200_percent(seen_on: Callable[..., Page]) -> None:
    page = seen_on(640, 400, device_scale_factor=2)
    open_editor(page, layout(region("host", 0, 0, 640, 720)))
    hand = Hand(page)
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas
    assert canvas["height"] >= 140
    assert page.evaluate("quadboxEditor.zoom") > 0.13, "the picture fills what room there is"
    hand.click(300, 300)
    expect(page.get_by_test_id("floating-bar")).to_be_hidden()  # it would cover the object
    hand.press("ArrowRight")
    assert hand.boxes()[0][0] == 1
    field = page.locator('[data-part=inspector] [data-field="width"]')
    field.scroll_into_view_if_needed()
    field.fill("50%")
    field.press("Enter")
    assert hand.boxes()[0][2] == 640
    for name in ("versions", "start", "add-region", "tool-text", "zoom-fit", "help", "preview-as"):
        box = page.get_by_test_id(name).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 640
        assert box["y"] + box["height"] <= 400
    assert page.evaluate(SIDEWAYS) == 0


def test_from_right_to_left(page: Page) -> None:
    open_editor(page, layout(region("host", 100, 100, 400, 300)))
    hand = Hand(page)
    page.evaluate(FRAMES)
    picture = "document.querySelector('[data-layer=picture]').toDataURL()"
    before = page.evaluate(picture)
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.evaluate(FRAMES)
    # The panels change sides, the picture does not.
    left, right = page.locator(".qe-left").bounding_box(), page.locator(".qe-right").bounding_box()
    assert left
    assert right
    assert left["x"] > right["x"]
    assert page.evaluate(SIDEWAYS) == 0
    hand.press("Shift+1")
    hand.press("s")
    hand.drag((300, 250), (400, 300))
    becomes(page, hand.boxes, [(200, 150, 400, 300)])
    hand.press("Control+z")
    page.mouse.move(5, 5)
    hand.click(1250, 700)
    page.evaluate(FRAMES)
    assert page.evaluate(picture) == before
    # The bar of the selection stands over it.
    hand.click(300, 250)
    bar = page.get_by_test_id("floating-bar").bounding_box()
    middle = hand.at(300, 250)[0]
    assert bar
    assert abs(bar["x"] + bar["width"] / 2 - middle) < 3
    expect(page.locator('[data-object-id="host"]')).to_have_attribute("aria-selected", "true")
    points = [page.locator(f'[data-field="ref-{number}"]').bounding_box() for number in (0, 2)]
    assert points[0]
    assert points[1]
    assert points[0]["x"] < points[1]["x"], "the left point of a box is at the left"
