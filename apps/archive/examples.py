"""The values of the example data. The keys open nothing but the sandbox."""

from __future__ import annotations

from typing import Any

ACCOUNTS: dict[str, dict[str, Any]] = {
    "volcengine": {
        "name": "Volcengine sandbox",
        "keys": {"access_key_id": "SANDBOXvolcengineKey0001", "secret_access_key": "sandbox-volcengine-secret-0001"},
        "endpoints": {"volcengine-push": "/sandbox/volcengine/"},
        "app_id": "65f0a1b2c3d4e5f6a7b8c9d0",
        "secrets": {"callback_secret": "sandbox-callback-secret-0001"},
        "settings": {},
    },
    "aliyun": {
        "name": "Aliyun sandbox",
        "keys": {"access_key_id": "SANDBOXaliyunKey0001", "access_key_secret": "sandbox-aliyun-secret-0001"},
        "endpoints": {
            "aliyun-rtc-record": "/sandbox/aliyun/rtc/",
            "aliyun-rtc-mpu": "/sandbox/aliyun/rtc/",
            "aliyun-live-mpu": "/sandbox/aliyun/live/",
        },
        "app_id": "9qb1test",
        "secrets": {},
        "settings": {"record_template_id": "sandbox1"},
    },
    "agora": {
        "name": "Agora sandbox",
        "keys": {"customer_id": "SANDBOXagoraCustomer0001", "customer_secret": "sandbox-agora-secret-0001"},
        "endpoints": {"agora-transcoder": "/sandbox/agora/"},
        "app_id": "a9b8c7d6e5f40312233445566778899a",
        "secrets": {
            "app_certificate": "5a4d6e0b1c2f3e4d9a8b7c6d5e4f3021",
            "callback_secret": "sandbox-callback-secret-0001",
        },
        "settings": {},
    },
}
RELAY: dict[str, Any] = {
    "name": "Morning show",
    "product": "volcengine-push",
    "room": "morning-show",
    "bindings": {"host": {"user_id": "anna"}, "guest-1": {"user_id": "bo"}, "guest-2": {"user_id": "chen"}},
    "variables": {"title": "Morning show"},
    "output": {"push_urls": ["rtmp://live.example.com/show/morning"]},
    "encoding": {},
    "options": {"max_idle_time": 86400},
}
RECORDING: dict[str, Any] = {
    "name": "Interview, first take",
    "product": "aliyun-rtc-record",
    "room": "interview",
    "bindings": {"host": {"user_id": "anna"}, "guest-1": {"user_id": "bo"}},
    "variables": {},
    "output": {"record": {}},
    "encoding": {},
    "options": {},
}


def region(id: str, name: str, box: tuple[int, int, int, int], slot: str, **more: Any) -> dict[str, Any]:
    x, y, width, height = box
    source = {"slot": slot, "stream": more.pop("stream", "camera")}
    return {
        "kind": "region",
        "id": id,
        "name": name,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "source": source,
        **more,
    }


def text(id: str, name: str, box: tuple[int, int, int, int], words: str, **more: Any) -> dict[str, Any]:
    x, y, width, height = box
    return {
        "kind": "text",
        "id": id,
        "name": name,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "text": words,
        **more,
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
