"""The editor in a browser: opening it, reading it, and a hand that thinks in canvas pixels."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
NEW = """async ({token, document}) => (await (await fetch("/api/v1/layouts/", {
  method: "POST", headers: {"X-CSRFToken": token, "Content-Type": "application/json"},
  body: JSON.stringify({name: "Canvas", document})})).json()).id"""
EMPTY = {"schema": "quadbox.layout/1", "canvas": {"width": 1280, "height": 720}, "objects": []}


def token(page: Page) -> str:
    return next(
        cookie.get("value", "") for cookie in page.context.cookies() if cookie.get("name", "").endswith("csrftoken")
    )


def open_editor(page: Page, document: dict[str, Any] = EMPTY) -> str:
    """A new layout in the editor; answers its id."""
    made: str = page.evaluate(NEW, {"token": token(page), "document": document})
    go_to_editor(page, made)
    return made


def go_to_editor(page: Page, layout: str) -> None:
    page.goto(f"/layouts/{layout}/edit/")
    until = time.monotonic() + 20
    while not page.evaluate("window.quadboxEditor !== undefined"):
        assert time.monotonic() < until
        page.wait_for_timeout(50)
    page.evaluate(FRAMES)


CANVAS = {"width": 1280, "height": 720, "color": "#101820"}


def region(id: str, x: int, y: int, width: int, height: int, **more: Any) -> dict[str, Any]:
    box = {"x": x, "y": y, "width": width, "height": height}
    return {"kind": "region", "id": id, "name": id.title(), **box, "source": {"slot": id}, **more}


def text(id: str, words: str) -> dict[str, Any]:
    return {"kind": "text", "id": id, "name": "Title", "x": 40, "y": 640, "width": 600, "height": 60, "text": words}


def made(page: Page, name: str, *objects: dict[str, Any]) -> dict[str, Any]:
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    document = {"schema": "quadbox.layout/1", "canvas": CANVAS, "objects": list(objects)}
    answer = page.request.post(
        "/api/v1/layouts/",
        data=json.dumps({"name": name, "document": document}),
        headers={"X-CSRFToken": token, "Content-Type": "application/json", "Referer": page.url},
    )
    assert answer.status == 201, answer.text()
    row: dict[str, Any] = answer.json()
    return row


def opened(page: Page, row: dict[str, Any], mark: str = "") -> Page:
    page.goto(f"/layouts/{row['id']}/edit/{mark}")
    until(page, "window.quadboxEditor !== undefined")
    return page


def until(page: Page, expression: str, seconds: float = 20) -> None:
    """Waits for it to be true. (Playwright's own wait needs eval, which the page's security policy forbids.)"""
    last = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < last, expression
        page.wait_for_timeout(100)


def becomes(page: Page, read: Callable[[], Any], wanted: Any, seconds: float = 20) -> None:
    """Waits until what is read is what is wanted: a page handles fingers and pointers after they were sent to it."""
    last = time.monotonic() + seconds
    while (found := read()) != wanted:
        assert time.monotonic() < last, f"{found} is not {wanted}"
        page.wait_for_timeout(50)


def objects(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("quadboxEditor.document().objects")
    return found


def stored(page: Page, row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = page.request.get(f"/api/v1/layouts/{row['id']}/").json()
    return found


class Hand:
    """Moves, presses and reads. Places are canvas pixels."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, x: float, y: float) -> tuple[float, float]:
        box = self.page.locator("[data-layer=picture]").bounding_box()
        assert box
        view = self.page.evaluate("quadboxEditor.view")
        return box["x"] + view["x"] + x * view["zoom"], box["y"] + view["y"] + y * view["zoom"]

    def click(self, x: float, y: float, **more: Any) -> None:
        self.page.mouse.click(*self.at(x, y), **more)

    def double(self, x: float, y: float) -> None:
        self.page.mouse.dblclick(*self.at(x, y))
        self.page.evaluate(FRAMES)

    def drag(self, start: tuple[float, float], end: tuple[float, float], *, keys: Iterable[str] = ()) -> None:
        with self.holding(*keys):
            self.page.mouse.move(*self.at(*start))
            self.page.mouse.down()
            self.page.mouse.move(*self.at((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), steps=3)
            self.page.mouse.move(*self.at(*end), steps=3)
            self.page.mouse.up()

    @contextmanager
    def holding(self, *keys: str) -> Any:
        for key in keys:
            self.page.keyboard.down(key)
        yield
        for key in keys:
            self.page.keyboard.up(key)

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    @property
    def objects(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("quadboxEditor.document().objects")
        return found

    def boxes(self, kind: str | None = None) -> list[tuple[int, int, int, int]]:
        return [
            (item["x"], item["y"], item["width"], item["height"])
            for item in self.objects
            if kind is None or item["kind"] == kind
        ]
