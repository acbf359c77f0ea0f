"""REST: layouts/ and assets/. Viewers read, producers change.

The pointers of a layout's problems are into its document ("/objects/3/width").
"""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
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
from apps.core.parsers import JSONParser, PictureParser
from apps.layouts import aids, assets, checking, imports, presets, services
from apps.layouts.models import Asset, LayoutPreset, LayoutTemplate
from apps.layouts.serializers import (
    AidsSerializer,
    AssetSerializer,
    CheckedSerializer,
    CheckSerializer,
    ImportedLayoutSerializer,
    ImportSerializer,
    LayoutSerializer,
    LayoutVersionSerializer,
    LayoutVersionWithDocumentSerializer,
    PresetSerializer,
    ReadIntoSerializer,
    ReadPayloadSerializer,
    RenameSerializer,
    UploadSerializer,
)

VERSION = OpenApiParameter("version", OpenApiTypes.INT, description="A kept version; without it, the current one.")
WIDTH = OpenApiParameter("width", OpenApiTypes.INT, description="Pixels, 16 to 3840; the canvas's own at most.")
KEPT_BY_BROWSERS = 24 * 3600  # seconds: a named version never changes


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
        values = {name: one for name, one in serializer.validated_data.items() if name != "version"}
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
        """Whether a document could be saved, and what is to be said of it whatever the cloud. Nothing is stored."""
        given = CheckSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(checking.check(given.validated_data["document"], self.team))

    @extend_schema(request=ImportSerializer, responses={201: ImportedLayoutSerializer})
    @action(
        detail=False, methods=["post"], url_path="import", url_name="import",
        pagination_class=None, filterset_class=None,
    )  # fmt: skip
    def bring(self, request: Request) -> Response:
        """A vendor's payload, or a layout document, as a new layout. Problems' pointers are into the payload; what was
        left out of it is named in `not_understood`."""
        given = ImportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        layout, brought = services.import_layout(team=self.team, user=request.user, **given.validated_data)
        row = {**self.get_serializer(layout).data, **brought.as_json()}
        return Response(row, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReadIntoSerializer, responses=ReadPayloadSerializer)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def read(self, request: Request) -> Response:
        """What `import/` would make of a payload. No layout is stored: the editor puts it into the open draft."""
        given = ReadIntoSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        into = values.pop("layout", None)
        layout = get_object_or_404(self.get_queryset(), pk=into) if into else None
        document, brought = services.read_payload(team=self.team, **values)
        if layout and brought.product and isinstance(request.successful_authenticator, SessionAuthentication):
            imports.remember(request.session, str(layout.pk), brought)
        return Response({"document": document, **brought.as_json()})

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
        kept = self.get_object().versions.filter(version=int(number)).first()
        if kept is None:
            raise NotFound
        return Response(LayoutVersionWithDocumentSerializer(kept).data)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A picture is sent to whoever asks for one, though refusals of it are JSON."""
        return super().perform_content_negotiation(request, force or self.action == "preview")

    @extend_schema(parameters=[VERSION, WIDTH], responses={(200, "image/png"): OpenApiTypes.BINARY})
    def preview(self, request: Request, pk: str | None = None) -> HttpResponse:
        """The layout drawn with stand-ins for people."""
        layout = self.get_object()
        wanted = whole_number(request, "version", 1, 10**9 - 1)
        width = whole_number(request, "width", 16, 3840)
        document = services.document_of(layout, wanted)
        etag = services.preview_etag(document, width)
        if request.headers.get("If-None-Match") == etag:
            answer = HttpResponse(status=304)
        else:
            answer = HttpResponse(services.preview_png(document, layout.team, width), content_type="image/png")
        answer.headers["ETag"] = etag
        answer.headers["Cache-Control"] = f"private, max-age={KEPT_BY_BROWSERS}" if wanted else "private, no-cache"
        return answer


def whole_number(request: Request, name: str, least: int, most: int) -> int | None:
    """The query parameter, None without it. Raises `Invalid`."""
    given = request.query_params.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 10 and least <= int(given) <= most):
        message = _("Enter a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise Invalid(_("The request is not valid."), problems=[Problem(f"/{name}", "invalid", message)])
    return int(given)


class LayoutAidsViewSet(TeamViewSet):
    """What helps to draw a layout, kept beside it. PUT says all of it: what is left out is gone."""

    queryset = LayoutTemplate.objects.all()
    serializer_class = AidsSerializer
    permission_classes = [RolePermission]
    pagination_class = None
    http_method_names = ["get", "put", "head", "options"]

    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        return Response(aids.of(self.get_object()))

    def update(self, request: Request, pk: str | None = None) -> Response:
        """412 where somebody changed them since: read them again, put both together, send that."""
        given = AidsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        value = dict(given.validated_data)
        return Response(aids.save(self.get_object(), value, value.pop("revision")))


class PresetViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin,
    mixins.DestroyModelMixin, TeamViewSet,
):  # fmt: skip
    """The team's own arrangements, to begin layouts with or to put onto others."""

    queryset = LayoutPreset.objects.select_related("created_by")
    serializer_class = PresetSerializer
    permission_classes = [RolePermission]

    def perform_create(self, serializer: Any) -> None:
        serializer.instance = presets.create_preset(team=self.team, user=self.request.user, **serializer.validated_data)

    def perform_update(self, serializer: Any) -> None:
        serializer.instance = presets.change_preset(serializer.instance, **serializer.validated_data)

    def perform_destroy(self, instance: LayoutPreset) -> None:
        presets.delete_preset(instance)


class AssetFilter(django_filters.FilterSet):
    class Meta:
        model = Asset
        fields: ClassVar[dict[str, list[str]]] = {"name": ["icontains"]}


class AssetViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, TeamViewSet):
    queryset = Asset.objects.all()
    serializer_class = AssetSerializer
    permission_classes = [RolePermission]
    parser_classes = [PictureParser]
    filterset_class = AssetFilter

    def get_parsers(self) -> list[Any]:
        """A picture comes as a form, its new name as JSON."""
        renames = self.request is not None and self.request.method == "PATCH"
        return [JSONParser()] if renames else super().get_parsers()

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={201: AssetSerializer})
    def create(self, request: Request) -> Response:
        """A picture (PNG, JPEG, WebP, GIF) in the field `file`. The same picture twice is the same row."""
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data["file"]
        content = file.read(settings.ASSET_MAX_BYTES + 1)  # one byte more than allowed is enough to know
        asset = assets.upload(team=self.team, content=content, name=file.name or "")
        return Response(self.get_serializer(asset).data, status=status.HTTP_201_CREATED)

    @extend_schema(request={"application/json": RenameSerializer}, responses=AssetSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Another name for people. The content, and with it the address, stays."""
        asset = self.get_object()
        given = RenameSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(self.get_serializer(assets.rename(asset, given.validated_data["name"])).data)

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """409, and which layouts they are, while any uses it."""
        assets.delete(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


urlpatterns = [
    # the router would want a slash at the end
    path("layouts/<str:pk>/preview.png", LayoutViewSet.as_view({"get": "preview"}), name="layout_preview"),
    path("layouts/<str:pk>/aids/", LayoutAidsViewSet.as_view({"get": "retrieve", "put": "update"}), name="layout_aids"),
]
router_entries: list[tuple[str, Any, str]] = [
    ("layouts", LayoutViewSet, "layout"),
    ("presets", PresetViewSet, "preset"),
    ("assets", AssetViewSet, "asset"),
]
