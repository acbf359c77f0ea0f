"""Celery jobs of live messages."""

from __future__ import annotations

import datetime as dt

from celery import shared_task
from django.utils import timezone

from apps.live.models import LiveMessage

MAX_AGE = dt.timedelta(hours=24)


@shared_task
def trim() -> int:
    """Deletes old messages. A browser that was away longer gets `resync` and fetches everything again."""
    return LiveMessage.objects.filter(at__lt=timezone.now() - MAX_AGE).delete()[0]
