"""What every page knows of the person: their team and what they may do there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from apps.accounts.models import Role


def team(request: HttpRequest) -> dict[str, Any]:
    """`team`, `membership`, `role`, `can_produce`, `can_admin`, `memberships`; the first two are None without a team."""
    mine = getattr(request, "membership", None)
    return {
        "team": mine.team if mine else None,
        "membership": mine,
        "memberships": getattr(request, "memberships", []),
        "role": mine.role if mine else "",
        "can_produce": bool(mine and mine.may(Role.PRODUCER)),
        "can_admin": bool(mine and mine.may(Role.ADMIN)),
    }
