"""The files of a recording, as clouds announce them: new ones, and better news of known ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable

from django.db import transaction
from django.utils import timezone

from apps.archive.models import Recording, RecordingFile
from apps.archive.services import broadcast_change
from apps.live.broadcast import send_to_team
from apps.tasks.models import Task
from apps.vendors import signed_urls
from apps.vendors.report import RecordedFile


@transaction.atomic
def store_files(task: Task, files: Iterable[RecordedFile]) -> Recording:
    """Adds new files to the task's recording, and updates known ones with what is better: see `merge`."""
    recording, _created = Recording.objects.get_or_create(
        task=task, defaults={"team_id": task.team_id, "name": task.name}
    )
    rows = {row.pk: row for row in recording.files.all()}
    for file in files:
        known = known_row(rows.values(), file)
        if known is None:
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
            rows[row.pk] = row
            # A new file cancels a removal: what was removed is no longer all there is.
            recording.removed_at = recording.leaves_at = None
            request_poster(recording)
            measure(recording)
            broadcast_added(recording, row)
        elif changed := merge(known, file, taken={row.url for row in rows.values()} - {known.url}):
            known.save(update_fields=changed)
            if "url" in changed:
                request_poster(recording)
            measure(recording)
            broadcast_change(recording)
    return recording


def known_row(rows: Iterable[RecordingFile], file: RecordedFile) -> RecordingFile | None:
    """The row of a file that was announced before: by the vendor's id, else by the URL without its signature."""
    rows = list(rows)
    if file.vendor_file_id:
        for row in rows:
            if row.vendor_file_id == file.vendor_file_id[:200]:
                return row
    for row in rows:
        same_ids = not (row.vendor_file_id and file.vendor_file_id)
        if row.url == file.url or (
            same_ids and signed_urls.without_signature(row.url) == signed_urls.without_signature(file.url)
        ):
            return row
    return None


def merge(row: RecordingFile, file: RecordedFile, taken: Container[str] = ()) -> list[str]:
    """Takes over what is better in the news and returns the names of the changed columns; the row is not saved.
    `taken` are URLs of other rows, which a row never takes over.

    A link replaces the known one unless it expires earlier; it makes a missing file available again. Sizes, durations and
    times only grow: a file is complete at its last announcement, and announcements may arrive out of order. A value that
    the news does not have never removes one that is known.
    """
    better = {
        "bytes": largest(row.bytes, file.bytes),
        "duration": largest(row.duration, file.duration),
        "started_at": min((at for at in (row.started_at, file.started_at) if at), default=None),
        "ended_at": max((at for at in (row.ended_at, file.ended_at) if at), default=None),
        "vendor_file_id": row.vendor_file_id or file.vendor_file_id[:200],
        "format": row.format or format_of(file),
    }
    if file.url != row.url and file.url not in taken and expires_later(file.url, row.url):
        better |= {"url": file.url, "missing_at": None}
    changed = [name for name, value in better.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, better[name])
    return changed


def largest(known: float | None, news: float | None) -> float | None:
    return max((value for value in (known, news) if value is not None), default=None)


def expires_later(news: str, known: str) -> bool:
    """Whether the new link is at least as good: a link without a known end counts as the newest."""
    new_expiry, known_expiry = signed_urls.expiry(news), signed_urls.expiry(known)
    return new_expiry is None or known_expiry is None or new_expiry >= known_expiry


def format_of(file: RecordedFile) -> str:
    if file.format:
        return file.format.lower()[:10]
    return file.url.split("?")[0].rpartition(".")[2].lower()[:10]


def request_poster(recording: Recording) -> None:
    """Lets the next round of posters read the files again. The recording is not saved."""
    recording.poster_due_at, recording.poster_tries = timezone.now(), 0


def measure(recording: Recording) -> None:
    """Sets and saves the times of the whole: files of different formats cover the same time, the parts of one format
    follow one another."""
    files = list(recording.files.all())
    starts = [file.started_at for file in files if file.started_at]
    ends = [file.ended_at for file in files if file.ended_at]
    seconds_by_format: dict[str, float] = {}
    for file in files:
        if file.duration:
            seconds_by_format[file.format] = seconds_by_format.get(file.format, 0.0) + file.duration
    recording.started_at = min(starts, default=None)
    recording.recorded_at = recording.started_at or recording.recorded_at
    recording.ended_at = max(ends, default=None)
    recording.duration = max(seconds_by_format.values(), default=None) or span(recording)
    recording.save()


def span(recording: Recording) -> float | None:
    """Seconds from the first start to the last end."""
    start: dt.datetime | None = recording.started_at
    if start and recording.ended_at:
        return (recording.ended_at - start).total_seconds()
    return None


def broadcast_added(recording: Recording, file: RecordingFile) -> None:
    send_to_team(
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
