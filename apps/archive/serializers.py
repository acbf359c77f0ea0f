"""Recordings, links and policies in JSON."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.archive.models import LONGEST_STAY, SHORTEST_STAY, Policy, Recording, RecordingFile, ShareLink
from apps.core.serializers import StrictSerializer
from apps.credentials.models import App

HOST = re.compile(r"\.?(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")
MOST_HOSTS = 20


class FileSerializer(serializers.ModelSerializer[RecordingFile]):
    class Meta:
        model = RecordingFile
        fields = ["url", "format", "bytes", "duration", "started_at", "ended_at", "vendor_file_id", "missing_at"]


class RecordingSerializer(serializers.ModelSerializer[Recording]):
    """`poster` is an address of ours that asks for the same sign-in; `poster_source` is "frame", "drawn" or "" while
    it is being made."""

    files = FileSerializer(many=True, read_only=True)
    app = serializers.UUIDField(source="task.app_id", read_only=True)
    product = serializers.CharField(source="task.product", read_only=True)
    room = serializers.CharField(source="task.room", read_only=True)
    layout = serializers.UUIDField(source="task.layout_id", read_only=True, allow_null=True)
    poster = serializers.SerializerMethodField()

    class Meta:
        model = Recording
        fields = [
            "id", "task", "name", "app", "product", "room", "layout", "files", "poster", "poster_source", "duration",
            "recorded_at", "started_at", "ended_at", "kept", "leaves_at", "created_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_poster(self, row: Recording) -> str:
        return f"{settings.PUBLIC_URL}{poster_url(row)}" if row.poster else ""


def poster_url(row: Recording) -> str:
    """Its path; the last letters change with the picture."""
    return f"/api/v1/recordings/{row.pk}/poster/?v={row.poster[-12:-4]}"


class ChangeSerializer(StrictSerializer):
    name = serializers.CharField(max_length=120, required=False)
    kept = serializers.BooleanField(required=False)


class ShareSerializer(StrictSerializer):
    days = serializers.IntegerField(min_value=1, max_value=365, required=False)


class LinkSerializer(serializers.ModelSerializer[ShareLink]):
    url = serializers.CharField(source="address", read_only=True)
    created_by = serializers.CharField(source="created_by.username", default=None, read_only=True, allow_null=True)

    class Meta:
        model = ShareLink
        fields = ["id", "url", "expires_at", "created_by", "created_at"]
        read_only_fields = fields


class PolicySerializer(StrictSerializer, serializers.ModelSerializer[Policy]):
    app = serializers.PrimaryKeyRelatedField(queryset=App.objects.none(), allow_null=True, required=False)
    days = serializers.IntegerField(min_value=SHORTEST_STAY, max_value=LONGEST_STAY, allow_null=True, required=False)
    file_hosts = serializers.ListField(
        child=serializers.CharField(max_length=254), max_length=MOST_HOSTS, required=False
    )

    class Meta:
        model = Policy
        fields = ["id", "app", "days", "file_hosts", "created_at"]
        read_only_fields = ["id", "created_at"]
        validators: list[Any] = []  # uniqueness is checked below, where the team is known

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        fields["app"].queryset = App.objects.filter(team=self.context.get("team"))
        return fields

    def validate_file_hosts(self, hosts: list[str]) -> list[str]:
        hosts = [host.strip().lower() for host in hosts]
        for host in hosts:
            if not HOST.fullmatch(host):
                message = _("“%(host)s” is not a host name such as media.example.com or .example.com.")
                raise serializers.ValidationError(message % {"host": host[:80]}, code="not_a_host")
        return sorted(set(hosts))

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        app = given.get("app", self.instance.app if self.instance else None)
        same = Policy.objects.filter(team=self.context.get("team"), app=app)
        if self.instance is not None:
            same = same.exclude(pk=self.instance.pk)
        if same.exists():
            raise serializers.ValidationError({"app": [_("A policy for this already exists. Change that one.")]})
        return given
