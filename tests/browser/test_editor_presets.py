"""A team's own presets in the editor: kept from one layout, put onto another, and carried as a file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from apps.layout_document.presets import PRESETS
from tests.browser.editor import made, objects, opened, region, token, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def places(page: Page) -> list[tuple[int, int, int, int]]:
    return [(item["x"], item["y"], item["width"], item["height"]) for item in objects(page) if not item.get("hidden")]


def menu(page: Page, name: str, what: str) -> None:
    item = page.locator("[data-own-preset]", has_text=name)
    item.hover()
    item.locator(".qe-preset-more").click()
    item.locator(f'[data-preset-do="{what}"]').click()


def named(page: Page, name: str) -> None:
    page.get_by_test_id("ask-name").locator("input").fill(name)
    page.keyboard.press("Enter")


def test_an_arrangement_is_kept_and_used_elsewhere(page: Page, second: Page) -> None:
    first = made(page, "Drawn once", region("host", 0, 0, 960, 720), region("guest", 960, 180, 320, 360))
    opened(page, first)
    page.get_by_test_id("save-preset").click()
    named(page, "Our talk")
    expect(page.locator("[data-own-preset]", has_text="Our talk").locator("svg rect")).to_have_count(2)
    # for everybody in the team, on any canvas, with the people who sit there already
    tall = made(page, "Used", region("anna", 10, 10, 50, 50), region("bert", 10, 100, 50, 50))
    opened(second, tall)
    second.get_by_test_id("own-presets").get_by_role("button", name="Our talk", exact=True).click()
    assert places(second) == [(0, 0, 960, 720), (960, 180, 320, 360)]
    assert [item["source"]["slot"] for item in objects(second)] == ["anna", "bert"]
    second.get_by_test_id("undo").click()
    assert places(second) == [(10, 10, 50, 50), (10, 100, 50, 50)]
    second.get_by_test_id("tab-canvas").click()
    second.locator('[data-field="canvas_size"]').select_option("720x1280")
    second.get_by_test_id("own-presets").get_by_role("button", name="Our talk", exact=True).click()
    assert places(second) == [(0, 0, 720, 960), (180, 960, 360, 320)]
    # drawn for tall on its own, renamed: the other window sees it without asking
    second.evaluate("quadboxEditor.select(['bert'])")
    second.get_by_test_id("canvas").focus()
    second.keyboard.press("Delete")
    menu(second, "Our talk", "redraw")
    menu(second, "Our talk", "rename")
    named(second, "Our duo")
    expect(page.locator("[data-own-preset]")).to_contain_text(["Our duo"])
    page.get_by_test_id("own-presets").get_by_role("button", name="Our duo", exact=True).click()
    assert places(page) == [(0, 0, 960, 720), (960, 180, 320, 360)], "what was drawn for wide stays"
    # gone, and back
    menu(page, "Our duo", "delete")
    expect(page.locator("[data-own-preset]")).to_have_count(0)
    expect(second.locator("[data-own-preset]")).to_have_count(0)
    page.locator(".qb-toast", has_text="Deleted Our duo").get_by_role("button").click()
    expect(page.locator("[data-own-preset]", has_text="Our duo")).to_have_count(1)
    # with every shape it was drawn for, and for the other window as well
    expect(second.locator("[data-own-preset]", has_text="Our duo")).to_have_count(1)
    second.get_by_test_id("own-presets").get_by_role("button", name="Our duo", exact=True).click()
    assert len(places(second)) == 1
    page.get_by_test_id("own-presets").get_by_role("button", name="Our duo", exact=True).click()
    assert places(page) == [(0, 0, 960, 720), (960, 180, 320, 360)]
    emptied(page)


def test_presets_go_out_as_a_file_and_come_back(page: Page) -> None:
    opened(page, made(page, "As a file", region("host", 0, 0, 640, 720)))
    page.get_by_test_id("save-preset").click()
    named(page, "Half / left")
    expect(page.locator("[data-own-preset]")).to_have_count(1)
    with page.expect_download() as download:
        menu(page, "Half / left", "export")
    assert download.value.suggested_filename == "Half - left.json"
    saved = json.loads(download.value.path().read_text())
    assert saved["presets"][0]["shapes"]["wide"] == [{"x": 0, "y": 0, "width": 0.5, "height": 1, "stream": "camera"}]

    def bring(content: Any) -> None:
        page.get_by_test_id("more").click()
        page.locator("#more-menu > [data-submenu=presets]").click()
        with page.expect_file_chooser() as chooser:
            page.locator('[data-menu="import-presets"]').click()
        file = {"name": "p.json", "mimeType": "application/json", "buffer": json.dumps(content).encode()}
        chooser.value.set_files([file])  # type: ignore[list-item]

    bring({"presets": "none"})
    expect(page.get_by_test_id("import-problems")).to_contain_text("This file holds no presets.")
    page.get_by_test_id("import-problems").get_by_role("button").click()
    wrong = {"name": "Bad", "shapes": {"wide": [{"x": 0, "y": 0, "width": 0, "height": 1}]}}
    bring({**saved, "presets": [wrong, {**saved["presets"][0], "name": "半边"}]})
    expect(page.get_by_test_id("import-problems")).to_contain_text("/presets/0/shapes/wide/0/width")
    page.get_by_test_id("import-problems").get_by_role("button").click()
    expect(page.locator("[data-own-preset]")).to_have_count(2)
    expect(page.get_by_test_id("own-presets").get_by_role("button", name="半边", exact=True)).to_be_visible()
    emptied(page)


def emptied(page: Page) -> None:
    """The house is one for all tests."""
    rows = page.request.get("/api/v1/presets/").json()["results"]
    for row in rows:
        headers = {"X-CSRFToken": token(page), "Referer": page.url}
        assert page.request.delete(f"/api/v1/presets/{row['id']}/", headers=headers).status == 204
    until(page, "document.querySelectorAll('[data-own-preset]').length === 0")


def test_what_a_preset_has_no_place_for_is_named_and_comes_back(page: Page) -> None:
    names = ("anna", "bert", "cora", "dora", "emil")
    places_before = [(20 + 240 * at, 100, 200, 200) for at in range(5)]
    opened(page, made(page, "Five", *(region(name, *box) for name, box in zip(names, places_before, strict=True))))
    buttons = page.get_by_test_id("presets").locator("[data-preset]")
    assert [button.get_attribute("data-preset") for button in buttons.all()] == list(PRESETS)
    assert [button.get_attribute("aria-label") for button in buttons.all()] == list(PRESETS.values())
    page.get_by_test_id("presets").get_by_role("button", name="Full screen").click()
    assert places(page) == [(0, 0, 1280, 720)]
    said = "No place for, so hidden: Bert, Cora, Dora, Emil"
    expect(page.locator("[data-part=announcements]")).to_contain_text(said)
    page.locator(".qb-toast", has_text=said).get_by_role("button", name="Undo").click()
    assert places(page) == places_before
    # where everybody has a place, nothing is said
    page.get_by_test_id("presets").get_by_role("button", name="Grid, 3 × 3").click()
    assert len(places(page)) == 9
    expect(page.locator(".qb-toast", has_text="hidden")).to_have_count(0)
