"""Housekeeping of the layouts."""

from __future__ import annotations

from celery import shared_task

from apps.layouts import services


@shared_task
def sweep() -> int:
    """Deletes for good what was deleted long ago."""
    return services.purge_deleted()
