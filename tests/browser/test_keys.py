"""Every key of the editor, pressed: what it does to the layout, to the selection or to how one looks at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor import FRAMES, Hand, open_editor, region, text, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

START = {
    "schema": "quadbox.layout/1",
    "canvas": {"width": 1280, "height": 720, "color": "#101820"},
    "objects": [
        region("a", 100, 100, 200, 100, opacity=0.4, corner_radius=12),
        region("b", 500, 200, 100, 200),
        region("c", 900, 400, 300, 150),
        text("t", "Title"),
    ],
}
STATE = """(() => {
  const {objects} = quadboxEditor.document();
  const chosen = [...document.querySelectorAll('[data-part=layers] [data-object-id][aria-selected=true]')];
  const pressed = [...document.querySelectorAll('.qe-bottom [aria-pressed=true]')];
  return {
    box: Object.fromEntries(objects.map(one => [one.id, [one.x, one.y, one.width, one.height]])),
    object: Object.fromEntries(objects.map(one => [one.id, one])),
    order: objects.map(one => one.id).join(' '),
    chosen: chosen.map(one => one.dataset.objectId).sort().join(' '),
    pressed: pressed.map(one => one.dataset.testid),
    zoom: quadboxEditor.zoom,
    groups: quadboxEditor.aids().groups,
    ratio: quadboxEditor.aids().ratio,
    bare: document.body.classList.contains('qe-bare'),
    open: [...document.querySelectorAll('dialog[open]')].map(one => one.dataset.testid),
    field: document.activeElement.dataset.testid ?? document.activeElement.tagName,
  };
})()"""
See = Callable[[dict[str, Any]], Any]


def on(name: str) -> See:
    return lambda state: name in state["pressed"]


def box(*ids: str) -> See:
    return lambda state: [state["box"][id] for id in ids]


def of(name: str) -> See:
    return lambda state: state[name]


def field(name: str, *ids: str) -> See:
    return lambda state: [state["object"][id].get(name) for id in ids]


def seen_height(state: dict[str, Any]) -> float:
    """The share of the source's height that b shows."""
    return round((state["object"]["b"]["source_crop"] or {"height": 1})["height"], 3)


# What it is called, what is selected before, the keys in turn, what is looked at, what is seen there.
KEYS: list[tuple[str, str, str, See, Any]] = [
    ("pan tool", "", "h", on("tool-pan"), True),
    ("region tool", "", "r", on("tool-region"), True),
    ("text tool", "", "t", on("tool-text"), True),
    ("select tool", "", "r v", on("tool-select"), True),
    ("100 %", "", "Control+- Shift+Digit0", of("zoom"), 1),
    ("select all", "", "Control+a", of("chosen"), "a b c t"),
    ("select none", "a b", "Escape", of("chosen"), ""),
    ("invert", "a b", "Control+Shift+A", of("chosen"), "c t"),
    ("next", "a", "Tab", of("chosen"), "b"),
    ("previous", "c", "Shift+Tab", of("chosen"), "b"),
    ("into a text", "t", "Enter", of("field"), "text-editor"),
    ("out of a text", "t", "Enter Escape", of("field"), "canvas"),
    ("into a group", "a b", "Control+g Enter", lambda state: len(state["chosen"].split()), 1),
    ("up to the group", "a b", "Control+g Enter Shift+Enter", of("chosen"), "a b"),
    ("out of a group", "a b", "Control+g Enter Escape", of("chosen"), "a b"),
    ("nudge left", "a", "ArrowLeft", box("a"), [[99, 100, 200, 100]]),
    ("nudge right", "a b", "ArrowRight", box("a", "b"), [[101, 100, 200, 100], [501, 200, 100, 200]]),
    ("nudge up", "a", "ArrowUp", box("a"), [[100, 99, 200, 100]]),
    ("nudge down", "a", "ArrowDown", box("a"), [[100, 101, 200, 100]]),
    ("nudge by ten", "a", "Shift+ArrowLeft Shift+ArrowDown", box("a"), [[90, 110, 200, 100]]),
    ("nudge by a cell", "a", "Control+' ArrowRight", box("a"), [[120, 100, 200, 100]]),
    ("nudge by five cells", "a", "Control+' Shift+ArrowDown", box("a"), [[100, 200, 200, 100]]),
    ("wider", "a", "Control+ArrowRight", box("a"), [[100, 100, 201, 100]]),
    ("narrower by ten", "a", "Control+Shift+ArrowLeft", box("a"), [[100, 100, 190, 100]]),
    ("higher by ten", "a", "Control+Shift+ArrowDown", box("a"), [[100, 100, 200, 110]]),
    ("lower", "a", "Control+ArrowUp", box("a"), [[100, 100, 200, 99]]),
    ("duplicate", "a", "Control+d", box("r1"), [[110, 110, 200, 100]]),
    ("duplicate again", "a", "Control+d Shift+ArrowRight Control+d", box("r2"), [[140, 120, 200, 100]]),
    ("copy and paste", "a", "Control+c Control+v", box("r1"), [[110, 110, 200, 100]]),
    ("cut", "a b", "Control+x", of("order"), "c t"),
    ("place and size", "a", "Control+Shift+C >c Control+Shift+V", box("c"), [[100, 100, 200, 100]]),
    ("look", "a", "Control+Alt+c >c Control+Alt+v", field("opacity", "b", "c"), [1, 0.4]),
    ("look, corners too", "a", "Control+Alt+c >c Control+Alt+v", field("corner_radius", "c"), [12]),
    ("crop closer", "b", "Enter +", seen_height, 0.909),
    ("crop closer without Shift", "b", "Enter =", seen_height, 0.909),
    ("crop wider", "b", "Enter = = -", seen_height, 0.909),
    ("delete", "a b", "Delete", of("order"), "c t"),
    ("delete backwards", "t", "Backspace", of("order"), "a b c"),
    ("undo", "a", "Delete Control+z", of("order"), "a b c t"),
    ("redo", "a", "Delete Control+z Control+Shift+Z", of("order"), "b c t"),
    ("redo as on Windows", "a", "Delete Control+z Control+y", of("order"), "b c t"),
    ("forward", "a", "Control+]", of("order"), "b a c t"),
    ("backward", "t", "Control+[", of("order"), "a b t c"),
    ("to front", "a", "]", of("order"), "b c t a"),
    ("to back", "t", "[", of("order"), "t a b c"),
    ("to front as in Excalidraw", "a", "Control+Shift+]", of("order"), "b c t a"),
    ("to back as in Excalidraw", "c", "Control+Shift+[", of("order"), "c a b t"),
    ("to front as in Figma", "a", "Control+Alt+]", of("order"), "b c t a"),
    ("to back as in Figma", "c", "Control+Alt+[", of("order"), "c a b t"),
    ("align left", "a b", "Alt+a", box("b"), [[100, 200, 100, 200]]),
    ("align right", "a b", "Alt+d", box("a"), [[400, 100, 200, 100]]),
    ("align top", "a b", "Alt+w", box("b"), [[500, 100, 100, 200]]),
    ("align bottom", "a b", "Alt+s", box("a"), [[100, 300, 200, 100]]),
    ("align centres across", "a b", "Alt+h", box("a", "b"), [[250, 100, 200, 100], [300, 200, 100, 200]]),
    ("align centres down", "a b", "Alt+v", box("a", "b"), [[100, 200, 200, 100], [500, 150, 100, 200]]),
    ("align to the canvas", "a", "Alt+d", box("a"), [[1080, 100, 200, 100]]),
    ("key object", "a b", "k Alt+d", box("a", "b"), [[100, 100, 200, 100], [200, 200, 100, 200]]),
    ("distribute across", "a b c", "Alt+Shift+H", box("b"), [[550, 200, 100, 200]]),
    ("distribute across as in Figma", "a b c", "Control+Alt+h", box("b"), [[550, 200, 100, 200]]),
    ("distribute down", "a b c", "Alt+Shift+V", box("b"), [[500, 200, 100, 200]]),
    ("tidy up", "a b c", "Control+Alt+t", box("a", "b", "c"), [[100, 100, 200, 100], [1100, 100, 100, 200], [100, 400, 300, 150]]),
    ("group", "a b", "Control+g", of("groups"), {"a": ["g1"], "b": ["g1"]}),
    ("ungroup", "a b", "Control+g Control+Shift+G", of("groups"), {}),
    ("lock", "a", "Control+Shift+L", field("locked", "a", "b"), [True, False]),
    ("unlock", "a", "Control+Shift+L Control+Shift+L", field("locked", "a"), [False]),
    ("hide", "a", "Control+Shift+H", field("hidden", "a", "b"), [True, False]),
    ("keep the ratio", "a", "Shift+L", of("ratio"), {"a": True}),
    *[(f"opacity {digit or 10}0 %", "b", str(digit), field("opacity", "b"), [(digit or 10) / 10]) for digit in range(10)],
    ("snap", "", "s", on("snap"), False),
    ("grid", "", "Control+'", on("grid"), True),
    ("rulers", "", "Shift+R", on("rulers"), False),
    ("safe areas", "", "Shift+A", on("safe-areas"), True),
    ("hide panels", "", "Control+\\", of("bare"), True),
    ("rename", "a", "F2", of("field"), "layer-rename"),
    ("rename, done", "a", "F2 #Anna Enter", field("name", "a"), ["Anna"]),
    ("command search", "", "Control+/", of("open"), ["command-search"]),
    ("command search as in Slack", "", "Control+k", of("open"), ["command-search"]),
    ("shortcuts", "", "?", of("open"), ["help-dialog"]),
]  # fmt: skip
# Pressed in the second test.
BEYOND = "i Control++ Control+= Control+- Shift+Digit1 Shift+Digit2 Control+s Shift+F10 F6 Shift+F6 Alt+r q"
# What the sheet says in one line for several, all of which are pressed above; and a key that few keyboards have.
TOGETHER = {"← ↑ → ↓", "Ctrl+← ↑ → ↓", "1 … 9, 0", "Space", "Menu"}
SIGNS = {"Delete": "Del", "Backspace": "⌫", "Enter": "↵", "Escape": "Esc", "Plus": "+"}
SWITCHES = {"grid": "Control+'", "safe-areas": "Shift+A"}


def afresh(page: Page, chosen: str) -> None:
    """The same layout, nothing open, switches as they are at first, the focus on the canvas."""
    for _ in range(3):
        page.keyboard.press("Escape")
    page.get_by_test_id("canvas").focus()
    state = page.evaluate(STATE)
    for name, key in SWITCHES.items():
        if name in state["pressed"]:
            page.keyboard.press(key)
    for name, key in {"snap": "s", "rulers": "Shift+R", "tool-select": "v"}.items():
        if name not in state["pressed"]:
            page.keyboard.press(key)
    if state["bare"]:
        page.keyboard.press("Control+\\")
    while page.evaluate("document.querySelector('[data-do=undo]:not(:disabled)') !== null"):
        page.keyboard.press("Control+z")
    page.evaluate("document => quadboxEditor.open(document)", START)
    page.evaluate("ids => quadboxEditor.select(ids)", chosen.split())
    page.get_by_test_id("canvas").focus()


def pressed(page: Page, keys: str) -> None:
    """Keys in turn; `>a` selects, `#word` writes."""
    for key in keys.split():
        if key.startswith(">") and len(key) > 1:
            page.evaluate("ids => quadboxEditor.select(ids)", [key[1:]])
        elif key.startswith("#"):
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(key[1:])
        else:
            page.keyboard.press(key)


def test_every_key_does_what_the_sheet_promises(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_editor(page, START)
    wrong: dict[str, Any] = {}
    for name, chosen, keys, see, wanted in KEYS:
        afresh(page, chosen)
        pressed(page, keys)
        found = see(page.evaluate(STATE))
        if found != wanted:
            page.evaluate(FRAMES)
            found = see(page.evaluate(STATE))
        if found != wanted:
            wrong[f"{name} ({keys})"] = found
        if name == "keep the ratio":
            page.keyboard.press("Shift+L")
    assert wrong == {}, wrong


def as_written(key: str) -> str:
    """As the sheet writes it: Ctrl+Shift+Z."""
    *held, last = ["+"] if key == "+" else key.replace("++", "+Plus").split("+")
    last = SIGNS.get(last, last.removeprefix("Digit").upper() if len(last.removeprefix("Digit")) == 1 else last)
    return "+".join([*("Ctrl" if key == "Control" else key for key in held), last])


def test_every_key_of_the_sheet_is_pressed_here(page: Page) -> None:
    open_editor(page, START)
    page.get_by_test_id("help").click()
    promised = set(page.get_by_test_id("help-dialog").locator("kbd").all_inner_texts())
    assert len(promised) > 50
    ours = {as_written(key) for _name, _chosen, keys, _see, _wanted in KEYS for key in keys.split()}
    assert promised - ours - {as_written(key) for key in BEYOND.split()} - TOGETHER == set()


def test_keys_that_reach_beyond_the_layout(page: Page) -> None:
    open_editor(page, START)
    hand = Hand(page)
    afresh(page, "a")
    # zoom, to the canvas and to the selection
    pressed(page, "Shift+Digit1")
    whole = page.evaluate("quadboxEditor.zoom")
    pressed(page, "Control+=")
    assert page.evaluate("quadboxEditor.zoom") == pytest.approx(whole * 1.25)
    pressed(page, "Control++ Control+- Control+- Control+-")
    assert page.evaluate("quadboxEditor.zoom") == pytest.approx(whole * 0.8)
    pressed(page, "Shift+Digit2")
    assert page.evaluate("quadboxEditor.zoom") > whole * 1.5
    # space pans for as long as it is held, and changes nothing
    pressed(page, "Shift+Digit1")
    before = page.evaluate("quadboxEditor.view")
    hand.drag((640, 600), (700, 640), keys=[" "])
    after = page.evaluate("quadboxEditor.view")
    assert after["x"] > before["x"]
    assert after["zoom"] == before["zoom"]
    assert hand.boxes()[0] == (100, 100, 200, 100)
    # Ctrl and the wheel zoom at the pointer, the wheel alone carries the view
    page.mouse.move(*hand.at(640, 360))
    with hand.holding("Control"):
        page.mouse.wheel(0, -200)
    until(page, f"quadboxEditor.zoom > {after['zoom']}")
    zoomed = page.evaluate("quadboxEditor.view")
    page.mouse.wheel(0, 120)
    until(page, f"quadboxEditor.view.y < {zoomed['y']}")
    # a tool is let go after one use, or kept
    pressed(page, "Shift+Digit1")
    for keys, kept in (("r", False), ("q r", True), ("q r", False)):
        afresh(page, "")
        pressed(page, keys)
        hand.drag((700, 60), (800, 160))
        assert ("tool-region" in page.evaluate(STATE)["pressed"]) is kept, keys
    # an image is asked for, a change is saved at once, the menu opens
    afresh(page, "a")
    with page.expect_file_chooser():
        page.keyboard.press("i")
    with page.expect_request(lambda asked: asked.method == "PATCH" and "/api/v1/layouts/" in asked.url):
        pressed(page, "ArrowRight Control+s")
    pressed(page, "Shift+F10")
    expect(page.get_by_test_id("context-menu")).to_be_visible()
    page.keyboard.press("Escape")
    # F6 goes round the areas, Alt+R says the last words again
    page.get_by_test_id("canvas").focus()
    pressed(page, "F6")
    assert page.evaluate("document.querySelector('.qe-canvas').contains(document.activeElement)") is False
    pressed(page, "Shift+F6")
    assert page.evaluate("document.activeElement.dataset.testid") == "canvas"
    pressed(page, "ArrowRight")
    expect(page.locator("[data-part=announcements]")).to_contain_text("Moved to")
    page.evaluate("document.querySelector('[data-part=announcements]').replaceChildren()")
    pressed(page, "Alt+r")
    expect(page.locator("[data-part=announcements]")).to_contain_text("Moved to")
