"""A month of the archive: how many recordings lie on each day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, get_format

from apps.archive import selectors
from apps.archive.models import Recording
from apps.core.form_fields import FIRST_YEAR, LAST_YEAR

MAX_DOTS = 3


@dataclass(frozen=True, slots=True)
class Day:
    """`url` shows this day alone, or, on the day that is chosen, all days again."""

    date: dt.date
    inside: bool  # of the month shown
    today: bool
    chosen: bool
    count: int
    url: str

    @property
    def dots(self) -> range:
        return range(min(self.count, MAX_DOTS))


@dataclass(frozen=True, slots=True)
class Month:
    title: str
    weekdays: list[tuple[str, str]]  # (short, long)
    weeks: list[list[Day]]
    before: str
    after: str
    total: int


def read_month(text: str | None) -> dt.date | None:
    """`2026-03` → its first day; None for anything else."""
    try:
        first = dt.datetime.strptime(text or "", "%Y-%m").date()
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None


def month_of(
    first: dt.date,
    rows: QuerySet[Recording],
    zone: dt.tzinfo,
    today: dt.date,
    chosen: tuple[dt.date | None, dt.date | None],
    url: Callable[..., str],
) -> Month:
    """`rows` are counted; `chosen` is the span that the list shows; `url(from=…, to=…, month=…)` makes an address."""
    start = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7  # Django counts from Sunday, Python from Monday
    weeks = calendar.Calendar(start).monthdatescalendar(first.year, first.month)
    counts = selectors.by_day(rows, weeks[0][0], weeks[-1][-1], zone)
    since, until = chosen
    alone = since if since == until else None

    def day(date: dt.date) -> Day:
        inside = date.month == first.month
        within = bool(since or until) and (since or date) <= date <= (until or date)
        address = (
            url(**{"from": "", "to": ""})
            if date == alone
            else url(**{"from": date.isoformat(), "to": date.isoformat()})
        )
        return Day(date, inside, date == today, within, counts[date], address)

    order = [(start + n) % 7 for n in range(7)]
    return Month(
        title=date_format(first, "YEAR_MONTH_FORMAT"),
        weekdays=[(str(WEEKDAYS_ABBR[weekday]), str(WEEKDAYS[weekday])) for weekday in order],
        weeks=[[day(date) for date in week] for week in weeks],
        before=url(month=f"{first - dt.timedelta(days=1):%Y-%m}"),
        after=url(month=f"{first + dt.timedelta(days=31):%Y-%m}"),
        total=sum(count for date, count in counts.items() if date.month == first.month),
    )
