"""Celery's way in."""

from __future__ import annotations

import uuid

from celery import shared_task


@shared_task
def apply_receipt(receipt_id: str) -> str:
    from apps.callbacks import services  # services enqueues this job: one of the two must import late

    return services.apply_receipt(uuid.UUID(receipt_id))


@shared_task
def fetch_missed() -> int:
    from apps.callbacks import missed

    return missed.fetch_all()


@shared_task
def apply_waiting() -> int:
    """Applies what lost its job: a worker was killed, or the broker was away."""
    from apps.callbacks import services

    found = services.waiting()
    for receipt_id in found:
        services.apply_receipt(receipt_id)
    return len(found)
