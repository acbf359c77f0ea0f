"""The numbers of what is selected: of several at once, held to the same rules as a drag, and undone from within."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.editor import Hand, made, objects, opened, region, text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part=inspector] [data-field="{name}"]')


def typed(page: Page, name: str, value: str) -> None:
    field(page, name).fill(value)
    field(page, name).press("Enter")


def test_an_expression_is_of_each_object_and_what_differs_says_mixed(page: Page) -> None:
    box = region("a", 100, 100, 200, 150, corner_radius=10, opacity=0.5)
    other = region("b", 600, 100, 200, 150, corner_radius=30, opacity=0.8)
    opened(page, made(page, "Mixed", box, other))
    page.evaluate("quadboxEditor.select(['a', 'b'])")
    for name in ("order", "corner_radius", "opacity", "x"):
        assert field(page, name).input_value() == ""
        assert field(page, name).get_attribute("placeholder") == "Mixed"
    typed(page, "corner_radius", "+5")
    typed(page, "opacity", "+10")
    assert [(item["corner_radius"], item["opacity"]) for item in objects(page)] == [(15, 0.6), (35, 0.9)]


def test_letters_of_several_texts_each_from_its_own(page: Page) -> None:
    small = {**text("s", "Small"), "size": 20, "color": "#FF0000"}
    large = {**text("l", "Large"), "size": 40, "y": 300, "color": "#00FF0080"}
    opened(page, made(page, "Texts", small, large))
    page.evaluate("quadboxEditor.select(['s', 'l'])")
    typed(page, "size", "*2")
    typed(page, "color_opacity", "/2")
    assert [(item["size"], item["color"]) for item in objects(page)] == [(40, "#FF000080"), (80, "#00FF0040")]


def test_undo_from_within_a_field(page: Page) -> None:
    opened(page, made(page, "Undo", region("a", 100, 100, 200, 150)))
    page.evaluate("quadboxEditor.select(['a'])")
    # a choice takes no letters: undo is the layout's
    field(page, "fit").select_option("contain")
    field(page, "fit").focus()
    page.keyboard.press("Control+z")
    assert objects(page)[0]["fit"] == "cover"
    page.keyboard.press("Control+Shift+Z")
    assert objects(page)[0]["fit"] == "contain"
    # a number that was kept: field and layout go back together
    typed(page, "width", "333")
    assert objects(page)[0]["width"] == 333
    page.keyboard.press("Control+z")
    assert (objects(page)[0]["width"], field(page, "width").input_value()) == (200, "200")
    expect(field(page, "width")).to_be_focused()
    # one that is being typed: undo is the field's
    page.keyboard.press("Control+a")
    page.keyboard.type("44")
    page.keyboard.press("Control+z")
    assert objects(page)[0]["width"] == 200
    assert objects(page)[0]["fit"] == "contain"
    page.keyboard.press("Escape")
    assert objects(page)[0]["width"] == 200


def test_a_number_that_is_held_says_so_in_sight(page: Page) -> None:
    opened(page, made(page, "Held", region("a", 100, 100, 200, 150)))
    page.evaluate("quadboxEditor.select(['a'])")
    typed(page, "x", "9999")
    assert (objects(page)[0]["x"], field(page, "x").input_value()) == (1080, "1080")
    expect(page.locator(".qb-toast", has_text="X: 9999 became 1080. Objects stay on the canvas.")).to_be_visible()
    typed(page, "opacity", "150")
    expect(page.locator(".qb-toast", has_text="Opacity % goes from 0 to 100.")).to_be_visible()
    typed(page, "x", "100")
    page.get_by_role("button", name="Keep ratio", exact=True).click()
    typed(page, "width", "400")
    assert Hand(page).boxes() == [(100, 100, 400, 300)]
    # a drag says it in sight once
    hand = Hand(page)
    hand.drag((300, 250), (-300, 250))
    expect(page.locator(".qb-toast", has_text="Objects stay on the canvas.").last).to_have_text(
        "Objects stay on the canvas."
    )
    assert hand.boxes()[0][0] == 0
