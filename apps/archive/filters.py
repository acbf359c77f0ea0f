"""What recordings can be filtered by, on the page and over REST alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.archive import selectors
from apps.archive.models import Recording
from apps.core.form_fields import DayField
from apps.vendors import registry


class DayFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = DayField


class FilterForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for low, high in (("from", "to"), ("min_duration", "max_duration")):
            if values.get(low) is not None and values.get(high) is not None and values[low] > values[high]:
                self.add_error(high, forms.ValidationError(_("The end is before the start."), code="before_begin"))
        return values


class RecordingFilter(django_filters.FilterSet):  # type: ignore[misc]
    """`from` and `to` are days in the person's time zone, both included. Durations are seconds."""

    q = django_filters.CharFilter(method="search", max_length=200)
    app = django_filters.UUIDFilter(field_name="task__app_id")
    product = django_filters.ChoiceFilter(
        field_name="task__product", choices=lambda: [(product, product) for product in registry.products()]
    )
    room = django_filters.CharFilter(field_name="task__room", max_length=128)
    layout = django_filters.UUIDFilter(field_name="task__layout_id")
    task = django_filters.UUIDFilter(field_name="task_id")
    min_duration = django_filters.NumberFilter(field_name="duration", lookup_expr="gte", min_value=0)
    max_duration = django_filters.NumberFilter(field_name="duration", lookup_expr="lte", min_value=0)
    leaving = django_filters.BooleanFilter(method="leaves")
    to = DayFilter(method="until")

    class Meta:
        model = Recording
        fields: list[str] = []
        form = FilterForm

    def search(self, rows: QuerySet[Recording], name: str, value: str) -> QuerySet[Recording]:
        return selectors.search(rows, value)

    def leaves(self, rows: QuerySet[Recording], name: str, value: bool) -> QuerySet[Recording]:
        return rows.filter(leaves_at__isnull=not value)

    def since(self, rows: QuerySet[Recording], name: str, value: dt.date) -> QuerySet[Recording]:
        return rows.filter(recorded_at__gte=selectors.day_begins(value, self.zone))

    def until(self, rows: QuerySet[Recording], name: str, value: dt.date) -> QuerySet[Recording]:
        return rows.filter(recorded_at__lt=selectors.day_begins(value + dt.timedelta(days=1), self.zone))

    @property
    def zone(self) -> dt.tzinfo:
        return selectors.zone_of(getattr(self.request, "user", None))


# "from" is a word of Python's own
RecordingFilter.base_filters["from"] = DayFilter(method="since")
