"""Where something changed in a recording, from the ledger of its task."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.archive.models import Recording, RecordingFile
from apps.layouts.models import LayoutTemplate
from apps.tasks.models import TaskEvent

MAX_CHAPTERS = 200


@dataclass(frozen=True, slots=True)
class Chapter:
    """`part` counts the files that play one after the other, `at` is seconds into it, `seconds` into the whole."""

    title: str
    seconds: float
    part: int
    at: float

    @property
    def clock(self) -> str:
        return clock(self.seconds)


def chapters(recording: Recording, parts: list[RecordingFile]) -> list[Chapter]:
    """In order; the first is the beginning. Changes from outside the recorded time are left out."""
    result = [
        Chapter(_("Start") if not n else _("Part %(n)s") % {"n": n + 1}, before, n, 0.0) for n, before in offsets(parts)
    ]
    for moment, title in changes(recording):
        if place := position(parts, moment):
            result.append(Chapter(title, *place))
    return sorted(result, key=lambda chapter: chapter.seconds)[:MAX_CHAPTERS]


def clock(seconds: float) -> str:
    """75.4 → "1:15"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def offsets(parts: list[RecordingFile]) -> list[tuple[int, float]]:
    """(number of the part, seconds of the whole before it)."""
    result, before = [], 0.0
    for number, part in enumerate(parts):
        result.append((number, before))
        before += part.duration or 0.0
    return result


def position(parts: list[RecordingFile], moment: dt.datetime) -> tuple[float, int, float] | None:
    """(seconds into the whole, part, seconds into it) of a moment; None when it was not recorded."""
    for (number, before), part in zip(offsets(parts), parts, strict=True):
        if part.started_at is None or part.duration is None:
            continue
        into = (moment - part.started_at).total_seconds()
        if 0 <= into < part.duration:
            return before + into, number, into
    return None


def changes(recording: Recording) -> list[tuple[dt.datetime, str]]:
    """(when the cloud answered, what was changed) of every wish to change what is on air that the cloud took."""
    events = recording.task.events.filter(kind__in=["wish", "answer", "error"]).order_by("id")
    result: list[tuple[dt.datetime, str]] = []
    wish: TaskEvent | None = None
    names = layout_names(recording)
    for event in events:
        if event.kind == "wish":
            wish = event if "version" in event.data else None
        elif wish is not None:
            if event.kind == "answer" and 200 <= int(event.data.get("status") or 0) < 300:
                result.append((event.at, title_of(wish.data, names)))
            wish = None
    return result


def title_of(data: dict[str, Any], names: dict[str, str]) -> str:
    name = names.get(str(data.get("layout")), _("Layout"))
    title = _("%(layout)s, version %(version)s") % {"layout": name, "version": data["version"]}
    people = ", ".join(map(str, data.get("people", ())))
    return f"{title} · {people}" if people else title


def layout_names(recording: Recording) -> dict[str, str]:
    rows = LayoutTemplate.objects.filter(team=recording.team_id)
    wished = {
        str(data.get("layout") or "")
        for data in recording.task.events.filter(kind="wish").values_list("data", flat=True)
    }
    return {str(pk): name for pk, name in rows.filter(pk__in=wished - {""}).values_list("pk", "name")}
