"""The main job in a real browser: design a layout, start it on a cloud, watch it live, play the recording."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

BRIGHTNESS = """video => {
  const canvas = document.createElement("canvas"); canvas.width = 64; canvas.height = 36;
  const context = canvas.getContext("2d"); context.drawImage(video, 0, 0, 64, 36);
  const data = context.getImageData(0, 0, 64, 36).data;
  return data.reduce((sum, value, index) => index % 4 === 3 ? sum : sum + value, 0) / (64 * 36 * 3);
}"""


def start(page: Page, target: str, room: str, layout: str, push_url: str = "") -> None:
    page.goto("/tasks/new/")
    page.locator("body[data-connection=open]").wait_for(timeout=30_000)  # the page has come alive
    expect(page.get_by_test_id("start")).to_be_visible(timeout=30_000)
    with swapped(page, "/tasks/new/fields/") if not chosen(page, target) else nullcontext():
        page.locator(".qb-pick", has_text=target).locator("input").check()
    with swapped(page, "/tasks/new/people/") if not chosen(page, layout) else nullcontext():
        page.locator(".qb-pick-layout", has_text=layout).first.locator("input").check()
    page.fill("#room", room)
    for number, slot in enumerate(page.locator("#people input[name^='slot:']").all()):
        slot.fill(f"person-{number + 1}")
    if push_url:
        page.fill("#push_url", push_url)
    button = page.get_by_test_id("start")
    expect(button).to_be_enabled(timeout=15_000)
    button.click()
    page.wait_for_url(re.compile(r"/tasks/[0-9a-f-]{36}/"))


@contextmanager
def swapped(page: Page, address: str) -> Iterator[None]:
    """What is done inside asks this address, and the answer is on the page afterwards."""
    with page.expect_response(re.compile(address)):
        yield
    until(page, "document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling') === null")


def chosen(page: Page, words: str) -> bool:
    """Whether the picture card with these words is the chosen one."""
    return page.locator(".qb-pick", has_text=words).first.locator("input").is_checked()


def state(page: Page, wanted: str) -> None:
    """The page comes to show this state by itself."""
    expect(page.locator(f"#status [data-state={wanted}]")).to_be_visible(timeout=40_000)


def until(page: Page, expression: str, seconds: float = 20) -> None:
    """Waits for it to be true. (Playwright's own wait needs eval, which the page's security policy forbids.)"""
    last = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < last, expression
        page.wait_for_timeout(100)


def has_segments(page: Page, room: str, wanted: int, seconds: float = 60) -> None:
    """The sandbox has written this much of what is recorded in the room, two seconds each: something to see."""
    last = time.monotonic() + seconds
    while True:
        tasks = page.request.get("/sandbox/control/tasks/").json()["results"]
        url = next(task["hls_url"] for task in tasks if task["room"] == room)
        if page.request.get(url).text().count("#EXTINF") >= wanted:
            return
        assert time.monotonic() < last, url
        page.wait_for_timeout(200)


def never_reloads(page: Page) -> None:
    page.evaluate("window.sameDocument = true")


def same_document(page: Page) -> bool:
    return bool(page.evaluate("window.sameDocument === true"))


def test_design_a_layout_and_put_it_on_air(page: Page) -> None:
    page.goto("/layouts/")
    page.fill("#name", "Evening show")
    page.get_by_test_id("preset-side-by-side").click()
    page.wait_for_url(re.compile(r"/layouts/[0-9a-f-]{36}/edit/"))
    until(page, "window.quadboxEditor !== undefined")
    before = page.evaluate("quadboxEditor.document().objects[0]")

    # drag the first region by its middle
    box = page.locator("[data-testid=canvas] canvas").first.bounding_box()
    assert box
    view = page.evaluate("({zoom: quadboxEditor.zoom, view: quadboxEditor.view})")
    x = box["x"] + view["view"]["x"] + (before["x"] + before["width"] / 2) * view["zoom"]
    y = box["y"] + view["view"]["y"] + (before["y"] + before["height"] / 2) * view["zoom"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 24, steps=4)
    page.mouse.move(x + 60, y + 48, steps=4)
    page.mouse.up()
    after = page.evaluate("quadboxEditor.document().objects[0]")
    assert (after["x"], after["y"]) != (before["x"], before["y"])
    page.get_by_test_id("add-text").click()
    assert page.evaluate("quadboxEditor.document().objects.map(one => one.kind)").count("text") == 1
    page.evaluate("quadboxEditor.saved()")

    # findings and plan for both products
    start(page, "Volcengine", "evening", "Evening show", "rtmp://live.example.com/app/evening")
    never_reloads(page)
    state(page, "running")
    assert same_document(page)

    # a changed layout is applied on air
    page.get_by_role("tab", name="Layout").click()
    with page.expect_response(re.compile("layout=")):
        page.locator("#apply-layout").select_option(
            page.locator("#apply-layout option", has_text="Interview").get_attribute("value")
        )
    page.get_by_test_id("apply").click()
    expect(page.locator("#apply-result .is-fine")).to_be_visible(timeout=30_000)
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator("#timeline")).to_contain_text("UpdatePushMixedStreamToCDN", timeout=30_000)
    page.get_by_test_id("stop").click()
    page.get_by_test_id("stop").click()  # it asks once
    state(page, "stopped")


def test_record_and_play(page: Page) -> None:
    start(page, "Aliyun RTC cloud recording", "take-two", "Interview")
    state(page, "running")
    has_segments(page, "take-two", 2)
    page.get_by_test_id("stop").click()
    page.get_by_test_id("stop").click()
    page.wait_for_url(re.compile(r"/tasks/"))
    page.get_by_role("tab", name="Recordings").click()
    never_reloads(page)
    link = page.get_by_test_id("recording").first
    expect(link).to_be_visible(timeout=40_000)
    assert same_document(page)
    link.click()
    video = page.get_by_test_id("player")
    video.evaluate("video => { video.muted = true; return video.play(); }")
    until(page, "document.querySelector('[data-testid=player]').currentTime > 1.5")
    assert video.evaluate(BRIGHTNESS) > 20


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens_in_both_languages(page: Page, language: str) -> None:
    page.goto("/")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    for path in (
        "/",
        "/layouts/",
        "/tasks/new/",
        "/recordings/",
        "/settings/apps/",
        "/settings/credentials/",
        "/settings/people/",
        "/settings/audit/",
        "/api/docs/",
    ):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
