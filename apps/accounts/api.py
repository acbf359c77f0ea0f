"""REST: memberships/ (everybody in the team sees who is in it, admins change) and audit/ (admins only)."""

from __future__ import annotations

from typing import Any

from auditlog.models import LogEntry
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import audit, people
from apps.accounts.models import Membership
from apps.accounts.permissions import AdminPermission
from apps.accounts.scoping import TeamViewSet
from apps.accounts.serializers import (
    InvitationSerializer,
    InvitedSerializer,
    LogEntrySerializer,
    MembershipSerializer,
)


class MembershipViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.UpdateModelMixin, TeamViewSet):
    queryset = Membership.objects.select_related("user")
    serializer_class = MembershipSerializer
    permission_classes = [AdminPermission]

    @extend_schema(request=InvitationSerializer, responses={201: InvitedSerializer})
    def create(self, request: Request) -> Response:
        """Makes a person without a password; `password_url` is the link to send them."""
        serializer = InvitationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        membership, url = people.invite(team=self.team, **serializer.validated_data)
        row = {**MembershipSerializer(membership).data, "password_url": url}
        return Response(row, status=status.HTTP_201_CREATED)

    def perform_update(self, serializer: Any) -> None:
        if role := serializer.validated_data.get("role"):
            serializer.instance = people.change_role(serializer.instance, role)

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        people.remove(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


class AuditViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TeamViewSet):
    queryset = LogEntry.objects.all()
    serializer_class = LogEntrySerializer
    permission_classes = [AdminPermission]

    def get_queryset(self) -> QuerySet[Any]:
        team = getattr(self.request, "team", None)
        return audit.entries(team) if team is not None else LogEntry.objects.none()


router_entries: list[tuple[str, Any, str]] = [
    ("memberships", MembershipViewSet, "membership"),
    ("audit", AuditViewSet, "audit"),
]
