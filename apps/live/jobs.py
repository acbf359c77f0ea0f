"""Housekeeping of the live messages."""

from __future__ import annotations

import datetime as dt

from celery import shared_task
from django.utils import timezone

from apps.live.models import LiveMessage

KEPT = dt.timedelta(hours=24)


@shared_task
def trim() -> int:
    """Forgets what no browser comes back for: who was away longer is told to fetch everything again."""
    return LiveMessage.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
