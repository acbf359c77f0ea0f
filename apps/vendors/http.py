"""The one HTTP client to every cloud: exact bytes, timeouts, transport errors in our words."""

from __future__ import annotations

import json
from collections.abc import Mapping

import httpx2

from apps.core.errors import OutcomeUnknown, Refused, UnreadableReply, VendorUnreachable
from apps.vendors.plan import PlannedRequest
from apps.vendors.request_template import http_form
from apps.vendors.types import Reply

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
