"""Layouts and pictures in JSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.serializers import StrictSerializer
from apps.layout_document.upgrades import upgrade
from apps.layouts.imports import LARGEST
from apps.layouts.models import Asset, LayoutTemplate, LayoutVersion
from apps.layouts.openapi import DOCUMENT


@extend_schema_field(DOCUMENT)
class DocumentField(serializers.Field[Any, Any, Any, Any]):
    """Checked by the service, which answers with pointers into the document."""

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return upgrade(value)


class LayoutSerializer(StrictSerializer, serializers.ModelSerializer[LayoutTemplate]):
    document = DocumentField()
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    updated_by = serializers.CharField(source="updated_by.username", default=None, read_only=True, allow_null=True)
    tags = serializers.ListField(child=serializers.CharField(max_length=200), required=False, max_length=50)

    class Meta:
        model = LayoutTemplate
        fields = ["id", "name", "document", "version", "tags", "created_at", "updated_at", "updated_by"]
        read_only_fields = ["id", "created_at", "updated_at"]


@extend_schema_field(
    {
        "oneOf": [
            {"type": "object", "additionalProperties": True},
            {"type": "array", "items": {"type": "object", "additionalProperties": True}},
            {"type": "string", "maxLength": LARGEST},
        ],
        "description": "What one sends to a cloud: a JSON body, the parameters of a call (nested or flattened; of several"
        " calls, as a list), or the same as text: JSON, a query string, an address with its query, a curl command."
        " Without `product` also a layout document. Signatures and keys in it are neither kept nor answered.",
    }
)
class PayloadField(serializers.JSONField):
    """Any JSON; what it must be, only its product knows."""


class ImportSerializer(StrictSerializer):
    product = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=64,
        help_text="The product's slug. Without it, a layout document, or the product that knows such a payload.",
    )
    payload = PayloadField()
    name = serializers.CharField(required=False, allow_blank=True, max_length=120)


class NotUnderstoodSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(help_text="JSON pointer (RFC 6901) into the payload.")
    code = serializers.CharField()
    message = serializers.CharField(help_text="In the language of the request.")


class SeatSerializer(serializers.Serializer[Any]):
    user_id = serializers.CharField()


class ImportedLayoutSerializer(LayoutSerializer):
    """The row, and what the payload said besides."""

    product = serializers.CharField(help_text="Whose payload it was; empty for a layout document.")
    bindings = serializers.DictField(child=SeatSerializer(), help_text="Slot → person, for a task's `bindings`.")
    not_understood = NotUnderstoodSerializer(many=True)

    class Meta(LayoutSerializer.Meta):
        fields = [*LayoutSerializer.Meta.fields, "product", "bindings", "not_understood"]


class LayoutVersionSerializer(serializers.ModelSerializer[LayoutVersion]):
    author = serializers.CharField(source="author.username", default=None, read_only=True, allow_null=True)

    class Meta:
        model = LayoutVersion
        fields = ["version", "name", "author", "created_at"]
        read_only_fields = fields


class LayoutVersionWithDocumentSerializer(LayoutVersionSerializer):
    document = DocumentField(read_only=True)

    class Meta(LayoutVersionSerializer.Meta):
        fields = [*LayoutVersionSerializer.Meta.fields, "document"]
        read_only_fields = fields


class CheckSerializer(StrictSerializer):
    document = DocumentField()


class CheckedSerializer(serializers.Serializer[Any]):
    """The document as it would be saved; findings as a plan has them: level, code, object_id, field, message."""

    document = DocumentField()
    findings = serializers.ListField(child=serializers.DictField())


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
