"""Keeping and sharing what was recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.archive.models import Recording, RecordingFile, ShareLink
from apps.core.errors import Conflict
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
            known = known | recording.files.filter(vendor_file_id=file.vendor_file_id[:200])
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
            vendor_file_id=file.vendor_file_id[:200],
        )
        recording.removed_at = recording.leaves_at = None  # something new came: it is not what was removed
        recording.poster_due_at, recording.poster_tries = timezone.now(), 0
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
    starts = [file.started_at for file in files if file.started_at]
    ends = [file.ended_at for file in files if file.ended_at]
    lengths: dict[str, float] = {}
    for file in files:
        if file.duration:
            lengths[file.format] = lengths.get(file.format, 0.0) + file.duration
    recording.started_at = min(starts, default=None)
    recording.recorded_at = recording.started_at or recording.recorded_at
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


def change(recording: Recording, *, name: str | None = None, kept: bool | None = None) -> Recording:
    """`kept` exempts it from every policy, and takes back an announced removal."""
    if name is not None:
        recording.name = name
    if kept is not None:
        recording.kept = kept
        if kept:
            recording.leaves_at = None
    recording.save(update_fields=["name", "kept", "leaves_at"])
    tell_changed(recording)
    return recording


def share(recording: Recording, *, user: User | None, days: int | None = None) -> ShareLink:
    """A link that plays this one recording for whoever holds it."""
    lasting = min(dt.timedelta(days=days), LONGEST_SHARE) if days else SHARED_FOR
    return ShareLink.objects.create(recording=recording, created_by=user, expires_at=timezone.now() + lasting)


def revoke(link: ShareLink) -> ShareLink:
    """Ends a link now. A second time is no error."""
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
    return link


def restore(recording: Recording) -> Recording:
    """Brings back what a policy removed, and keeps it: else the next round would take it again. Links stay revoked."""
    if recording.removed_at is None:
        raise Conflict(_("This recording was not removed."))
    recording.removed_at = recording.leaves_at = None
    recording.kept = True
    recording.poster_due_at, recording.poster_tries = timezone.now(), 0
    recording.save()
    tell_changed(recording)
    return recording


def tell_changed(recording: Recording) -> None:
    tell_team(recording.team_id, {"kind": "recording.changed", "recording_id": str(recording.pk)})
