"""Reads the files that clouds made, from where we may: an address comes from outside (a callback, a reply), so it must
not make this machine ask its own network.

Allowed are https and http on hosts that were named beforehand and that resolve to public addresses only; the address
that was checked is the one that is connected to. Redirects are not followed, compression is not asked for, what comes
is cut at a number of bytes, and the whole takes at most a time.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

import httpx2

from apps.core.errors import QuadboxError, Refused, VendorUnreachable

Resolver: TypeAlias = Callable[[str, int], list[str]]

TIMEOUT = httpx2.Timeout(connect=5.0, read=10.0, write=10.0, pool=10.0)
LONGEST = 30.0  # seconds for one file
GONE = (401, 403, 404, 410)  # a bucket says 403 for an expired signature, and for what is no longer there


class MediaGone(QuadboxError):
    """The cloud has the file no longer, or no longer shows it to us."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The cloud no longer gives this file (HTTP {status}).")
        self.status = status


@dataclass(frozen=True, slots=True)
class Places:
    """From where files may be read. `hosts`: "media.example.com", or ".example.com" for all below. `prefixes`: whole
    beginnings of addresses on this machine (the sandbox's), which need not be public."""

    hosts: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    def is_ours(self, url: str) -> bool:
        path = urlsplit(url).path
        return ".." not in path and "%" not in path and any(url.startswith(prefix) for prefix in self.prefixes)

    def has_host(self, host: str) -> bool:
        host = host.lower().rstrip(".")
        return any(
            host.endswith(allowed) if allowed.startswith(".") else host == allowed
            for allowed in map(str.lower, self.hosts)
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """`content` is the whole file, or its beginning when `whole` is False."""

    content: bytes
    whole: bool


def addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises `VendorUnreachable`."""
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise VendorUnreachable(
            "The host name of the file could not be resolved ({what}).", params={"what": type(error).__name__}
        ) from error


def target(
    url: str, places: Places, resolve: Resolver = addresses
) -> tuple[httpx2.URL, dict[str, str], dict[str, str]]:
    """(address to connect to, headers, extensions) of an allowed address. Raises `Refused`, `VendorUnreachable`."""
    try:
        parsed = httpx2.URL(url)
        host, port = parsed.host, parsed.port or (443 if parsed.scheme == "https" else 80)
    except (httpx2.InvalidURL, ValueError) as error:
        raise Refused("The address of the file cannot be read.") from error
    if parsed.scheme not in ("https", "http") or not host or parsed.userinfo:
        raise Refused("Files are read over https or http only, and without a name in the address.")
    if places.is_ours(url):
        return parsed, {}, {}
    if not places.has_host(host):
        raise Refused(f"Files are not read from {host}: an admin can allow this host.")
    found = resolve(host, port)
    if not found or any(not ipaddress.ip_address(address.partition("%")[0]).is_global for address in found):
        raise Refused(f"{host} is not on the public internet; files are not read from there.")
    return parsed.copy_with(host=found[0]), {"host": parsed.netloc.decode()}, {"sni_hostname": host}


def fetch(
    url: str,
    places: Places,
    *,
    most: int,
    resolve: Resolver = addresses,
    transport: httpx2.BaseTransport | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Piece:
    """At most `most` bytes of the file. Raises `Refused`, `MediaGone`, `VendorUnreachable`."""
    begun = clock()
    address, headers, extensions = target(url, places, resolve)
    headers |= {"accept-encoding": "identity", "range": f"bytes=0-{most - 1}"}
    content = bytearray()
    try:
        with (
            httpx2.Client(timeout=TIMEOUT, transport=transport, follow_redirects=False, trust_env=False) as client,
            client.stream("GET", address, headers=headers, extensions=extensions) as answer,
        ):
            if answer.status_code in GONE:
                raise MediaGone(answer.status_code)
            if answer.status_code not in (200, 206):
                status = {"status": answer.status_code}
                raise VendorUnreachable("The cloud returned HTTP {status} for this file.", params=status)
            for chunk in answer.iter_raw():
                content += chunk
                if len(content) >= most:
                    break
                if clock() - begun > LONGEST:
                    raise VendorUnreachable(
                        "The file did not arrive within {seconds} s.", params={"seconds": round(LONGEST)}
                    )
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise VendorUnreachable(
            "The file could not be read ({what}).", params={"what": type(error).__name__}
        ) from error
    return Piece(bytes(content[:most]), whole=len(content) < most)


def beside(url: str, name: str) -> str:
    """The address of a file named relative to another, as a playlist names its segments."""
    return urljoin(url, name)
