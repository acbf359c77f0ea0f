"""REST: presets/."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers

from apps.accounts.permissions import RolePermission
from apps.accounts.scoping import TeamViewSet
from apps.core.serializers import StrictSerializer
from apps.layout_document.places import SHAPES
from apps.layouts import presets
from apps.layouts.models import LayoutPreset

PLACE = {
    "type": "object",
    "required": list(presets.NUMBERS),
    "additionalProperties": False,
    "properties": {
        **{
            name: {"type": "number", "minimum": presets.MIN_POSITION, "maximum": presets.MAX_POSITION}
            for name in ("x", "y")
        },
        **{
            name: {"type": "number", "minimum": presets.MIN_SIDE, "maximum": presets.MAX_SIDE}
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
            shape: {"type": "array", "minItems": 1, "maxItems": presets.MAX_PLACES, "items": PLACE} for shape in SHAPES
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
