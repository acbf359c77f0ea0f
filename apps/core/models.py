"""What every row has in common."""

from __future__ import annotations

from django.db import models

from apps.core.ids import new_id


class Row(models.Model):
    """A row with a time-ordered id: lists are paged by it, newest first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-id"]
