"""The layouts of the example data."""

from __future__ import annotations

from typing import Any


def region(id: str, name: str, box: tuple[int, int, int, int], slot: str, **properties: Any) -> dict[str, Any]:
    x, y, width, height = box
    source = {"slot": slot, "stream": properties.pop("stream", "camera")}
    return {
        "kind": "region",
        "id": id,
        "name": name,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "source": source,
        **properties,
    }


def text(id: str, name: str, box: tuple[int, int, int, int], content: str, **properties: Any) -> dict[str, Any]:
    x, y, width, height = box
    return {
        "kind": "text",
        "id": id,
        "name": name,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "text": content,
        **properties,
    }


def document(width: int, height: int, color: str, *objects: dict[str, Any]) -> dict[str, Any]:
    canvas = {"width": width, "height": height, "color": color}
    return {"schema": "quadbox.layout/1", "canvas": canvas, "objects": list(objects)}


def layouts() -> list[tuple[str, dict[str, Any]]]:
    """Six layouts that show what the product can do. The first is on air in the example data, the second recorded."""
    return [
        (
            "Morning show",
            document(
                1280, 720, "#101820",
                text("t1", "Title", (40, 640, 800, 56), "{{title}} · 直播", size=36, weight=700),
                region("r1", "Host", (24, 24, 808, 592), "host", corner_radius=16),
                region("r2", "Guest 1", (856, 24, 400, 284), "guest-1", corner_radius=16),
                region("r3", "Guest 2", (856, 332, 400, 284), "guest-2", corner_radius=16),
            ),
        ),
        (
            "Interview",
            document(1280, 720, "#000000", region("r1", "Host", (0, 0, 640, 720), "host"), region("r2", "Guest", (640, 0, 640, 720), "guest-1")),
        ),
        (
            "Lesson with slides",
            document(
                1920, 1080, "#1B2430",
                region("r1", "Slides", (48, 48, 1376, 774), "host", stream="screen", fit="contain"),
                region("r2", "Teacher", (1472, 48, 400, 400), "host", corner_radius=200),
                region("r3", "Student", (1472, 496, 400, 326), "guest-1", corner_radius=24),
                text("t1", "Lesson", (48, 880, 1376, 96), "{{lesson}}", size=64, weight=700),
            ),
        ),
        (
            "Vertical live 竖屏",
            document(
                720, 1280, "#16121F",
                region("r1", "Host", (0, 0, 720, 854), "host"),
                region("r2", "Left guest", (0, 854, 360, 426), "guest-1"),
                region("r3", "Right guest", (360, 854, 360, 426), "guest-2"),
                text("t1", "Caption", (24, 24, 672, 56), "{{title}}", size=32, weight=700, background="#00000080", align="center"),
            ),
        ),
        (
            "Round table 2×2",
            document(
                1280, 720, "#0E1116",
                *(
                    region(f"r{n + 1}", f"Seat {n + 1}", (8 + n % 2 * 636, 8 + n // 2 * 356, 628, 348), f"guest-{n + 1}", corner_radius=12)
                    for n in range(4)
                ),
            ),
        ),
        (
            "Picture in picture",
            document(
                1280, 720, "#000000",
                region("r1", "Screen", (0, 0, 1280, 720), "host", stream="screen", fit="contain"),
                region("r2", "Speaker", (936, 504, 320, 192), "host", corner_radius=12, opacity=0.95),
            ),
        ),
    ]  # fmt: skip
