"""Saved layouts, their versions, and the pictures they use."""

from __future__ import annotations

from typing import ClassVar

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


class NotDeleted(models.Manager["LayoutTemplate"]):
    def get_queryset(self) -> models.QuerySet[LayoutTemplate]:
        return super().get_queryset().filter(deleted_at=None)


class LayoutTemplate(Row):
    """A layout people work on. `version` counts its saves; each save is a LayoutVersion.

    A deleted one is hidden (`objects` passes it by, `everything` does not) until a job sweeps it away; meanwhile the
    deletion can be undone, and tasks that ran it still know its name.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="layouts")
    name = models.CharField(max_length=120)
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = NotDeleted()
    everything: ClassVar[models.Manager[LayoutTemplate]] = models.Manager()

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["team", "deleted_at"], name="layouts_of_a_team")]

    def __str__(self) -> str:
        return self.name

    @property
    def tags(self) -> list[str]:
        """In alphabetical order; read from `tag_rows`, which a list prefetches."""
        return sorted(row.name for row in self.tag_rows.all())


class LayoutTag(models.Model):
    """A word people file a layout under. Rows, not a JSON list: both databases can filter and count them."""

    layout = models.ForeignKey(LayoutTemplate, on_delete=models.CASCADE, related_name="tag_rows")
    name = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["layout", "name"], name="one_row_per_layout_tag")]
        indexes = [models.Index(fields=["name"], name="layout_tags_by_name")]


class LayoutVersion(Row):
    layout = models.ForeignKey(LayoutTemplate, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    document = models.JSONField()
    editor_state = models.JSONField(default=dict, db_column="aids")  # while this was the current version
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["layout", "version"], name="one_row_per_layout_version")]


class EditorState(models.Model):
    """Guides, groups, switches and samples beside a layout (apps/layouts/editor_state.py). `revision` counts the saves."""

    layout = models.OneToOneField(
        LayoutTemplate, primary_key=True, on_delete=models.CASCADE, related_name="editor_state_row"
    )
    value = models.JSONField()
    revision = models.PositiveIntegerField()


class LayoutPreset(Row):
    """An arrangement of a team (apps/layouts/presets.py): `shapes` is places by the shape of the canvas."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="presets")
    name = models.CharField(max_length=60)
    shapes = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.name
