"""Callbacks of vendors, stored as they came."""

from __future__ import annotations

from django.db import models

from apps.core.models import Row
from apps.credentials.models import App


class Receipt(Row):
    """One callback, raw. `reason`, where it was refused: no_secret, signature, stale."""

    class Outcome(models.TextChoices):
        NEW = "new"  # to be applied by a job
        APPLIED = "applied"
        DUPLICATE = "duplicate"
        UNMATCHED = "unmatched"  # about no task of ours
        UNREADABLE = "unreadable"
        FORGED = "forged"  # refused, see `reason`

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="receipts")
    product = models.CharField(max_length=40)
    event_id = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=80, blank=True)
    headers = models.JSONField(default=dict)
    content = models.BinaryField()
    outcome = models.CharField(max_length=12, default=Outcome.NEW)
    reason = models.CharField(max_length=20, blank=True)
    task_id = models.UUIDField(null=True, blank=True, db_index=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["app", "product", "event_id"],
                condition=models.Q(outcome__in=["new", "applied", "unmatched"]),
                name="one_receipt_per_event",
            )
        ]
