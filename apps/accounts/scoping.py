"""Every list and every row a REST view touches belongs to the request's team: another team's row is not found."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import viewsets

from apps.accounts.models import Team


class TeamViewSet(viewsets.GenericViewSet[Any]):
    """Filters by `team_field`. PUT is left out on purpose: PATCH names what changes."""

    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    team_field = "team"

    def get_queryset(self) -> QuerySet[Any]:
        team = getattr(self.request, "team", None)
        rows = super().get_queryset()
        return rows.filter(**{self.team_field: team}) if team is not None else rows.none()

    @property
    def team(self) -> Team:
        team = self.request.team  # type: ignore[attr-defined]
        assert isinstance(team, Team)  # the permission asked for a membership
        return team
