"""The editor in a browser: opening it, and a hand that thinks in canvas pixels."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
NEW = """async ({token, document}) => (await (await fetch("/api/v1/layouts/", {
  method: "POST", headers: {"X-CSRFToken": token, "Content-Type": "application/json"},
  body: JSON.stringify({name: "Canvas", document})})).json()).id"""
EMPTY = {"schema": "quadbox.layout/1", "canvas": {"width": 1280, "height": 720}, "objects": []}


def token(page: Page) -> str:
    return next(one.get("value", "") for one in page.context.cookies() if one.get("name", "").endswith("csrftoken"))


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
            (one["x"], one["y"], one["width"], one["height"])
            for one in self.objects
            if kind is None or one["kind"] == kind
        ]
