"""Other tasks that use the same output or record the same room: two streams on one push URL interrupt each other, two
users with one ID in a channel disconnect each other, and a room recorded twice is billed twice.

A finding and no error: a broadcaster may mean it, for example to replace a task by another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.credentials.models import App
from apps.tasks.models import State, Task
from apps.vendors.registry import adapter, products

BUSY = (State.SCHEDULED, State.STARTING, State.RUNNING, State.STOPPING)
COLUMNS = ("id", "name", "product", "room", "state", "output", "app__vendor_app_id")


@dataclass(frozen=True, slots=True)
class Conflict:
    """`code` is same_push_url, same_output_user or same_recording; `field` is where the task says so; `place` is what both
    use, without a stream key."""

    code: str
    field: str
    place: str
    task: Task

    def message(self) -> str:
        """In the reader's language."""
        values = {"task": str(self.task), "state": self.task.get_state_display(), "place": self.place}
        sentences = {
            "same_push_url": _(
                "The task “%(task)s” (%(state)s) already pushes to %(place)s. Two streams on one push URL interrupt each other."
            ),
            "same_output_user": _(
                "The task “%(task)s” (%(state)s) already publishes as user %(place)s. Each would disconnect the other."
            ),
            "same_recording": _("The task “%(task)s” (%(state)s) already records the room %(place)s."),
        }
        return sentences[self.code] % values

    def as_finding(self) -> dict[str, Any]:
        """As findings in JSON are, with the ID of the other task as `task`."""
        return {
            "level": "changed",
            "code": self.code,
            "object_id": None,
            "field": self.field,
            "message": self.message(),
            "task": str(self.task.pk),
        }


def find_conflicts(
    team: Team, *, product: str, app: App | None, room: str, output: Any, exclude: Any = None
) -> list[Conflict]:
    """Conflicts with the team's tasks that are on air, on their way or scheduled."""
    uses = set(uses_of(product, app.vendor_app_id if app else "", room, output))
    if not uses:
        return []
    kind = adapter(product).output_kind
    others = [other for other in products() if adapter(other).output_kind in similar(kind)]
    rows = Task.objects.filter(Q(state__in=BUSY) | Q(orphaned_at__isnull=False), team=team, product__in=others)
    rows = rows.exclude(pk=exclude).only(*COLUMNS, "app").select_related("app").order_by("-id")
    return list(conflicts_with(uses, rows))


def similar(kind: str) -> tuple[str, ...]:
    """Kinds of output that can meet: a task into a channel may push to a URL instead."""
    return (kind,) if kind == "record" else ("push", "rtc")


def conflicts_with(uses: set[tuple[str, str]], tasks: Iterable[Task]) -> Iterator[Conflict]:
    for task in tasks:
        for code, place in sorted(uses & set(uses_of(task.product, task.app.vendor_app_id, task.room, task.output))):
            yield Conflict(code, FIELDS[code], shown_place(code, place), task)


FIELDS = {"same_push_url": "output.push_urls", "same_output_user": "output.rtc", "same_recording": "room"}


def uses_of(product: str, vendor_app_id: str, room: str, output: Any) -> Iterator[tuple[str, str]]:
    """(code of the conflict, what is used), equal for two tasks that would meet there."""
    if not isinstance(output, Mapping):
        return
    vendor = adapter(product).vendor
    urls = output.get("push_urls")
    for url in urls if isinstance(urls, list) else ():
        if isinstance(url, str) and (address := stream_address(url)):
            yield "same_push_url", address
    rtc = output.get("rtc")
    if isinstance(rtc, Mapping) and rtc.get("channel"):
        yield "same_output_user", "\n".join((vendor, vendor_app_id, str(rtc["channel"]), str(rtc.get("uid", ""))))
    if adapter(product).output_kind == "record" and room and vendor_app_id:
        yield "same_recording", "\n".join((vendor, vendor_app_id, room))


def stream_address(url: str) -> str:
    """host/path of a push URL: scheme, port and query (a signature) do not make another stream."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    return f"{host}{parts.path.rstrip('/')}" if host else ""


def shown_place(code: str, place: str) -> str:
    """Readable, and without the last part of a push URL, which is the stream key."""
    if code == "same_push_url":
        return f"{place.rpartition('/')[0] or place}/…"
    if code == "same_output_user":
        _vendor, _app, channel, uid = place.split("\n")
        return f"{uid} ({channel})"
    return place.split("\n")[-1]
