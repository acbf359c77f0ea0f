"""The frame in a real browser: command search by keyboard, a live control room that does not jump, undo."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_the_command_search_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name=re.compile("Search or run a command"))
    expect(field).to_be_focused()
    expect(page.locator("#finder-list").get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    second = page.locator("#finder-list").get_by_role("option").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == second.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # round to the last one
    expect(page.locator("#finder-list").get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.keyboard.press("Control+k")
    page.keyboard.type("dark")  # Enter at once: the answer to what was typed counts, not the one before
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.type("interview")
    expect(page.locator("#finder-list").get_by_role("option").first).to_contain_text("Interview")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(layouts|tasks|recordings)/[0-9a-f-]{36}/"))
    page.evaluate("localStorage.removeItem('quadbox-theme')")


def test_a_page_is_found_in_the_other_language_and_by_pointer(page: Page) -> None:
    page.goto("/recordings/")
    page.locator("[data-finder-open]").first.click()
    page.keyboard.type("布局")
    option = page.locator("#finder-list").get_by_role("option", name=re.compile("^Layouts"))
    expect(option).to_be_visible()
    option.click()
    page.wait_for_url(re.compile("/layouts/"))


def test_what_is_under_the_pointer_does_not_move(page: Page) -> None:
    """New content comes at once; elements come, go and move when nothing is held any more."""
    page.goto("/")
    feed = page.locator(".qb-feed li")
    first = feed.first
    first.hover()
    key = first.get_attribute("data-key")
    where = first.bounding_box()
    page.evaluate("document.querySelector('.qb-feed li:nth-child(2)').remove()")  # the server still has it
    page.evaluate("document.querySelector('.qb-count-live strong').textContent = '99'")
    page.evaluate("window.same = document.querySelector('.qb-feed li')")
    page.evaluate("document.getElementById('room').dispatchEvent(new CustomEvent('live'))")
    expect(page.locator(".qb-count-live strong")).not_to_have_text("99")
    assert first.bounding_box() == where
    held = feed.count()
    page.mouse.move(2, 700)
    expect(feed).to_have_count(held + 1)
    assert page.evaluate("document.querySelector('.qb-feed li') === window.same")
    assert feed.first.get_attribute("data-key") == key


def test_a_deleted_layout_comes_back(page: Page) -> None:
    page.goto("/layouts/")
    page.fill("#name", "Short lived")
    page.get_by_test_id("preset-full").click()
    page.wait_for_url(re.compile(r"/edit/"))
    page.goto("/layouts/")
    item = page.locator(".qb-shelf-item", has_text="Short lived")
    item.locator("summary").click()
    item.get_by_role("button", name="Delete").click()
    expect(page.locator(".qb-shelf-item", has_text="Short lived")).to_have_count(0)
    page.get_by_test_id("undo").click()
    expect(page.locator(".qb-shelf-item", has_text="Short lived")).to_have_count(1)
    expect(page.locator(".qb-shelf-item .qb-fit").first).to_be_visible()


@pytest.mark.parametrize("width", [375, 2560])
def test_no_page_is_wider_than_its_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/", "/layouts/", "/layouts/import/", "/me/", "/nowhere/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
