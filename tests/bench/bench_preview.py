"""How long a preview takes. Prints JSON: milliseconds, best and median of 15 warm runs; the first run is cold.

python -m tests.bench.bench_preview
"""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import replace
from io import BytesIO

from PIL import Image

from apps.layout_document.document import LayoutDocument, Text
from apps.layout_document.parse import parse
from apps.layout_document.presets import preset
from apps.layout_document.serialize import to_json
from apps.preview.paint import render, render_png

TITLE = Text(id="t", x=40, y=600, width=720, height=56, text="直播 · Live", size=40, weight=700, background="#00000080")

WORDS = (
    "Dvořák, Nguyễn",
    "Олександра",
    "Ελένη",
    "محمد عبد الله",
    "שלום עולם",
    "สมชาย",
    "लक्ष्मी शर्मा",
    "김민준",
    "働く辻",
    "😀 👩‍💻 🇩🇪",
)
SCRIPTS = tuple(
    Text(id=f"t{row}", x=20, y=10 + row * 70, width=900, height=60, text=f"{words} · {words}", size=40)
    for row, words in enumerate(WORDS)
)


def milliseconds(document: LayoutDocument, *, png: bool, scale: float = 1.0) -> float:
    start = time.perf_counter()
    if png:
        render_png(document, scale=scale)
    else:
        render(document, scale=scale)
    return (time.perf_counter() - start) * 1000


def measure() -> dict[str, float]:
    """What was timed → milliseconds."""
    result: dict[str, float] = {}
    for name in ("screen-column", "grid-3x3"):
        plain = preset(name, 1280, 720)
        document = replace(plain, objects=(*plain.objects, TITLE))
        result[f"{name} cold"] = milliseconds(document, png=True)
        for scale, size in ((1.0, (1280, 720)), (0.25, (320, 180))):
            with Image.open(BytesIO(render_png(document, scale=scale))) as drawn:
                assert drawn.size == size, (drawn.size, size)
                assert len(set(drawn.convert("RGB").resize((64, 36)).get_flattened_data())) > 8, "nothing was drawn"
        for kind, png, scale in (("picture", False, 1.0), ("png", True, 1.0), ("thumbnail png", True, 0.25)):
            milliseconds(document, png=png, scale=scale)
            times = [milliseconds(document, png=png, scale=scale) for _ in range(15)]
            result[f"{name} {kind} best"] = min(times)
            result[f"{name} {kind} median"] = statistics.median(times)
    scripts = replace(preset("grid-3x3", 1280, 720), objects=SCRIPTS)
    for kind, png in (("picture", False), ("png", True)):
        first = milliseconds(scripts, png=png)
        if not png:
            result["ten scripts cold"] = first
        times = [milliseconds(scripts, png=png) for _ in range(15)]
        result[f"ten scripts {kind} median"] = statistics.median(times)
    value = to_json(preset("grid-3x3", 1280, 720))
    value["objects"] = [{**value["objects"][n % 9], "id": f"r{n}"} for n in range(100)]
    assert len(parse(value).objects) == 100
    times = []
    for _ in range(15):
        start = time.perf_counter()
        parse(value)
        times.append((time.perf_counter() - start) * 1000)
    result["parse 100 objects median"] = statistics.median(times)
    return {key: round(metric, 2) for key, metric in result.items()}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
