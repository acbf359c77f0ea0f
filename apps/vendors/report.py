"""What a vendor says about a task, in our words: its state, and the files it recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from apps.core.types import Json


class TaskState(StrEnum):
    """Our words for where a task is. `UNKNOWN` is a report's only, never a task's: it changes nothing."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """One file a vendor announced. Times are UTC, duration in seconds."""

    url: str
    format: str
    bytes: int | None = None
    duration: float | None = None
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    vendor_file_id: str = ""
    closes: bool = False
    """Shorter than any file the vendor splits off: it was closed because the recording ended."""


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What a vendor says about a task, in our words."""

    state: TaskState
    vendor_task_id: str = ""
    reason: str = ""
    detail: str = ""
    """A sentence of the catalog, or the vendor's own words."""
    degraded: bool = False
    files: tuple[RecordedFile, ...] = ()
    vendor_request_id: str = ""
    vendor_status: str = ""
    at: dt.datetime | None = None
    learned: Mapping[str, str] = field(default_factory=dict)
    """Handles of the run that came with the news (`VendorAdapter.read_handles`): kept with the task, encrypted."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Facts about the app that later plans should know (`TaskSpec.known`)."""
    words: Mapping[str, Json] = field(default_factory=dict)
    """What `detail` is made of, where it is the text of a `VendorError`."""
