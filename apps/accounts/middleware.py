"""Puts `request.team` and `request.membership` on every request, and speaks the person's language and time."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from apps.accounts.models import Membership, User

SESSION_KEY = "team"


class TeamMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mine = None
        user = request.user
        if isinstance(user, User) and user.is_authenticated:
            mine = chosen_membership(user, request.session.get(SESSION_KEY))
            speak(request, user)
        request.membership = mine  # type: ignore[attr-defined]
        request.team = mine.team if mine else None  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


def chosen_membership(user: User, team_id: str | None) -> Membership | None:
    """The membership in the team the person chose in this session, else their oldest one."""
    memberships = list(Membership.objects.select_related("team").filter(user=user).order_by("id"))
    for one in memberships:
        if str(one.team_id) == team_id:
            return one
    return memberships[0] if memberships else None


def speak(request: HttpRequest, user: User) -> None:
    if user.language in dict(settings.LANGUAGES):
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
    if user.time_zone:
        try:
            timezone.activate(zoneinfo.ZoneInfo(user.time_zone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            timezone.deactivate()  # a zone this machine does not know: UTC
