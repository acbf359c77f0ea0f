"""A client of the emulator, signed by a second implementation of the vendor's rules (its own SDK is in test_sdk)."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import quote

from django.test import Client

KEY, SECRET = "SANDBOXvolcengineKey0001", "sandbox-volcengine-secret-0001"


def call(
    client: Client, action: str, body: Any = None, *, version: str = "2023-11-01", query: dict[str, str] | None = None,
    key: str = KEY, secret: str = SECRET, skew: float = 0, path: str = "/", sent: bytes | None = None, method: str = "",
) -> Any:  # fmt: skip
    """`sent`: other bytes than those signed. Answers Django's response."""
    raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    method = method or ("GET" if body is None else "POST")
    given = {"Action": action, "Version": version, **(query or {})}
    line = "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in sorted(given.items()))
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(time.time() + skew))
    digest = hashlib.sha256(raw).hexdigest()
    names = "host;x-content-sha256;x-date"
    block = f"host:testserver\nx-content-sha256:{digest}\nx-date:{stamp}\n"
    canonical = f"{method}\n{path}\n{line}\n{block}\n{names}\n{digest}"
    scope = f"{stamp[:8]}/cn-north-1/rtc/request"
    text = f"HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    mac = secret.encode()
    for part in scope.split("/"):
        mac = hmac.new(mac, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(mac, text.encode(), hashlib.sha256).hexdigest()
    return client.generic(
        method,
        f"/sandbox/volcengine/?{line}",
        raw if sent is None else sent,
        content_type="application/json",
        headers={
            "host": "testserver",
            "x-date": stamp,
            "x-content-sha256": digest,
            "authorization": f"HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={names}, Signature={signature}",
        },
    )
