"""What browsers were told, kept a while so that one who was away can catch up."""

from __future__ import annotations

from django.db import models

from apps.accounts.models import Team


class LiveCounter(models.Model):
    """The last sequence number of a team."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, primary_key=True, related_name="+")
    seq = models.BigIntegerField(default=0)


class LiveMessage(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["team", "seq"], name="one_message_per_seq")]
