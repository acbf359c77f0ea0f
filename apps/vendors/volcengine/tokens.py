"""Room tokens of the form "001": with one, a browser or an SDK joins a room of the app. Made from the AppKey, which signs
nothing else; pushing needs none, the service joins by itself.

    token = "001" + AppId + base64(packed(message) + packed(HMAC-SHA256(AppKey, message)))
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from collections.abc import Mapping

VERSION = "001"
PUBLISH, AUDIO, VIDEO, DATA, SUBSCRIBE = range(5)
PARTS_OF_PUBLISHING = (AUDIO, VIDEO, DATA)


def build(
    app_id: str,
    app_key: str,
    room: str,
    user: str,
    *,
    issued_at: int,
    expire_at: int,
    nonce: int,
    privileges: Mapping[int, int] | None = None,
) -> str:
    """A token of `user` for `room`. Times are Unix seconds, 0 never ends; `privileges` maps a right to its own end
    (None: publish and subscribe, as long as the token). `nonce` is 32 bits that are hard to guess."""
    given = {PUBLISH: expire_at, SUBSCRIBE: expire_at} if privileges is None else dict(privileges)
    if PUBLISH in given:
        given = {**dict.fromkeys(PARTS_OF_PUBLISHING, given[PUBLISH]), **given}
    message = struct.pack("<III", nonce, issued_at, expire_at) + _packed(room.encode()) + _packed(user.encode())
    message += struct.pack("<H", len(given))
    message += b"".join(struct.pack("<HI", right, given[right]) for right in sorted(given))
    content = _packed(message) + _packed(hmac.new(app_key.encode(), message, hashlib.sha256).digest())
    return f"{VERSION}{app_id}{base64.b64encode(content).decode()}"


def _packed(content: bytes) -> bytes:
    return struct.pack("<H", len(content)) + content
