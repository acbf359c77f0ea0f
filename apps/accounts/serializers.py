"""People and the audit log in JSON."""

from __future__ import annotations

from typing import Any

from auditlog.models import LogEntry
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.models import Membership, Role, User
from apps.core.serializers import StrictSerializer


class MembershipSerializer(StrictSerializer, serializers.ModelSerializer[Membership]):
    username = serializers.CharField(source="user.username", read_only=True)
    email = serializers.CharField(source="user.email", read_only=True)
    last_login = serializers.DateTimeField(source="user.last_login", read_only=True, allow_null=True)
    role = serializers.ChoiceField(choices=Role.choices)

    class Meta:
        model = Membership
        fields = ["id", "username", "email", "role", "last_login", "created_at"]
        read_only_fields = ["id", "created_at"]


class InvitationSerializer(StrictSerializer):
    username = serializers.CharField(max_length=150, validators=[User.username_validator])
    email = serializers.EmailField(required=False, allow_blank=True)
    role = serializers.ChoiceField(choices=Role.choices)


class InvitedSerializer(MembershipSerializer):
    """`password_url` lets the person choose a password; it works once and is shown once."""

    password_url = serializers.CharField(read_only=True)

    class Meta(MembershipSerializer.Meta):
        fields = [*MembershipSerializer.Meta.fields, "password_url"]


class LogEntrySerializer(serializers.ModelSerializer[LogEntry]):
    actor = serializers.CharField(source="actor.username", default=None, read_only=True, allow_null=True)
    action = serializers.SerializerMethodField()
    object_type = serializers.CharField(source="content_type.model", read_only=True)
    changes = serializers.SerializerMethodField()

    class Meta:
        model = LogEntry
        fields = [
            "id", "timestamp", "actor", "action", "object_type", "object_pk", "object_repr", "changes", "remote_addr",
        ]  # fmt: skip

    def get_action(self, entry: Any) -> str:
        return str(dict(LogEntry.Action.choices)[entry.action])

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_changes(self, entry: Any) -> Any:
        return entry.changes or {}
