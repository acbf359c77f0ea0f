"""What templates show of a recording beside its columns."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from apps.archive import selectors
from apps.archive.models import Recording, RecordingFile
from apps.archive.pages.chapters import clock
from apps.core.row_view import RowView

PLAYLIST_FORMATS = ("m3u8", "hls")


@dataclass(frozen=True)
class RecordingCard(RowView):
    """A recording with its picture, length ("1:15", "" when unknown) and files. Other names are those of the row."""

    picture: str
    length: str
    preview_file: RecordingFile | None
    is_missing: bool
    leaves_in: int | None

    @classmethod
    def from_row(cls, row: Recording) -> RecordingCard:
        parts = selectors.parts(row)
        return cls(
            row=row,
            picture=selectors.poster_url(row) if row.poster else f"/tasks/{row.task_id}/picture.png",
            length=clock(row.duration) if row.duration else "",
            preview_file=parts[0] if parts and not parts[0].missing_at else None,
            is_missing=bool(parts) and all(file.missing_at for file in parts),
            leaves_in=max(0, (row.leaves_at - timezone.now()).days) if row.leaves_at else None,
        )


@dataclass(frozen=True)
class FileLine(RowView):
    """A line of the table of files."""

    length: str
    is_playlist: bool

    @classmethod
    def from_row(cls, row: RecordingFile) -> FileLine:
        return cls(row, clock(row.duration) if row.duration else "", row.format in PLAYLIST_FORMATS)
