"""The audit log as people read it: filters from the URL, and the whole of it as CSV or lines of JSON."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Any

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date

from apps.accounts.audit import AUDITED
from apps.core.query_params import search_of

FILTERS = ("q", "actor", "kind", "action", "from", "to")
ACTIONS = LogEntry.Action.choices
COLUMNS = ("timestamp", "actor", "action", "object_type", "object", "changed", "remote_addr")
EXPORTS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate a cell that begins so


def read(request: HttpRequest) -> dict[str, str]:
    return {name: search_of(request, name) for name in FILTERS}


def kinds() -> list[tuple[str, str]]:
    """(model, its name) of every kind of row that is written down."""
    models = [apps.get_model(label)._meta for label in AUDITED]
    return [(str(meta.model_name), str(meta.verbose_name)) for meta in models]


def filtered(rows: QuerySet[Any], filters: dict[str, str]) -> QuerySet[Any]:
    if q := filters["q"]:
        matches = Q(actor__username__icontains=q) | Q(object_repr__icontains=q)
        rows = rows.filter(matches | Q(remote_addr=q) if is_address(q) else matches)
    if actor := filters["actor"]:
        rows = rows.filter(actor__username=actor)
    if kind := filters["kind"]:
        # by id, since a deleted row's entry has nothing to join to
        rows = rows.filter(content_type__in=ContentType.objects.filter(model=kind))
    if filters["action"].isascii() and filters["action"].isdigit():
        rows = rows.filter(action=int(filters["action"][:4]))
    if since := day(filters["from"]):
        rows = rows.filter(timestamp__gte=since)
    if until := day(filters["to"]):
        rows = rows.filter(timestamp__lt=until + dt.timedelta(days=1))
    return rows


def is_address(text: str) -> bool:
    """PostgreSQL refuses to compare an address with anything else."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def day(text: str) -> dt.datetime | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    if not found or not 1900 <= found.year <= 9000:
        return None
    return timezone.make_aware(dt.datetime.combine(found, dt.time.min))


def export(rows: QuerySet[Any], form: str) -> StreamingHttpResponse:
    """Row by row: the log may be long."""
    exported = (row_of(entry) for entry in rows.iterator(500))
    lines = csv_lines(exported) if form == "csv" else json_lines(exported)
    answer = StreamingHttpResponse(lines, content_type=EXPORTS[form])
    answer["Content-Disposition"] = f'attachment; filename="audit-log.{form}"'
    return answer


def row_of(entry: Any) -> dict[str, Any]:
    """What the page shows, and no more: of secrets the log holds that they changed, never to what."""
    return {
        "timestamp": entry.timestamp.isoformat(),
        "actor": entry.actor.username if entry.actor else "",
        "action": str(dict(ACTIONS)[entry.action]),
        "object_type": entry.content_type.model,
        "object": entry.object_repr,
        "changed": sorted(entry.changes_dict),
        "remote_addr": entry.remote_addr or "",
    }


class Echo:
    """A file that hands back what is written to it, as csv.writer needs one."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    write = csv.writer(Echo()).writerow
    yield "\ufeff"  # spreadsheets take it as the sign of UTF-8
    yield write(COLUMNS)
    for row in rows:
        yield write([harmless(row[name]) for name in COLUMNS])


def harmless(value: Any) -> str:
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One array, an entry a line."""
    begin = "[\n"
    for row in rows:
        yield begin + json.dumps(row, ensure_ascii=False)
        begin = ",\n"
    yield "\n]\n" if begin == ",\n" else "[]\n"
