"""Posters: a frame of the recording if one can be read, else the drawn layout."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from apps.archive import jobs, posters
from apps.archive.frame import can_decode, first_frame
from apps.core.errors import Refused, VendorUnreachable
from apps.vendors.media import MediaGone, Piece, Places
from tests.archive.conftest import BUCKET, make_app

pytestmark = pytest.mark.django_db
Record = Callable[..., Any]
GREEN = (20, 160, 60)


def jpeg(color: tuple[int, int, int] = GREEN, size: tuple[int, int] = (1600, 900)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG")
    return out.getvalue()


def video(*colors: tuple[int, int, int], format: str = "mpegts") -> bytes:
    """Ten frames of each color."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format=format) as container:
        stream = container.add_stream("libx264", rate=Fraction(25))
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for color in colors:
            for _ in range(10):
                frame = av.VideoFrame.from_image(Image.new("RGB", (320, 180), color))
                container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return out.getvalue()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What lies at which address; an exception is raised. Addresses not here are gone."""
    pages: dict[str, Any] = {}

    def fetch(url: str, places: Places, *, most: int) -> Piece:
        content = pages.get(url, MediaGone(404))
        if isinstance(content, Exception):
            raise content
        return Piece(content[:most], whole=len(content) < most)

    monkeypatch.setattr(posters.media, "fetch", fetch)
    return pages


@pytest.fixture(autouse=True)
def storage(media: Any, redis_server: str) -> None:
    """A folder for pictures, and Redis for messages to browsers."""


def color_of(row: Any) -> tuple[int, ...]:
    row.refresh_from_db()
    with Image.open(row.poster_path) as opened:
        assert opened.format == "JPEG"
        assert max(opened.size) <= 960
        return tuple(opened.resize((1, 1)).getpixel((0, 0)))


def near(color: tuple[int, ...], expected: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 20 for a, b in zip(color, expected, strict=True))


def due(row: Any) -> None:
    from django.utils import timezone

    type(row).objects.filter(pk=row.pk).update(poster_due_at=timezone.now())


def test_frame_of_the_recording_becomes_the_poster(web: dict[str, Any], record: Record, api: Any) -> None:
    row = record(files=(f"{BUCKET}/a/index.m3u8",))
    web[f"{BUCKET}/a/index.m3u8"] = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nseg0.ts\n#EXTINF:2,\nseg1.ts\n"
    web[f"{BUCKET}/a/seg0.ts"] = video((0, 0, 0), GREEN)  # it begins black
    due(row)
    assert jobs.make_posters() == 1
    assert near(color_of(row), GREEN)
    assert (row.poster_source, row.poster_due_at) == ("frame", None)
    body = api("viewer").get(f"/api/v1/recordings/{row.pk}/").json()
    assert body["poster"].startswith(f"{settings.PUBLIC_URL}/api/v1/recordings/{row.pk}/poster/?v=")
    picture = api("viewer").get(body["poster"].removeprefix(settings.PUBLIC_URL))
    assert picture["Content-Type"] == "image/jpeg"
    assert b"".join(picture.streaming_content) == row.poster_path.read_bytes()
    assert jobs.make_posters() == 0


def test_frame_of_a_master_playlist_and_fragmented_mp4(web: dict[str, Any], record: Record) -> None:
    row = record(files=(f"{BUCKET}/a/index.m3u8",))
    whole = video(GREEN, format="mp4")
    web[f"{BUCKET}/a/index.m3u8"] = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow/one.m3u8\n"
    web[f"{BUCKET}/a/low/one.m3u8"] = b'#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2,\nrest.m4s\n'
    web[f"{BUCKET}/a/low/init.mp4"], web[f"{BUCKET}/a/low/rest.m4s"] = whole[:600], whole[600:]
    assert near(Image.open(io.BytesIO(posters.poster_of_files(row) or b"")).resize((1, 1)).getpixel((0, 0)), GREEN)


def test_frame_of_an_mp4(web: dict[str, Any], record: Record) -> None:
    row = record(files=(f"{BUCKET}/a.mp4",))
    web[f"{BUCKET}/a.mp4"] = video(GREEN, format="mp4")
    posters.make_poster(row)
    assert near(color_of(row), GREEN)


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (MediaGone(404), True),
        (VendorUnreachable("away"), True),
        (Refused("not from there"), False),
        (b"<html>sign in</html>", False),
        (b"#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:2,\na.ts\n", False),
        (b"#EXTM3U\n", False),
    ],
    ids=str,
)  # fmt: skip
def test_layout_is_drawn_without_a_frame_and_only_temporary_errors_are_retried(
    web: dict[str, Any], record: Record, answer: Any, again: bool
) -> None:
    row = record(files=(f"{BUCKET}/a.m3u8",))
    web[f"{BUCKET}/a.m3u8"] = answer
    posters.make_poster(row)
    row.refresh_from_db()
    assert row.poster_source == "drawn"
    assert row.poster_path.is_file()
    assert (row.poster_due_at is not None) is again


def test_frame_replaces_the_drawing_later(web: dict[str, Any], record: Record) -> None:
    row = record(files=(f"{BUCKET}/a.mp4",))
    posters.make_poster(row)
    row.refresh_from_db()
    drawn = row.poster_path
    assert row.files.get().missing_at is not None
    web[f"{BUCKET}/a.mp4"] = video(GREEN, format="mp4")
    posters.make_poster(row)
    assert near(color_of(row), GREEN)
    assert not drawn.exists()
    assert row.files.get().missing_at is None


@pytest.mark.parametrize(
    ("problem", "waits"),
    [(VendorUnreachable("No answer."), posters.RETRY_SECONDS), (MediaGone(403), posters.MISSING_RETRY_SECONDS)],
    ids=["unreachable", "missing"],
)
def test_poster_has_a_limited_number_of_tries(
    web: dict[str, Any], record: Record, problem: Exception, waits: tuple[int, ...]
) -> None:
    row = record(files=(f"{BUCKET}/a.mp4",))
    web[row.files.get().url] = problem
    for tries, wait in enumerate(waits, 1):
        before = timezone.now()
        posters.make_poster(row)
        row.refresh_from_db()
        assert row.poster_tries == tries
        assert 0 <= (row.poster_due_at - before).total_seconds() - wait < 30
    posters.make_poster(row)
    row.refresh_from_db()
    assert row.poster_due_at is None


def test_file_that_is_served_again_is_no_longer_missing(web: dict[str, Any], record: Record) -> None:
    row = record(files=(f"{BUCKET}/a.mp4",))
    posters.make_poster(row)
    assert row.files.get().missing_at is not None
    web[row.files.get().url] = b""
    posters.make_poster(row)
    assert row.files.get().missing_at is None


def test_poster_is_made_by_one_worker(record: Record) -> None:
    row = record()
    due(row)
    assert [row.pk for row in posters.claim_due()] == [row.pk]
    assert posters.claim_due() == []


def test_sandbox_poster_is_beside_the_recording(web: dict[str, Any], record: Record, team: Any) -> None:
    base = f"{settings.PUBLIC_URL}/sandbox/"
    sandboxed = make_app(team, "Sandbox", **{"aliyun-rtc-record": f"{base}aliyun/rtc/"})
    url = f"{base}media/aliyun/1/hls/index.m3u8"
    row = record(app=sandboxed, files=(url,))
    assert posters.allowed_places(row).prefixes == (f"{base}media/",)
    web[urljoin(url, "../poster.jpg")] = jpeg()
    posters.make_poster(row)
    assert near(color_of(row), GREEN)
    assert posters.allowed_places(record(files=(url,))).prefixes == ()  # an app of a real cloud does not read there


def test_allowed_hosts_are_those_of_the_product_and_the_policies(record: Record, team: Any, app: Any) -> None:
    from apps.archive.models import Policy

    other = make_app(team, "Other")
    Policy.objects.create(team=team, file_hosts=["media.example.com"])
    Policy.objects.create(team=team, app=app, file_hosts=[".cdn.example.com"])
    Policy.objects.create(team=team, app=other, file_hosts=["other.example.com"])
    hosts = posters.allowed_places(record()).hosts
    assert set(hosts) == {".aliyuncs.com", "media.example.com", ".cdn.example.com"}


@pytest.mark.parametrize("content", [b"", b"not a video", b"\x00" * 4096, b"GIF89a" + b"\xff" * 100])
def test_file_that_is_not_video_has_no_frame(content: bytes) -> None:
    assert can_decode()
    assert first_frame(content) is None


def test_truncated_file_has_its_first_frame() -> None:
    whole = video(GREEN, (200, 30, 30))
    assert first_frame(whole[: len(whole) * 2 // 3]) is not None


def test_new_file_requests_a_poster(record: Record) -> None:
    from apps.archive.files import store_files
    from apps.vendors.report import RecordedFile

    row = record(files=())
    store_files(row.task, [RecordedFile(url=f"{BUCKET}/new.m3u8", format="m3u8", duration=4.0)])
    row.refresh_from_db()
    assert row.poster_due_at is not None
