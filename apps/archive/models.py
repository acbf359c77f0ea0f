"""What was recorded, who may see it by link, and how long it stays."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from apps.accounts.models import Team
from apps.core.models import Row
from apps.core.own_address import BrowserURLField
from apps.credentials.models import App
from apps.tasks.models import Task

MIN_STAY_DAYS, MAX_STAY_DAYS = 1, 36_500


def share_key() -> str:
    return secrets.token_urlsafe(24)


class Recording(Row):
    """`recorded_at` is when it began, or when it came in where the vendor does not say: the day it stands under.

    `leaves_at` is when a policy takes it out of the archive (announced before), `removed_at` when that was done: the
    row stays for a while and can be brought back. `kept` exempts it for good.
    """

    class Poster(models.TextChoices):
        NONE = ""
        FRAME = "frame"  # a picture out of the recording
        DRAWN = "drawn"  # the layout, drawn

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="recordings")
    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="recording")
    name = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    poster = models.CharField(max_length=500, blank=True)  # below MEDIA_ROOT
    poster_source = models.CharField(max_length=10, choices=Poster, default=Poster.NONE, blank=True)
    poster_due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    poster_tries = models.PositiveSmallIntegerField(default=0)
    duration = models.FloatField(null=True, blank=True)  # seconds
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    kept = models.BooleanField(default=False)
    leaves_at = models.DateTimeField(null=True, blank=True, db_index=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["team", "recorded_at"])]

    def __str__(self) -> str:
        return self.name or str(self.task)

    @property
    def poster_path(self) -> Path | None:
        return Path(settings.MEDIA_ROOT) / self.poster if self.poster else None


class RecordingFile(Row):
    """`missing_at` is when the vendor first said that the file is gone or closed to us; None while it is there, or
    where we have not asked."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="files")
    url = BrowserURLField(max_length=2000)
    format = models.CharField(max_length=10)
    bytes = models.BigIntegerField(null=True, blank=True)
    duration = models.FloatField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    vendor_file_id = models.CharField(max_length=200, blank=True)
    missing_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        ordering = ["started_at", "id"]
        constraints = [models.UniqueConstraint(fields=["recording", "url"], name="one_row_per_recorded_file")]

    @property
    def address(self) -> str:
        """The URL where it is one that a page may link to, else ""."""
        return self.url if self.url.lower().startswith(("https://", "http://")) else ""


class ShareLink(Row):
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="share_links")
    key = models.CharField(max_length=64, default=share_key, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    @property
    def address(self) -> str:
        return f"{settings.PUBLIC_URL}/s/{self.key}/"


class Policy(Row):
    """How the archive treats the recordings of one app, or (`app` empty) of every app without a policy of its own.

    `days` empty: they stay for ever. `file_hosts` are hosts, beside the vendor's own, from which posters may be read:
    "media.example.com", or ".example.com" for every host below it.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="archive_policies")
    app = models.ForeignKey(App, null=True, blank=True, on_delete=models.CASCADE, related_name="archive_policies")
    days = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(MIN_STAY_DAYS), MaxValueValidator(MAX_STAY_DAYS)]
    )
    file_hosts = models.JSONField(default=list, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["team", "app"], name="one_archive_policy_per_app"),
            models.UniqueConstraint(
                fields=["team"], condition=models.Q(app=None), name="one_archive_policy_for_the_team"
            ),
        ]

    def __str__(self) -> str:
        return str(self.app or self.team)
