"""What one may do in the editor: a right that is taken while somebody draws, and a link that is for looking."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import House
from tests.browser.editor import made, objects, opened, region, stored, token, until
from tests.browser.rest import call

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
PASSWORD = secrets.token_urlsafe(16)
Invite = Callable[[str], tuple[Page, str]]


@pytest.fixture
def invited(browser: Browser, page: Page, house: House) -> Iterator[Invite]:
    """`invited("producer")`: the window of a new person of that role, signed in, and their membership's id."""
    contexts: list[BrowserContext] = []
    memberships: list[str] = []

    def invite(role: str) -> tuple[Page, str]:
        name = f"{role}-{secrets.token_hex(4)}"
        membership = call(page, "POST", "/api/v1/memberships/", {"username": name, "role": role})
        memberships.append(membership["id"])
        context = browser.new_context(viewport={"width": 1366, "height": 820}, base_url=house.url)
        context.set_default_timeout(20_000)
        contexts.append(context)
        window = context.new_page()
        window.goto(membership["password_url"])
        for field in window.locator("main input[type=password]").all():
            field.fill(PASSWORD)
        window.click("main button")
        window.wait_for_url("**/login/")
        window.fill("#id_username", name)
        window.fill("#id_password", PASSWORD)
        window.click("main button")
        window.wait_for_url(f"{house.url}/")
        return window, membership["id"]

    yield invite
    for context in contexts:
        context.close()
    for membership in memberships:
        headers = {"X-CSRFToken": token(page), "Referer": page.url}
        assert page.request.delete(f"/api/v1/memberships/{membership}/", headers=headers).status == 204


def test_a_right_that_is_taken_while_one_draws_loses_nothing(page: Page, invited: Invite) -> None:
    row = made(page, "Taken", region("host", 0, 0, 640, 360))
    window, membership = invited("producer")
    opened(window, row)
    call(page, "PATCH", f"/api/v1/memberships/{membership}/", {"role": "viewer"})
    window.get_by_test_id("add-text").click()
    expect(window.get_by_test_id("save-state")).to_have_attribute("data-state", "forbidden")
    bar = window.get_by_test_id("conflict")
    expect(bar).to_contain_text("You may no longer change this layout. Your changes are safe in this browser.")
    assert len(objects(window)) == 2
    assert len(stored(page, row)["document"]["objects"]) == 1
    # still taken: trying again says so once more, and what was drawn stays
    with window.expect_response(lambda response: response.request.method == "PATCH" and response.status == 403):
        window.get_by_test_id("lost-again").click()
    expect(bar).to_be_visible()
    # given back, and saved
    call(page, "PATCH", f"/api/v1/memberships/{membership}/", {"role": "producer"})
    window.get_by_test_id("lost-again").click()
    expect(window.get_by_test_id("save-state")).to_have_attribute("data-state", "saved")
    expect(bar).to_be_hidden()
    assert [item["kind"] for item in stored(page, row)["document"]["objects"]] == ["region", "text"]


def test_the_read_only_link_opens_read_only_for_who_may_edit_and_who_may_not(page: Page, invited: Invite) -> None:
    row = made(page, "Shown", region("host", 0, 0, 640, 360))
    opened(page, row)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_test_id("more").click()
    page.locator('[data-menu="copy-link"]').click()
    expect(page.locator(".qb-toast").last).to_be_visible()
    link: str = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith(f"/layouts/{row['id']}/edit/?view=1")
    viewer, _membership = invited("viewer")
    for window in (page, viewer):
        window.goto(link)
        until(window, "window.quadboxEditor !== undefined")
        expect(window.get_by_test_id("save-state")).to_have_attribute("data-state", "readonly")
        for gone in ("add-region", "tool-region", "save-preset"):
            expect(window.get_by_test_id(gone)).to_have_count(0)
        window.evaluate("quadboxEditor.select(['host'])")
        expect(window.locator('[data-field="x"]')).to_be_disabled()
        window.get_by_test_id("canvas").focus()
        for keys in ("Control+a", "Delete", "r", "ArrowRight"):
            window.keyboard.press(keys)
        assert [(item["id"], item["x"]) for item in objects(window)] == [("host", 0)]
    # a viewer has no other way in
    opened(viewer, row)
    expect(viewer.get_by_test_id("save-state")).to_have_attribute("data-state", "readonly")
    assert stored(page, row)["version"] == 1
