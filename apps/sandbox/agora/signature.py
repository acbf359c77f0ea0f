"""Who may call (HTTP Basic), and who may enter a channel (RTC tokens of form 007)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
import zlib
from dataclasses import dataclass

from apps.sandbox.agora.replies import Rejected
from apps.sandbox.engine import accounts

JOIN, PUBLISH_AUDIO, PUBLISH_VIDEO = 1, 2, 3
LONGEST_LIFE = 86_400


def caller(authorization: str) -> str:
    """The customer id of a good Basic header."""
    scheme, _, pair = authorization.partition(" ")
    if scheme.lower() != "basic" or not pair:
        raise Rejected(401, "Unauthorized")
    try:
        customer, colon, given = base64.b64decode(pair, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise Rejected(401) from None
    secret = accounts.secret_of(accounts.AGORA, customer)
    if not colon or secret is None or not hmac.compare_digest(secret.encode(), given.encode()):
        raise Rejected(401)
    return customer


@dataclass(frozen=True, slots=True)
class Entry:
    """What a token lets somebody do: `rights` maps a privilege to the Unix second it ends."""

    app_id: str
    channel: str
    user: str
    ends_at: int
    rights: dict[int, int]


def refusal(token: object, app_id: str, certificate: str, channel: str, uid: int, now: float, publish: bool) -> str:
    """Why this token does not open `channel` to `uid` (0: to anybody); "" when it does."""
    try:
        entry = _read(token, certificate)
    except (ValueError, struct.error, zlib.error, binascii.Error):
        return "invalid token"
    if entry.app_id != app_id or entry.channel != channel:
        return "the token is for another channel"
    if entry.user != ("" if uid == 0 else str(uid)):
        return "the token is for another user"
    wanted = (JOIN, PUBLISH_AUDIO, PUBLISH_VIDEO) if publish else (JOIN,)
    if now >= entry.ends_at or any(now >= entry.rights.get(right, 0) for right in wanted):
        return "the token has expired or lacks a privilege"
    return ""


def _read(token: object, certificate: str) -> Entry:
    """Layout: text(signature) text(app id) u32 issued, u32 seconds, u32 salt, u16 services; then, of each service,
    u16 type, u16 count, (u16 privilege, u32 seconds)…, text(channel) text(user). Numbers little-endian."""
    if not isinstance(token, str) or not token.startswith("007"):
        raise ValueError("not a token of form 007")
    content = zlib.decompress(base64.b64decode(token[3:], validate=True))
    signature, rest = _text(content)
    app_id, tail = _text(rest)
    issued, seconds, salt, _services = struct.unpack_from("<IIIH", tail)
    key = hmac.new(struct.pack("<I", issued), certificate.encode(), hashlib.sha256).digest()
    key = hmac.new(struct.pack("<I", salt), key, hashlib.sha256).digest()
    if not hmac.compare_digest(hmac.new(key, rest, hashlib.sha256).digest(), signature):
        raise ValueError("the signature does not hold")
    kind, count = struct.unpack_from("<HH", tail, 14)
    if kind != 1:
        raise ValueError("not an RTC token")
    ends_at = issued + (min(seconds, LONGEST_LIFE) or LONGEST_LIFE)
    rights = {}
    for number in range(count):
        right, lasts = struct.unpack_from("<HI", tail, 18 + number * 6)
        rights[right] = min(ends_at, issued + lasts) if lasts else ends_at
    channel, tail = _text(tail[18 + count * 6 :])
    user, _ = _text(tail)
    return Entry(app_id.decode(), channel.decode(), user.decode(), ends_at, rights)


def _text(content: bytes) -> tuple[bytes, bytes]:
    (length,) = struct.unpack_from("<H", content)
    if len(content) < 2 + length:
        raise ValueError("cut off")
    return content[2 : 2 + length], content[2 + length :]
