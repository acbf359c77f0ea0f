"""The layer list by mouse, keys and finger: groups, names, eyes and locks, order."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.editor import Hand, becomes, open_editor
from tests.browser.test_canvas import layout, region

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def four(page: Page) -> Hand:
    """a and b are grouped; in front of them lie c and d."""
    open_editor(page, layout(*(region(name, 40 + 300 * at, 100, 200, 200) for at, name in enumerate("abcd"))))
    hand = Hand(page)
    hand.drag((10, 60), (560, 320))
    hand.press("Control+g")
    hand.click(1270, 700)
    return hand


def rows(page: Page) -> list[str]:
    """Keys of the rows from the front, groups in brackets, what is in them behind a dash."""
    found: list[str] = (
        page.get_by_test_id("layers")
        .locator("[data-row]")
        .evaluate_all(
            "rows => rows.map(row => '-'.repeat(row.ariaLevel - 1) + (row.dataset.groupId ? `[${row.dataset.groupId}]` : row.dataset.objectId))"
        )
    )
    return found


def row(page: Page, key: str) -> Locator:
    return page.locator(f'[data-object-id="{key}"], [data-group-id="{key}"]')


def carry(page: Page, source: Locator, target: Locator, share: float) -> None:
    start, end = source.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] * share, steps=5)
    page.mouse.up()


def test_groups_are_folded_named_locked_and_carried_as_one(page: Page) -> None:
    hand = four(page)
    assert rows(page) == ["d", "c", "[g1]", "-b", "-a"]
    group = row(page, "g1")
    group.click()
    assert page.locator('[data-row][aria-selected="true"]').count() == 3
    group.locator("[data-fold]").click()
    assert rows(page) == ["d", "c", "[g1]"]
    group.dblclick()
    page.keyboard.type("主持人")
    page.keyboard.press("Enter")
    expect(group).to_have_attribute("aria-label", re.compile("主持人"))
    group.locator("[data-action=lock]").click()
    assert [item["locked"] for item in hand.objects] == [True, True, False, False]
    page.get_by_test_id("undo").click()
    page.get_by_test_id("undo").click()
    expect(group).not_to_have_attribute("aria-label", re.compile("主持人"))

    carry(page, group, row(page, "d"), 0.2)
    becomes(page, lambda: [item["id"] for item in hand.objects], ["c", "d", "a", "b"])
    becomes(page, lambda: rows(page), ["[g1]", "d", "c"])
    group.locator("[data-fold]").click()
    # into the group and out again, each one step
    carry(page, row(page, "c"), row(page, "b"), 0.8)
    becomes(page, lambda: rows(page), ["[g1]", "-b", "-c", "-a", "d"])
    page.get_by_test_id("undo").click()
    becomes(page, lambda: rows(page), ["[g1]", "-b", "-a", "d", "c"])
    # Esc puts a carried row back
    start = row(page, "d").bounding_box()
    assert start
    page.mouse.move(start["x"] + 40, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] - 60, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert rows(page) == ["[g1]", "-b", "-a", "d", "c"]


def test_eyes_and_locks_by_keys(page: Page) -> None:
    hand = four(page)
    layers = page.get_by_test_id("layers")
    row(page, "d").click()
    hand.press("ArrowDown")
    hand.press("ArrowRight")
    hand.press("Enter")
    assert [item["hidden"] for item in hand.objects] == [False, False, True, False]
    hand.press("ArrowRight")
    hand.press("ArrowDown")  # down the column of locks: the group
    hand.press(" ")
    assert [item["locked"] for item in hand.objects] == [True, True, False, False]
    assert layers.locator(":focus").get_attribute("data-action") == "lock"
    for _ in range(3):
        hand.press("ArrowLeft")
    assert rows(page) == ["d", "c", "[g1]"]
    hand.press("ArrowRight")
    assert rows(page) == ["d", "c", "[g1]", "-b", "-a"]
    hand.press("Home")
    hand.press("Shift+ArrowDown")
    hand.press("Shift+ArrowDown")
    assert sorted(page.locator('[data-object-id][aria-selected="true"]').evaluate_all("all => all.map(one => one.dataset.objectId)")) == ["a", "b", "c", "d"]  # fmt: skip
    # One Tab stop for all of it
    assert layers.locator('[tabindex="0"]').count() == 1


def test_a_finger_carries_rows_by_their_grip(page: Page) -> None:
    hand = four(page)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    session.send("Emulation.setEmulatedMedia", {"features": [{"name": "pointer", "value": "coarse"}]})
    grip = row(page, "c").locator("[data-grip]")
    expect(grip).to_be_visible()
    start, end = grip.bounding_box(), row(page, "d").bounding_box()
    assert start
    assert end
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (x, y))
    for share in (0.3, 0.6, 1):
        touch("touchMove", (x, y + (end["y"] + 4 - y) * share))
    touch("touchEnd")
    becomes(page, lambda: rows(page), ["c", "d", "[g1]", "-b", "-a"])
    becomes(page, lambda: [item["id"] for item in hand.objects], ["a", "b", "d", "c"])
