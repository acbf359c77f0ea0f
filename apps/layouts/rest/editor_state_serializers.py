"""The editor state in JSON, with the limits of each member for OpenAPI."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.serializers import StrictSerializer
from apps.layouts import editor_state_checks as checks


@extend_schema_field(
    {
        "type": "array",
        "maxItems": checks.MAX_GUIDES,
        "description": "Lines across the canvas at whole pixels.",
        "items": {
            "type": "object",
            "required": ["axis", "at"],
            "additionalProperties": False,
            "properties": {
                "axis": {"type": "string", "enum": ["x", "y"]},
                "at": {"type": "integer", "minimum": checks.MIN_POSITION, "maximum": checks.MAX_POSITION},
            },
        },
    }
)
class GuidesField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": checks.MAX_OBJECTS,
        "description": "Object → the groups it is in, the outermost first.",
        "propertyNames": {"pattern": f"^{checks.ID.pattern}$"},
        "additionalProperties": {
            "type": "array", "minItems": 1, "maxItems": checks.MAX_GROUP_DEPTH, "uniqueItems": True,
            "items": {"type": "string", "pattern": f"^{checks.ID.pattern}$"},
        },
    }
)  # fmt: skip
class GroupsField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": checks.MAX_OBJECTS,
        "description": "Group → what it is called; left out, it goes by its number. Of groups that no object is in, none is kept.",
        "propertyNames": {"pattern": f"^{checks.ID.pattern}$"},
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": checks.MAX_NAME},
    }
)
class GroupNamesField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": checks.MAX_OBJECTS,
        "description": "Object → whether resizing keeps its ratio; left out, it does for images alone.",
        "propertyNames": {"pattern": f"^{checks.ID.pattern}$"},
        "additionalProperties": {"type": "boolean"},
    }
)
class RatioField(serializers.JSONField): ...


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": checks.MAX_VARIABLES,
        "description": "What stands for {{name}} in the editor's own picture; tasks have theirs.",
        "additionalProperties": {"type": "string", "maxLength": checks.MAX_SAMPLE},
    }
)
class SamplesField(serializers.JSONField): ...


class EditorStateSerializer(StrictSerializer):
    """Beside the document, in no export. `revision` is the one it was read at; with another, a PUT is refused."""

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
