"""What opens in the editor - dialogs, menus, bars - through axe-core while it is open: light in English, dark in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor import Hand, made, opened, region, stored, text, token, until
from tests.browser.rest import call
from tests.browser.test_accessibility import AXE, RULES, RUN, dress
from tests.browser.test_on_air import on_air

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
UPLOAD = """async ([token, name, content]) => {
  const form = new FormData();
  form.append("file", new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name, {type: "image/png"}));
  const answer = await fetch("/api/v1/assets/", {method: "POST", headers: {"X-CSRFToken": token}, body: form});
  if (!answer.ok) throw new Error(await answer.text());
}"""
PLACES = [{"x": 0, "y": 0, "width": 0.5, "height": 1, "stream": "camera"}]


def select(page: Page, *ids: str) -> None:
    page.evaluate("(ids) => quadboxEditor.select(ids)", list(ids))


def library(page: Page) -> None:
    page.get_by_test_id("add-image-library").click()
    expect(page.get_by_test_id("library").locator("li").first).to_be_visible()


def library_menu(page: Page) -> None:
    library(page)
    page.get_by_test_id("library").locator(".qe-preset-more").first.click()
    expect(page.locator("[data-picture-do=rename]:visible")).to_have_count(1)


def preset_menu(page: Page) -> None:
    page.locator("[data-own-preset]").first.hover()
    page.locator("[data-own-preset] .qe-preset-more").first.click()
    expect(page.locator("[data-preset-do=rename]:visible")).to_have_count(1)


def name_asked(page: Page) -> None:
    page.get_by_test_id("save-preset").click()
    expect(page.get_by_test_id("ask-name")).to_be_visible()


def address(page: Page) -> None:
    page.get_by_test_id("add-image-url").click()
    expect(page.get_by_test_id("address-dialog")).to_be_visible()


def more(page: Page) -> None:
    page.get_by_test_id("more").click()
    expect(page.locator("#more-menu")).to_be_visible()
    page.locator("#more-menu > [data-submenu=arrange]").click()
    expect(page.locator("#more-menu .qe-flyout")).to_be_visible()


def arrange_menu(page: Page) -> None:
    select(page, "host")
    page.get_by_test_id("tab-object").click()
    page.get_by_test_id("arrange-more").click()
    expect(page.get_by_test_id("arrange-menu")).to_be_visible()


def guide_asked(page: Page) -> None:
    page.get_by_test_id("tab-canvas").click()
    page.get_by_test_id("add-guide").click()
    expect(page.get_by_test_id("ask-guide")).to_be_visible()


def people(page: Page) -> None:
    page.get_by_test_id("people").click()
    expect(page.get_by_test_id("people-slider")).to_be_visible()


def preview(page: Page) -> None:
    page.get_by_test_id("preview-as").click()
    expect(page.get_by_test_id("preview-menu")).to_be_visible()


def findings(page: Page) -> None:
    preview(page)
    page.locator('[data-preview="volcengine-push"]').click()
    page.get_by_test_id("tab-findings").click()
    expect(page.get_by_test_id("findings").locator("li").first).to_be_visible()


def canvas_tab(page: Page) -> None:
    page.get_by_test_id("tab-canvas").click()
    expect(page.get_by_test_id("made-for-words")).to_be_visible()


def context_menu(page: Page) -> None:
    Hand(page).click(300, 300, button="right")
    expect(page.get_by_test_id("context-menu")).to_be_visible()


def search(page: Page) -> None:
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+/")
    expect(page.get_by_test_id("command-search")).to_be_visible()


def sheet(page: Page) -> None:
    page.get_by_test_id("help").click()
    expect(page.get_by_test_id("help-dialog")).to_be_visible()


def aired(page: Page) -> None:
    page.get_by_test_id("on-air").click()
    expect(page.get_by_test_id("on-air-dialog").locator("figure")).to_have_count(2)


def versions(page: Page) -> None:
    page.get_by_test_id("versions").click()
    expect(page.locator('[data-version="1"]')).to_be_visible()


def compared(page: Page) -> None:
    versions(page)
    page.locator('[data-version="1"]').get_by_role("button").first.click()
    expect(page.get_by_test_id("compare").locator("figure")).to_have_count(2)


def selected(page: Page) -> None:
    select(page, "host", "title")
    page.get_by_test_id("tab-object").click()
    expect(page.get_by_test_id("floating-bar")).to_be_visible()


def edited_text(page: Page) -> None:
    Hand(page).double(340, 670)
    expect(page.get_by_test_id("text-editor")).to_be_visible()


# Opened one after the other on the same page; each is closed by Escape, and by what a person would press then.
OPENERS: dict[str, Callable[[Page], None]] = {
    "library": library, "library menu": library_menu, "preset menu": preset_menu, "name": name_asked,
    "address": address, "more": more, "people": people, "preview": preview, "context menu": context_menu,
    "search": search, "sheet": sheet, "on air": aired, "versions": versions, "compare": compared,
    "arrange menu": arrange_menu, "guide": guide_asked, "selected": selected, "text": edited_text, "canvas tab": canvas_tab, "findings": findings,
}  # fmt: skip


def shut(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")
    if page.locator("dialog[open]").count():
        page.locator("dialog[open] button").last.click()
    page.mouse.move(5, 5)


def complaints(page: Page, name: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(
        "Promise.all(document.getAnimations().filter(one => one.effect.getTiming().iterations !== Infinity).map(one => one.finished.catch(() => null)))"
    )
    found: Any = page.evaluate(RUN, RULES)
    return [f"{name}: {violation}" for violation in found]


def furnished(page: Page) -> tuple[dict[str, Any], str]:
    """A layout with two versions that is on air, a picture and a preset: (the layout, its task)."""
    row = made(page, "Dialogs", region("host", 0, 0, 641, 720), text("title", "Evening news {{title}}"))
    page.evaluate(UPLOAD, [token(page), "Logo.png", PIXEL])
    call(page, "POST", "/api/v1/presets/", {"name": "Half", "shapes": {"wide": PLACES}})
    task = on_air(page, row, "dialogs")
    document = {**row["document"], "objects": [*row["document"]["objects"], region("guest", 641, 0, 639, 360)]}
    call(page, "PATCH", f"/api/v1/layouts/{row['id']}/", {"version": 1, "document": document})
    return row, task


def cleared(page: Page, task: str) -> None:
    call(page, "POST", f"/api/v1/tasks/{task}/stop/")
    for result in page.request.get("/api/v1/presets/").json()["results"]:
        headers = {"X-CSRFToken": token(page), "Referer": page.url}
        assert page.request.delete(f"/api/v1/presets/{result['id']}/", headers=headers).status == 204


def conflict(page: Page, row: dict[str, Any]) -> None:
    """Somebody else saves while this window is cut off."""
    page.route(
        "**/api/v1/layouts/*/", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_()
    )
    page.get_by_test_id("add-text").click()
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "offline")
    now = stored(page, row)
    changed = {**now["document"], "objects": now["document"]["objects"][1:]}
    call(page, "PATCH", f"/api/v1/layouts/{row['id']}/", {"version": now["version"], "document": changed})
    page.unroute("**/api/v1/layouts/*/")
    page.evaluate("window.dispatchEvent(new Event('online'))")  # else it tries again in a few seconds
    expect(page.get_by_test_id("conflict-differences")).to_be_visible(timeout=20_000)


def lost(page: Page) -> None:
    """The session ends while something is drawn."""
    page.context.clear_cookies()
    page.get_by_test_id("add-text").click()
    expect(page.get_by_test_id("lost-sign-in")).to_be_visible()


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "zh-hans")])
def test_nothing_that_opens_is_in_anybodys_way(page: Page, theme: str, language: str) -> None:
    row, task = furnished(page)
    dress(page, theme, language)
    found: list[str] = []
    try:
        opened(page, row)
        assert page.locator("html").get_attribute("data-bs-theme") == theme
        for name, opener in OPENERS.items():
            opener(page)
            found += complaints(page, name)
            shut(page)
        opened(page, row)
        conflict(page, row)
        found += complaints(page, "conflict")
        page.get_by_test_id("conflict-differences").click()
        expect(page.get_by_test_id("compare").locator("figure")).to_have_count(2)
        found += complaints(page, "differences")
        page.get_by_test_id("conflict-theirs").last.click()
        until(page, "document.querySelector('[data-testid=conflict]').hidden")
    finally:
        cleared(page, task)
        dress(page, "light", "en")
    opened(page, row)
    lost(page)
    assert found + complaints(page, "lost") == []
