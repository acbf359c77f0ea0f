"""Who opens a socket: the session's person, or the owner of an API token (`?token=` or the Authorization header).

A session travels by itself with every request of the browser, so a socket opened by it must come from our own pages
(its Origin); a token is brought on purpose, and by programs that send no Origin.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.security.websocket import AllowedHostsOriginValidator

from apps.accounts.authentication import KEYWORD, token_for
from apps.accounts.middleware import SESSION_KEY, chosen_membership
from apps.accounts.models import Membership, User


class SocketAuthentication:
    """Sets `scope["user"]` and `scope["membership"]` (None for anyone else: the consumer closes)."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.with_session = AllowedHostsOriginValidator(AuthMiddlewareStack(self.after_session))

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if key := key_of(scope):
            token, membership = await database_sync_to_async(token_for)(key) or (None, None)
            scope = {**scope, "user": token.user if token else None, "membership": membership}
            return await self.inner(scope, receive, send)
        return await self.with_session(scope, receive, send)

    async def after_session(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        membership = await membership_of_session(scope)
        return await self.inner({**scope, "membership": membership}, receive, send)


@database_sync_to_async
def membership_of_session(scope: dict[str, Any]) -> Membership | None:
    user = scope.get("user")
    if user is None or not user.is_authenticated:  # the lazy user is read here, off the event loop
        return None
    person = User.objects.filter(pk=user.pk, is_active=True).first()
    return chosen_membership(person, scope["session"].get(SESSION_KEY)) if person else None


def key_of(scope: dict[str, Any]) -> str:
    """The API key that the socket sends, "" without one. Browsers cannot set headers on sockets, hence the query."""
    for name, value in scope.get("headers", []):
        if name == b"authorization":
            words = value.decode("latin-1").split()
            if len(words) == 2 and words[0].lower() == KEYWORD.lower():
                return str(words[1])
    tokens = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])
    return str(tokens[0])
