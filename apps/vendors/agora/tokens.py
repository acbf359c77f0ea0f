"""RTC tokens of the form "007" (AccessToken2): they let a user, or a service of the vendor, into a channel.

    signature, info = sign(...)      token = "007" + base64(zlib(text(signature) + info))

The zlib stream differs between builds: compare tokens by what they hold (`opened`), never as text.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

VERSION = "007"
RTC = 1  # the service; others (RTM, chat) are not ours
JOIN, AUDIO, VIDEO, DATA = 1, 2, 3, 4
PUBLISHER = (JOIN, AUDIO, VIDEO, DATA)
SUBSCRIBER = (JOIN,)
LONGEST_LIFE = 86_400  # seconds; the vendor takes longer ones, and 0, for this
LARGEST_SALT = 99_999_999
MOST_CONTENT = 65_536  # bytes; a token of ours has about 150

_HEX_32 = re.compile(r"[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token holds. `expire` and the privileges are seconds after `issued_at` (Unix seconds)."""

    signature: bytes
    info: bytes
    app_id: str
    issued_at: int
    expire: int
    salt: int
    channel: str
    user: str
    privileges: Mapping[int, int]


def build(
    app_id: str,
    certificate: str,
    channel: str,
    uid: int | str,
    *,
    issued_at: int,
    salt: int,
    expire: int = LONGEST_LIFE,
    privileges: Mapping[int, int] | None = None,
) -> str:
    """A token for `uid` (0: any; a text: a string account) in `channel`. Seconds of the token and of its privileges
    count from `issued_at`. Raises ValueError for an App ID or certificate that is none, where the vendor's own
    builders answer an empty text."""
    if not is_key(app_id):
        raise ValueError("The App ID must have 32 hexadecimal characters.")
    if not is_key(certificate):
        raise ValueError("The App Certificate must be 32 hexadecimal characters.")
    rights = dict.fromkeys(PUBLISHER, expire) if privileges is None else privileges
    info = signing_info(app_id, channel, uid, issued_at=issued_at, salt=salt, expire=expire, privileges=rights)
    signature = sign(info, certificate, issued_at, salt)
    return VERSION + base64.b64encode(zlib.compress(_text(signature) + info)).decode()


def signing_info(
    app_id: str,
    channel: str,
    uid: int | str,
    *,
    issued_at: int,
    salt: int,
    expire: int,
    privileges: Mapping[int, int],
) -> bytes:
    """The signed part. Privileges go in ascending order: the signature depends on it."""
    rights = b"".join(struct.pack("<HI", right, privileges[right]) for right in sorted(privileges))
    user = "" if uid == 0 else str(uid)
    service = struct.pack("<HH", RTC, len(privileges)) + rights + _text(channel.encode()) + _text(user.encode())
    return _text(app_id.encode()) + struct.pack("<IIIH", issued_at, expire, salt, 1) + service


def signing_key(certificate: str, issued_at: int, salt: int) -> bytes:
    first = hmac.new(struct.pack("<I", issued_at), certificate.encode("ascii"), hashlib.sha256).digest()
    return hmac.new(struct.pack("<I", salt), first, hashlib.sha256).digest()


def sign(info: bytes, certificate: str, issued_at: int, salt: int) -> bytes:
    return hmac.new(signing_key(certificate, issued_at, salt), info, hashlib.sha256).digest()


def content(token: str) -> bytes:
    """The bytes inside a token, whatever zlib packed them. Raises ValueError when it is none of form 007."""
    if not token.startswith(VERSION):
        raise ValueError("This is no token of form 007.")
    try:
        packed = base64.b64decode(token[len(VERSION) :], validate=True)
        inflater = zlib.decompressobj()
        inside = inflater.decompress(packed, MOST_CONTENT)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError("This is no token of form 007.") from error
    if not inflater.eof:
        raise ValueError("This is no token of form 007.")
    return inside


def opened(token: str) -> Opened:
    """Reads a token with one RTC service. Raises ValueError."""
    reader = _Reader(content(token))
    signature = reader.text()
    info = reader.rest()
    app_id = reader.text().decode("ascii", "replace")
    issued_at, expire, salt, services = reader.numbers("<IIIH")
    kind, count = reader.numbers("<HH")
    if services < 1 or kind != RTC:
        raise ValueError("The token is not for RTC.")
    privileges: dict[int, int] = {}
    for _ in range(count):
        right, seconds = reader.numbers("<HI")
        privileges[right] = seconds
    channel, user = reader.text(), reader.text()
    return Opened(
        signature, info, app_id, issued_at, expire, salt, channel.decode(errors="replace"),
        user.decode(errors="replace"), privileges,
    )  # fmt: skip


def verified(token: str, certificate: str) -> bool:
    """Whether the token was signed with this certificate."""
    try:
        found = opened(token)
    except ValueError:
        return False
    return hmac.compare_digest(sign(found.info, certificate, found.issued_at, found.salt), found.signature)


def is_key(text: str) -> bool:
    """An App ID or an App Certificate: 32 hexadecimal characters."""
    return bool(_HEX_32.fullmatch(text))


def _text(value: bytes) -> bytes:
    return struct.pack("<H", len(value)) + value


class _Reader:
    def __init__(self, value: bytes) -> None:
        self._value = value
        self._at = 0

    def numbers(self, form: str) -> tuple[int, ...]:
        size = struct.calcsize(form)
        if self._at + size > len(self._value):
            raise ValueError("The token is cut off.")
        found: tuple[int, ...] = struct.unpack_from(form, self._value, self._at)
        self._at += size
        return found

    def text(self) -> bytes:
        (length,) = self.numbers("<H")
        if self._at + length > len(self._value):
            raise ValueError("The token is cut off.")
        self._at += length
        return self._value[self._at - length : self._at]

    def rest(self) -> bytes:
        return self._value[self._at :]
