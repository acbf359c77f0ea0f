"""Layouts and their versions in JSON."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.serializers import StrictSerializer
from apps.layout_document.upgrades import upgrade
from apps.layouts import editor_state
from apps.layouts.models import LayoutTemplate, LayoutVersion
from apps.layouts.rest.openapi import DOCUMENT


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


class LayoutVersionSerializer(serializers.ModelSerializer[LayoutVersion]):
    author = serializers.CharField(source="author.username", default=None, read_only=True, allow_null=True)

    class Meta:
        model = LayoutVersion
        fields = ["version", "name", "author", "created_at"]
        read_only_fields = fields


class LayoutVersionWithDocumentSerializer(LayoutVersionSerializer):
    document = DocumentField(read_only=True)
    aids = serializers.SerializerMethodField(help_text="Groups, guides and samples as they were; no `revision`.")

    class Meta(LayoutVersionSerializer.Meta):
        fields = [*LayoutVersionSerializer.Meta.fields, "document", "aids"]
        read_only_fields = fields

    def get_aids(self, version: LayoutVersion) -> dict[str, Any]:
        return {**editor_state.EMPTY, **version.editor_state}


class CheckSerializer(StrictSerializer):
    document = DocumentField()


class CheckedSerializer(serializers.Serializer[Any]):
    """The document as it would be saved; findings as a plan has them: level, code, object_id, field, message."""

    document = DocumentField()
    findings = serializers.ListField(child=serializers.DictField())
