"""A page keeps up with the server whatever the network does: slow scripts, answers that fail, answers that overtake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.editor import made, opened, region, until
from tests.browser.rest import call

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def waiting(page: Page, room: str) -> str:
    """A task that starts in an hour: a change of it that needs no cloud is to cancel it. Answers its id."""
    row = made(page, room, region("host", 0, 0, 1280, 720))
    app = next(result for result in call(page, "GET", "/api/v1/apps/")["results"] if result["vendor"] == "volcengine")
    body = {
        "app": app["id"], "product": "volcengine-push", "layout": row["id"], "room": room,
        "bindings": {"host": {"user_id": "ann"}}, "output": {"push_urls": [f"rtmp://live.example.com/app/{room}"]},
        "starts_at": (datetime.now(UTC) + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    task: str = call(page, "POST", "/api/v1/tasks/", body)["id"]
    call(page, "POST", f"/api/v1/tasks/{task}/start/")
    return task


def shows(page: Page, state: str) -> None:
    expect(page.locator(f"#status [data-state={state}]")).to_be_visible()


def test_news_that_come_before_the_scripts_are_not_lost(page: Page) -> None:
    task = waiting(page, "slow-scripts")
    held: list[Route] = []
    page.route("**/assets/task*.js", lambda route: held.append(route))
    page.goto(f"/tasks/{task}/", wait_until="commit")
    shows(page, "scheduled")
    page.wait_for_timeout(500)
    call(page, "POST", f"/api/v1/tasks/{task}/stop/")
    page.wait_for_timeout(1500)  # as long as the news would take, and the request that follows it
    assert held
    held[0].continue_()
    shows(page, "stopped")


def test_an_answer_that_failed_is_asked_for_again(page: Page) -> None:
    task = waiting(page, "broken-answers")
    page.goto(f"/tasks/{task}/")
    page.locator("body[data-connection=open]").wait_for()
    failed: list[str] = []

    def broken(route: Route) -> None:
        if route.request.headers.get("hx-request") and len(failed) < 6:
            failed.append(route.request.url)
            if len(failed) % 2:
                route.fulfill(status=503, body="busy")
            else:
                route.abort()
        else:
            route.continue_()

    page.route(f"**/tasks/{task}/", broken)
    call(page, "POST", f"/api/v1/tasks/{task}/stop/")
    shows(page, "stopped")
    assert len(failed) == 6


def test_a_tab_that_is_opened_while_something_changes(page: Page) -> None:
    """Its rows are read, something changes, the answer arrives: the new tab asks for what came in between."""
    task = waiting(page, "slow-tab")
    page.goto(f"/tasks/{task}/?tab=people")
    page.locator("body[data-connection=open]").wait_for()
    answers: list[tuple[Route, Any]] = []

    def late(route: Route) -> None:
        if answers:
            route.continue_()
        else:
            answers.append((route, route.fetch()))

    page.route("**/?tab=timeline", late)
    page.get_by_role("tab", name="Timeline").click()
    while not answers:
        page.wait_for_timeout(50)
    call(page, "POST", f"/api/v1/tasks/{task}/stop/")
    shows(page, "stopped")
    page.wait_for_timeout(500)
    route, answer = answers[0]
    before = answer.text().count("qb-wish")
    route.fulfill(response=answer)
    expect(page.get_by_role("tab", name="Timeline")).to_have_attribute("aria-selected", "true")
    until(page, f"document.querySelectorAll('#timeline .qb-wish').length > {before}")


def test_a_session_that_is_over_is_said_and_takes_nothing_away(page: Page, second: Page) -> None:
    task = waiting(page, "signed-out")
    second.goto(f"/tasks/{task}/")
    second.locator("body[data-connection=open]").wait_for()
    second.context.clear_cookies()
    call(page, "POST", f"/api/v1/tasks/{task}/stop/")
    toast = second.locator(".qb-toast")
    expect(toast).to_contain_text("You are signed out")
    expect(toast.get_by_role("link", name="Sign in")).to_have_attribute("href", f"/login/?next=%2Ftasks%2F{task}%2F")
    expect(toast).to_have_count(1)
    shows(second, "scheduled")


def test_presets_that_overtake_one_another(page: Page) -> None:
    """The older list arrives after the newer one: what is shown is the newer one."""
    opened(page, made(page, "Overtaken", region("host", 0, 0, 640, 720)))
    page.wait_for_timeout(300)
    late: list[tuple[Route, Any]] = []

    def hold(route: Route) -> None:
        if route.request.method == "GET" and not late:
            late.append((route, route.fetch()))
        else:
            route.continue_()

    shapes = {"wide": [{"x": 0, "y": 0, "width": 1, "height": 1}]}
    page.route("**/api/v1/presets/", hold)
    preset = call(page, "POST", "/api/v1/presets/", {"name": "Fleeting", "shapes": shapes})["id"]
    while not late:
        page.wait_for_timeout(50)
    call(page, "DELETE", f"/api/v1/presets/{preset}/")
    page.wait_for_timeout(1000)
    route, answer = late[0]
    assert "Fleeting" in answer.text()
    route.fulfill(response=answer)
    page.wait_for_timeout(500)
    expect(page.locator("[data-own-preset]", has_text="Fleeting")).to_have_count(0)
