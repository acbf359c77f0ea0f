"""Which of the reported files are new, which have better news, and what they prove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from apps.tasks.engine import ledger
from apps.tasks.models import EventCode, State, Task
from apps.vendors import signed_urls
from apps.vendors.registry import adapter
from apps.vendors.report import RecordedFile, TaskReport, TaskState

CHANGING = ("url", "bytes", "duration", "ended_at")
"""What later news of a file may know better: a renewed link, the final size, length and end."""


def sort_files(task: Task, files: Iterable[RecordedFile]) -> tuple[list[RecordedFile], list[RecordedFile]]:
    """(new ones, known ones with other news), each file once: callbacks and polls announce the same files."""
    files = list(files)
    if not files:
        return [], []
    known: dict[str, dict[str, Any]] = {}
    for data in task.events.filter(kind="file").order_by("id").values_list("data", flat=True):
        known.setdefault(data.get("file", ""), {}).update(
            {name: value for name, value in data.items() if value is not None}
        )
    new: list[RecordedFile] = []
    updated: list[RecordedFile] = []
    for file in files:
        key = key_of(file)
        facts = ledger.as_written(task.pk, facts_of(file))
        if key not in known:
            new.append(file)
        elif any(facts[name] is not None and facts[name] != known[key].get(name) for name in CHANGING):
            updated.append(file)
        known.setdefault(key, {}).update({name: value for name, value in facts.items() if value is not None})
    return new, updated


def key_of(file: RecordedFile) -> str:
    return file.vendor_file_id or signed_urls.without_signature(file.url)


def facts_of(file: RecordedFile) -> dict[str, Any]:
    return {
        "url": file.url,
        "format": file.format,
        "bytes": file.bytes,
        "duration": file.duration,
        "ended_at": file.ended_at.isoformat() if file.ended_at else None,
        "vendor_file_id": file.vendor_file_id,
    }


def write_to_ledger(task: Task, files: Iterable[RecordedFile], code: EventCode) -> None:
    for file in files:
        ledger.write(task.pk, code, {**facts_of(file), "file": key_of(file)})


def state_from_files(task: Task, report: TaskReport, new_files: list[RecordedFile]) -> TaskState:
    """Products without a status operation: a file that arrives after the stop proves the end, and so does one that was
    closed though nobody asked for it (`RecordedFile.closes`)."""
    if not new_files or report.state != TaskState.UNKNOWN or adapter(task.product).reports_state:
        return report.state
    ends = task.state == State.STOPPING or (task.state == State.RUNNING and newest(new_files).closes)
    return TaskState.STOPPED if ends else report.state


def newest(files: list[RecordedFile]) -> RecordedFile:
    long_ago = dt.datetime.min.replace(tzinfo=dt.UTC)
    return max(files, key=lambda file: file.ended_at or long_ago)
