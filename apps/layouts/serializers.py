"""Layouts and pictures in JSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.serializers import StrictSerializer
from apps.layout_document.places import SHAPES
from apps.layout_document.upgrades import upgrade
from apps.layouts import aids, presets
from apps.layouts.imports import LARGEST
from apps.layouts.models import Asset, LayoutPreset, LayoutTemplate, LayoutVersion
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


class ReadSerializer(StrictSerializer):
    product = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=64,
        help_text="The product's slug. Without it, a layout document, or the product that knows such a payload.",
    )
    payload = PayloadField()


class ReadIntoSerializer(ReadSerializer):
    layout = serializers.UUIDField(
        required=False,
        help_text="The layout whose draft it is read into. In a browser, `/tasks/new/?layout=…&imported=1` then begins "
        "with the people, the room and the output that the payload named.",
    )


class ImportSerializer(ReadSerializer):
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
    not_understood_more = serializers.IntegerField(help_text="How many more there were than are listed.")

    class Meta(LayoutSerializer.Meta):
        fields = [*LayoutSerializer.Meta.fields, "product", "bindings", "not_understood", "not_understood_more"]


class ReadPayloadSerializer(serializers.Serializer[Any]):
    """What an import would make, and what it would say."""

    document = DocumentField()
    product = serializers.CharField()
    bindings = serializers.DictField(child=SeatSerializer())
    not_understood = NotUnderstoodSerializer(many=True)
    not_understood_more = serializers.IntegerField()


class LayoutVersionSerializer(serializers.ModelSerializer[LayoutVersion]):
    author = serializers.CharField(source="author.username", default=None, read_only=True, allow_null=True)

    class Meta:
        model = LayoutVersion
        fields = ["version", "name", "author", "created_at"]
        read_only_fields = fields


@extend_schema_field(
    {
        "type": "array",
        "maxItems": aids.MOST_GUIDES,
        "description": "Lines across the canvas at whole pixels.",
        "items": {
            "type": "object",
            "required": ["axis", "at"],
            "additionalProperties": False,
            "properties": {
                "axis": {"type": "string", "enum": ["x", "y"]},
                "at": {"type": "integer", "minimum": aids.FIRST, "maximum": aids.LAST},
            },
        },
    }
)
class GuidesField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": aids.MOST_OBJECTS,
        "description": "Object → the groups it is in, the outermost first.",
        "propertyNames": {"pattern": f"^{aids.ID.pattern}$"},
        "additionalProperties": {
            "type": "array", "minItems": 1, "maxItems": aids.DEEPEST_GROUP, "uniqueItems": True,
            "items": {"type": "string", "pattern": f"^{aids.ID.pattern}$"},
        },
    }
)  # fmt: skip
class GroupsField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": aids.MOST_OBJECTS,
        "description": "Group → what it is called; left out, it goes by its number. Of groups that no object is in, none is kept.",
        "propertyNames": {"pattern": f"^{aids.ID.pattern}$"},
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": aids.LONGEST_NAME},
    }
)
class GroupNamesField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": aids.MOST_OBJECTS,
        "description": "Object → whether resizing keeps its ratio; left out, it does for images alone.",
        "propertyNames": {"pattern": f"^{aids.ID.pattern}$"},
        "additionalProperties": {"type": "boolean"},
    }
)
class RatioField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": aids.MOST_VARIABLES,
        "description": "What stands for {{name}} in the editor's own picture; tasks have theirs.",
        "additionalProperties": {"type": "string", "maxLength": aids.LONGEST_SAMPLE},
    }
)
class SamplesField(serializers.JSONField): ...


class AidsSerializer(StrictSerializer):
    """Beside the document, in no export. `revision` is the one they were read at; with another, a PUT is refused."""

    guides = GuidesField()
    groups = GroupsField()
    names = GroupNamesField()
    ratio = RatioField()
    variables = SamplesField()
    made_for = serializers.CharField(
        required=False, allow_blank=True, default="",
        help_text="The product (slug) whose limits the editor keeps to; empty: those on which the layout runs.",
    )  # fmt: skip
    revision = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class LayoutVersionWithDocumentSerializer(LayoutVersionSerializer):
    document = DocumentField(read_only=True)
    aids = serializers.SerializerMethodField(help_text="Groups, guides and samples as they were; no `revision`.")

    class Meta(LayoutVersionSerializer.Meta):
        fields = [*LayoutVersionSerializer.Meta.fields, "document", "aids"]
        read_only_fields = fields

    def get_aids(self, version: LayoutVersion) -> dict[str, Any]:
        return {**aids.NO_AIDS, **version.aids}


class CheckSerializer(StrictSerializer):
    document = DocumentField()


class CheckedSerializer(serializers.Serializer[Any]):
    """The document as it would be saved; findings as a plan has them: level, code, object_id, field, message."""

    document = DocumentField()
    findings = serializers.ListField(child=serializers.DictField())


PLACE = {
    "type": "object",
    "required": list(presets.NUMBERS),
    "additionalProperties": False,
    "properties": {
        **{name: {"type": "number", "minimum": presets.FIRST, "maximum": presets.LAST} for name in ("x", "y")},
        **{
            name: {"type": "number", "minimum": presets.SMALLEST, "maximum": presets.LARGEST}
            for name in ("width", "height")
        },
        "stream": {"type": "string", "enum": list(presets.STREAMS), "default": "camera"},
    },
}


@extend_schema_field(
    {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "description": "Places by the shape of the canvas, back to front, as shares of its sides. A shape that is left"
        " out is had from another.",
        "properties": {
            shape: {"type": "array", "minItems": 1, "maxItems": presets.MOST_PLACES, "items": PLACE} for shape in SHAPES
        },
    }
)
class ShapesField(serializers.JSONField): ...


class PresetSerializer(StrictSerializer, serializers.ModelSerializer[LayoutPreset]):
    shapes = ShapesField()
    created_by = serializers.SerializerMethodField()

    class Meta:
        model = LayoutPreset
        fields = ["id", "name", "shapes", "created_at", "created_by"]
        read_only_fields = ["id", "created_at"]

    def get_created_by(self, preset: LayoutPreset) -> str | None:
        return preset.created_by.username if preset.created_by else None


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
