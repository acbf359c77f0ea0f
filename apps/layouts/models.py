"""Saved layouts, their versions, and the pictures they use."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apps.accounts.models import Team
from apps.core.models import Row


class Asset(Row):
    """An uploaded picture, re-encoded; its content is its name: `asset:<sha256>`. Bytes are in MEDIA_ROOT/a/.

    `team` is None for a picture baked for a plan: those belong to whoever runs the plan, and hold nothing private.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="assets")
    sha256 = models.CharField(max_length=64, db_index=True)
    format = models.CharField(max_length=4, choices=[("png", "png"), ("jpg", "jpg")])
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["team", "sha256"], name="one_asset_per_content")]

    @property
    def url(self) -> str:
        return f"asset:{self.sha256}"

    @property
    def path(self) -> str:
        """Below MEDIA_ROOT and below PUBLIC_URL alike."""
        return f"a/{self.sha256}.{self.format}"


class LayoutTemplate(Row):
    """A layout people work on. `version` counts its saves; each save is a LayoutVersion."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="layouts")
    name = models.CharField(max_length=120)
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.name


class LayoutVersion(Row):
    layout = models.ForeignKey(LayoutTemplate, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    document = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["layout", "version"], name="one_row_per_layout_version")]
