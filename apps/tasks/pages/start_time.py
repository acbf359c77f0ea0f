"""The start time of the form: a time of the person's own clock, which on two days a year does not exist or exists twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.core.serializers import InstantField

POINTER = "/starts_at"


@dataclass(frozen=True, slots=True)
class StartTime:
    """`choices` are the two moments of a time that exists twice, as (fold, "UTC+02:00")."""

    instant: dt.datetime | None = None
    problem: Problem | None = None
    choices: tuple[tuple[str, str], ...] = ()


def read(text: str, fold: str = "") -> StartTime:
    """Reads the text of <input type="datetime-local"> in the current time zone. `fold` is the person's choice where the
    time exists twice: "0" the first, "1" the second."""
    if not text:
        return StartTime()
    try:
        local = parse_datetime(text)
    except ValueError:
        local = None
    if local is None:
        return failed("invalid", _("Enter a date and a time."))
    if not InstantField.FIRST_YEAR <= local.year <= InstantField.LAST_YEAR:
        message = _("The year must be from %(first)d to %(last)d.")
        return failed("out_of_range", message % {"first": InstantField.FIRST_YEAR, "last": InstantField.LAST_YEAR})
    if timezone.is_aware(local):
        return StartTime(local.astimezone(dt.UTC))
    zone = timezone.get_current_timezone()
    first, second = (local.replace(tzinfo=zone, fold=number) for number in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return StartTime(first.astimezone(dt.UTC))
    if first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None, fold=0) != local.replace(fold=0):
        message = _("This time does not exist in %(zone)s: the clocks go forward. The next one is %(time)s.")
        after = first.astimezone(dt.UTC).astimezone(zone)
        return failed("no_such_time", message % {"zone": str(zone), "time": after.strftime("%H:%M")})
    choices = (("0", offset_label(first)), ("1", offset_label(second)))
    if fold not in ("0", "1"):
        message = _("This time exists twice in %(zone)s: the clocks go back. Choose one.") % {"zone": str(zone)}
        return StartTime(problem=Problem(POINTER, "ambiguous_time", message), choices=choices)
    return StartTime((second if fold == "1" else first).astimezone(dt.UTC), choices=choices)


def failed(code: str, message: str) -> StartTime:
    return StartTime(problem=Problem(POINTER, code, message))


def offset_label(moment: dt.datetime) -> str:
    """ "UTC-04:00" """
    text = moment.strftime("%z")
    return f"UTC{text[:3]}:{text[3:5]}"
