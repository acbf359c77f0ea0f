"""`Authorization: Token <key>`: the key's digest finds the token, the token names person and team."""

from __future__ import annotations

import datetime as dt

from auditlog.context import auditlog_value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts.models import ApiToken, Membership, User

KEYWORD = "Token"
LAST_USED_INTERVAL = dt.timedelta(minutes=1)  # last_used_at is for people: not a write for every request


def token_for(key: str) -> tuple[ApiToken, Membership] | None:
    """The token of this key and its owner's membership in the token's team; None if any of it is gone."""
    token = ApiToken.objects.select_related("user", "team").filter(digest=ApiToken.digest_of(key)).first()
    if token is None or not token.user.is_active:
        return None
    mine = Membership.objects.select_related("team").filter(user=token.user_id, team=token.team_id).first()
    if mine is None:
        return None
    if token.last_used_at is None or timezone.now() - token.last_used_at > LAST_USED_INTERVAL:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
    return token, mine


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD.lower().encode():
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("Send the header as “Authorization: Token <key>”."))
        authenticated = token_for(words[1].decode("latin-1"))
        if authenticated is None:
            raise AuthenticationFailed(_("This API token is not valid."))
        token, membership = authenticated
        request._request.membership = membership  # type: ignore[attr-defined]
        request._request.team = membership.team  # type: ignore[attr-defined]
        name_actor(token.user)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


def name_actor(user: User) -> None:
    """Tells the audit log, whose middleware ran before the token was read, who acts."""
    context = auditlog_value.get(None)
    if isinstance(context, dict):
        context["actor"] = user


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[misc]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token <key>"}
