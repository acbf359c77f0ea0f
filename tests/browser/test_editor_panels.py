"""What lies around the editor's canvas, in a real browser: keyboard alone, two people, a reload, versions, previews."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

CANVAS = {"width": 1280, "height": 720, "color": "#101820"}


def region(id: str, x: int, y: int, width: int, height: int, **more: Any) -> dict[str, Any]:
    box = {"x": x, "y": y, "width": width, "height": height}
    return {"kind": "region", "id": id, "name": id.title(), **box, "source": {"slot": id}, **more}


def text(id: str, words: str) -> dict[str, Any]:
    return {"kind": "text", "id": id, "name": "Title", "x": 40, "y": 640, "width": 600, "height": 60, "text": words}


def made(page: Page, name: str, *objects: dict[str, Any]) -> dict[str, Any]:
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    document = {"schema": "quadbox.layout/1", "canvas": CANVAS, "objects": list(objects)}
    answer = page.request.post(
        "/api/v1/layouts/",
        data=json.dumps({"name": name, "document": document}),
        headers={"X-CSRFToken": token, "Content-Type": "application/json", "Referer": page.url},
    )
    assert answer.status == 201, answer.text()
    row: dict[str, Any] = answer.json()
    return row


def opened(page: Page, row: dict[str, Any], mark: str = "") -> Page:
    page.goto(f"/layouts/{row['id']}/edit/{mark}")
    until(page, "window.quadboxEditor !== undefined")
    return page


def until(page: Page, expression: str, seconds: float = 20) -> None:
    """Waits for it to be true. (Playwright's own wait needs eval, which the page's security policy forbids.)"""
    last = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < last, expression
        page.wait_for_timeout(100)


def objects(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("quadboxEditor.document().objects")
    return found


def stored(page: Page, row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = page.request.get(f"/api/v1/layouts/{row['id']}/").json()
    return found


@pytest.fixture
def second(browser: Browser, page: Page, house: House) -> Iterator[Page]:
    """Another window, with a storage of its own, of somebody signed in."""
    context = browser.new_context(viewport={"width": 1366, "height": 820}, base_url=house.url)
    context.set_default_timeout(20_000)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_one_and_three_with_a_title_by_keyboard_alone(page: Page) -> None:
    row = made(page, "By keys")
    opened(page, row)
    keys = page.keyboard
    page.locator("body").press("F6")  # from nowhere: the first area
    expect(page.locator(".qe-top")).to_contain_text("Versions")
    for _ in range(2):
        keys.press("F6")
    expect(page.get_by_test_id("canvas")).to_be_focused()

    keys.press("Control+/")
    keys.type("Add Region")
    keys.press("Enter")
    until(page, "quadboxEditor.document().objects.length === 1")
    # exact numbers in the panel: F6 leads there, Tab goes from field to field
    fill(page, x="0", y="0", width="75%", height="100%")
    for place in range(3):
        page.get_by_test_id("canvas").focus()
        keys.press("Control+/")
        keys.type("Add Region")
        keys.press("Enter")
        until(page, f"quadboxEditor.document().objects.length === {place + 2}")
        fill(page, x="960", y=f"{place}*240", width="25%", height="240")
    page.get_by_test_id("canvas").focus()
    keys.press("Control+/")
    keys.type("Add Text")
    keys.press("Enter")
    until(page, "quadboxEditor.document().objects.length === 5")
    page.locator('[data-field="text"]').focus()
    keys.press("Control+a")
    keys.type("Evening news")
    keys.press("Tab")

    boxes = [(one["x"], one["y"], one["width"], one["height"]) for one in objects(page)[:4]]
    assert boxes == [(0, 0, 960, 720), (960, 0, 320, 240), (960, 240, 320, 240), (960, 480, 320, 240)]
    assert objects(page)[4]["text"] == "Evening news"
    page.get_by_test_id("canvas").focus()
    keys.press("Control+s")
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "saved")
    assert len(stored(page, row)["document"]["objects"]) == 5
    keys.press("Alt+r")
    expect(page.get_by_test_id("announcements")).not_to_be_empty()


def fill(page: Page, **numbers: str) -> None:
    """Numbers of the selection, typed."""
    for name in ("width", "height", "x", "y"):
        page.locator(f'[data-part=inspector] [data-field="{name}"]').focus()
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
    assert [one["kind"] for one in objects(page)] == ["region", "text"]
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
    row = made(page, "Linked", region("host", 0, 0, 640, 360), text("title", "Hello 🎤"))
    opened(page, row, "#title")
    expect(page.locator('[data-object-id="title"]')).to_have_attribute("aria-selected", "true")
    page.get_by_test_id("tab-findings").click()
    expect(page.locator('[data-code="missing_glyphs"]')).to_contain_text("🎤")


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
    page.get_by_test_id("empty").locator('[data-preset="one-three"]').click()
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
    one = picture(page)
    assert one != everybody
    page.get_by_test_id("people-cast").select_option("chinese")
    page.wait_for_timeout(300)
    assert picture(page) != one
    assert stored(page, row)["version"] == 1  # stand-ins are part of no layout


def picture(page: Page) -> str:
    """The drawn canvas as it is now."""
    found: str = page.locator("[data-testid=canvas] canvas").first.evaluate("canvas => canvas.toDataURL()")
    return found
