"""Keeping and sharing what was recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.archive.models import Recording, RecordingFile, ShareLink
from apps.live.broadcast import tell_team
from apps.tasks.models import Task
from apps.vendors.contract import RecordedFile

SHARED_FOR = dt.timedelta(days=7)
LONGEST_SHARE = dt.timedelta(days=365)


@transaction.atomic
def keep_files(task: Task, files: Iterable[RecordedFile]) -> Recording:
    """Adds the files to the task's recording, each once, and tells the team of every new one."""
    recording, _made = Recording.objects.get_or_create(task=task, defaults={"team_id": task.team_id, "name": task.name})
    for file in files:
        known = recording.files.filter(url=file.url)
        if file.vendor_file_id:
            known = known | recording.files.filter(vendor_file_id=file.vendor_file_id)
        if known.exists():
            continue
        row = RecordingFile.objects.create(
            recording=recording,
            url=file.url,
            format=format_of(file),
            bytes=file.bytes,
            duration=file.duration,
            started_at=file.started_at,
            ended_at=file.ended_at,
            vendor_file_id=file.vendor_file_id,
        )
        measure(recording)
        tell_added(recording, row)
    return recording


def format_of(file: RecordedFile) -> str:
    if file.format:
        return file.format.lower()[:10]
    return file.url.split("?")[0].rpartition(".")[2].lower()[:10]


def measure(recording: Recording) -> None:
    """Times of the whole from its files: formats run side by side, the parts of one format follow one another."""
    files = list(recording.files.all())
    starts = [one.started_at for one in files if one.started_at]
    ends = [one.ended_at for one in files if one.ended_at]
    lengths: dict[str, float] = {}
    for one in files:
        if one.duration:
            lengths[one.format] = lengths.get(one.format, 0.0) + one.duration
    recording.started_at = min(starts, default=None)
    recording.ended_at = max(ends, default=None)
    recording.duration = max(lengths.values(), default=None)
    if recording.duration is None and recording.started_at and recording.ended_at:
        recording.duration = (recording.ended_at - recording.started_at).total_seconds()
    recording.save()


def tell_added(recording: Recording, file: RecordingFile) -> None:
    tell_team(
        recording.team_id,
        {
            "kind": "recording.added",
            "task_id": str(recording.task_id),
            "recording": {
                "id": str(recording.pk),
                "task": str(recording.task_id),
                "name": str(recording),
                "files": recording.files.count(),
                "duration": recording.duration,
                "url": file.url,
                "format": file.format,
            },
        },
    )


def share(recording: Recording, *, user: User | None, days: int | None = None) -> ShareLink:
    """A link that plays this one recording for whoever holds it."""
    lasting = min(dt.timedelta(days=days), LONGEST_SHARE) if days else SHARED_FOR
    return ShareLink.objects.create(recording=recording, created_by=user, expires_at=timezone.now() + lasting)
