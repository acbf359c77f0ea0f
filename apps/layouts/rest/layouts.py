"""REST: layouts/. Viewers read, producers change.

The pointers of a layout's problems are into its document ("/objects/3/width").
"""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import Role
from apps.accounts.permissions import RolePermission
from apps.accounts.scoping import TeamViewSet
from apps.core.errors import Invalid, Problem
from apps.layouts import documents, import_session, previews, services
from apps.layouts.models import LayoutTemplate
from apps.layouts.rest.import_serializers import (
    ImportedLayoutSerializer,
    ImportSerializer,
    ReadIntoSerializer,
    ReadPayloadSerializer,
)
from apps.layouts.rest.layout_serializers import (
    CheckedSerializer,
    CheckSerializer,
    LayoutSerializer,
    LayoutVersionSerializer,
    LayoutVersionWithDocumentSerializer,
)

VERSION = OpenApiParameter("version", OpenApiTypes.INT, description="A kept version; without it, the current one.")
WIDTH = OpenApiParameter("width", OpenApiTypes.INT, description="Pixels, 16 to 3840; the canvas's own at most.")
BROWSER_CACHE_SECONDS = 24 * 3600  # a named version never changes


class LayoutFilter(django_filters.FilterSet):
    tag = django_filters.CharFilter(field_name="tag_rows__name", help_text="Those filed under this tag.")

    class Meta:
        model = LayoutTemplate
        fields: ClassVar[dict[str, list[str]]] = {"name": ["exact", "icontains"]}


class LayoutViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin,
    mixins.DestroyModelMixin, TeamViewSet,
):  # fmt: skip
    queryset = LayoutTemplate.objects.select_related("updated_by").prefetch_related("tag_rows")
    serializer_class = LayoutSerializer
    permission_classes = [RolePermission]
    filterset_class = LayoutFilter
    action_roles: ClassVar[dict[str, str]] = {"check": Role.VIEWER, "read": Role.VIEWER}

    def perform_create(self, serializer: Any) -> None:
        values = {name: value for name, value in serializer.validated_data.items() if name != "version"}
        serializer.instance = services.create_layout(team=self.team, user=self.request.user, **values)

    @transaction.atomic
    def perform_update(self, serializer: Any) -> None:
        """Tags alone need no `version`: they belong to the layout, not to one of its versions."""
        values = dict(serializer.validated_data)
        tags = values.pop("tags", None)
        if values or tags is None:
            values = {"version": None, **values}
            serializer.instance = services.save_layout(serializer.instance, user=self.request.user, **values)
        if tags is not None:
            serializer.instance = services.set_tags(serializer.instance, tags)

    def perform_destroy(self, instance: LayoutTemplate) -> None:
        services.delete_layout(instance)

    @extend_schema(request=CheckSerializer, responses=CheckedSerializer)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def check(self, request: Request) -> Response:
        """Whether a document could be saved, and what holds for it whatever the cloud. Nothing is stored."""
        serializer = CheckSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(documents.check_document(serializer.validated_data["document"], self.team))

    @extend_schema(request=ImportSerializer, responses={201: ImportedLayoutSerializer})
    @action(
        detail=False, methods=["post"], url_path="import", url_name="import",
        pagination_class=None, filterset_class=None,
    )  # fmt: skip
    def import_payload(self, request: Request) -> Response:
        """A vendor's payload, or a layout document, as a new layout. Problems' pointers are into the payload; what was
        left out of it is named in `not_understood`."""
        serializer = ImportSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        layout, result = services.import_layout(team=self.team, user=request.user, **serializer.validated_data)
        row = {**self.get_serializer(layout).data, **result.as_json()}
        return Response(row, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReadIntoSerializer, responses=ReadPayloadSerializer)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def read(self, request: Request) -> Response:
        """What `import/` would make of a payload. No layout is stored: the editor puts it into the open draft."""
        serializer = ReadIntoSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        into = values.pop("layout", None)
        layout = get_object_or_404(self.get_queryset(), pk=into) if into else None
        document, result = services.read_payload(team=self.team, **values)
        is_browser = isinstance(request.successful_authenticator, SessionAuthentication)
        in_session = layout is not None and bool(result.product) and is_browser
        if layout is not None and in_session:
            import_session.remember(request.session, str(layout.pk), result)
        return Response({"document": document, **result.as_json(in_session=in_session)})

    @extend_schema(responses=LayoutVersionSerializer(many=True))
    @action(detail=True, methods=["get"])
    def versions(self, request: Request, pk: str | None = None) -> Response:
        """The kept versions, newest first, without their documents."""
        rows = self.get_object().versions.select_related("author").defer("document")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(LayoutVersionSerializer(page, many=True).data)

    @extend_schema(responses=LayoutVersionWithDocumentSerializer)
    @action(detail=True, methods=["get"], url_path=r"versions/(?P<number>[0-9]{1,9})")
    def one_version(self, request: Request, pk: str | None = None, number: str = "") -> Response:
        version = self.get_object().versions.filter(version=int(number)).first()
        if version is None:
            raise NotFound
        return Response(LayoutVersionWithDocumentSerializer(version).data)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A picture is sent to whoever asks for one, though refusals of it are JSON."""
        return super().perform_content_negotiation(request, force or self.action == "preview")

    @extend_schema(parameters=[VERSION, WIDTH], responses={(200, "image/png"): OpenApiTypes.BINARY})
    def preview(self, request: Request, pk: str | None = None) -> HttpResponse:
        """The layout drawn with stand-ins for people."""
        layout = self.get_object()
        version = whole_number(request, "version", 1, 10**9 - 1)
        width = whole_number(request, "width", 16, 3840)
        document = previews.document_of(layout, version)
        etag = previews.preview_etag(document, width)
        if request.headers.get("If-None-Match") == etag:
            response = HttpResponse(status=304)
        else:
            response = HttpResponse(previews.preview_png(document, layout.team, width), content_type="image/png")
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = (
            f"private, max-age={BROWSER_CACHE_SECONDS}" if version else "private, no-cache"
        )
        return response


def whole_number(request: Request, name: str, low: int, high: int) -> int | None:
    """The query parameter, None without it. Raises `Invalid`."""
    text = request.query_params.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
        message = _("Enter a whole number from %(least)s to %(most)s.") % {"least": low, "most": high}
        raise Invalid(_("The request is not valid."), problems=[Problem(f"/{name}", "invalid", message)])
    return int(text)
