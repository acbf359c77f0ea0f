"""What the archive does by the clock."""

from __future__ import annotations

from celery import shared_task

from apps.archive import posters, retention


@shared_task
def make_posters() -> int:
    """Posters that are due. A claim holds for minutes: what a killed worker left is taken up after it."""
    recordings = posters.claim_due()
    for recording in recordings:
        posters.make_poster(recording)
    return len(recordings)


@shared_task
def apply_policies() -> dict[str, int]:
    return retention.sweep()
