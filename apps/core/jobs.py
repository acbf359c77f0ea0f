"""Celery's way in: the sign of life of beat and workers."""

from __future__ import annotations

from celery import shared_task

from apps.core import health


@shared_task
def heartbeat() -> None:
    """Beat asks for it, a worker does it: while it comes, both live."""
    health.beat()
