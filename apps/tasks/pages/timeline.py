"""The ledger as a story: pages by key, a chapter for each wish, a request and its answer in one line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.tasks import finding_json, labels
from apps.tasks.models import Task, TaskEvent
from apps.tasks.pages.finding_groups import FindingGroup, grouped

PAGE_SIZE = 100


@dataclass(slots=True)
class Line:
    """`folded` are the raw values of the events behind a line, as JSON."""

    id: int
    at: dt.datetime
    kind: str
    kind_name: str
    title: str
    operation: str = ""
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
        events = list(rows.filter(id__gt=last).order_by("id")[: PAGE_SIZE + 1])
        has_more, events = len(events) > PAGE_SIZE, events[:PAGE_SIZE]
        older, newer = True, has_more
    else:
        events = list((rows.filter(id__lt=first) if first is not None else rows).order_by("-id")[: PAGE_SIZE + 1])
        has_more, events = len(events) > PAGE_SIZE, events[:PAGE_SIZE]
        events.reverse()
        older, newer = has_more, first is not None
    return Page(
        chapters(events),
        events[0].pk if events and older else None,
        events[-1].pk if events and newer else None,
    )


def requests(task: Task, before: str | None = None) -> tuple[list[Line], int | None]:
    """What was sent, newest first, and the id to go on from."""
    rows = task.events.filter(kind="request").order_by("-id")
    if (first := key(before)) is not None:
        rows = rows.filter(id__lt=first)
    events = list(rows[: PAGE_SIZE // 4 + 1])
    has_more, events = len(events) > PAGE_SIZE // 4, events[: PAGE_SIZE // 4]
    return [line(event) for event in events], events[-1].pk if has_more else None


def key(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None


def chapters(events: Iterable[TaskEvent]) -> list[Chapter]:
    result: list[Chapter] = []
    request: Line | None = None  # waiting for its answer
    for event in events:
        current = line(event)
        if event.kind == "wish" or not result:
            result.append(Chapter(current if event.kind == "wish" else None))
            request = None
            if event.kind == "wish":
                continue
        lines = result[-1].lines
        if event.kind == "answer" and request is not None and event.data.get("operation") == request.operation:
            request.status, request.request_id = current.status, current.request_id
            request.took = (current.at - request.at).total_seconds()
            request.folded += current.folded
            request = None
            continue
        request = current if event.kind == "request" else request
        lines.append(current)
    result.reverse()
    return result


def line(event: TaskEvent) -> Line:
    data = event.data if isinstance(event.data, dict) else {}
    status = data.get("status")
    return Line(
        id=event.pk,
        at=event.at,
        kind=event.kind,
        kind_name=labels.kind_label(event),
        title=labels.event_label(event),
        operation=str(data.get("name", "")) if event.kind == "request" else "",
        actor=event.actor.username if event.actor_id and event.actor else "",
        request_id=event.vendor_request_id,
        status=status if event.kind == "answer" and isinstance(status, int) else None,
        findings=grouped(
            ({**finding, "message": finding_json.ledger_message(finding)} for finding in data.get("findings", [])),
            event.task.document,
        ),
        folded=[json.dumps(data, indent=1, ensure_ascii=False)] if data else [],
    )
