"""Puts `request.team`, `request.membership` and `request.memberships` on every request, and activates the person's
language and time zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from apps.accounts.models import Membership, User

SESSION_KEY = "team"
ZONE_COOKIE = "quadbox-zone"  # the browser's own zone, for people who chose none


class TeamMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mine, all_of_mine = None, []
        user = request.user
        if isinstance(user, User) and user.is_authenticated:
            all_of_mine = list(Membership.objects.select_related("team").filter(user=user).order_by("id"))
            mine = chosen(all_of_mine, request.session.get(SESSION_KEY))
            activate_preferences(request, user)
        request.memberships = all_of_mine  # type: ignore[attr-defined]
        request.membership = mine  # type: ignore[attr-defined]
        request.team = mine.team if mine else None  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


def chosen(memberships: list[Membership], team_id: str | None) -> Membership | None:
    """The membership in the team the person chose in this session, else their oldest one."""
    for membership in memberships:
        if str(membership.team_id) == team_id:
            return membership
    return memberships[0] if memberships else None


def chosen_membership(user: User, team_id: str | None) -> Membership | None:
    return chosen(list(Membership.objects.select_related("team").filter(user=user).order_by("id")), team_id)


def activate_preferences(request: HttpRequest, user: User) -> None:
    if user.language in dict(settings.LANGUAGES):
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
    browser_zone = unquote(request.COOKIES.get(ZONE_COOKIE, ""))  # zone.ts writes "America%2FNew_York"
    for name in (user.time_zone, browser_zone):
        if zone := zone_of(name):
            timezone.activate(zone)
            return
    timezone.deactivate()  # UTC


def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of this name; None for a name that this machine does not know."""
    if not name or len(name) > 64:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of the zone files ("Asia")
        return None
