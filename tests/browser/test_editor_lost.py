"""What somebody draws is not lost when their session ends, the layout is deleted or another takes it away."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import House
from tests.browser.editor import made, objects, opened, region, stored, token, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_who_is_signed_out_signs_in_elsewhere_and_goes_on(page: Page, house: House) -> None:
    row = made(page, "Signed out", region("host", 0, 0, 640, 360))
    opened(page, row)
    kept = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_test_id("add-text").click()
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "signedOut")
    bar = page.get_by_test_id("conflict")
    expect(bar).to_contain_text("You are signed out. Your changes are safe in this browser")
    with page.context.expect_page() as opening:
        page.get_by_test_id("lost-sign-in").click()
    door = opening.value
    door.fill("#id_username", "admin")
    door.fill("#id_password", house.password)
    door.click("main button")
    door.wait_for_url("**/layouts/")
    # Meanwhile the same browser opens the layout once more, and finds the draft there: that is no conflict.
    opened(door, row)
    door.evaluate("quadboxEditor.saved()")
    door.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "saved")
    expect(bar).to_be_hidden()
    assert [item["kind"] for item in stored(page, row)["document"]["objects"]] == ["region", "text"]
    page.context.add_cookies(kept)  # type: ignore[arg-type]


def test_a_layout_that_is_deleted_while_open_comes_back_or_is_kept(page: Page, second: Page) -> None:
    row = made(page, "Deleted", region("host", 0, 0, 640, 360))
    opened(page, row)
    page.locator("body[data-connection=open]").wait_for()
    second.goto("/layouts/")
    headers = {"X-CSRFToken": token(second), "Referer": second.url}
    assert second.request.delete(f"/api/v1/layouts/{row['id']}/", headers=headers).status == 204
    # told at once, though nothing was drawn
    expect(page.get_by_test_id("conflict")).to_contain_text("This layout was deleted.")
    page.get_by_test_id("add-text").click()
    page.get_by_test_id("lost-restore").click()
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "saved")
    assert len(stored(page, row)["document"]["objects"]) == 2
    # once more, and kept as another
    assert second.request.delete(f"/api/v1/layouts/{row['id']}/", headers=headers).status == 204
    expect(page.get_by_test_id("conflict")).to_be_visible()
    page.get_by_test_id("add-region").click()
    page.get_by_test_id("lost-copy").click()
    page.wait_for_url(lambda url: row["id"] not in url)
    until(page, "window.quadboxEditor !== undefined")
    assert [item["kind"] for item in objects(page)] == ["region", "text", "region"]


def test_a_conflict_is_kept_as_a_copy_or_overwritten(page: Page, second: Page) -> None:
    row = made(page, "Both", region("host", 0, 0, 640, 360))
    for way in ("copy", "overwrite"):
        opened(page, row)
        opened(second, row)
        page.context.set_offline(True)
        page.get_by_test_id("add-text").click()
        expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "offline")
        second.get_by_test_id("add-region").click()
        second.evaluate("quadboxEditor.saved()")
        theirs = stored(second, row)
        page.context.set_offline(False)
        mine = objects(page)
        page.get_by_test_id(f"conflict-{way}").click()
        if way == "copy":
            page.wait_for_url(lambda url: row["id"] not in url)
            until(page, "window.quadboxEditor !== undefined")
            assert objects(page) == mine
            assert stored(page, row) == theirs
        else:
            page.get_by_test_id("overwrite-yes").click()
            expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "saved")
            assert stored(page, row)["document"]["objects"] == mine
            kept = page.request.get(f"/api/v1/layouts/{row['id']}/versions/{theirs['version']}/").json()
            assert kept["document"] == theirs["document"], "theirs is a version still"


@pytest.mark.parametrize("arrives", [False, True], ids=["lost", "late"])
def test_a_draft_of_a_crashed_window_is_found_and_may_be_discarded(page: Page, arrives: bool) -> None:
    """`late`: the save of that window arrives after all, while the draft is found here and discarded."""
    row = made(page, "Draft", region("host", 0, 0, 640, 360))
    crashing = opened(page.context.new_page(), row)
    crashing.route("**/api/v1/layouts/*/", lambda route: route.abort())
    crashing.get_by_test_id("add-text").click()
    expect(crashing.get_by_test_id("save-state")).to_have_attribute("data-state", "offline")
    with crashing.expect_event("crash"), suppress(Error):
        crashing.goto("chrome://crash")
    opened(page, row)
    found = page.locator(".qb-toast", has_text="Unsaved changes of this browser were recovered.")
    expect(found).to_be_visible()
    assert len(objects(page)) == 2
    if arrives:
        sent = page.request.patch(
            f"/api/v1/layouts/{row['id']}/",
            data=json.dumps({"document": page.evaluate("quadboxEditor.document()"), "version": 1}),
            headers={"X-CSRFToken": token(page), "Content-Type": "application/json", "Referer": page.url},
        )
        assert sent.status in (200, 412), sent.text()  # 412: this window was faster
    found.get_by_role("button").click()
    assert len(objects(page)) == 1
    page.evaluate("quadboxEditor.saved()")
    until(page, "document.querySelector('[data-testid=save-state]').dataset.state === 'saved'")
    page.wait_for_timeout(500)  # whatever is still heard must not bring it back
    assert [len(objects(page)), len(stored(page, row)["document"]["objects"])] == [1, 1]


def test_what_is_drawn_just_before_the_page_is_left_is_saved(page: Page) -> None:
    row = made(page, "Left", region("host", 0, 0, 640, 360))
    opened(page, row)
    page.get_by_test_id("add-text").click()
    page.goto("/healthz")  # well within the second that a save waits for more
    until(page, f"fetch('/api/v1/layouts/{row['id']}/').then(a => a.json()).then(a => a.document.objects.length === 2)")
    opened(page, row)
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-state", "saved")
    expect(page.locator(".qb-toast")).to_have_count(0)  # the kept draft is what was saved: nothing to recover
