"""What lies around the editor's canvas, in a real browser: keyboard alone, two people, a reload, versions, previews."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor import made, objects, opened, region, stored, text, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_one_and_three_with_a_title_by_keyboard_alone(page: Page) -> None:
    row = made(page, "By keys")
    opened(page, row)
    keys = page.keyboard
    page.locator("body").press("F6")  # from nowhere: the first area
    expect(page.locator(".qe-top")).to_contain_text("Versions")
    keys.press("F6")
    expect(page.get_by_test_id("canvas")).to_be_focused()

    keys.press("Control+/")
    keys.type("Add Region")
    keys.press("Enter")
    until(page, "quadboxEditor.document().objects.length === 1")
    # exact numbers in the panel: F6 leads there, Tab goes from field to field
    fill(page, x="0", y="0", width="75%", height="100%")
    for place in range(3):
        go(page, "[data-testid=canvas]")
        keys.press("Control+/")
        keys.type("Add Region")
        keys.press("Enter")
        until(page, f"quadboxEditor.document().objects.length === {place + 2}")
        fill(page, x="960", y=f"{place}*240", width="25%", height="240")
    go(page, "[data-testid=canvas]")
    keys.press("Control+/")
    keys.type("Add Text")
    keys.press("Enter")
    until(page, "quadboxEditor.document().objects.length === 5")
    tab_to(page, "text")
    keys.press("Control+a")
    keys.type("Evening news")
    keys.press("Tab")

    boxes = [(item["x"], item["y"], item["width"], item["height"]) for item in objects(page)[:4]]
    assert boxes == [(0, 0, 960, 720), (960, 0, 320, 240), (960, 240, 320, 240), (960, 480, 320, 240)]
    assert objects(page)[4]["text"] == "Evening news"
    go(page, "[data-testid=canvas]")
    keys.press("Control+s")
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "saved")
    assert len(stored(page, row)["document"]["objects"]) == 5
    keys.press("Alt+r")
    expect(page.get_by_test_id("announcements")).not_to_be_empty()


def go(page: Page, area: str) -> None:
    """F6 until the focus is in this part of the editor."""
    for _ in range(5):
        page.keyboard.press("F6")
        if page.evaluate("area => document.activeElement.closest(area) !== null", area):
            return
    raise AssertionError(f"F6 does not lead to {area}")


def tab_to(page: Page, field: str) -> None:
    """Into the panel, and with Tab to this field."""
    go(page, ".qe-right")
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset.field") == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {field}")


def fill(page: Page, **numbers: str) -> None:
    """Numbers of the selection, typed."""
    for name in ("width", "height", "x", "y"):
        tab_to(page, name)
        page.keyboard.press("Control+a")
        page.keyboard.type(numbers[name])
        page.keyboard.press("Enter")


def test_a_conflict_of_two_people_loses_nobodys_work(page: Page, second: Page) -> None:
    row = made(page, "Two people", region("host", 0, 0, 640, 360))
    opened(page, row)
    opened(second, row)
    expect(page.get_by_test_id("presence")).to_be_visible()
    # the first is cut off: what the second saves is not heard, and what the first draws is not sent
    page.context.set_offline(True)
    page.get_by_test_id("add-text").click()
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "offline")
    second.get_by_test_id("add-region").click()
    second.evaluate("quadboxEditor.saved()")
    assert stored(second, row)["version"] == 2

    page.context.set_offline(False)
    expect(page.get_by_test_id("conflict")).to_be_visible()
    page.get_by_test_id("conflict-differences").click()
    compare = page.get_by_test_id("compare")
    expect(compare.locator("figure")).to_have_count(2)
    expect(compare.locator("li").first).to_be_visible()
    compare.get_by_test_id("conflict-theirs").click()
    until(page, "quadboxEditor.document().objects.map(one => one.kind).join() === 'region,region'")
    # one's own draft is one step away, and saved on top of theirs it is a new version
    page.get_by_test_id("undo").click()
    until(page, "quadboxEditor.document().objects.map(one => one.kind).join() === 'region,text'")
    page.evaluate("quadboxEditor.saved()")
    assert stored(page, row)["version"] == 3
    # who has changed nothing sees it by itself
    until(second, "quadboxEditor.document().objects.map(one => one.kind).join() === 'region,text'")


def test_a_reload_in_the_middle_of_an_unsaved_change_loses_nothing(page: Page) -> None:
    row = made(page, "Reloaded", region("host", 0, 0, 640, 360))
    opened(page, row)
    page.route(
        "**/api/v1/layouts/*/", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_()
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_test_id("add-text").click()
    page.reload()
    until(page, "window.quadboxEditor !== undefined")
    # The page's last words on leaving may have reached the server or not: either way it is all there.
    assert [item["kind"] for item in objects(page)] == ["region", "text"]
    page.unroute("**/api/v1/layouts/*/")
    page.evaluate("quadboxEditor.saved()")
    assert len(stored(page, row)["document"]["objects"]) == 2


def test_a_version_is_compared_and_restored_in_one_step(page: Page) -> None:
    row = made(page, "Versions", region("host", 0, 0, 640, 360))
    opened(page, row)
    page.get_by_test_id("add-text").click()
    page.evaluate("quadboxEditor.saved()")
    page.get_by_test_id("versions").click()
    panel = page.get_by_test_id("versions-panel")
    expect(panel.locator("li")).to_have_count(2)
    expect(panel.locator("img").first).to_have_js_property("complete", True)
    kept = page.request.get(f"/api/v1/layouts/{row['id']}/versions/").json()["results"]
    for one in kept:  # who, when, and a picture that was drawn
        item = panel.locator(f'[data-version="{one["version"]}"]')
        expect(item).to_contain_text("admin")
        expect(item.locator("time")).to_have_attribute("datetime", one["created_at"])
        expect(item.locator("time")).to_contain_text(re.compile(r"\d:\d\d"))
        until(page, f"""document.querySelector('[data-version="{one["version"]}"] img').naturalWidth === 192""")
    panel.locator('[data-compare="1"]').click()
    compare = page.get_by_test_id("compare")
    expect(compare.locator("li")).to_have_text(re.compile("comes"))
    compare.get_by_test_id("compare-restore").click()
    until(page, "quadboxEditor.document().objects.length === 1")
    page.get_by_test_id("undo").click()
    until(page, "quadboxEditor.document().objects.length === 2")
    page.get_by_test_id("redo").click()
    page.evaluate("quadboxEditor.saved()")
    assert stored(page, row)["version"] == 3


def test_a_product_previews_and_a_finding_selects_and_is_mended(page: Page) -> None:
    row = made(page, "As Agora", region("host", 0, 0, 640, 360, corner_radius=24), region("guest", 900, 300, 60, 60))
    opened(page, row)
    page.get_by_test_id("preview-as").click()
    page.get_by_test_id("preview-menu").locator('[data-preview="agora-transcoder"]').click()
    expect(page.get_by_test_id("draft-pill")).to_contain_text("Agora")
    finding = page.locator('[data-code="region_too_small"]')
    finding.locator(".qe-finding-words").click()
    expect(page.locator('[data-object-id="guest"]')).to_have_attribute("aria-selected", "true")
    finding.locator("[data-fix=grow]").click()
    until(page, "quadboxEditor.document().objects[1].width === 120")
    expect(finding).to_have_count(0)
    page.get_by_test_id("undo").click()
    until(page, "quadboxEditor.document().objects[1].width === 60")
    page.get_by_test_id("all-products").click()
    expect(page.get_by_test_id("draft-pill")).to_have_text("Draft")


def test_a_link_to_an_object_opens_with_it_selected(page: Page) -> None:
    row = made(page, "Linked", region("host", 0, 0, 640, 360), text("title", "Hello ሀ"))
    opened(page, row, "#title")
    expect(page.locator('[data-object-id="title"]')).to_have_attribute("aria-selected", "true")
    page.get_by_test_id("tab-findings").click()
    expect(page.locator('[data-code="missing_glyphs"]')).to_contain_text("ሀ")


def test_a_missing_glyph_is_found_as_it_is_written_and_leads_to_its_text(page: Page) -> None:
    row = made(page, "Glyphs", region("host", 0, 0, 640, 360), text("title", "Hello"), text("other", "再见"))
    opened(page, row)
    page.get_by_test_id("tab-findings").click()
    finding = page.locator('[data-code="missing_glyphs"]')
    expect(finding).to_have_count(0)
    page.evaluate("quadboxEditor.select(['title'])")
    page.get_by_test_id("tab-object").click()
    page.locator('[data-field="text"]').fill("Hello ሀ ᚠ")
    page.keyboard.press("Tab")
    page.evaluate("quadboxEditor.select([])")
    page.get_by_test_id("tab-findings").click()
    expect(finding).to_have_count(1)
    expect(finding).to_contain_text("The fonts have no glyph for ሀ ᚠ")
    finding.locator(".qe-finding-words").click()
    rows = page.locator('[data-object-id][aria-selected="true"]')
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("data-object-id", "title")
    page.get_by_test_id("undo").click()
    expect(finding).to_have_count(0)


def test_a_read_only_link_changes_nothing(page: Page) -> None:
    row = made(page, "Looked at", region("host", 0, 0, 640, 360))
    opened(page, row, "?view=1")
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "readonly")
    expect(page.get_by_test_id("add-region")).to_have_count(0)
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    assert len(objects(page)) == 1


def test_a_file_is_saved_and_read_back_and_problems_are_named(page: Page) -> None:
    row = made(page, "As a file", region("host", 0, 0, 640, 360))
    opened(page, row)
    page.get_by_test_id("more").click()
    with page.expect_download() as download:
        page.locator('[data-menu="export-file"]').click()
    saved = json.loads(download.value.path().read_text())
    assert saved["name"] == "As a file"

    def bring(content: Any) -> None:
        page.get_by_test_id("more").click()
        with page.expect_file_chooser() as chooser:
            page.locator('[data-menu="import-file"]').click()
        file = {"name": "l.json", "mimeType": "application/json", "buffer": json.dumps(content).encode()}
        chooser.value.set_files([file])  # type: ignore[list-item]

    saved["document"]["objects"][0]["width"] = 0
    bring(saved)
    expect(page.get_by_test_id("import-problems")).to_contain_text("/objects/0/width")
    page.get_by_test_id("import-problems").get_by_role("button").click()
    saved["document"]["objects"] = []
    bring(saved)
    expect(page.get_by_test_id("empty")).to_be_visible()
    page.get_by_test_id("empty").locator('[data-preset="one-plus-three"]').click()
    until(page, "quadboxEditor.document().objects.length === 4")


def test_people_join_and_leave_by_a_slider(page: Page) -> None:
    row = made(page, "People", region("host", 0, 0, 640, 720), region("guest-1", 640, 0, 640, 720))
    opened(page, row)
    everybody = picture(page)
    page.get_by_test_id("people").click()
    slider = page.get_by_test_id("people-slider")
    slider.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_js_property("value", "1")
    page.wait_for_timeout(300)
    canvas_picture = picture(page)
    assert canvas_picture != everybody
    page.get_by_test_id("people-cast").select_option("chinese")
    page.wait_for_timeout(300)
    assert picture(page) != canvas_picture
    assert stored(page, row)["version"] == 1  # stand-ins are part of no layout


def picture(page: Page) -> str:
    """The drawn canvas as it is now."""
    found: str = page.locator("[data-testid=canvas] canvas").first.evaluate("canvas => canvas.toDataURL()")
    return found
