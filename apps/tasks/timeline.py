"""The ledger as a story: pages by key, a chapter for each wish, a request and its answer in one line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.tasks import words
from apps.tasks.findings import FindingGroup, grouped
from apps.tasks.models import Task, TaskEvent

A_PAGE = 100


@dataclass(slots=True)
class Line:
    """`folded` are the raw values of the events behind a line, as JSON."""

    id: int
    at: dt.datetime
    kind: str
    kind_name: str
    title: str
    actor: str = ""
    request_id: str = ""
    status: int | None = None
    took: float | None = None  # seconds between request and answer
    findings: list[FindingGroup] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)

    @property
    def finding_count(self) -> int:
        return sum(group.count for group in self.findings)

    @property
    def failed(self) -> bool:
        return self.kind == "error" or (self.status or 0) >= 400


@dataclass(slots=True)
class Chapter:
    """What followed from a wish, oldest first. `wish` is None where the page begins in the middle of a chapter."""

    wish: Line | None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """Newest chapter first. `older` and `newer` are event ids to go on from, None at the ends."""

    chapters: list[Chapter]
    older: int | None
    newer: int | None


def page(task: Task, before: str | None = None, after: str | None = None) -> Page:
    first, last = key(before), key(after)
    rows = task.events.select_related("actor")
    if last is not None:
        found = list(rows.filter(id__gt=last).order_by("id")[: A_PAGE + 1])
        more, found = len(found) > A_PAGE, found[:A_PAGE]
        older, newer = True, more
    else:
        found = list((rows.filter(id__lt=first) if first is not None else rows).order_by("-id")[: A_PAGE + 1])
        more, found = len(found) > A_PAGE, found[:A_PAGE]
        found.reverse()
        older, newer = more, first is not None
    return Page(
        chapters(found),
        found[0].pk if found and older else None,
        found[-1].pk if found and newer else None,
    )


def requests(task: Task, before: str | None = None) -> tuple[list[Line], int | None]:
    """What was sent, newest first, and the id to go on from."""
    rows = task.events.filter(kind="request").order_by("-id")
    if (first := key(before)) is not None:
        rows = rows.filter(id__lt=first)
    found = list(rows[: A_PAGE // 4 + 1])
    more, found = len(found) > A_PAGE // 4, found[: A_PAGE // 4]
    return [line(one) for one in found], found[-1].pk if more else None


def key(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None


def chapters(events: Iterable[TaskEvent]) -> list[Chapter]:
    found: list[Chapter] = []
    asked: Line | None = None
    for event in events:
        one = line(event)
        if event.kind == "wish" or not found:
            found.append(Chapter(one if event.kind == "wish" else None))
            asked = None
            if event.kind == "wish":
                continue
        lines = found[-1].lines
        if event.kind == "answer" and asked is not None and event.title.startswith(f"{asked.title}:"):
            asked.status, asked.request_id = one.status, one.request_id
            asked.took = (one.at - asked.at).total_seconds()
            asked.folded += one.folded
            asked = None
            continue
        asked = one if event.kind == "request" else asked
        lines.append(one)
    found.reverse()
    return found


def line(event: TaskEvent) -> Line:
    data = event.data if isinstance(event.data, dict) else {}
    status = data.get("status")
    return Line(
        id=event.pk,
        at=event.at,
        kind=event.kind,
        kind_name=words.kind(event),
        title=words.title(event),
        actor=event.actor.username if event.actor_id and event.actor else "",
        request_id=event.vendor_request_id,
        status=status if event.kind == "answer" and isinstance(status, int) else None,
        findings=grouped(
            ({**finding, "message": words.kept_message(finding)} for finding in data.get("findings", [])),
            event.task.document,
        ),
        folded=[json.dumps(data, indent=1, ensure_ascii=False)] if data else [],
    )
