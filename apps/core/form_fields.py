"""Form fields that several apps share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

FIRST_YEAR, LAST_YEAR = 1970, 9000  # a day at the end of the calendar has no next one


class DayField(forms.DateField):
    """A day as 2026-03-01, from 1970 to 9000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "input_formats": ["%Y-%m-%d"]})

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
