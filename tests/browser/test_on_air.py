"""Draft and on air in the editor, against the sandbox's clouds: the two pictures, what will change, what each cloud said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor import made, opened, region, stored, text, until
from tests.browser.rest import call

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def on_air(page: Page, row: dict[str, Any], room: str) -> str:
    """A task that runs with the layout; answers its id."""
    app = next(result for result in call(page, "GET", "/api/v1/apps/")["results"] if result["vendor"] == "volcengine")
    body = {
        "app": app["id"], "product": "volcengine-push", "layout": row["id"], "room": room, "name": room.title(),
        "bindings": {item["source"]["slot"]: {"user_id": f"person-{number}"}
                     for number, item in enumerate(row["document"]["objects"]) if item["kind"] == "region"},
        "output": {"push_urls": [f"rtmp://live.example.com/app/{room}"]},
    }  # fmt: skip
    task: str = call(page, "POST", "/api/v1/tasks/", body)["id"]
    call(page, "POST", f"/api/v1/tasks/{task}/start/")
    wait(page, task, state="running")
    return task


def wait(page: Page, task: str, **wanted: Any) -> dict[str, Any]:
    for _ in range(300):
        found: dict[str, Any] = call(page, "GET", f"/api/v1/tasks/{task}/")
        if all(found[name] == value for name, value in wanted.items()):
            return found
        page.wait_for_timeout(100)
    raise AssertionError((wanted, found))


def colors(page: Page, figure: int) -> list[int]:
    """A pixel of the picture at the left of its middle."""
    found: list[int] = page.evaluate(
        """(at) => { const canvas = document.querySelectorAll("[data-testid=on-air-dialog] figure canvas")[at];
        return [...canvas.getContext("2d").getImageData(4, canvas.height / 2, 1, 1).data]; }""",
        figure,
    )
    return found


def test_the_draft_goes_on_air_for_each_task_and_back(page: Page) -> None:
    row = made(page, "On air", region("host", 640, 0, 640, 720))
    first = on_air(page, row, "studio-one")
    second = on_air(page, row, "studio-two")
    try:
        opened(page, row)
        mark, dialog = page.get_by_test_id("on-air"), page.get_by_test_id("on-air-dialog")
        expect(mark).to_contain_text("On air · 2")
        expect(mark).not_to_have_class("is-differing")
        assert "differs" not in (mark.get_attribute("title") or "")

        # a draft that differs is marked at once, saved or not; what nobody sees is no difference
        page.evaluate("quadboxEditor.select(['host'])")
        page.get_by_test_id("canvas").focus()
        page.keyboard.press("Control+Shift+l")
        assert "differs" not in (mark.get_attribute("title") or "")
        page.keyboard.press("Control+Shift+l")
        page.get_by_test_id("tab-canvas").click()
        page.locator('[data-field="canvas_color"]').evaluate(
            "input => { input.value = '#00aa44'; input.dispatchEvent(new Event('change', {bubbles: true})); }"
        )
        expect(mark).to_have_attribute("title", "The draft differs from what is on air.")
        page.evaluate("quadboxEditor.saved()")
        page.reload()
        until(page, "window.quadboxEditor !== undefined")
        expect(mark).to_have_attribute("title", "The draft differs from what is on air.")

        # two pictures side by side, and what will change
        mark.click()
        expect(dialog.locator("figure")).to_have_count(2)
        assert (colors(page, 0)[:3], colors(page, 1)[:3]) == ([0, 170, 68], [16, 24, 32])
        expect(dialog.locator(".qe-changes")).to_contain_text("background")
        # applied, with a result for each task
        page.get_by_test_id("apply-all").click()
        for task in (first, second):
            expect(dialog.locator(f'[data-task="{task}"]')).to_have_attribute("data-outcome", "taken", timeout=40_000)
            expect(dialog.locator(f'[data-task="{task}"]')).to_contain_text("Taken by the cloud")
        expect(dialog.locator("figure")).to_have_count(2)
        expect(page.get_by_test_id("apply-all")).to_be_disabled()
        page.get_by_test_id("on-air-close").click()
        assert "differs" not in (mark.get_attribute("title") or "")

        # one task alone goes on: each version that is on air has its picture
        version = stored(page, row)["version"]
        page.get_by_test_id("add-text").click()
        page.evaluate("quadboxEditor.saved()")
        call(page, "POST", f"/api/v1/tasks/{second}/apply-layout/", {"version": version + 1})
        wait(page, second, applied_version=version + 1)
        page.get_by_test_id("add-text").click()
        page.evaluate("quadboxEditor.saved()")
        mark.click()
        expect(dialog.locator("figure")).to_have_count(3)
        for wanted, name in ((version, "Studio-One"), (version + 1, "Studio-Two")):
            expect(dialog.locator(f'[data-aired-version="{wanted}"] figcaption')).to_contain_text(name)

        # the draft goes back to either, in one step
        dialog.locator(f'[data-aired-version="{version}"]').get_by_test_id("revert-on-air").click()
        expect(dialog).to_be_hidden()
        assert page.evaluate("quadboxEditor.document().objects.length") == 1
        page.get_by_test_id("undo").click()
        assert page.evaluate("quadboxEditor.document().objects.length") == 3
    finally:
        for task in (first, second):
            call(page, "POST", f"/api/v1/tasks/{task}/stop/")


def test_what_a_cloud_cannot_take_is_said_and_stays_as_it_is(page: Page) -> None:
    row = made(page, "Refused", region("host", 0, 0, 1280, 720), text("title", "Hello"))
    task = on_air(page, row, "studio-three")
    try:
        opened(page, row)
        page.evaluate("quadboxEditor.select(['host'])")
        page.get_by_test_id("canvas").focus()
        page.keyboard.press("Control+d")
        page.evaluate("quadboxEditor.saved()")
        page.route("**/apply-layout/", lambda route: route.fulfill(
            status=422, content_type="application/json", body=json.dumps({"detail": "No more seats.", "problems": []})
        ))  # fmt: skip
        page.get_by_test_id("on-air").click()
        page.get_by_test_id("apply-all").click()
        item = page.get_by_test_id("on-air-dialog").locator(f'[data-task="{task}"]')
        expect(item).to_have_attribute("data-outcome", "refused")
        expect(item).to_contain_text("Not taken: No more seats.")
        assert wait(page, task, state="running")["applied_version"] == 1
    finally:
        call(page, "POST", f"/api/v1/tasks/{task}/stop/")
