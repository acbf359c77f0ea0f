"""Finding recordings."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections import Counter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from apps.accounts.models import Team
from apps.archive.models import Recording, RecordingFile, ShareLink

PLAYABLE = ("m3u8", "hls", "mp4")  # in the order in which a browser likes them


def recordings_of(team: Team) -> QuerySet[Recording]:
    """The team's recordings that are in the archive, newest first."""
    rows = Recording.objects.filter(team=team, removed_at=None).select_related("task__app__credential", "task__layout")
    return rows.prefetch_related("files").order_by("-id")


def search(rows: QuerySet[Recording], text: str) -> QuerySet[Recording]:
    """Those whose name, task, room or vendor task id holds the text."""
    text = text.strip()
    if not text:
        return rows
    task = Q(task__name__icontains=text) | Q(task__room__icontains=text) | Q(task__vendor_task_id__icontains=text)
    return rows.filter(Q(name__icontains=text) | task)


def playable(recording: Recording) -> RecordingFile | None:
    """The file a browser plays best (of several parts the first), None when none plays."""
    return next(iter(parts(recording)), None)


def parts(recording: Recording) -> list[RecordingFile]:
    """The files that make up the whole, one after the other, in the format a browser plays best."""
    files = [file for file in recording.files.all() if file.format in PLAYABLE and file.address]
    best = min((file.format for file in files), key=PLAYABLE.index, default="")
    return [file for file in files if file.format == best]


def active_links() -> QuerySet[ShareLink]:
    return ShareLink.objects.filter(expires_at__gt=timezone.now(), revoked_at=None, recording__removed_at=None)


def active_link(key: str) -> ShareLink | None:
    """The valid link with this key; None when it is unknown, expired or revoked, or its recording was removed."""
    return active_links().select_related("recording__task__app__credential").filter(key=key).first()


def zone_of(user: Any) -> dt.tzinfo:
    """The person's own time zone, else the one in force."""
    name = getattr(user, "time_zone", "")
    try:
        return zoneinfo.ZoneInfo(name) if name else timezone.get_current_timezone()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return timezone.get_current_timezone()


def day_begins(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, zone)


def by_day(rows: QuerySet[Recording], first: dt.date, last: dt.date, zone: dt.tzinfo) -> Counter[dt.date]:
    """How many were recorded on each day of the span, both ends included."""
    rows = rows.filter(
        recorded_at__gte=day_begins(first, zone), recorded_at__lt=day_begins(last + dt.timedelta(days=1), zone)
    )
    counts = rows.order_by().annotate(day=TruncDate("recorded_at", tzinfo=zone)).values("day").annotate(n=Count("pk"))
    return Counter({row["day"]: row["n"] for row in counts})


def poster_url(row: Recording) -> str:
    """The path of its poster; the query changes with the picture."""
    return f"/api/v1/recordings/{row.pk}/poster/?v={row.poster[-12:-4]}"
