"""The tasks of the example data: one stays on air, one becomes a recording."""

from __future__ import annotations

from typing import Any

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
