"""The time zone of a real browser reaches the server: what a person schedules starts at their time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


@pytest.fixture
def new_york(browser: Browser, house: Any, admin_cookies: list[Any]) -> Iterator[Page]:
    context = browser.new_context(base_url=house.url, timezone_id="America/New_York")
    context.add_cookies(admin_cookies)
    yield context.new_page()
    context.close()


def test_a_schedule_is_read_in_the_time_zone_of_the_browser(new_york: Page) -> None:
    new_york.goto("/recordings/")  # the first page writes the cookie; the server reads it with the next
    new_york.wait_for_function("document.cookie.includes('quadbox-zone=')")
    new_york.goto("/tasks/new/")
    expect(new_york.locator("#starts_at-help")).to_contain_text("America/New_York")
    new_york.locator("body[data-connection=open]").wait_for(timeout=30_000)
    recording = new_york.locator(".qb-pick", has_text="Aliyun RTC cloud recording").locator("input")
    if not recording.is_checked():  # the form opens on the product used last
        with new_york.expect_response(re.compile("/tasks/new/fields/")):
            recording.check()
    new_york.fill("#room", "zone-room")
    for number, slot in enumerate(new_york.locator("#people input[name^='slot:']").all()):
        slot.fill(f"person-{number + 1}")
    new_york.fill("#starts_at", "2027-01-15T02:30")
    button = new_york.get_by_test_id("start")
    expect(button).to_be_enabled(timeout=15_000)
    button.click()
    new_york.wait_for_url(re.compile(r"/tasks/[0-9a-f-]{36}/"))
    task_id = new_york.url.rstrip("/").split("/")[-1]
    task = new_york.request.get(f"/api/v1/tasks/{task_id}/").json()
    assert dt.datetime.fromisoformat(task["starts_at"]) == dt.datetime(2027, 1, 15, 7, 30, tzinfo=dt.UTC)
    expect(new_york.locator("main")).to_contain_text("2027-01-15 02:30")
