"""What was recorded."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models

from apps.accounts.models import Team
from apps.core.models import Row
from apps.tasks.models import Task


def share_key() -> str:
    return secrets.token_urlsafe(24)


class Recording(Row):
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="recordings")
    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="recording")
    name = models.CharField(max_length=120, blank=True)
    poster = models.CharField(max_length=500, blank=True)
    duration = models.FloatField(null=True, blank=True)  # seconds
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or str(self.task)


class RecordingFile(Row):
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="files")
    url = models.CharField(max_length=2000)
    format = models.CharField(max_length=10)
    bytes = models.BigIntegerField(null=True, blank=True)
    duration = models.FloatField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    vendor_file_id = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        ordering = ["started_at", "id"]
        constraints = [models.UniqueConstraint(fields=["recording", "url"], name="one_row_per_recorded_file")]


class ShareLink(Row):
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="share_links")
    key = models.CharField(max_length=64, default=share_key, unique=True)
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
