"""The audit log as people read it: filters from the URL, and the whole of it as CSV or lines of JSON."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Any

from auditlog.models import LogEntry
from django import forms
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.audit import AUDITED
from apps.core.form_fields import DayField
from apps.core.query_params import search_of

FILTERS = ("q", "actor", "kind", "action", "from", "to")
ACTIONS = LogEntry.Action.choices
COLUMNS = ("timestamp", "actor", "action", "object_type", "object", "changed", "remote_addr")
EXPORTS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate a cell that begins so


class DaysForm(forms.Form):
    """`from` and `to` are days in the reader's time zone, both included."""

    to = DayField(required=False)

    def clean(self) -> dict[str, Any]:
        days: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = days.get("from"), days.get("to")
        if since and until and since > until:
            self.add_error("to", forms.ValidationError(_("The end is before the start."), code="before_begin"))
        return days


DaysForm.base_fields["from"] = DayField(required=False)  # a word of Python's own


class AuditFilter:
    """The filters of the address: `texts` as they were typed; `problems` names the days that cannot be read, which
    filter nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.texts = {name: search_of(request, name) for name in FILTERS}
        form = DaysForm({"from": self.texts["from"], "to": self.texts["to"]})
        form.is_valid()
        self.days: dict[str, dt.date | None] = form.cleaned_data
        self.problems = [
            {"pointer": f"/{name}", "message": str(error)} for name, errors in form.errors.items() for error in errors
        ]

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if q := self.texts["q"]:
            matches = Q(actor__username__icontains=q) | Q(object_repr__icontains=q)
            rows = rows.filter(matches | Q(remote_addr=q) if is_address(q) else matches)
        if actor := self.texts["actor"]:
            rows = rows.filter(actor__username=actor)
        if kind := self.texts["kind"]:
            # by id, since a deleted row's entry has nothing to join to
            rows = rows.filter(content_type__in=ContentType.objects.filter(model=kind))
        action = self.texts["action"]
        if action.isascii() and action.isdigit():
            rows = rows.filter(action=int(action[:4]))
        if since := self.days.get("from"):
            rows = rows.filter(timestamp__gte=day_begins(since))
        if until := self.days.get("to"):
            rows = rows.filter(timestamp__lt=day_begins(until + dt.timedelta(days=1)))
        return rows


def kinds() -> list[tuple[str, str]]:
    """(model, its name) of every kind of row that is written down."""
    models = [apps.get_model(label)._meta for label in AUDITED]
    return [(str(meta.model_name), str(meta.verbose_name)) for meta in models]


def is_address(text: str) -> bool:
    """PostgreSQL refuses to compare an address with anything else."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def day_begins(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


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
