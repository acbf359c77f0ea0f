"""Queues jobs of callbacks by name, so that services do not import the jobs that call them."""

from __future__ import annotations

import uuid
from functools import partial

from celery import current_app
from django.db import transaction


def apply_after_commit(receipt_id: uuid.UUID) -> None:
    """Applies a stored callback to its task."""
    transaction.on_commit(partial(current_app.send_task, "apps.callbacks.jobs.apply_receipt", args=[str(receipt_id)]))
