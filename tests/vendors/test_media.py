"""Reading vendors' files: from named, public hosts only, never further, never more than asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from apps.core.errors import Refused, VendorUnreachable
from apps.vendors.media import LONGEST, MediaGone, Places, fetch, target

PUBLIC = "93.184.215.14"
PLACES = Places(hosts=(".aliyuncs.com", "media.example.com"), prefixes=("http://127.0.0.1:8000/sandbox/media/",))
BUCKET = "https://show.oss-cn-shanghai.aliyuncs.com/a/index.m3u8"


def resolves(*ips: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: list(ips)


def answering(handler: Callable[[httpx2.Request], httpx2.Response], **more: Any) -> bytes:
    most = more.pop("most", 1000)
    return fetch(
        BUCKET, PLACES, most=most, resolve=resolves(PUBLIC), transport=httpx2.MockTransport(handler), **more
    ).content


def test_what_was_checked_is_what_is_connected_to() -> None:
    asked: list[httpx2.Request] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(206, stream=httpx2.ByteStream(b"#EXTM3U"))

    assert answering(handler) == b"#EXTM3U"
    request = asked[0]
    assert str(request.url) == f"https://{PUBLIC}/a/index.m3u8"
    assert request.headers["host"] == "show.oss-cn-shanghai.aliyuncs.com"
    assert request.extensions["sni_hostname"] == "show.oss-cn-shanghai.aliyuncs.com"
    assert request.headers["range"] == "bytes=0-999"
    assert request.headers["accept-encoding"] == "identity"
    assert not {"authorization", "cookie"} & set(request.headers)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.com/a.m3u8",
        "https://aliyuncs.com.evil.example/a.m3u8",
        "https://evilaliyuncs.com/a.m3u8",
        "https://sub.media.example.com/a.m3u8",
        "https://user:pass@media.example.com/a.m3u8",
        "https://media.example.com@evil.example/a.m3u8",
        "http://127.0.0.1:8000/api/v1/credentials/",
        "http://127.0.0.1:8000/sandbox/media/../control/",
        "http://127.0.0.1:8000/sandbox/media/%2e%2e/control/",
        "http://127.0.0.1:8001/sandbox/media/a.m3u8",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://media.example.com/a",
        "javascript:alert(1)",
        "gopher://media.example.com/",
        "//media.example.com/a",
        "https://",
        "",
        "https://media.example.com:99999/a",
    ],
)
def test_other_places_are_refused_before_anything_is_sent(url: str) -> None:
    def never(request: httpx2.Request) -> httpx2.Response:
        raise AssertionError(f"asked {request.url}")

    with pytest.raises(Refused):
        fetch(url, PLACES, most=10, resolve=resolves("127.0.0.1"), transport=httpx2.MockTransport(never))


@pytest.mark.parametrize(
    "ips",
    [
        ("127.0.0.1",), ("10.0.0.5",), ("172.16.3.4",), ("192.168.1.1",), ("169.254.169.254",), ("100.100.100.200",),
        ("0.0.0.0",), ("::1",), ("fe80::1%eth0",), ("fc00::1",), ("::ffff:127.0.0.1",), (PUBLIC, "10.0.0.5"), (),
    ],
)  # fmt: skip
def test_a_named_host_that_points_inwards_is_refused(ips: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="public internet"):
        target(BUCKET, PLACES, resolves(*ips))


def test_the_sandbox_is_read_on_this_machine() -> None:
    url = "http://127.0.0.1:8000/sandbox/media/aliyun/1/hls/index.m3u8"
    assert str(target(url, PLACES, resolves())[0]) == url


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_gone_is_said(status: int) -> None:
    with pytest.raises(MediaGone) as told:
        answering(lambda _request: httpx2.Response(status))
    assert told.value.status == status


@pytest.mark.parametrize("status", [301, 302, 307, 500, 503])
def test_redirects_and_failures_bring_no_content(status: int) -> None:
    with pytest.raises(VendorUnreachable):
        answering(lambda _request: httpx2.Response(status, headers={"location": "http://127.0.0.1/"}))


def test_a_broken_connection_is_unreachable() -> None:
    def broken(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("slow")

    with pytest.raises(VendorUnreachable):
        answering(broken)


class Endless(httpx2.SyncByteStream):
    def __init__(self) -> None:
        self.given = 0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.given += 100
            yield b"x" * 100


def test_no_more_is_read_than_asked_for() -> None:
    stream = Endless()
    assert len(answering(lambda _request: httpx2.Response(200, stream=stream), most=1050)) == 1050
    assert stream.given == 1100


def test_a_trickle_ends_in_time() -> None:
    moments = iter(range(0, 100_000, 10))
    stream = Endless()
    with pytest.raises(VendorUnreachable, match="within"):
        answering(lambda _request: httpx2.Response(200, stream=stream), most=10**9, clock=lambda: float(next(moments)))
    assert stream.given <= 100 * (LONGEST / 10 + 1)
