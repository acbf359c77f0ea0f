"""HTTP Basic authentication with the account's customer id and secret: one pair for all App IDs of the account."""

from __future__ import annotations

import base64
from collections.abc import Generator

import httpx2


class AgoraAuth(httpx2.Auth):
    """Needs no clock: the header is the same at any time."""

    def __init__(self, customer_id: str, customer_secret: str) -> None:
        self._authorization = authorization(customer_id, customer_secret)

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        request.headers["Authorization"] = self._authorization
        yield request


def authorization(customer_id: str, customer_secret: str) -> str:
    pair = f"{customer_id}:{customer_secret}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
