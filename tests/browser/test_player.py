"""The player of a recording whose files the cloud does not give."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def open_recording(page: Page) -> None:
    page.goto("/recordings/")
    page.locator("[data-recording-id] h3 a").first.click()


@pytest.mark.parametrize(("status", "heading"), [(403, "rejected access"), (404, "no longer serves")])
def test_segments_that_are_refused_are_told_at_the_first_answer(page: Page, status: int, heading: str) -> None:
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=status, body="")

    page.route(re.compile(r"/sandbox/media/.*\.ts"), refuse)
    open_recording(page)
    expect(page.get_by_role("heading", name=re.compile(heading))).to_be_visible(timeout=8_000)
    expect(page.get_by_test_id("player")).to_have_attribute("data-state", "failed")
    assert len(asked) == 1, "it is not asked for again"
    page.unroute_all()
    page.locator("[data-retry]").click()
    until = time.monotonic() + 15
    while page.get_by_test_id("player").get_attribute("data-state") != "ready":
        assert time.monotonic() < until, "it plays once the bucket lets it"
        page.wait_for_timeout(100)
    expect(page.get_by_role("heading", name=re.compile(heading))).to_be_hidden()
