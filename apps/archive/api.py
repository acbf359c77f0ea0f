"""REST: recordings."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import exceptions, mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.permissions import RolePermission
from apps.archive import selectors, services
from apps.archive.models import Recording, RecordingFile


class FileSerializer(serializers.ModelSerializer):
    class Meta:
        model = RecordingFile
        fields = ["url", "format", "bytes", "duration", "started_at", "ended_at"]


class RecordingSerializer(serializers.ModelSerializer):
    files = FileSerializer(many=True, read_only=True)
    product = serializers.CharField(source="task.product", read_only=True)
    room = serializers.CharField(source="task.room", read_only=True)

    class Meta:
        model = Recording
        fields = [
            "id", "task", "name", "product", "room", "files", "poster", "duration", "started_at", "ended_at",
            "created_at",
        ]  # fmt: skip


class ShareSerializer(serializers.Serializer):
    days = serializers.IntegerField(min_value=1, max_value=365, required=False)


class RecordingFilter(django_filters.FilterSet):
    """`from` and `to` are days (UTC), both included."""

    q = django_filters.CharFilter(method="search")
    product = django_filters.CharFilter(field_name="task__product")
    task = django_filters.UUIDFilter(field_name="task_id")
    to = django_filters.DateFilter(field_name="created_at", lookup_expr="date__lte")

    class Meta:
        model = Recording
        fields: list[str] = []

    def search(self, rows: QuerySet[Recording], name: str, value: str) -> QuerySet[Recording]:
        return selectors.search(rows, value)


# "from" is a word of Python's own
RecordingFilter.base_filters["from"] = django_filters.DateFilter(field_name="created_at", lookup_expr="date__gte")

PLAY = inline_serializer("Playable", {"url": serializers.CharField(), "format": serializers.CharField()})
SHARED = inline_serializer("Shared", {"url": serializers.CharField(), "expires_at": serializers.DateTimeField()})


class RecordingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    serializer_class = RecordingSerializer
    permission_classes = [RolePermission]
    filterset_class = RecordingFilter
    queryset = Recording.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Recording]:
        if getattr(self, "swagger_fake_view", False):
            return Recording.objects.none()
        return selectors.recordings_of(self.request.team)  # type: ignore[attr-defined]

    @extend_schema(responses=PLAY)
    @action(detail=True, methods=["get"])
    def play(self, request: Request, pk: str) -> Response:
        """The address that a browser plays."""
        file = selectors.playable(self.get_object())
        if file is None:
            raise exceptions.NotFound("This recording has no file that a browser plays yet.")
        return Response({"url": file.url, "format": file.format})

    @extend_schema(request=ShareSerializer, responses={201: SHARED})
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: str) -> Response:
        """A link that plays this recording without an account, for 7 days or as many as asked for."""
        asked = ShareSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        link = services.share(self.get_object(), user=request.user, **asked.validated_data)  # type: ignore[arg-type]
        answer = {"url": f"{settings.PUBLIC_URL}/s/{link.key}/", "expires_at": link.expires_at}
        return Response(answer, status=status.HTTP_201_CREATED)


router_entries: list[tuple[str, Any, str]] = [("recordings", RecordingViewSet, "recording")]
