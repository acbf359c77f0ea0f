"""Celery jobs of callbacks."""

from __future__ import annotations

import uuid

from celery import shared_task

from apps.callbacks import missed, services


@shared_task
def apply_receipt(receipt_id: str) -> str:
    return services.apply_receipt(uuid.UUID(receipt_id))


@shared_task
def fetch_missed() -> int:
    return missed.fetch_all()


@shared_task
def apply_waiting() -> int:
    """Applies receipts that lost their job: a worker was killed, or the broker was unavailable."""
    receipt_ids = services.unapplied()
    for receipt_id in receipt_ids:
        services.apply_receipt(receipt_id)
    return len(receipt_ids)
