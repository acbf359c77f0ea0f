"""The one HTTP client to every cloud: exact bytes, timeouts, transport errors in our words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import httpx2

from apps.core import json_pointer
from apps.core.errors import OutcomeUnknown, Refused, UnreadableReply, VendorUnreachable
from apps.core.types import Json
from apps.vendors.plan import PlannedRequest
from apps.vendors.redaction import redact
from apps.vendors.types import Reply

__all__ = ["VendorHttp", "fill", "given", "http_form", "point", "redact"]


PUBLIC_URL = "<PUBLIC_URL>"
TIMEOUT = httpx2.Timeout(connect=5.0, read=15.0, write=15.0, pool=15.0)
LARGEST_REPLY = 8 * 1024 * 1024  # bytes; no documented answer comes near it
_NOTHING_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
_NO_CONNECTION = (httpx2.ConnectError, httpx2.ConnectTimeout)
_UNUSABLE = (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, ValueError)


class VendorHttp:
    """Sends planned requests. Holds one connection pool for `send` and one for `asend`; close what you opened.

    `transport` and `async_transport` are for tests. An instance's `asend` belongs to one event loop.
    """

    def __init__(
        self,
        *,
        timeout: httpx2.Timeout = TIMEOUT,
        transport: httpx2.BaseTransport | None = None,
        async_transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._timeout = timeout
        self._transport = transport
        self._async_transport = async_transport
        self._client: httpx2.Client | None = None
        self._async_client: httpx2.AsyncClient | None = None

    def send(
        self,
        request: PlannedRequest,
        auth: httpx2.Auth,
        values: Mapping[str, str] | None = None,
        base_url: str | None = None,
        public_url: str = "",
    ) -> Reply:
        """The answer, whatever its status.

        Raises `VendorUnreachable` when nothing was sent (or it may be sent again without harm), `OutcomeUnknown`
        when it was sent and the answer is missing, `UnreadableReply` for an answer beyond all measure. Where nothing was
        sent to a host, the request's other hosts are asked.
        """
        if self._client is None:
            self._client = httpx2.Client(timeout=self._timeout, transport=self._transport, follow_redirects=False)
        try:
            for host in _hosts(request, base_url):
                made = self._client.build_request(**http_form(request, values or {}, host, public_url))
                try:
                    response = self._client.send(made, auth=auth, stream=True)
                    break
                except _NO_CONNECTION:
                    if host == _hosts(request, base_url)[-1]:
                        raise
            try:
                content = b""
                for chunk in response.iter_bytes():
                    content = _grown(content, chunk)
            finally:
                response.close()
        except _UNUSABLE as error:
            raise unusable(request, error) from error
        except httpx2.HTTPError as error:
            raise transport_error(request, error) from error
        return _reply(response, content)

    async def asend(
        self,
        request: PlannedRequest,
        auth: httpx2.Auth,
        values: Mapping[str, str] | None = None,
        base_url: str | None = None,
        public_url: str = "",
    ) -> Reply:
        """As `send`, on the running event loop."""
        if self._async_client is None:
            self._async_client = httpx2.AsyncClient(
                timeout=self._timeout, transport=self._async_transport, follow_redirects=False
            )
        try:
            for host in _hosts(request, base_url):
                made = self._async_client.build_request(**http_form(request, values or {}, host, public_url))
                try:
                    response = await self._async_client.send(made, auth=auth, stream=True)
                    break
                except _NO_CONNECTION:
                    if host == _hosts(request, base_url)[-1]:
                        raise
            try:
                content = b""
                async for chunk in response.aiter_bytes():
                    content = _grown(content, chunk)
            finally:
                await response.aclose()
        except _UNUSABLE as error:
            raise unusable(request, error) from error
        except httpx2.HTTPError as error:
            raise transport_error(request, error) from error
        return _reply(response, content)

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    async def aclose(self) -> None:
        if self._async_client is not None:
            await self._async_client.aclose()
            self._async_client = None


def _hosts(request: PlannedRequest, base_url: str | None) -> tuple[str | None, ...]:
    """Where to send it, one after the other; None is where it was planned. An address of ours has no others."""
    return (base_url,) if base_url else (None, *request.also_at)


def http_form(
    request: PlannedRequest, values: Mapping[str, str], base_url: str | None, public_url: str
) -> dict[str, Any]:
    """The arguments of `build_request`: placeholders filled, the body as the exact bytes that get signed and sent."""
    url = _moved(fill(request.url, values, public_url, in_url=True), base_url)
    query = fill(dict(request.query), values, public_url)
    if query:
        encoded = urlencode({key: str(one) for key, one in query.items()}, quote_via=quote, safe="-_.~")
        url = f"{url}{'&' if '?' in url else '?'}{encoded}"
    headers = {name.lower(): str(one) for name, one in fill(dict(request.headers), values, public_url).items()}
    form: dict[str, Any] = {"method": request.method, "url": url, "headers": headers}
    if request.body is not None:
        body = fill(request.body, values, public_url)
        if request.form:
            pairs = body.items() if isinstance(body, Mapping) else body
            encoded = urlencode([(key, _form_text(pair)) for key, pair in pairs], quote_via=quote, safe="-_.~")
            form["content"] = encoded.encode("ascii")
            headers.setdefault("content-type", "application/x-www-form-urlencoded")
        else:
            form["content"] = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
            headers.setdefault("content-type", "application/json")
    return form


def _form_text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def fill(value: Json, values: Mapping[str, str], public_url: str = "", *, in_url: bool = False) -> Json:
    """Puts `values` where `{name}` stands, and our public address where `<PUBLIC_URL>` stands, at any depth.

    Names without a value stay as they are: a room may well be called `{lobby}`.
    """
    if isinstance(value, str):
        for name, one in values.items():
            value = value.replace(f"{{{name}}}", quote(one, safe="") if in_url else one)
        return value.replace(PUBLIC_URL, public_url.rstrip("/")) if public_url else value
    if isinstance(value, Mapping):
        return {key: fill(one, values, public_url) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [fill(one, values, public_url) for one in value]
    return value


def _moved(url: str, base_url: str | None) -> str:
    """The vendor's URL on another host: `https://rtc.example.com/v1` on `http://box/cloud` is `http://box/cloud/v1`."""
    if not base_url:
        return url
    ours, theirs = urlsplit(base_url), urlsplit(url)
    return urlunsplit((ours.scheme, ours.netloc, ours.path.rstrip("/") + (theirs.path or "/"), theirs.query, ""))


def given(request: PlannedRequest, reply: Reply) -> dict[str, str]:
    """The values of the placeholders this request's answer gives. Raises `UnreadableReply` when one is missing."""
    found: dict[str, str] = {}
    for name, pointer in request.gives.items():
        value = point(reply.json, pointer)
        if value is None or isinstance(value, (dict, list)):
            raise UnreadableReply(
                "The response to {operation} has no value at {pointer}.",
                params={"operation": request.name, "pointer": pointer},
            )
        found[name] = str(value)
    return found


def point(value: Json, pointer: str) -> Json:
    """What a JSON pointer (RFC 6901) points at, or None."""
    for step in json_pointer.split(pointer):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def transport_error(request: PlannedRequest, error: httpx2.HTTPError) -> VendorUnreachable:
    """Whether the vendor may have got it decides: a cut connection after sending leaves the outcome open."""
    params = {"operation": request.name, "what": type(error).__name__}
    if isinstance(error, _NOTHING_SENT):
        sentence = "{operation}: the vendor could not be reached ({what}). Nothing was sent."
        return VendorUnreachable(sentence, params=params)
    if request.read_only:
        return VendorUnreachable("{operation}: no response from the vendor ({what}).", params=params)
    sentence = "{operation} was sent, but there was no response ({what}). It may have been carried out."
    return OutcomeUnknown(sentence, params=params)


def unusable(request: PlannedRequest, error: Exception) -> Refused:
    return Refused(f"{request.name}: the endpoint's address cannot be used ({type(error).__name__}); nothing was sent.")


def _grown(content: bytes, chunk: bytes) -> bytes:
    if len(content) + len(chunk) > LARGEST_REPLY:
        raise UnreadableReply("The vendor's response is longer than any documented one.")
    return content + chunk


def _reply(response: httpx2.Response, content: bytes) -> Reply:
    try:
        decoded = json.loads(content) if content else None
    except ValueError:
        decoded = None
    headers = {name.lower(): header for name, header in response.headers.items()}
    return Reply(status=response.status_code, headers=headers, content=content, json=decoded)
