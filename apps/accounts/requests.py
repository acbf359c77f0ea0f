"""The request of a page, as TeamMiddleware leaves it."""

from __future__ import annotations

from django.http import HttpRequest

from apps.accounts.models import Membership, Team, User


class TeamRequest(HttpRequest):
    """Signed in and in a team: what `page_access.team_page` lets through."""

    user: User
    team: Team
    membership: Membership
    memberships: list[Membership]
