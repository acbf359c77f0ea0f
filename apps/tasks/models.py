"""Mixing and recording runs, from request to end."""

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


class EventCode(models.TextChoices):
    """What happened. The sentence of each is in labels.py."""

    START = "start"
    SCHEDULED_START = "scheduled_start"
    APPLY_LAYOUT = "apply_layout"
    STOP = "stop"
    REQUEST_SENT = "request_sent"
    ANSWER_RECEIVED = "answer_received"
    OPERATION_FAILED = "operation_failed"
    INTERNAL_ERROR = "internal_error"
    RUNS_AFTER_END = "runs_after_end"
    CALLBACK_RECEIVED = "callback_received"
    STATE_CHANGED = "state_changed"
    CREATED = "created"
    CHANGED = "changed"
    ADOPTED = "adopted"
    OTHER_RUN_IGNORED = "other_run_ignored"
    ENDED_AT_VENDOR = "ended_at_vendor"
    RUN_ID_UNKNOWN = "run_id_unknown"
    RECORDING_REMOVED = "recording_removed"
    FILE_RECORDED = "file_recorded"
    FILE_UPDATED = "file_updated"
    OTHER = "other"
    """Of an older version that had no codes: `data["text"]` is its English sentence."""

    @property
    def event_kind(self) -> str:
        """The kind that a ledger row of this code has, the group by which pages filter."""
        return EVENT_KINDS.get(self, "note")


EVENT_KINDS = {
    EventCode.START: "wish",
    EventCode.SCHEDULED_START: "wish",
    EventCode.APPLY_LAYOUT: "wish",
    EventCode.STOP: "wish",
    EventCode.REQUEST_SENT: "request",
    EventCode.ANSWER_RECEIVED: "answer",
    EventCode.OPERATION_FAILED: "error",
    EventCode.INTERNAL_ERROR: "error",
    EventCode.RUNS_AFTER_END: "error",
    EventCode.CALLBACK_RECEIVED: "callback",
    EventCode.STATE_CHANGED: "state",
    EventCode.FILE_RECORDED: "file",
    EventCode.FILE_UPDATED: "file",
}


class Task(Row):
    """What is wanted (`desired`, `document`, …) and what was last proven (`state`, `proven_at`, `proven_by`).

    `generation` counts the requests of people (start, apply, stop) and `observed_generation` is the last one carried out:
    a worker that dies between the two leaves a difference, which the next worker finds. `attempt` is part of the vendor's
    task ID.
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
    vendor_run_id = models.CharField(max_length=128, blank=True, db_index=True)  # the vendor's own ID, if it makes one
    handles: Any = EncryptedJSONField(default=dict, blank=True)  # the vendor's own IDs and tokens of the run
    attempt = models.PositiveIntegerField(default=0)
    generation = models.PositiveIntegerField(default=0)
    observed_generation = models.PositiveIntegerField(default=0)
    applied_version = models.PositiveIntegerField(default=0)  # the layout version the vendor last took
    applied_document = models.JSONField(null=True, blank=True)
    plan_state = models.JSONField(
        default=dict, blank=True
    )  # what the next plan needs of the last one that was accepted
    claimed_until = models.DateTimeField(null=True, blank=True)
    next_poll_at = models.DateTimeField(null=True, blank=True, db_index=True)
    poll_failures = models.PositiveIntegerField(default=0)  # polls in a row that brought no status
    poll_failed_since = models.DateTimeField(null=True, blank=True)
    poll_error = models.JSONField(null=True, blank=True)  # as `error`, of the last one
    tries = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)  # not before this time; for a stop: proven by then, or again
    starts_at = models.DateTimeField(null=True, blank=True)  # not before this time; None: at once
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    orphaned_at = models.DateTimeField(null=True, blank=True)  # since then it is known to run there after its end here
    end_reason = models.CharField(max_length=120, blank=True)
    error = models.JSONField(null=True, blank=True)  # {"detail", "vendor_code", "vendor_request_id"}
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["team", "state"]), models.Index(fields=["desired", "state"])]

    def __str__(self) -> str:
        return self.name or f"{self.product} · {self.room}"


class TaskEvent(models.Model):
    """The ledger, append-only: every request of a person, request, answer, callback, state change. Redacted when written."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=20)  # wish, request, answer, error, callback, state, note, file
    code = models.CharField(max_length=40, default=EventCode.OTHER)  # an EventCode; old rows may have any
    data = models.JSONField(default=dict, blank=True)
    vendor_request_id = models.CharField(max_length=120, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("The ledger is append-only.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
