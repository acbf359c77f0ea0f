"""REST: assets/, the pictures of a team."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.permissions import RolePermission
from apps.accounts.scoping import TeamViewSet
from apps.core.parsers import JSONParser, PictureParser
from apps.core.serializers import StrictSerializer
from apps.layouts import assets
from apps.layouts.models import Asset


class AssetSerializer(serializers.ModelSerializer[Asset]):
    url = serializers.CharField(read_only=True)
    public_url = serializers.SerializerMethodField()

    class Meta:
        model = Asset
        fields = ["id", "url", "public_url", "width", "height", "bytes", "format", "name", "created_at"]
        read_only_fields = fields

    def get_public_url(self, asset: Asset) -> str:
        return f"{settings.PUBLIC_URL}/{asset.path}"


class UploadSerializer(StrictSerializer):
    file = serializers.FileField(allow_empty_file=True, max_length=500)


class RenameSerializer(StrictSerializer):
    name = serializers.CharField(max_length=200)


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
        serializer = UploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        file = serializer.validated_data["file"]
        content = file.read(settings.ASSET_MAX_BYTES + 1)  # one byte more than allowed is enough to know
        asset = assets.upload(team=self.team, content=content, name=file.name or "")
        return Response(self.get_serializer(asset).data, status=status.HTTP_201_CREATED)

    @extend_schema(request={"application/json": RenameSerializer}, responses=AssetSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Another name for people. The content, and with it the address, stays."""
        asset = self.get_object()
        serializer = RenameSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(self.get_serializer(assets.rename(asset, serializer.validated_data["name"])).data)

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """409, and which layouts they are, while any uses it."""
        assets.delete(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
