"""The membership of a socket: by token in the query or the header, or by session; none without either."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.test import Client

from apps.accounts.models import ApiToken
from apps.accounts.sockets import SocketAuthentication


def opened(headers: list[tuple[bytes, bytes]] = [], query: bytes = b"") -> Any:  # noqa: B006
    """The membership the inner application is given; "refused" when it is never reached."""
    seen: list[Any] = []

    async def inner(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.append(scope["membership"])

    scope = {"type": "websocket", "path": "/ws/live/", "headers": headers, "query_string": query}
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    coming = iter(["websocket.connect", "websocket.disconnect"])

    async def receive() -> Any:
        return {"type": next(coming), "code": 1000}

    async_to_sync(SocketAuthentication(inner))(scope, receive, send)
    return seen[0] if seen else "refused"


@pytest.mark.django_db(transaction=True)
def test_socket_is_opened_by_token_or_session(people: dict[str, Any], team: Any, redis_server: str) -> None:
    key = ApiToken.issue(user=people["viewer"], team=team)
    assert opened(query=f"token={key}".encode()).user == people["viewer"]
    assert opened(headers=[(b"authorization", f"Token {key}".encode())]).team == team
    client = Client()
    client.force_login(people["producer"], backend="django.contrib.auth.backends.ModelBackend")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}".encode()
    ours, theirs = (b"origin", b"http://testserver"), (b"origin", b"http://evil.example")
    assert opened(headers=[(b"cookie", cookie), ours]).role == "producer"
    assert opened(headers=[(b"cookie", cookie), theirs]) == "refused"
    assert opened(headers=[(b"cookie", cookie)]) == "refused"
    assert opened(query=b"token=wrong") is None
    assert opened(headers=[ours]) is None
