"""`manage.py plan`: its core, and the door itself in a process without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from apps.core.errors import Invalid
from apps.vendors import command, registry
from apps.vendors.spec import parse_spec
from apps.vendors.types import Binding
from tests.vendors.painter import FakePainter

ROOT = Path(__file__).parents[2]
GOOD: dict[str, Any] = {
    "app": {"vendor_app_id": "65f0a1b2c3d4e5f6a7b8c9d0", "settings": {"api_version": "2023-11-01"}},
    "document": {
        "schema": "quadbox.layout/1",
        "canvas": {"width": 1280, "height": 720},
        "objects": [
            {"kind": "region", "id": "r1", "x": 0, "y": 0, "width": 640, "height": 720, "source": {"slot": "host"}},
            {"kind": "text", "id": "t1", "x": 700, "y": 40, "width": 400, "height": 60, "text": "{{title}} · 直播"},
        ],
    },
    "room": "room-1001",
    "bindings": {"host": {"user_id": "teacher"}},
    "variables": {"title": "春"},
    "output": {"push_urls": ["rtmp://push.example.com/live/1"]},
    "encoding": {"fps": 25},
    "task_id": "qb_task_0001",
}


def text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def problems(value: Any, operation: str = "start", product: str = "volcengine-push") -> set[tuple[str, str]]:
    content = value if isinstance(value, bytes) else text(value)
    with pytest.raises(Invalid) as caught:
        command.plan(operation, product, content, lambda spec: FakePainter())
    assert all(problem.message for problem in caught.value.problems)
    return {(problem.pointer, problem.code) for problem in caught.value.problems}


@pytest.mark.parametrize("operation", command.OPERATIONS)
@pytest.mark.parametrize("product", registry.products())
def test_misspelt_settings_and_options_are_refused(operation: str, product: str) -> None:
    app = {"vendor_app_id": "65f0a1b2c3d4e5f6a7b8c9d0", "settings": {"regoin": "cn-north-1", "a/b": 1}}
    wrong = {**GOOD, "app": app, "options": {"idle_timout": 30, "playback_url": "https://cdn.example.com/live.m3u8"}}
    pointers = ("/app/settings/a~1b", "/app/settings/regoin", "/options/idle_timout")
    assert {(pointer, "unknown_field") for pointer in pointers} <= problems(wrong, operation, product)
    assert not any(pointer.startswith("/options/p") for pointer, _ in problems(wrong, operation, product))


def test_settings_of_another_product_of_the_vendor_are_accepted() -> None:
    app = {"vendor_app_id": "abcd1234", "settings": {"record_template_id": "template-1"}}
    assert command.plan("query", "aliyun-rtc-mpu", text({**GOOD, "app": app}), lambda spec: FakePainter()).requests


@pytest.mark.parametrize("operation", command.OPERATIONS)
@pytest.mark.parametrize("product", ["volcengine-push", "aliyun-rtc-record"])
def test_every_operation_has_a_plan(operation: str, product: str) -> None:
    own = {} if product == "volcengine-push" else {"output": {"record": {}}, "app": {"vendor_app_id": "abcd1234"}}
    plan = command.plan(operation, product, text({**GOOD, **own}), lambda spec: FakePainter())
    assert plan.requests or plan.findings
    assert set(plan.as_json()) == {"requests", "findings"}


def test_a_stop_needs_no_document() -> None:
    value = {name: GOOD[name] for name in ("app", "room", "task_id")}
    assert command.plan("stop", "volcengine-push", text(value), lambda spec: FakePainter()).requests
    assert problems(value) == {("/document", "required")}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"app": 1}, ("/app", "wrong_type")),
        ({"app": {}}, ("/app/vendor_app_id", "required")),
        ({"app": {"vendor_app_id": 5}}, ("/app/vendor_app_id", "wrong_type")),
        ({"app": {"vendor_app_id": "x", "settings": []}}, ("/app/settings", "wrong_type")),
        ({"app": {"vendor_app_id": "x", "settings": {"region": "moon"}}}, ("/app/settings/region", "not_a_choice")),
        ({"app": {"vendor_app_id": "x", "secret": "y"}}, ("/app/secret", "unknown")),
        ({"document": None}, ("/document", "wrong_type")),
        ({"room": ""}, ("/room", "empty")),
        ({"room": None}, ("/room", "wrong_type")),
        ({"room": "a\u0000b"}, ("/room", "bad_format")),
        ({"task_id": 5}, ("/task_id", "wrong_type")),
        ({"task_id": "x" * 600}, ("/task_id", "too_long")),
        ({"bindings": []}, ("/bindings", "wrong_type")),
        ({"bindings": {"host": "teacher"}}, ("/bindings/host", "wrong_type")),
        ({"bindings": {"a/b": {}}}, ("/bindings/a~1b/user_id", "required")),
        ({"bindings": {"host": {"user_id": True}}}, ("/bindings/host/user_id", "wrong_type")),
        ({"variables": {"title": 5}}, ("/variables/title", "wrong_type")),
        ({"output": {"push_url": "x"}}, ("/output/push_url", "unknown")),
        ({"output": {"push_urls": "rtmp://a/b"}}, ("/output/push_urls", "wrong_type")),
        ({"output": {"push_urls": ["nonsense"]}}, ("/output/push_urls/0", "bad_format")),
        ({"output": {"push_urls": [7]}}, ("/output/push_urls/0", "wrong_type")),
        ({"output": {"record": []}}, ("/output/record", "wrong_type")),
        ({"encoding": {"fps": "25"}}, ("/encoding/fps", "wrong_type")),
        ({"encoding": {"fps": True}}, ("/encoding/fps", "wrong_type")),
        ({"encoding": {"width": 0}}, ("/encoding/width", "too_small")),
        ({"encoding": {"bitrate_kbps": 10**400}}, ("/encoding/bitrate_kbps", "bad_number")),
        ({"encoding": {"codec": 5}}, ("/encoding/codec", "wrong_type")),
        ({"options": {"max_idle_time": 1}}, ("/options/max_idle_time", "too_small")),
        ({"options": {"push_stream_mode": "1"}}, ("/options/push_stream_mode", "not_a_choice")),
        ({"previous": "x"}, ("/previous", "wrong_type")),
        ({"surprise": 1}, ("/surprise", "unknown")),
    ],
)
def test_bad_input_names_its_place(change: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problem in problems({**GOOD, **change})


@pytest.mark.parametrize("name", ["app", "document", "room", "task_id"])
def test_what_is_needed(name: str) -> None:
    assert problems({key: one for key, one in GOOD.items() if key != name}) == {(f"/{name}", "required")}


def test_problems_of_the_document_are_inside_it() -> None:
    document = {**GOOD["document"], "canvas": {"width": 1, "height": 720}}
    assert problems({**GOOD, "document": document}) == {("/document/canvas/width", "too_small")}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[" * 100_000, b'{"encoding": {"fps": NaN}}', b" " * 5_000_000 + b"{}"]
)
def test_what_is_no_json(content: bytes) -> None:
    assert problems(content) == {("", "not_json")}


@pytest.mark.parametrize("value", [[], 1, None, "x"])
def test_what_is_no_object(value: Any) -> None:
    assert problems(value) == {("", "wrong_type")}


def test_unknown_products_and_operations() -> None:
    assert problems(GOOD, product="nope", operation="dance") == {
        ("/operation", "not_a_choice"),
        ("/product", "unknown_product"),
    }


def test_whole_numbers_are_user_ids_too() -> None:
    assert parse_spec({**GOOD, "bindings": {"host": {"user_id": 42}}}).bindings == {"host": Binding("42")}


def manage(state: Path, *args: str, stdin: bytes = b"") -> tuple[int, Any]:
    """Runs the command on an empty state folder: there is no database in it."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment["QUADBOX_STATE"] = str(state)
    done = subprocess.run(
        [sys.executable, "manage.py", "plan", *args],
        cwd=ROOT,
        input=stdin,
        env=environment,
        capture_output=True,
        timeout=60,
    )
    return done.returncode, json.loads(done.stdout)


def test_the_door(tmp_path: Path) -> None:
    file = tmp_path / "task.json"
    file.write_bytes(text(GOOD))
    code, plan = manage(tmp_path, "start", "--product", "volcengine-push", str(file))
    assert code == 0
    assert [request["name"] for request in plan["requests"]] == ["StartPushMixedStreamToCDN"]
    assert set(plan["requests"][0]) == {"name", "method", "url", "query", "headers", "body"}
    canvas = plan["requests"][0]["body"]["Layout"]["CustomLayout"]["Canvas"]
    assert canvas["BackgroundImage"].startswith("<PUBLIC_URL>/a/")
    assert [(finding["level"], finding["object_id"]) for finding in plan["findings"]] == [("note", "t1")]
    assert not list(tmp_path.glob("*.sqlite*"))


def test_the_door_reads_standard_input_and_answers_bad_input(tmp_path: Path) -> None:
    code, answer = manage(tmp_path, "start", "--product", "volcengine-push", "-", stdin=text({**GOOD, "room": 5}))
    assert (code, answer["problems"][0]["pointer"]) == (2, "/room")


def test_the_door_needs_a_file_that_is_there(tmp_path: Path) -> None:
    code, answer = manage(tmp_path, "stop", "--product", "volcengine-push", "/nowhere/task.json")
    assert (code, answer["problems"][0]["code"]) == (2, "unreadable_file")
