"""REST views of recordings and retention policies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import FloatField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import exceptions, mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import Role, User
from apps.accounts.permissions import AdminPermission, RolePermission
from apps.accounts.scoping import TeamViewSet
from apps.archive import retention, selectors, services
from apps.archive.filters import RecordingFilter
from apps.archive.models import Policy, Recording, ShareLink
from apps.archive.poster_response import poster_response
from apps.archive.rest.serializers import (
    ChangeSerializer,
    LinkSerializer,
    PolicySerializer,
    RecordingSerializer,
    ShareSerializer,
)
from apps.core.pagination import KeyPagination

ORDERINGS = ("-id", "id", "-duration", "duration")
PLAY = inline_serializer(
    "Playable",
    {
        "url": serializers.CharField(),
        "format": serializers.CharField(),
        "parts": serializers.ListField(child=serializers.CharField(), help_text="All parts, one after the other."),
    },
)


class RecordingPagination(KeyPagination):
    """Newest first; `ordering` may say id, duration or -duration."""

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        ordering = request.query_params.get("ordering", ORDERINGS[0])
        if ordering not in ORDERINGS:
            message = _("Order by one of: %(known)s.") % {"known": ", ".join(ORDERINGS)}
            raise exceptions.ValidationError({"ordering": [exceptions.ErrorDetail(message, "invalid_choice")]})
        return {"duration": ("length", "id"), "-duration": ("-length", "-id")}.get(ordering, (ordering,))

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        ordering = {"name": "ordering", "in": "query", "schema": {"type": "string", "enum": list(ORDERINGS)}}
        return [*super().get_schema_operation_parameters(view), ordering]


class RecordingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    serializer_class = RecordingSerializer
    permission_classes = [RolePermission]
    pagination_class = RecordingPagination
    filterset_class = RecordingFilter
    queryset = Recording.objects.none()
    lookup_value_converter = "uuid"
    action_roles = {"shares": Role.PRODUCER, "restore": Role.ADMIN}

    def get_queryset(self) -> QuerySet[Recording]:
        if getattr(self, "swagger_fake_view", False):
            return Recording.objects.none()
        team = self.request.team  # type: ignore[attr-defined]
        if self.action == "restore":
            return retention.restorable(team)
        rows = selectors.recordings_of(team)
        # a key to page by has no holes: what has no length yet is the shortest
        return rows.annotate(length=Coalesce("duration", Value(0.0), output_field=FloatField()))

    @extend_schema(request=ChangeSerializer, responses=RecordingSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Another name, or `kept`: exempt from every policy."""
        row = self.get_object()
        changes = ChangeSerializer(data=request.data)
        changes.is_valid(raise_exception=True)
        return Response(self.get_serializer(services.change(row, **changes.validated_data)).data)

    @extend_schema(responses=PLAY)
    @action(detail=True, methods=["get"])
    def play(self, request: Request, pk: str) -> Response:
        """The address that a browser plays."""
        files = selectors.parts(self.get_object())
        if not files:
            raise exceptions.NotFound(_("This recording has no file that browsers can play yet."))
        return Response({"url": files[0].url, "format": files[0].format, "parts": [file.url for file in files]})

    @extend_schema(responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def poster(self, request: Request, pk: str) -> HttpResponseBase:
        """A picture out of the recording; the drawn layout where none can be had."""
        return poster_response(self.get_object())

    @extend_schema(request=ShareSerializer, responses={201: LinkSerializer})
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: str) -> Response:
        """A link that plays this recording without an account, for 7 days or as many as asked for."""
        row = self.get_object()
        options = ShareSerializer(data=request.data)
        options.is_valid(raise_exception=True)
        user = request.user if isinstance(request.user, User) else None
        link = services.share(row, user=user, **options.validated_data)
        return Response(LinkSerializer(link).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=LinkSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def shares(self, request: Request, pk: str) -> Response:
        """The links that hold now."""
        links = selectors.active_links().filter(recording=self.get_object())
        return Response(LinkSerializer(links, many=True).data)

    @extend_schema(
        request=None,
        responses={204: None},
        parameters=[OpenApiParameter("link_id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
    )
    @action(detail=True, methods=["delete"], url_path="shares/(?P<link_id>[0-9a-f-]{36})")
    def revoke(self, request: Request, pk: str, link_id: str) -> Response:
        """Ends a link now."""
        row = self.get_object()
        try:
            key = UUID(link_id)
        except ValueError as error:
            raise Http404 from error
        services.revoke(get_object_or_404(ShareLink, recording=row, pk=key))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=RecordingSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Brings back what a policy removed less than a month ago, and keeps it."""
        return Response(self.get_serializer(services.restore(self.get_object())).data)


class PolicyViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin,
    mixins.DestroyModelMixin, TeamViewSet,
):  # fmt: skip
    """How long the recordings of an app (or, `app` null, of the team) stay, and where their pictures may be read."""

    queryset = Policy.objects.select_related("app").order_by("-id")
    serializer_class = PolicySerializer
    permission_classes = [AdminPermission]
    lookup_value_converter = "uuid"

    def perform_create(self, serializer: Any) -> None:
        values = {"app": None, "days": None, "file_hosts": []} | serializer.validated_data
        serializer.instance = services.save_policy(self.team, **values)

    def perform_update(self, serializer: Any) -> None:
        policy = serializer.instance
        current = {"app": policy.app, "days": policy.days, "file_hosts": policy.file_hosts}
        serializer.instance = services.save_policy(self.team, policy, **(current | serializer.validated_data))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "team": getattr(self.request, "team", None)}


router_entries: list[tuple[str, Any, str]] = [
    ("recordings", RecordingViewSet, "recording"),
    ("archive-policies", PolicyViewSet, "archive_policy"),
]
