"""Tasks over REST."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.models import Role, Team
from apps.core.serializers import InstantField, StrictSerializer
from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate
from apps.layouts.rest.layout_serializers import DocumentField
from apps.tasks import labels
from apps.tasks.models import Task, TaskEvent
from apps.tasks.rest.schema_fields import (
    TROUBLE_SCHEMA,
    BindingsField,
    EncodingField,
    ErrorField,
    OptionsField,
    OutputField,
    VariablesField,
)
from apps.tasks.trouble import trouble_of
from apps.vendors import registry
from apps.vendors.redaction import redact


class OwnRow(serializers.PrimaryKeyRelatedField):
    """A row of the asking team; a stranger's row does not exist."""

    def get_queryset(self) -> Any:
        team: Team | None = self.context.get("team")
        rows: Any = super().get_queryset()
        return rows.filter(team=team) if team is not None else rows.none()


class TaskSerializer(StrictSerializer, serializers.ModelSerializer):
    """`app`, `product`, `layout`, `room` make a task; the rest has defaults."""

    app = OwnRow(queryset=App.objects.select_related("credential"))
    layout = OwnRow(queryset=LayoutTemplate.objects.all(), allow_null=True)  # null: it was deleted since
    product = serializers.ChoiceField(choices=registry.products())
    version = serializers.IntegerField(
        min_value=1, required=False, write_only=True, help_text="Of the layout; the present one by default."
    )
    room = serializers.CharField(max_length=128, trim_whitespace=False)
    name = serializers.CharField(max_length=120, required=False, allow_blank=True)
    bindings = BindingsField(required=False)
    variables = VariablesField(required=False)
    output = OutputField(required=False)
    encoding = EncodingField(required=False)
    options = OptionsField(required=False)
    starts_at = InstantField(required=False, allow_null=True)
    error = ErrorField(read_only=True)
    trouble = serializers.SerializerMethodField(help_text="Why somebody should look at the task; null: no reason.")

    class Meta:
        model = Task
        fields = [
            "id", "name", "app", "product", "layout", "layout_version", "version", "room", "bindings", "variables",
            "output", "encoding", "options", "starts_at", "desired", "state", "degraded", "proven_at", "proven_by",
            "vendor_task_id", "vendor_run_id", "applied_version", "started_at", "ended_at", "orphaned_at", "end_reason",
            "error", "trouble", "created_at",
        ]  # fmt: skip
        read_only_fields = [
            "id", "layout_version", "desired", "state", "degraded", "proven_at", "proven_by", "vendor_task_id",
            "vendor_run_id", "applied_version", "started_at", "ended_at", "orphaned_at", "end_reason", "error", "trouble",
            "created_at",
        ]  # fmt: skip

    @extend_schema_field(TROUBLE_SCHEMA)
    def get_trouble(self, task: Task) -> dict[str, Any] | None:
        trouble = trouble_of(task)
        return trouble.as_json() if trouble else None

    def validate_layout(self, value: LayoutTemplate | None) -> LayoutTemplate:
        if value is None:
            self.fields["layout"].fail("required")
        return value

    def to_representation(self, task: Task) -> dict[str, Any]:
        """A push URL holds the key of its stream: whoever may only watch is shown the URL without it."""
        shown = super().to_representation(task)
        shown["error"] = labels.error_json(task.error)
        membership = self.context.get("membership") or getattr(self.context.get("request"), "membership", None)
        if membership is None or not membership.may(Role.PRODUCER):
            shown["output"] = redact(shown["output"])
        return shown


class ApplySerializer(StrictSerializer):
    """All optional: nothing at all applies the saved state of the task's own layout."""

    layout = OwnRow(queryset=LayoutTemplate.objects.all(), required=False)
    version = serializers.IntegerField(min_value=1, required=False)
    bindings = BindingsField(required=False)
    variables = VariablesField(required=False)
    options = OptionsField(required=False, help_text="Those that change; null takes one away. The others stay.")


class TaskEventSerializer(serializers.ModelSerializer):
    actor = serializers.CharField(source="actor.username", default=None, allow_null=True)
    title = serializers.SerializerMethodField(help_text="In the language of Accept-Language.")

    class Meta:
        model = TaskEvent
        fields = ["id", "at", "kind", "code", "title", "data", "vendor_request_id", "actor"]

    def get_title(self, event: TaskEvent) -> str:
        return labels.event_label(event)


class ExportSerializer(StrictSerializer):
    """What a plan needs beside the layout. What is left out stands as a sample in the plan."""

    product = serializers.ChoiceField(choices=registry.products())
    document = DocumentField(required=False)
    app = OwnRow(queryset=App.objects.select_related("credential"), required=False, allow_null=True)
    room = serializers.CharField(max_length=128, required=False, allow_blank=True)
    bindings = BindingsField(required=False)
    variables = VariablesField(required=False)
    output = OutputField(required=False)
    encoding = EncodingField(required=False)
    options = OptionsField(required=False)

    def to_internal_value(self, data: Any) -> Any:
        # A form that has no app chosen yet sends ""; the plan then stands with a sample.
        if isinstance(data, dict) and data.get("app") == "":
            data = {**data, "app": None}
        return super().to_internal_value(data)


class PlanSerializer(serializers.Serializer):
    """A plan as `manage.py plan` prints it; and what will be drawn, as a layout document in output pixels."""

    requests = serializers.ListField(child=serializers.DictField())
    findings = serializers.ListField(child=serializers.DictField())
    drawn = serializers.DictField(allow_null=True)


class PlannedChangeSerializer(PlanSerializer):
    """What a change on air would send, and what of the picture it changes, a sentence each."""

    changes = serializers.ListField(child=serializers.CharField())
