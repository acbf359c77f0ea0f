"""Layouts and pictures over REST."""

from __future__ import annotations

import io
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.layouts import assets
from apps.layouts.models import Asset, LayoutTemplate, LayoutVersion

EMPTY: dict[str, Any] = {"schema": "quadbox.layout/1", "canvas": {"width": 640, "height": 360}, "objects": []}
REGION = {"kind": "region", "id": "r", "x": 0, "y": 0, "width": 320, "height": 180, "source": {"slot": "host"}}


def encoded(format: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "red" if mode != "RGBA" else (255, 0, 0, 90)).save(file, format, **options)
    return file.getvalue()


def send(client: Any, content: bytes, name: str = "picture.png") -> Any:
    return client.post("/api/v1/assets/", {"file": SimpleUploadedFile(name, content)}, format="multipart")


def create_layout(client: Any, document: Any = EMPTY, name: str = "L") -> dict[str, Any]:
    answer = client.post("/api/v1/layouts/", {"name": name, "document": document})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_save_makes_a_version_and_a_stale_save_is_refused(api: Any) -> None:
    client = api("producer")
    row = create_layout(client)
    url = f"/api/v1/layouts/{row['id']}/"
    changed = {**EMPTY, "objects": [REGION]}
    answer = client.patch(url, {"version": 1, "document": changed})
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    stale = client.patch(url, {"version": 1, "document": EMPTY})
    assert (stale.status_code, stale.json()["version"]) == (412, 2)
    assert client.patch(url, {"name": "no version"}).status_code == 400
    assert len(client.get(url).json()["document"]["objects"]) == 1
    versions = client.get(f"{url}versions/").json()["results"]
    assert [version["version"] for version in versions] == [2, 1]
    assert client.get(f"{url}versions/1/").json()["document"]["objects"] == []
    assert client.get(f"{url}versions/9/").status_code == 404


def test_save_without_a_change_makes_no_version(api: Any) -> None:
    client = api("producer")
    row = create_layout(client)
    answer = client.patch(f"/api/v1/layouts/{row['id']}/", {"version": 1, "document": row["document"]})
    assert answer.json()["version"] == 1


def test_last_fifty_versions_are_kept(api: Any) -> None:
    client = api("producer")
    row = create_layout(client)
    for version in range(1, 56):
        client.patch(f"/api/v1/layouts/{row['id']}/", {"version": version, "name": f"n{version}"})
    numbers = sorted(LayoutVersion.objects.values_list("version", flat=True))
    assert numbers == list(range(7, 57))


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (None, "/document"),
        ([], ""),
        ("text", ""),
        ({}, "/canvas"),
        ({**EMPTY, "schema": "quadbox.layout/99"}, "/schema"),
        ({**EMPTY, "canvas": {"width": 10, "height": 360}}, "/canvas/width"),
        ({**EMPTY, "objects": [{**REGION, "width": 0}]}, "/objects/0/width"),
        ({**EMPTY, "objects": [REGION, REGION]}, "/objects/1/id"),
        ({**EMPTY, "objects": [{**REGION, "name": "a\x00"}]}, "/objects/0/name"),
        ({**EMPTY, "objects": [{**REGION, "name": "\ud800"}]}, "/objects/0/name"),
        ({**EMPTY, "canvas": {**EMPTY["canvas"], "image": {"url": "asset:" + "a" * 64}}}, "/canvas/image/url"),
        ({**EMPTY, "objects": [{**REGION, "placeholder": {"url": "asset:" + "b" * 64}}]}, "/objects/0/placeholder/url"),
    ],
)
def test_bad_documents_are_refused_with_pointers(api: Any, document: Any, pointer: str) -> None:
    body = json.dumps({"name": "L", "document": document})  # ASCII: half a surrogate pair gets through as \\ud800
    answer = api("producer").post("/api/v1/layouts/", body, content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert any(problem["pointer"].startswith(pointer) for problem in answer.json()["problems"]), answer.json()
    assert LayoutTemplate.objects.count() == 0
    assert LayoutVersion.objects.count() == 0


def test_preview_is_a_cacheable_png(api: Any) -> None:
    client = api("viewer")
    row = create_layout(api("producer"), {**EMPTY, "objects": [REGION]})
    answer = client.get(f"/api/v1/layouts/{row['id']}/preview.png")
    assert Image.open(io.BytesIO(answer.content)).size == (640, 360)
    again = client.get(f"/api/v1/layouts/{row['id']}/preview.png", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/api/v1/layouts/{row['id']}/preview.png?version=7").status_code == 404
    assert client.get(f"/api/v1/layouts/{row['id']}/preview.png?version=x").status_code == 400


def test_uploaded_picture_is_reencoded_and_cached_forever(api: Any, media: Path) -> None:
    client = api("producer")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010E] = "canary"
    answer = send(client, encoded("JPEG", exif=exif), "../../holiday.jpg")
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["width"], row["height"], row["name"]) == (20, 40, "holiday.jpg")
    public = client.get(row["public_url"].removeprefix("http://127.0.0.1:8000"))
    content = b"".join(public.streaming_content)
    assert b"canary" not in content
    assert b"Exif" not in content
    assert "immutable" in public["Cache-Control"]
    assert public["X-Content-Type-Options"] == "nosniff"
    assert public["Content-Type"] == "image/jpeg"
    assert send(client, encoded("JPEG", exif=exif)).json()["id"] == row["id"]


def test_alpha_of_a_picture_is_kept(api: Any) -> None:
    row = send(api("producer"), encoded("WEBP", "RGBA")).json()
    assert row["format"] == "png"
    assert Image.open(io.BytesIO(assets.read(row["url"], Asset.objects.get().team) or b"")).mode == "RGBA"


def bomb() -> bytes:
    """A PNG whose header promises 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def moving() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n", "not_a_picture"),
        (encoded()[:60], "not_a_picture"),
        (encoded("BMP"), "not_a_picture"),
        (encoded("TIFF"), "not_a_picture"),
        (encoded(size=(9000, 1)), "too_many_pixels"),
        (bomb(), None),
        (moving(), "animated"),
    ],
)
def test_bad_pictures_are_refused(api: Any, media: Path, content: bytes, code: str | None) -> None:
    answer = send(api("producer"), content)
    assert answer.status_code == 400, answer.content
    problem = answer.json()["problems"][0]
    assert problem["pointer"] == "/file"
    assert problem["code"] == code or code is None
    assert Asset.objects.count() == 0
    assert not list(media.rglob("*.*"))


def test_too_large_picture_is_refused(api: Any, settings: Any) -> None:
    settings.ASSET_MAX_BYTES = 100
    assert send(api("producer"), encoded() + b"\0" * 100).status_code == 400
    assert send(api("producer"), b"\0" * 200_000).status_code == 413


def test_picture_in_use_is_not_deleted(api: Any, media: Path) -> None:
    client = api("producer")
    row = send(client, encoded()).json()
    layout = create_layout(client, {**EMPTY, "canvas": {"width": 640, "height": 360, "image": {"url": row["url"]}}})
    assert client.delete(f"/api/v1/assets/{row['id']}/").status_code == 409
    client.delete(f"/api/v1/layouts/{layout['id']}/")
    assert client.delete(f"/api/v1/assets/{row['id']}/").status_code == 204
    assert Asset.objects.count() == 0


def test_picture_of_another_team_cannot_be_used(api: Any) -> None:
    row = send(api("outsider"), encoded()).json()
    document = {**EMPTY, "canvas": {"width": 640, "height": 360, "image": {"url": row["url"]}}}
    assert api("producer").post("/api/v1/layouts/", {"name": "L", "document": document}).status_code == 400


def test_published_picture_is_stored_once_and_readable(team: Any, media: Path) -> None:
    import hashlib

    content = encoded("PNG", "RGBA")
    digest = hashlib.sha256(content).hexdigest()
    assets.publish(digest, content)
    assets.publish(digest, content)
    assert Asset.objects.count() == 1
    assert assets.read(f"asset:{digest}", team) == content
    with pytest.raises(ValueError, match="digest"):
        assets.publish("0" * 64, content)


def test_refused_deletion_names_the_layouts_that_use_the_picture(api: Any, media: Path) -> None:
    client = api("producer")
    row = send(client, encoded()).json()
    document = {**EMPTY, "canvas": {"width": 640, "height": 360, "image": {"url": row["url"]}}}
    for name in ("One", "Two", "Three", "Four", "Five"):
        create_layout(client, document, name)
    answer = client.delete(f"/api/v1/assets/{row['id']}/")
    assert answer.status_code == 409
    assert answer.json()["detail"] == "The layouts “Five”, “Four”, “Three” and 2 others use this picture."


def test_picture_of_an_older_version_on_air_is_not_deleted(api: Any, media: Path, team: Any) -> None:
    from apps.credentials.models import App, Credential
    from apps.tasks.models import Task
    from tests.tasks.conftest import DOCUMENT

    client = api("producer")
    row = send(client, encoded()).json()
    layout = create_layout(
        client, {**EMPTY, "canvas": {"width": 640, "height": 360, "image": {"url": row["url"]}}}, "Show"
    )
    keys = Credential.objects.create(team=team, name="Keys", vendor="volcengine", keys={})
    app = App.objects.create(team=team, credential=keys, name="App", vendor_app_id="0" * 24)
    task = Task.objects.create(
        team=team, app=app, product="volcengine-push", layout_id=layout["id"], document=DOCUMENT, room="r", name="T",
        state="running", layout_version=1, applied_version=1,
    )  # fmt: skip
    client.patch(f"/api/v1/layouts/{layout['id']}/", {"version": 1, "document": EMPTY})
    answer = client.delete(f"/api/v1/assets/{row['id']}/")
    assert (answer.status_code, answer.json()["detail"]) == (409, "The layout “Show” uses this picture.")
    Task.objects.filter(pk=task.pk).update(state="stopped")
    assert client.delete(f"/api/v1/assets/{row['id']}/").status_code == 204


def test_picture_is_renamed(api: Any, media: Path) -> None:
    client = api("producer")
    row = send(client, encoded()).json()
    url = f"/api/v1/assets/{row['id']}/"
    assert client.patch(url, {"name": " ../Logo.png "}).json()["name"] == "Logo.png"
    refused = client.patch(url, {"name": "a/"})
    assert (refused.status_code, refused.json()["problems"][0]["pointer"]) == (400, "/name")
    assert [result["name"] for result in client.get("/api/v1/assets/?name__icontains=logo").json()["results"]] == [
        "Logo.png"
    ]
    assert client.get("/api/v1/assets/?name__icontains=zebra").json()["results"] == []
