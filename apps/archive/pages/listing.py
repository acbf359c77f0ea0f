"""What the list of recordings shows for an address: the rows, the filters in force, and why there is nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.accounts.requests import TeamRequest
from apps.archive import retention, selectors
from apps.archive.filters import RecordingFilter
from apps.archive.models import Policy, Recording
from apps.archive.pages import calendar
from apps.core.pagination import CURSOR, paginate
from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate
from apps.vendors import registry

NOT_FILTERS = (CURSOR, "month")


class Listing:
    """The address, read. A filter that cannot be read is left out and named in `problems`."""

    def __init__(self, request: TeamRequest) -> None:
        self.request = request
        self.zone = selectors.zone_of(request.user)
        self.params = query({name: text for name, value in request.GET.items() if (text := str(value)).strip()})
        self.all = selectors.recordings_of(request.team)
        first = RecordingFilter(self.params, self.all, request=request)
        self.problems = [
            {"pointer": f"/{name}", "message": error} for name, errors in first.errors.items() for error in errors
        ]
        for name in first.errors:
            self.params.pop(name, None)
        self.filter = RecordingFilter(self.params, self.all, request=request)
        self.rows: QuerySet[Recording] = self.filter.qs
        self.values: dict[str, Any] = {
            name: value for name, value in self.filter.form.cleaned_data.items() if value not in (None, "")
        }

    def context(self) -> dict[str, Any]:
        recordings, links = paginate(self.request, self.rows)
        team = self.request.team
        apps = list(App.objects.filter(team=team).select_related("credential").order_by("name"))
        used = self.all.order_by().values_list("task__layout_id", flat=True).distinct()
        layouts = list(LayoutTemplate.objects.filter(team=team, pk__in=used).order_by("name"))
        return {
            "recordings": recordings,
            "values": {name: self.params.get(name, "") for name in RecordingFilter.base_filters},
            "apps": apps,
            "layouts": layouts,
            "products": [(product, registry.adapter(product).title) for product in registry.products()],
            "chips": self.chips(apps, layouts),
            "filtered": bool(self.values),
            "problems": self.problems,
            "month": self.month(),
            "leaving": retention.leaving_soon(team).count(),
            "leaving_url": self.url(leaving="true"),
            "why": None if recordings else self.empty_reason(),
            **links,
        }

    def url(self, **changed: str) -> str:
        """This list with other filters; an empty value takes one away."""
        filters = {name: str(value) for name, value in self.params.items() if name not in NOT_FILTERS} | changed
        words = query({name: value for name, value in filters.items() if value}).urlencode()
        return f"/recordings/?{words}" if words else "/recordings/"

    def chips(self, apps: list[App], layouts: list[LayoutTemplate]) -> list[dict[str, str]]:
        """Every filter in force, in words, with the address without it."""
        named = {
            "app": {str(app.pk): app.name for app in apps},
            "layout": {str(layout.pk): layout.name for layout in layouts},
        }
        chips = []
        since, until = self.values.get("from"), self.values.get("to")
        if since or until:
            chips.append({"name": _("Day"), "value": span(since, until), "url": self.url(**{"from": "", "to": ""})})
        titles = {
            "q": _("Search"), "app": _("App"), "product": _("Product"), "room": _("Room"), "layout": _("Layout"),
            "task": _("Task"), "min_duration": _("At least"), "max_duration": _("At most"), "leaving": _("Removed soon"),
        }  # fmt: skip
        for name, title in titles.items():
            if name not in self.values:
                continue
            value = named.get(name, {}).get(str(self.values[name]), str(self.values[name]))
            if name == "product":
                value = registry.adapter(value).title
            elif name == "leaving":
                value = _("soon") if self.values[name] else _("no")
            elif name.endswith("_duration"):
                value = _("%(seconds)s s") % {"seconds": value}
            chips.append({"name": title, "value": value, "url": self.url(**{name: ""})})
        return chips

    def month(self) -> calendar.Month:
        today = timezone.localdate(timezone=self.zone)
        chosen = (self.values.get("from"), self.values.get("to"))
        first = calendar.read_month(self.request.GET.get("month")) or (chosen[0] or chosen[1] or today).replace(day=1)
        other = query({name: str(value) for name, value in self.params.items() if name not in ("from", "to")})
        rows = RecordingFilter(other, self.all, request=self.request).qs
        return calendar.month_of(first, rows, self.zone, today, chosen, self.month_url)

    def month_url(self, **changed: str) -> str:
        month = self.request.GET.get("month", "") if "month" not in changed else ""
        return self.url(**({"month": month} | changed))

    def empty_reason(self) -> dict[str, Any]:
        """Why nothing is shown: nothing was recorded, the filters, or a policy; and what would bring more."""
        team = self.request.team
        gone = retention.restorable(team).count()
        days = (
            Policy.objects.filter(team=team).exclude(days=None).values_list("days", flat=True).order_by("days").first()
        )
        if not self.values:
            return {"reason": "retention" if gone else "none", "gone": gone, "days": days}
        removable = []
        for chip in self.chips(*self.filter_choices()):
            without = QueryDict(chip["url"].partition("?")[2])
            count = RecordingFilter(without, self.all, request=self.request).qs.count()
            if count:
                removable.append({**chip, "count": count})
        return {"reason": "filters", "ways": removable, "total": self.all.count(), "gone": gone, "days": days}

    def filter_choices(self) -> tuple[list[App], list[LayoutTemplate]]:
        team = self.request.team
        return list(App.objects.filter(team=team)), list(LayoutTemplate.objects.filter(team=team))


def query(values: dict[str, str]) -> QueryDict:
    result = QueryDict(mutable=True)
    result.update(values)
    return result


def span(since: dt.date | None, until: dt.date | None) -> str:
    """“Mar 1, 2026”, “Mar 1 – Mar 3”, “from …”, “until …”."""
    if since and until:
        return day_label(since) if since == until else f"{day_label(since)} – {day_label(until)}"
    if since:
        return _("from %(day)s") % {"day": day_label(since)}
    return _("until %(day)s") % {"day": day_label(until)} if until else ""


def day_label(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
