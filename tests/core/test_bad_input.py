"""Thirty and more kinds of bad input as a table: each is refused with its pointer, and saves nothing."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from PIL import Image

from tests.pages.conftest import rows  # noqa: F401
from tests.tasks.conftest import jobs  # noqa: F401

pytestmark = pytest.mark.django_db
JSON = "application/json"
REGION = {"kind": "region", "id": "r1", "x": 0, "y": 0, "width": 64, "height": 36, "source": {"slot": "host"}}
NO_SUCH_ROW = "00000000-0000-7000-8000-000000000000"


def layout(*objects: Any, **canvas: Any) -> dict[str, Any]:
    size = {"width": 640, "height": 360}
    document = {"schema": "quadbox.layout/1", "canvas": {**size, **canvas}, "objects": list(objects)}
    return {"name": "Bad", "document": document}


def region(**changes: Any) -> dict[str, Any]:
    return {**REGION, **changes}


def raw(text: str) -> bytes:
    """A layout whose canvas width is this piece of JSON."""
    return json.dumps(layout(width="HERE")).replace('"HERE"', text).encode()


def task(**changes: Any) -> dict[str, Any]:
    whole = {
        "app": "{app}", "product": "volcengine-push", "layout": "{layout}", "room": "lobby",
        "bindings": {"host": {"user_id": "anna"}}, "output": {"push_urls": ["rtmp://push.example.com/live/one"]},
    }  # fmt: skip
    return whole | changes


def credential(**changes: Any) -> dict[str, Any]:
    keys = {"access_key_id": "a", "secret_access_key": "b"}
    return {"name": "Bad", "vendor": "volcengine", "keys": keys} | changes


@dataclass(frozen=True)
class Bad:
    """`body`: bytes go as they are, anything else as JSON. `at` is the pointer of a problem; None: it has no place."""

    kind: str
    path: str
    body: Any
    at: str | None
    status: int = 400
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.kind


LAYOUTS, TASKS, CREDENTIALS, APPS = "/api/v1/layouts/", "/api/v1/tasks/", "/api/v1/credentials/", "/api/v1/apps/"
TABLE = [
    # --- the body itself
    Bad("no body", LAYOUTS, b"", None),
    Bad("broken JSON", LAYOUTS, b'{"name": ', None),
    Bad("not UTF-8", LAYOUTS, b'{"name": "\xff\xfe"}', None),
    Bad("a list for an object", LAYOUTS, [], ""),
    Bad("deep nesting", LAYOUTS, b'{"document": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", None),
    Bad("an oversize body", LAYOUTS, b'{"name": "' + b"x" * 3_000_000 + b'"}', None, 413),
    Bad("another media type", LAYOUTS, b"<a/>", None, 415, "text/xml"),
    Bad("a form for JSON", LAYOUTS, b"name=x", None, 415, "application/x-www-form-urlencoded"),
    Bad("the same name twice", LAYOUTS, b'{"name": "a", "name": "b", "document": %s}' % json.dumps(layout()["document"]).encode(), None),
    Bad("NaN", LAYOUTS, raw("NaN"), None),
    Bad("Infinity", LAYOUTS, raw("-Infinity"), None),
    Bad("a number out of all bounds", LAYOUTS, raw("1e999"), "/canvas/width"),
    Bad("a number of 5000 digits", LAYOUTS, raw("9" * 5000), None),
    Bad("a misspelt field", LAYOUTS, layout() | {"colour": 1}, "/colour"),
    # --- texts
    Bad("a NUL byte", LAYOUTS, layout() | {"name": "a\0b"}, "/name"),
    Bad("half a surrogate pair", LAYOUTS, b'{"name": "\\ud800", "document": %s}' % json.dumps(layout()["document"]).encode(), "/name"),
    Bad("an empty name", LAYOUTS, layout() | {"name": " "}, "/name"),
    Bad("a name too long", LAYOUTS, layout() | {"name": "x" * 121}, "/name"),
    Bad("half a pair in a document", LAYOUTS, json.dumps(layout(region(name="\ud800"))).encode(), "/objects/0/name"),
    # --- documents
    Bad("a text for a number", LAYOUTS, layout(width="640"), "/canvas/width"),
    Bad("a fraction for whole pixels", LAYOUTS, layout(region(x=0.5)), "/objects/0/x"),
    Bad("true for a number", LAYOUTS, layout(region(width=True)), "/objects/0/width"),
    Bad("a canvas too small", LAYOUTS, layout(width=1), "/canvas/width"),
    Bad("a canvas too large", LAYOUTS, layout(height=100_000), "/canvas/height"),
    Bad("an unknown kind of object", LAYOUTS, layout({"kind": "video", "id": "v"}), "/objects/0/kind"),
    Bad("the same id twice", LAYOUTS, layout(REGION, REGION), "/objects/1/id"),
    Bad("more than a hundred objects", LAYOUTS, layout(*(region(id=f"r{n}") for n in range(101))), "/objects"),
    Bad("a colour in words", LAYOUTS, layout(color="red"), "/canvas/color"),
    Bad("a script for a picture", LAYOUTS, layout(image={"url": "javascript:alert(1)"}), "/canvas/image/url"),
    Bad("a file for a picture", LAYOUTS, layout(image={"url": "file:///etc/passwd"}), "/canvas/image/url"),
    Bad("a picture that is not there", LAYOUTS, layout(image={"url": f"asset:{'a' * 64}"}), "/canvas/image/url"),
    Bad("a schema of the future", LAYOUTS, {"name": "x", "document": {"schema": "quadbox.layout/99"}}, "/schema"),
    # --- tasks
    Bad("an id that is none", TASKS, task(app="nonsense"), "/app"),
    Bad("an id of nobody's row", TASKS, task(layout=NO_SUCH_ROW), "/layout"),
    Bad("null for a row", TASKS, task(layout=None), "/layout"),
    Bad("an unknown product", TASKS, task(product="harbor"), "/product"),
    Bad("a room with a line feed", TASKS, task(room="a\nb"), "/room"),
    Bad("a room too long", TASKS, task(room="r" * 129), "/room"),
    Bad("a person without an id", TASKS, task(bindings={"host": {}}), "/bindings/host"),
    Bad("an id that is a number", TASKS, task(bindings={"host": {"user_id": 7}}), "/bindings/host/user_id"),
    Bad("a push URL of another kind", TASKS, task(output={"push_urls": ["http://x"]}), "/output/push_urls/0"),
    Bad("output of another product", TASKS, task(output={"record": {}}), "/output"),
    Bad("an encoding out of range", TASKS, task(encoding={"fps": 1000}), "/encoding/fps"),
    Bad("an option of nobody", TASKS, task(options={"turbo": 1}), "/options/turbo"),
    # --- keys and apps
    Bad("an unknown vendor", CREDENTIALS, credential(vendor="harbor"), "/vendor"),
    Bad("a key left out", CREDENTIALS, credential(keys={"access_key_id": "a"}), "/keys/secret_access_key"),
    Bad("keys that are a list", CREDENTIALS, credential(keys=[]), "/keys"),
    Bad("an address with a password", CREDENTIALS, credential(endpoints={"volcengine-push": "http://u:p@h"}), "/endpoints/volcengine-push"),
    Bad("an address of another scheme", CREDENTIALS, credential(endpoints={"volcengine-push": "gopher://h"}), "/endpoints/volcengine-push"),
    Bad("an address with port 0", CREDENTIALS, credential(endpoints={"volcengine-push": "http://h:0"}), "/endpoints/volcengine-push"),
    Bad("a setting out of its choices", APPS, {"name": "x", "credential": "{credential}", "vendor_app_id": "0" * 24, "settings": {"region": "mars"}}, "/settings/region"),
    Bad("a person's name with a space", "/api/v1/memberships/", {"username": "a b", "role": "viewer"}, "/username"),
    Bad("an unknown role", "/api/v1/memberships/", {"username": "ab", "role": "king"}, "/role"),
]  # fmt: skip


def filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: filled(inner, names) for name, inner in value.items()}
    return names.get(value[1:-1], value) if isinstance(value, str) and value[:1] == "{" else value


def saved() -> dict[str, int]:
    from apps.accounts.models import Membership, User
    from apps.credentials.models import App, Credential
    from apps.layouts.models import Asset, LayoutTemplate, LayoutVersion
    from apps.tasks.models import Task, TaskEvent

    models = (Membership, User, App, Credential, Asset, LayoutTemplate, LayoutVersion, Task, TaskEvent)
    return {model.__name__: model._default_manager.count() for model in models}


def test_table_has_thirty_kinds_of_bad_input() -> None:
    assert len({bad.kind for bad in TABLE} | PICTURES.keys()) == len(TABLE) + len(PICTURES)
    assert len(TABLE) + len(PICTURES) >= 60


@pytest.mark.parametrize("bad", TABLE, ids=str)
def test_bad_input_is_refused_by_name(api: Callable[..., Any], rows: dict[str, Any], bad: Bad) -> None:  # noqa: F811
    names = {name: str(row.pk) for name, row in rows.items()}
    content = bad.body if isinstance(bad.body, bytes) else json.dumps(filled(bad.body, names)).encode()
    client, before = api("admin"), saved()
    answer = client.generic("POST", bad.path, content, content_type=bad.content_type)
    assert answer.status_code == bad.status, answer.content[:400]
    refusal = answer.json()
    assert refusal["detail"]
    if bad.at is not None:
        assert bad.at in [problem["pointer"] for problem in refusal["problems"]], refusal
        assert all(problem["code"] and problem["message"] for problem in refusal["problems"])
    assert saved() == before


def png(width: int, height: int, mode: str = "RGB", format: str = "PNG", **kwargs: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height)).save(file, format, **kwargs)
    return file.getvalue()


def bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def animated() -> bytes:
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


PICTURES: dict[str, tuple[Callable[[], bytes], str, str]] = {  # kind → content, file name, code
    "an empty file": (lambda: b"", "a.png", "empty"),
    "a decompression bomb": (bomb, "a.png", "too_many_pixels"),
    "a side too long": (lambda: png(9000, 1), "a.png", "too_many_pixels"),
    "a truncated picture": (lambda: png(64, 64, format="JPEG")[:300], "a.jpg", "not_a_picture"),
    "an SVG": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "a.svg",
        "not_a_picture",
    ),
    "a web page called PNG": (lambda: b"<html><script>alert(1)</script>", "a.png", "not_a_picture"),
    "a picture of another format": (lambda: png(8, 8, format="TIFF"), "a.png", "not_a_picture"),
    "a moving picture": (animated, "a.gif", "animated"),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_bad_pictures_are_refused(api: Callable[..., Any], media: Any, kind: str) -> None:
    content, name, code = PICTURES[kind]
    file = io.BytesIO(content())
    file.name = name
    client, before = api("producer"), saved()
    answer = client.post("/api/v1/assets/", {"file": file}, format="multipart")
    assert answer.status_code == 400, answer.content[:300]
    assert [(problem["pointer"], problem["code"]) for problem in answer.json()["problems"]] == [("/file", code)]
    assert saved() == before
    assert not list(media.rglob("*.*"))


@pytest.mark.parametrize(
    ("content", "name", "size", "format"),
    [
        (lambda: png(8, 6, "CMYK", "JPEG"), "a.jpg", (8, 6), "jpg"),
        (lambda: png(8, 6, format="JPEG", exif=turned()), "a.jpg", (6, 8), "jpg"),
        (lambda: png(8, 6), "a.exe", (8, 6), "png"),
    ],
    ids=["CMYK", "turned by EXIF", "wrong extension"],
)
def test_unusual_pictures_are_converted(
    api: Callable[..., Any], media: Any, content: Any, name: str, size: tuple[int, int], format: str
) -> None:
    file = io.BytesIO(content())
    file.name = name
    answer = api("producer").post("/api/v1/assets/", {"file": file}, format="multipart")
    assert answer.status_code == 201, answer.content
    assert ((answer.json()["width"], answer.json()["height"]), answer.json()["format"]) == (size, format)
    [path] = media.rglob(f"*.{format}")
    with Image.open(path) as picture:
        assert (picture.mode, picture.size, dict(picture.getexif())) == ("RGB", size, {})


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90°
    exif[0x8298] = "somebody's name"
    return exif.tobytes()
