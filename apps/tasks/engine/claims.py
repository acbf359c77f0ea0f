"""Who works on a task now. A claim is a guarded UPDATE, so it is safe on SQLite and on PostgreSQL; a worker that is
killed loses it by time."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from apps.tasks.models import Task

# Longer than the slowest single request (read timeout 15 s): a worker that lives must not lose its claim.
HELD = dt.timedelta(seconds=max(settings.CLAIM_SECONDS, 18))


class ClaimLost(Exception):
    """Another worker took over: this one was away too long, and must touch nothing more."""


class Claim:
    """Held by one worker; its end time is what proves it."""

    def __init__(self, task_id: uuid.UUID, until: dt.datetime) -> None:
        self.task_id, self.until = task_id, until

    @classmethod
    def take(cls, task_id: uuid.UUID) -> Claim | None:
        now = timezone.now()
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        until = now + HELD
        return cls(task_id, until) if Task.objects.filter(free, pk=task_id).update(claimed_until=until) else None

    def extend(self) -> None:
        """Before each request. Raises `ClaimLost`."""
        until = timezone.now() + HELD
        self.write(claimed_until=until)
        self.until = until

    def write(self, **columns: object) -> None:
        """Changes columns of the task, as long as the claim holds. Raises `ClaimLost`."""
        mine = Task.objects.filter(pk=self.task_id, claimed_until=self.until)
        if not mine.update(**columns):
            raise ClaimLost(str(self.task_id))

    def release(self) -> None:
        Task.objects.filter(pk=self.task_id, claimed_until=self.until).update(claimed_until=None)
