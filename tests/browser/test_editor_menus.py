"""Whatever can be asked of the editor has a face: a button, a field or a row in a menu, and menus that work by key."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor import Hand, made, objects, opened, region, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

# One pixel and ten, each way: the fields X, Y, W and H of the panel do it by number.
BY_FIELDS = ("nudge-", "grow-")
FACES = """() => [...document.querySelectorAll("[data-do], [data-tool], [data-do-here], [data-menu]")]
  .map((one) => one.dataset.do ?? one.dataset.doHere ?? one.dataset.menu ?? `tool-${one.dataset.tool}`)"""


def show(page: Page) -> None:
    opened(page, made(page, "Menus", region("host", 40, 40, 320, 180), region("guest", 60, 60, 500, 180)))


def test_every_action_has_a_face(page: Page) -> None:
    show(page)
    page.evaluate("quadboxEditor.select(['host', 'guest'])")
    faces = set(page.evaluate(FACES))
    page.get_by_test_id("more").click()
    menu = page.locator("#more-menu")
    for name in menu.locator("> [data-submenu]").evaluate_all("rows => rows.map((row) => row.dataset.submenu)"):
        menu.locator(f"> [data-submenu={name}]").click()
        for inner in menu.locator(".qe-flyout > [data-submenu]").all():
            inner.click()
            faces |= set(page.evaluate(FACES))
        faces |= set(page.evaluate(FACES))
    for _ in range(2):
        page.keyboard.press("Escape")
    Hand(page).click(100, 100, button="right")
    faces |= set(page.evaluate(FACES))
    known = page.evaluate("quadboxEditor.actions()")
    assert len(known) > 100
    assert [action_id for action_id in known if action_id not in faces and not action_id.startswith(BY_FIELDS)] == []


def test_a_menu_and_what_flies_out_of_it_work_by_key(page: Page) -> None:
    show(page)
    page.get_by_test_id("canvas").focus()
    page.evaluate("quadboxEditor.select(['guest'])")
    page.keyboard.press("Shift+F10")
    menu = page.get_by_test_id("context-menu")
    expect(menu).to_be_visible()
    page.keyboard.press("a")  # its first letter
    expect(menu.locator("> [data-submenu=arrange]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(menu.locator(".qe-flyout")).to_have_attribute("aria-label", "Arrange")
    page.keyboard.press("ArrowLeft")
    expect(menu.locator("> [data-submenu=arrange]")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset.menu") == "third-top":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    expect(page.get_by_test_id("canvas")).to_be_focused()
    assert [objects(page)[1][side] for side in ("x", "y", "width", "height")] == [0, 0, 1280, 240]


def test_the_menu_under_the_pointer_shows_all_of_itself_and_what_lies_there_first(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 700})
    show(page)
    Hand(page).click(100, 100, button="right")
    menu = page.get_by_test_id("context-menu")
    assert menu.evaluate("one => one.scrollHeight <= one.clientHeight")
    first = menu.get_by_role("menuitem").first
    expect(first).to_have_text("Under the pointer")
    first.hover()
    menu.locator("[data-under=host]").click()
    until(page, "document.querySelector('[data-testid=layers] [aria-selected=true]')?.textContent.includes('Host')")


@pytest.mark.parametrize(("typed", "done"), [
    ("2x2", "quadboxEditor.document().objects.length === 4"),
    ("canvas 1080 x 1920", "quadboxEditor.document().canvas.height === 1920"),
    ("opacity 50", "quadboxEditor.document().objects[0].opacity === 0.5"),
    ("background color", "document.activeElement.dataset.field === 'canvas_color'"),
    ("canvas size", "document.activeElement.dataset.field === 'canvas_width'"),
    ("opacity…", "document.activeElement.dataset.field === 'opacity'"),
])  # fmt: skip
def test_presets_the_canvas_and_opacity_are_found_by_their_words(page: Page, typed: str, done: str) -> None:
    show(page)
    page.evaluate("quadboxEditor.select(['host'])")
    page.keyboard.press("Control+k")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    until(page, done)


def test_guides_need_no_mouse(page: Page) -> None:
    show(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("add guide")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("ask-guide")).to_be_visible()
    page.get_by_test_id("guide-at").fill("25%")
    page.keyboard.press("Enter")
    said = page.get_by_test_id("announcements")
    expect(said).to_contain_text("Guide X 320 chosen, 1 of 1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    until(page, "quadboxEditor.aids().guides[0].at === 331")
    expect(said).to_contain_text("Guide at 331")
    page.get_by_test_id("tab-canvas").click()
    field = page.locator("[data-field=guide_0]")
    field.fill("640")
    field.press("Enter")
    until(page, "quadboxEditor.aids().guides[0].at === 640")
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Delete")
    until(page, "quadboxEditor.aids().guides.length === 0")
    assert len(objects(page)) == 2
    expect(said).to_contain_text("Guide removed")


def test_the_object_the_others_align_to_is_chosen_by_key(page: Page) -> None:
    show(page)
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.get_by_test_id("announcements")).to_contain_text("The others align to Guest")
    page.keyboard.press("Alt+a")
    until(page, "quadboxEditor.document().objects[0].x === 60")


def test_by_keyboard_the_canvas_comes_first_and_a_button_says_what_it_is(page: Page) -> None:
    show(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#editor-canvas"
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("canvas")).to_be_focused()
    page.evaluate("quadboxEditor.select(['host'])")
    tip = page.get_by_test_id("tooltip")
    expect(tip).to_be_hidden()
    button = page.locator("[data-do-here=align-left]").last
    button.focus()
    expect(tip).to_have_text("Align left (Alt+A)")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.get_by_test_id("add-image-url").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("add-image-url")).to_have_attribute("title", "Image from an address…")


def test_one_voice_says_what_a_nudge_did_and_what_is_wrong(page: Page) -> None:
    show(page)
    page.evaluate(
        """() => {
          window.heard = [];
          new MutationObserver((all) => all.forEach((one) => {
            const live = one.target.parentElement?.closest("[aria-live], [role=status], [role=alert]") ?? one.target.closest?.("[aria-live], [role=status], [role=alert]");
            if (live && live.textContent) heard.push([live.dataset.part ?? live.className, live.textContent]);
          })).observe(document.body, {subtree: true, childList: true, characterData: true});
        }"""
    )
    page.evaluate("quadboxEditor.select(['host'])")
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "saved")
    page.wait_for_timeout(1500)
    assert page.evaluate("heard") == [["announcements", "Moved to 41, 40"]]
    assert re.fullmatch(r"Saved \d\d:\d\d", page.get_by_test_id("save-state").inner_text())
    page.keyboard.press("Control+c")
    expect(page.get_by_test_id("announcements")).to_have_text("Copied Host")
    page.keyboard.press("Control+Shift+l")
    expect(page.get_by_test_id("announcements")).to_have_text("Lock Host")
    # what the server refuses is said with the object and the field
    refused = {"detail": "No.", "problems": [{"pointer": "/objects/0/width", "code": "low", "message": "At least 2."}]}
    page.route(
        "**/api/v1/layouts/*/",
        lambda route: (
            route.fulfill(status=400, json=refused) if route.request.method in ("PUT", "PATCH") else route.continue_()
        ),
    )
    page.keyboard.press("Control+Shift+l")
    expect(page.get_by_test_id("save-state")).to_have_text("Not saved: Host: W. At least 2.")
    expect(page.get_by_test_id("announcements")).to_have_text("Not saved: Host: W. At least 2.")
    page.unroute("**/api/v1/layouts/*/")


def test_an_empty_canvas_is_no_error(page: Page) -> None:
    opened(page, made(page, "Empty"))
    page.wait_for_timeout(2000)
    page.get_by_test_id("tab-findings").click()
    expect(page.get_by_test_id("findings-empty")).to_be_visible()
    expect(page.locator("[data-part=findings-badge]")).to_be_hidden()
    page.get_by_test_id("add-region").click()
    expect(page.get_by_test_id("findings-empty")).to_have_count(0)
    expect(page.get_by_test_id("findings").locator("[data-product]").first).to_be_visible()
