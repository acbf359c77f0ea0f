"""Every list and every row a REST view touches belongs to the request's team: a stranger's row is not found."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import viewsets

from apps.accounts.models import Team


class TeamViewSet(viewsets.GenericViewSet[Any]):
    """Filters by `team_field`. PUT is left out on purpose: PATCH says what changes."""

    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    team_field = "team"

    def get_queryset(self) -> QuerySet[Any]:
        team = getattr(self.request, "team", None)
        found = super().get_queryset()
        return found.filter(**{self.team_field: team}) if team is not None else found.none()

    @property
    def team(self) -> Team:
        found = self.request.team  # type: ignore[attr-defined]
        assert isinstance(found, Team)  # the permission asked for a membership
        return found
