"""Request signing of Volcengine and BytePlus: HMAC-SHA256 over a canonical request, keyed by day, region, service.

Unlike AWS Signature 4 the secret has no prefix and the last scope element is `request`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Generator
from urllib.parse import quote

import httpx2

from apps.vendors.types import Clock

ALGORITHM = "HMAC-SHA256"
SERVICE = "rtc"


class VolcengineAuth(httpx2.Auth):
    """Signs with the time the clock gives, again on every attempt: a stale X-Date is refused."""

    requires_request_body = True

    def __init__(
        self, access_key_id: str, secret_access_key: str, region: str, clock: Clock, security_token: str = ""
    ) -> None:
        self._access_key_id = access_key_id
        self._secret_access_key = secret_access_key
        self._region = region
        self._clock = clock
        self._security_token = security_token

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        x_date = self._clock().strftime("%Y%m%dT%H%M%SZ")
        body_hash = hashlib.sha256(request.content).hexdigest()
        request.headers["X-Date"] = x_date
        request.headers["X-Content-Sha256"] = body_hash
        if self._security_token:
            request.headers["X-Security-Token"] = self._security_token
        headers = signed_headers(request)
        canonical = canonical_request(request.method, request.url, headers, body_hash)
        request.headers["Authorization"] = authorization(
            self._access_key_id, self._secret_access_key, self._region, x_date, canonical, ";".join(sorted(headers))
        )
        yield request


def signed_headers(request: httpx2.Request) -> dict[str, str]:
    """Host without a default port, content-type when sent, and every `x-…` header."""
    host = request.headers["host"]
    name, _, port = host.rpartition(":")
    headers = {"host": name if name and port in ("80", "443") else host}
    for header, value in request.headers.items():
        if header.lower() == "content-type" or header.lower().startswith("x-"):
            headers[header.lower()] = value.strip()
    return headers


def canonical_request(method: str, url: httpx2.URL, headers: dict[str, str], body_hash: str) -> str:
    """The text that is hashed and signed. The path is always `/`, also when a proxy puts the API below a prefix."""
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in url.params.multi_items())
    query = "&".join(f"{name}={value}" for name, value in pairs)
    block = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    return "\n".join([method, "/", query, block, ";".join(sorted(headers)), body_hash])


def authorization(
    access_key_id: str, secret_access_key: str, region: str, x_date: str, canonical: str, names: str
) -> str:
    """The Authorization header for a canonical request."""
    scope = f"{x_date[:8]}/{region}/{SERVICE}/request"
    to_sign = "\n".join([ALGORITHM, x_date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = secret_access_key.encode()
    for part in (x_date[:8], region, SERVICE, "request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
