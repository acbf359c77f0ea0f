"""The parts of a task that are JSON, as the OpenAPI document describes them; `checks` checks them, with pointers."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

TROUBLE_SCHEMA = {
    "type": ["object", "null"],
    "properties": {
        "code": {
            "type": "string",
            "enum": ["orphaned", "failed", "lost", "not_carried_out", "no_answer", "proof_overdue", "degraded"],
        },
        "detail": {"type": "string", "description": "In the language of Accept-Language."},
        "since": {"type": ["string", "null"], "format": "date-time"},
        "credential": {"type": ["string", "null"], "format": "uuid"},
    },
    "required": ["code", "detail", "since", "credential"],
}
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}


@extend_schema_field(
    {
        "type": "object",
        "description": "Who sits in which slot, by the id they have in the room.",
        "additionalProperties": {
            "type": "object",
            "required": ["user_id"],
            "properties": {"user_id": {"type": "string"}},
        },
        "example": {"host": {"user_id": "123"}},
    }
)
class BindingsField(serializers.JSONField): ...


@extend_schema_field(TEXTS | {"description": "What stands for {{name}} in texts.", "example": {"title": "Final"}})
class VariablesField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "description": "Where it goes: `push_urls`, `rtc` or `record`, as the product does.",
        "properties": {
            "push_urls": {"type": "array", "items": {"type": "string"}},
            "rtc": {"type": "object", "additionalProperties": True},
            "record": {"type": "object", "additionalProperties": True},
        },
        "example": {"push_urls": ["rtmp://push.example.com/live/one"]},
    }
)
class OutputField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "description": "Each is optional; what is left out is the product's default.",
        "properties": {
            "width": {"type": "integer"},
            "height": {"type": "integer"},
            "fps": {"type": "integer"},
            "bitrate_kbps": {"type": "integer"},
            "codec": {"type": "string"},
        },
        "example": {"width": 1280, "height": 720, "fps": 25},
    }
)
class EncodingField(serializers.JSONField): ...


@extend_schema_field({"type": "object", "description": "The product's own options.", "additionalProperties": True})
class OptionsField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": ["object", "null"],
        "properties": {
            "detail": {"type": "string"},
            "vendor_code": {"type": "string"},
            "vendor_request_id": {"type": "string"},
        },
    }
)
class ErrorField(serializers.JSONField): ...
