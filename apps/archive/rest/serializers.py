"""Recordings, links and policies in JSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from apps.archive.models import MAX_STAY_DAYS, MIN_STAY_DAYS, Policy, Recording, RecordingFile, ShareLink
from apps.archive.selectors import poster_url
from apps.archive.services import MAX_FILE_HOSTS, MAX_SHARE_DAYS
from apps.core.serializers import StrictSerializer
from apps.credentials.models import App


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


class ChangeSerializer(StrictSerializer):
    name = serializers.CharField(max_length=120, required=False)
    kept = serializers.BooleanField(required=False)


class ShareSerializer(StrictSerializer):
    days = serializers.IntegerField(min_value=1, max_value=MAX_SHARE_DAYS, required=False)


class LinkSerializer(serializers.ModelSerializer[ShareLink]):
    url = serializers.CharField(source="address", read_only=True)
    created_by = serializers.CharField(source="created_by.username", default=None, read_only=True, allow_null=True)

    class Meta:
        model = ShareLink
        fields = ["id", "url", "expires_at", "created_by", "created_at"]
        read_only_fields = fields


class PolicySerializer(StrictSerializer, serializers.ModelSerializer[Policy]):
    app = serializers.PrimaryKeyRelatedField(queryset=App.objects.none(), allow_null=True, required=False)
    days = serializers.IntegerField(min_value=MIN_STAY_DAYS, max_value=MAX_STAY_DAYS, allow_null=True, required=False)
    file_hosts = serializers.ListField(
        child=serializers.CharField(max_length=254), max_length=MAX_FILE_HOSTS, required=False
    )

    class Meta:
        model = Policy
        fields = ["id", "app", "days", "file_hosts", "created_at"]
        read_only_fields = ["id", "created_at"]
        validators: list[Any] = []  # services.save_policy checks that there is one per app

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        fields["app"].queryset = App.objects.filter(team=self.context.get("team"))
        return fields
