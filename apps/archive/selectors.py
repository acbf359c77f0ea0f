"""Finding recordings."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.accounts.models import Team
from apps.archive.models import Recording, RecordingFile, ShareLink

PLAYABLE = ("m3u8", "hls", "mp4")  # in the order in which a browser likes them


def recordings_of(team: Team) -> QuerySet[Recording]:
    rows = Recording.objects.filter(team=team).select_related("task__app__credential")
    return rows.prefetch_related("files").order_by("-id")


def search(rows: QuerySet[Recording], text: str) -> QuerySet[Recording]:
    text = text.strip()
    if not text:
        return rows
    return rows.filter(Q(name__icontains=text) | Q(task__name__icontains=text) | Q(task__room__icontains=text))


def playable(recording: Recording) -> RecordingFile | None:
    """The file a browser plays best, None when none plays."""
    files = [one for one in recording.files.all() if one.format in PLAYABLE]
    return min(files, key=lambda one: PLAYABLE.index(one.format), default=None)


def shared(key: str) -> Recording | None:
    """What a share link shows; None when it is unknown or over."""
    link = ShareLink.objects.select_related("recording__task").filter(key=key, expires_at__gt=timezone.now()).first()
    return link.recording if link else None
