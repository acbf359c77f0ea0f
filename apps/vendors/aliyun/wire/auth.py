"""The two request signatures of Aliyun's RPC-style APIs, as `httpx2.Auth` classes.

A plan carries the operation in the words of its scheme: ACS3 as the headers `x-acs-action` and `x-acs-version`,
V1 as the parameters `Action`, `Version` and `Format`. Either class understands both, so that a plan made before the
app's `signature` setting was changed can still be sent.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Callable, Generator, Mapping
from urllib.parse import parse_qsl, quote

import httpx2

Clock = Callable[[], dt.datetime]
Nonce = Callable[[], str]

FORM = "application/x-www-form-urlencoded"


def percent(value: str) -> str:
    """RFC 3986 over UTF-8, upper-case hex: keeps A-Z a-z 0-9 - _ . ~ only (a space is %20, never +)."""
    return quote(value, safe="~")


def canonical_query(parameters: Mapping[str, str]) -> str:
    """Sorted by raw key bytes, so `Panes.10.X` comes before `Panes.2.X`; an empty value stays as `Name=`."""
    ordered = sorted(parameters, key=lambda name: name.encode())
    return "&".join(f"{percent(name)}={percent(parameters[name])}" for name in ordered)


def v1_signature(method: str, parameters: Mapping[str, str], secret: str) -> str:
    """RPC signature V1: base64 HMAC-SHA1 over query and form parameters together. The key ends in `&`."""
    text = f"{method.upper()}&%2F&{percent(canonical_query(parameters))}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha1).digest()).decode()


def acs3_authorization(
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes, key_id: str, secret: str
) -> str:
    """The `Authorization` of ACS3-HMAC-SHA256. Signs every header given (lower-case names): send them all."""
    names = sorted(headers)
    signed = ";".join(names)
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    digest = hashlib.sha256(body).hexdigest()
    canonical = "\n".join([method.upper(), path, canonical_query(query), lines, signed, digest])
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={signed},Signature={signature}"


class _AliyunAuth(httpx2.Auth):
    """Keys, clock and nonce; every attempt gets a new nonce and time stamp, or Aliyun refuses it as a replay."""

    requires_request_body = True

    def __init__(
        self,
        access_key_id: str,
        access_key_secret: str,
        clock: Clock,
        *,
        security_token: str = "",
        nonce: Nonce = lambda: uuid.uuid4().hex,
    ) -> None:
        self._key_id = access_key_id
        self._secret = access_key_secret
        self._clock = clock
        self._token = security_token
        self._nonce = nonce

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        self.sign(request)
        yield request

    def sign(self, request: httpx2.Request) -> None:
        raise NotImplementedError

    def _now(self) -> str:
        return self._clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class RpcV1Auth(_AliyunAuth):
    """RPC signature V1 (HMAC-SHA1): everything travels in the query string; form parameters stay in the body."""

    def sign(self, request: httpx2.Request) -> None:
        query = _query(request)
        for header, name in (("x-acs-action", "Action"), ("x-acs-version", "Version")):
            if value := request.headers.pop(header, ""):
                query.setdefault(name, value)
        query.setdefault("Format", "JSON")  # the vendor's default is XML
        query |= {
            "AccessKeyId": self._key_id,
            "SignatureMethod": "HMAC-SHA1",
            "SignatureVersion": "1.0",
            "SignatureNonce": self._nonce(),
            "Timestamp": self._now(),
        }
        if self._token:
            query["SecurityToken"] = self._token
        query["Signature"] = v1_signature(request.method, query | _form(request), self._secret)
        _send_query(request, query)


class Acs3Auth(_AliyunAuth):
    """ACS3-HMAC-SHA256: the operation and the signature travel in headers, only business parameters in the query."""

    def sign(self, request: httpx2.Request) -> None:
        query = _query(request)
        query.pop("Format", None)
        for header, name in (("x-acs-action", "Action"), ("x-acs-version", "Version")):
            if value := query.pop(name, ""):
                request.headers.setdefault(header, value)
        request.headers["accept"] = "application/json"  # the answer is JSON only when asked for
        request.headers["x-acs-date"] = self._now()
        request.headers["x-acs-signature-nonce"] = self._nonce()
        request.headers["x-acs-content-sha256"] = hashlib.sha256(request.content).hexdigest()
        if self._token:
            request.headers["x-acs-accesskey-id"] = self._key_id
            request.headers["x-acs-security-token"] = self._token
        signed = {name: value for name, value in request.headers.items() if _must_be_signed(name)}
        _send_query(request, query)
        path = request.url.raw_path.split(b"?", 1)[0].decode("ascii") or "/"
        request.headers["authorization"] = acs3_authorization(
            request.method, path, query, signed, request.content, self._key_id, self._secret
        )


def _must_be_signed(name: str) -> bool:
    return name in ("host", "content-type") or name.startswith("x-acs-")


def _query(request: httpx2.Request) -> dict[str, str]:
    return dict(parse_qsl(request.url.query.decode("ascii"), keep_blank_values=True))


def _form(request: httpx2.Request) -> dict[str, str]:
    if not request.headers.get("content-type", "").startswith(FORM):
        return {}
    return dict(parse_qsl(request.content.decode("utf-8"), keep_blank_values=True))


def _send_query(request: httpx2.Request, query: Mapping[str, str]) -> None:
    """The very string that was signed is what is sent."""
    request.url = request.url.copy_with(query=canonical_query(query).encode("ascii"))
