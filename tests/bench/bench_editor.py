"""The layout editor in a browser without a screen, beside an empty Konva stage in the same browser and run.

Frames while one of a hundred objects is dragged, what is downloaded, how soon it can be used, and what a thousand
steps of undo hold. Prints JSON.

python -m tests.bench.bench_editor
"""

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.bench_stack import running
from tests.browser.editor import Hand, open_editor, until

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static/dist"
KONVA = ROOT / "static/node_modules/konva/konva.min.js"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
MOVES = 240
STEPS = 1000

DRAG = """([selector, from, to, moves]) => new Promise(done => {
  const target = document.querySelector(selector), times = [];
  let before = 0, count = 0;
  const next = now => {
    if (before) times.push(now - before);
    before = now;
    if (count === moves) return done(times);
    count += 1;
    const [clientX, clientY] = [0, 1].map(at => from[at] + (to[at] - from[at]) * count / moves);
    target.dispatchEvent(new PointerEvent("pointermove", {clientX, clientY, bubbles: true, pointerId: 1, pointerType: "mouse"}));
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})"""
MANY_STEPS = """steps => {
  const document = quadboxEditor.document();
  for (let step = 0; step < steps; step += 1) {
    const objects = document.objects.map((one, place) => place === step % 100 ? {...one, x: one.x + 1 + step % 7} : one);
    quadboxEditor.open({...document, objects});
  }
}"""
# Presses an arrow key on the canvas until the page takes it: when the first press changed the document, in
# milliseconds since the navigation began.
FIRST_CHANGE = """() => {
  const poke = () => {
    const canvas = document.querySelector("[data-testid=canvas]"), before = window.quadboxEditor?.document();
    canvas?.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", code: "ArrowRight", bubbles: true}));
    if (before && window.quadboxEditor.document() !== before) window.firstChange = performance.now();
    else setTimeout(poke, 2);
  };
  if (location.hash) poke();
}"""
EMPTY_KONVA = """() => {
  const stage = new Konva.Stage({container: document.body.firstElementChild, width: 900, height: 650});
  const layer = new Konva.Layer(); stage.add(layer);
  document.body.addEventListener("pointermove", () => layer.batchDraw());
}"""


def hundred() -> dict[str, Any]:
    """Ten by ten: regions, some round and some faded, and texts on plates."""
    objects: list[dict[str, Any]] = []
    for number in range(100):
        place = {"id": f"o{number}", "x": number % 10 * 126 + 8, "y": number // 10 * 71 + 5, "width": 118, "height": 64}
        if number % 4 == 3:
            objects.append({"kind": "text", **place, "text": f"直播 {number}", "size": 24, "background": "#00000080"})
        else:
            looks = {"corner_radius": 8 * (number % 3), "opacity": 1 if number % 5 else 0.7}
            objects.append({"kind": "region", **place, **looks, "source": {"slot": f"guest-{number % 9}"}})
    return {"schema": "quadbox.layout/1", "canvas": {"width": 1280, "height": 720}, "objects": objects}


def frames(page: Page, selector: str, start: tuple[float, float], end: tuple[float, float]) -> dict[str, float]:
    """Milliseconds from frame to frame while the pointer moves once a frame, and what the main thread computes in one:
    its own processor time, which others on the machine do not change."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")

    page.mouse.move(*start)
    page.mouse.down()
    before = worked()
    times: list[float] = page.evaluate(DRAG, [selector, start, end, MOVES])
    busy = worked() - before
    page.mouse.up()
    assert len(times) == MOVES
    cuts = statistics.quantiles(times, n=100)
    found = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "main thread": busy * 1000 / MOVES}
    return {name: round(value, 1) for name, value in found.items()}


def heap(page: Page) -> float:
    """Megabytes in use after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    used: float = page.evaluate("performance.memory.usedJSHeapSize")
    return round(used / 1e6, 1)


def bundle() -> dict[str, float]:
    """Kilobytes after gzip of what the editor's page adds to every page's, scripts it imports included."""
    manifest: dict[str, Any] = json.loads((DIST / "manifest.json").read_text())
    seen: set[str] = set()

    def collect(key: str) -> None:
        if key not in seen:
            seen.add(key)
            for other in manifest[key].get("imports", ()):
                collect(other)

    collect("src/pages/editor.ts")
    size = {key: len(gzip.compress((DIST / manifest[key]["file"]).read_bytes(), 6)) for key in seen}
    return {"script (kB gz)": round(sum(size.values()) / 1000, 1), "konva alone (kB gz)": konva_size()}


def konva_size() -> float:
    return round(len(gzip.compress(KONVA.read_bytes(), 6)) / 1000, 1)


def sign_in(page: Page, state: Path) -> None:
    page.goto("/login/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", (state / "first_admin_password").read_text().strip())
    page.click("main button")
    page.wait_for_url("**/")


def first_change(page: Page, layout: str) -> float:
    """Milliseconds from the navigation to the first key that changed the document, of an object that the address selects."""
    page.goto("about:blank")
    page.add_init_script(f"({FIRST_CHANGE})()")
    page.goto(f"/layouts/{layout}/edit/#o0")
    page.wait_for_timeout(200)
    until(page, "window.firstChange !== undefined")
    found: float = page.evaluate("window.firstChange")
    return found


def editor(page: Page) -> dict[str, Any]:
    layout = open_editor(page, hundred())
    ready = first_change(page, layout)  # the second visit: warm
    page.wait_for_timeout(1500)
    hand = Hand(page)
    lay = hand.boxes()[0]
    dragged = frames(page, "[data-layer=picture]", hand.at(60, 30), hand.at(1100, 600))
    assert hand.boxes()[0] != lay, "nothing was dragged"
    before = heap(page)
    # The heap knows nothing of canvases: these are the drawn objects that are kept, four bytes a pixel.
    tiles = round(page.evaluate("quadboxEditor.tileBytes()") / 1e6, 1)
    page.evaluate(MANY_STEPS, STEPS)
    return {
        "drag among 100 objects (ms a frame)": dragged,
        "warm, until a key changed the layout (ms)": round(ready),
        "heap (MB)": before,
        "tiles kept (MB)": tiles,
        f"heap after {STEPS} steps (MB)": heap(page),
    }


def empty_konva(page: Page) -> dict[str, Any]:
    page.goto("about:blank")
    page.set_content("<body style='margin:0'><div></div></body>")
    page.add_script_tag(path=KONVA)
    page.evaluate(EMPTY_KONVA)
    page.wait_for_timeout(500)
    return {"drag (ms a frame)": frames(page, "canvas", (60, 30), (800, 600)), "heap (MB)": heap(page)}


def measure() -> dict[str, Any]:
    assert CHROMIUM, "The editor's bench needs Chromium: apt-get install -y chromium"
    state = Path(tempfile.mkdtemp(prefix="qb-", dir="/tmp"))
    try:
        with running(state, "editor") as (_, environment, _, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            context = browser.new_context(viewport={"width": 1366, "height": 820}, base_url=environment["PUBLIC_URL"])
            floor = empty_konva(context.new_page())
            page = context.new_page()
            sign_in(page, state)
            result = editor(page)
            browser.close()
    finally:
        shutil.rmtree(state, ignore_errors=True)
    return {**bundle(), "editor": result, "empty Konva stage": floor}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1, ensure_ascii=False))
