"""What lies beside a layout is everybody's: groups, guides, sample values, in two windows at once and after a cut-off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor import made, objects, opened, region, text, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def aids(page: Page, row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = page.request.get(f"/api/v1/layouts/{row['id']}/editor-state/").json()
    return found


def grouped(page: Page, *ids: str) -> None:
    page.evaluate("(ids) => quadboxEditor.select(ids)", list(ids))
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+g")


def test_a_group_is_there_for_the_next_person_and_for_who_is_here(page: Page, second: Page) -> None:
    row = made(
        page, "Grouped", region("a", 0, 0, 200, 200), region("b", 300, 0, 200, 200), region("c", 600, 0, 200, 200)
    )
    opened(page, row)
    opened(second, row)
    second.locator("body[data-connection=open]").wait_for()
    grouped(page, "a", "b")
    until(second, "JSON.stringify(quadboxEditor.aids().groups) === JSON.stringify({a: ['g1'], b: ['g1']})")
    # grouping is a step, undone for everybody
    page.get_by_test_id("undo").click()
    until(second, "JSON.stringify(quadboxEditor.aids().groups) === '{}'")
    page.get_by_test_id("redo").click()
    page.evaluate("quadboxEditor.saved()")
    assert aids(page, row)["groups"] == {"a": ["g1"], "b": ["g1"]}
    # one's own step back does not take away what the other did meanwhile
    second.evaluate("quadboxEditor.select(['c'])")
    second.get_by_test_id("canvas").focus()
    second.keyboard.press("ArrowRight")
    grouped(page, "a", "b", "c")
    until(second, "(quadboxEditor.aids().groups.c ?? []).length === 1")
    second.get_by_test_id("undo").click()
    assert second.evaluate("quadboxEditor.aids().groups.c.length") == 1
    assert second.evaluate("quadboxEditor.document().objects[2].x") == 600
    assert "g1" not in page.request.get(f"/api/v1/layouts/{row['id']}/").text()


def test_what_was_drawn_while_cut_off_is_kept_and_put_together(page: Page, second: Page) -> None:
    row = made(page, "Cut off", region("a", 0, 0, 200, 200), region("b", 300, 0, 200, 200), text("t", "{{title}}"))
    opened(page, row)
    opened(second, row)
    page.route("**/editor-state/", lambda route: route.abort())
    grouped(page, "a", "b")
    page.evaluate("quadboxEditor.select(['t'])")
    page.locator('[data-field="variable_title"]').fill("直播")
    page.wait_for_timeout(1500)  # it has been tried, and did not arrive
    assert aids(page, row)["revision"] == 0
    second.evaluate("quadboxEditor.select(['t'])")
    second.locator('[data-field="variable_place"]').or_(second.locator('[data-field="variable_title"]')).fill("Live")
    until(second, "quadboxEditor.aids() !== null")
    second.evaluate("quadboxEditor.saved()")
    assert aids(second, row)["variables"] == {"title": "Live"}
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute("**/editor-state/")
    page.reload()
    until(page, "window.quadboxEditor !== undefined")
    page.evaluate("quadboxEditor.saved()")
    found = aids(page, row)
    assert found["groups"] == {"a": ["g1"], "b": ["g1"]}
    assert found["variables"] == {"title": "直播"}


def test_a_version_comes_back_with_its_groups_and_a_copy_has_them(page: Page) -> None:
    row = made(page, "Grouped once", region("a", 0, 0, 200, 200), region("b", 300, 0, 200, 200))
    opened(page, row)
    grouped(page, "a", "b")
    page.evaluate("quadboxEditor.saved()")
    page.keyboard.press("Delete")
    page.evaluate("quadboxEditor.saved()")
    assert objects(page) == []
    assert aids(page, row)["groups"] == {}
    page.reload()
    until(page, "window.quadboxEditor !== undefined")
    page.get_by_test_id("versions").click()
    page.locator('[data-version="1"]').get_by_role("button", name="Restore").click()
    until(page, "quadboxEditor.document().objects.length === 2")
    page.evaluate("quadboxEditor.saved()")
    assert aids(page, row)["groups"] == {"a": ["g1"], "b": ["g1"]}
    page.get_by_test_id("more").click()
    page.locator('[data-menu="duplicate-layout"]').click()
    page.wait_for_url(lambda url: row["id"] not in url)
    until(page, "window.quadboxEditor !== undefined")
    assert page.evaluate("quadboxEditor.aids().groups") == {"a": ["g1"], "b": ["g1"]}


def test_a_products_picture_is_looked_at_and_not_edited(page: Page) -> None:
    row = made(page, "Previewed", region("host", 0, 0, 640, 360), region("guest", 640, 0, 640, 360))
    opened(page, row)
    page.evaluate("quadboxEditor.select(['guest'])")
    page.get_by_test_id("preview-as").click()
    page.locator('[data-preview="volcengine-push"]').click()
    page.get_by_test_id("tab-object").click()
    expect(page.get_by_test_id("preview-fixed")).to_be_visible()
    expect(page.locator('[data-field="x"]')).to_be_disabled()
    expect(page.locator('[data-field="x"]')).to_have_value("640")
    page.get_by_test_id("canvas").focus()
    for keys in ("ArrowRight", "Delete", "Control+d"):
        page.keyboard.press(keys)
    expect(page.locator('[data-testid=presets] [data-preset="full"]')).to_be_disabled()
    assert [(item["id"], item["x"]) for item in objects(page)] == [("host", 0), ("guest", 640)]
    page.get_by_test_id("preview-fixed").get_by_role("button").click()
    expect(page.get_by_test_id("preview-fixed")).to_have_count(0)
    page.locator('[data-field="x"]').fill("600")
    page.keyboard.press("Enter")
    assert objects(page)[1]["x"] == 600


def test_a_phone_only_looks_and_says_how_to_go_on(page: Page) -> None:
    row = made(page, "On a phone", region("host", 100, 100, 640, 360))
    page.set_viewport_size({"width": 375, "height": 740})
    opened(page, row)
    expect(page.get_by_test_id("phone-note")).to_contain_text("tablet or a computer")
    for hidden in ("add-region", "tool-region", "undo", "presets", "floating-bar"):
        expect(page.get_by_test_id(hidden)).to_be_hidden()
    before = objects(page)
    page.evaluate("quadboxEditor.select(['host'])")
    expect(page.locator('[data-field="x"]')).to_be_disabled()
    page.get_by_test_id("canvas").focus()
    for keys in ("ArrowRight", "Delete", "Control+d", "r", "Control+Shift+l", "Control+v"):
        page.keyboard.press(keys)
    box = page.get_by_test_id("canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=5)
    page.mouse.up()
    page.mouse.dblclick(x, y)
    assert objects(page) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    # the same page, wide again, edits
    page.set_viewport_size({"width": 1366, "height": 820})
    expect(page.get_by_test_id("phone-note")).to_be_hidden()
    page.get_by_test_id("add-text").click()
    assert len(objects(page)) == 2


def test_what_a_layout_is_made_for_is_chosen_for_everybody(page: Page, second: Page) -> None:
    row = made(page, "Made for", region("host", 100, 100, 400, 300))
    opened(page, row)
    opened(second, row)
    second.locator("body[data-connection=open]").wait_for()
    page.get_by_test_id("tab-canvas").click()
    page.locator('[data-field="made_for"]').select_option("aliyun-rtc-record")
    words = page.get_by_test_id("made-for-words").inner_text()
    second.get_by_test_id("tab-canvas").click()
    expect(second.locator('[data-field="made_for"]')).to_have_value("aliyun-rtc-record")
    expect(second.get_by_test_id("made-for-words")).to_have_text(words)
    page.evaluate("quadboxEditor.saved()")
    assert aids(page, row)["made_for"] == "aliyun-rtc-record"
    # it is there for the next one, and given back as it was chosen
    page.reload()
    until(page, "window.quadboxEditor !== undefined")
    page.get_by_test_id("tab-canvas").click()
    expect(page.locator('[data-field="made_for"]')).to_have_value("aliyun-rtc-record")
    page.locator('[data-field="made_for"]').select_option("-")
    expect(second.locator('[data-field="made_for"]')).to_have_value("-")
