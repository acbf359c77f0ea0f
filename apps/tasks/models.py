"""Mixing and recording runs, from wish to end."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Team
from apps.core.encryption import EncryptedJSONField
from apps.core.models import Row
from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    STARTING = "starting", _("Starting")
    RUNNING = "running", _("Running")
    STOPPING = "stopping", _("Stopping")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")
    LOST = "lost", _("Lost")


class Desired(models.TextChoices):
    NOTHING = "", _("Nothing yet")
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")


class Task(Row):
    """What we want (`desired`, `document`, …) and what was last proven (`state`, `proven_at`, `proven_by`).

    `wish` counts the wishes (start, apply, stop) and `done_wish` is the last one carried out: a worker that dies
    between the two leaves a difference, which the next worker finds. `attempt` is part of the vendor's task id.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="tasks")
    name = models.CharField(max_length=120, blank=True)
    app = models.ForeignKey(App, on_delete=models.PROTECT, related_name="tasks")
    product = models.CharField(max_length=40)
    layout = models.ForeignKey(LayoutTemplate, null=True, on_delete=models.SET_NULL, related_name="tasks")
    layout_version = models.PositiveIntegerField(default=1)
    document = models.JSONField()
    room = models.CharField(max_length=128)
    bindings = models.JSONField(default=dict, blank=True)
    variables = models.JSONField(default=dict, blank=True)
    output = models.JSONField(default=dict, blank=True)
    encoding = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)

    desired = models.CharField(max_length=10, choices=Desired, default=Desired.NOTHING, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    degraded = models.BooleanField(default=False)
    proven_at = models.DateTimeField(null=True, blank=True)
    proven_by = models.CharField(max_length=10, blank=True)  # reply, poll, callback
    vendor_task_id = models.CharField(max_length=128, blank=True, db_index=True)
    vendor_run_id = models.CharField(
        max_length=128, blank=True, db_index=True
    )  # the vendor's own name, if it gives one
    handles: Any = EncryptedJSONField(default=dict, blank=True)  # what the vendor gave us to speak of the run: tokens
    attempt = models.PositiveIntegerField(default=0)
    wish = models.PositiveIntegerField(default=0)
    done_wish = models.PositiveIntegerField(default=0)
    applied_version = models.PositiveIntegerField(default=0)  # the layout version the vendor last took
    applied_document = models.JSONField(null=True, blank=True)
    carry = models.JSONField(default=dict, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    next_poll_at = models.DateTimeField(null=True, blank=True, db_index=True)
    tries = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)  # not before this time; for a stop: proven by then, or again
    starts_at = models.DateTimeField(null=True, blank=True)  # not before this time; None: at once
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    orphaned_at = models.DateTimeField(
        null=True, blank=True
    )  # since then it is known to run there though it ended here
    end_reason = models.CharField(max_length=120, blank=True)
    error = models.JSONField(null=True, blank=True)  # {"detail", "vendor_code", "vendor_request_id"}
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["team", "state"]), models.Index(fields=["desired", "state"])]

    def __str__(self) -> str:
        return self.name or f"{self.product} · {self.room}"


class TaskEvent(models.Model):
    """The ledger, append-only: every wish, request, answer, callback, state change. Redacted before it is written."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=20)  # wish, request, answer, error, callback, state, note, file
    title = models.CharField(max_length=200)
    data = models.JSONField(default=dict, blank=True)
    vendor_request_id = models.CharField(max_length=120, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("The ledger is append-only.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
