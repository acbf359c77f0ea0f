"""Credentials and apps in JSON. Secrets go in and never come out: they read back as "set"."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.serializers import StrictSerializer
from apps.core.translate import translate_reason
from apps.credentials.models import App, Credential, CredentialTest
from apps.credentials.services import callback_urls


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class SecretsField(serializers.Field[Any, Any, Any, Any]):
    """An object of secrets: what is stored reads back as {"name": "set"}."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            raise serializers.ValidationError("This must be an object of names and values.", code="not_an_object")
        return data

    def to_representation(self, value: Any) -> dict[str, str]:
        return dict.fromkeys(value, "set")


@extend_schema_field({"type": "object", "additionalProperties": True})
class ObjectField(serializers.JSONField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            raise serializers.ValidationError("This must be an object of names and values.", code="not_an_object")
        return super().to_internal_value(data)


class CredentialTestSerializer(serializers.ModelSerializer[CredentialTest]):
    class Meta:
        model = CredentialTest
        fields = ["ok", "detail", "vendor_code", "vendor_request_id", "milliseconds", "created_at"]
        read_only_fields = fields

    def to_representation(self, instance: CredentialTest) -> dict[str, Any]:
        """Its detail in the reader's language; the vendor's own words as they came."""
        return {**super().to_representation(instance), "detail": translate_reason(instance.words, instance.detail)}


class CredentialSerializer(StrictSerializer, serializers.ModelSerializer[Credential]):
    keys = SecretsField()
    endpoints = ObjectField(required=False)

    class Meta:
        model = Credential
        fields = ["id", "name", "vendor", "keys", "endpoints", "status", "created_at", "updated_at"]
        read_only_fields = ["id", "status", "created_at", "updated_at"]


class RotateSerializer(StrictSerializer):
    keys = SecretsField()


class SubscribeSerializer(StrictSerializer):
    product = serializers.CharField(max_length=40)
    replace = serializers.BooleanField(required=False, default=False)


class SubscriptionSerializer(serializers.Serializer[Any]):
    product = serializers.CharField()
    changed = serializers.BooleanField()
    callback_url = serializers.CharField()


class TeamCredentialField(serializers.PrimaryKeyRelatedField[Credential]):
    def get_queryset(self) -> Any:
        team = getattr(self.context["request"], "team", None)
        return Credential.objects.filter(team=team) if team else Credential.objects.none()


class AppSerializer(StrictSerializer, serializers.ModelSerializer[App]):
    credential = TeamCredentialField()
    vendor = serializers.CharField(read_only=True)
    secrets = SecretsField(required=False)
    settings = ObjectField(required=False)
    callback_urls = serializers.SerializerMethodField()

    class Meta:
        model = App
        fields = [
            "id", "name", "credential", "vendor", "vendor_app_id", "secrets", "settings", "callback_urls",
            "last_callback_at", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["id", "last_callback_at", "created_at", "updated_at"]

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string", "format": "uri"}})
    def get_callback_urls(self, app: App) -> dict[str, str]:
        return callback_urls(app)

    def to_representation(self, instance: App) -> dict[str, Any]:
        """Producers choose an app for a task: its secrets, callback paths and credential are not theirs to see."""
        row = super().to_representation(instance)
        mine = getattr(self.context.get("request"), "membership", None)
        if mine is None or not mine.may("admin"):
            for name in ("secrets", "callback_urls", "credential"):
                row.pop(name)
        return row
