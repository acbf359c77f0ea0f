"""A payload in, and what was read of it, in JSON."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.serializers import StrictSerializer
from apps.layouts.imports import MAX_PAYLOAD_BYTES
from apps.layouts.rest.layout_serializers import DocumentField, LayoutSerializer


@extend_schema_field(
    {
        "oneOf": [
            {"type": "object", "additionalProperties": True},
            {"type": "array", "items": {"type": "object", "additionalProperties": True}},
            {"type": "string", "maxLength": MAX_PAYLOAD_BYTES},
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


class ImportResultSerializer(serializers.Serializer[Any]):
    """What the payload held besides the layout."""

    product = serializers.CharField(help_text="Whose payload it was; empty for a layout document.")
    bindings = serializers.DictField(child=SeatSerializer(), help_text="Slot → person, for a task's `bindings`.")
    room = serializers.CharField(help_text="For a task's `room`; empty where the payload names none.")
    output = serializers.DictField(
        help_text="For a task's `output`, without `push_urls`: they contain stream keys. `not_understood` names them."
    )
    encoding = serializers.DictField(help_text="For a task's `encoding`.")
    options = serializers.DictField(help_text="For a task's `options`.")
    not_understood = NotUnderstoodSerializer(many=True, help_text="What could not be taken over.")
    not_understood_more = serializers.IntegerField(help_text="How many more there were than are listed.")


class ImportedLayoutSerializer(ImportResultSerializer, LayoutSerializer):
    """The row, and what the payload held besides."""

    class Meta(LayoutSerializer.Meta):
        fields = [*LayoutSerializer.Meta.fields, *ImportResultSerializer().fields]


class ReadPayloadSerializer(ImportResultSerializer):
    """What an import would make, and what it would say."""

    document = DocumentField()
