"""apps.core.serializers: what REST refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from rest_framework.exceptions import ValidationError

from apps.core.serializers import InstantField


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-01T20:30:00Z", dt.datetime(2026, 3, 1, 20, 30, tzinfo=dt.UTC)),
        ("2026-03-01T20:30:00+08:00", dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC)),
        ("2026-03-01 20:30-05:00", dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)),
    ],
)
def test_instant_is_read_with_its_offset(text: str, utc: dt.datetime) -> None:
    assert InstantField().run_validation(text) == utc


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-03-01T20:30:00", "no_offset"),
        ("2026-03-01", "no_offset"),
        ("2026-02-30T20:30:00Z", "invalid"),
        ("9999-12-31T23:59:59Z", "out_of_range"),
        ("9999-12-31T23:59:59-08:00", "out_of_range"),
        ("0001-01-01T00:00:00+08:00", "out_of_range"),
        ("tomorrow", "invalid"),
        (1767225600, "invalid"),
        (True, "invalid"),
    ],
)
def test_invalid_instant_is_refused(value: object, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        InstantField().run_validation(value)
    assert refusal.value.get_codes() == [code]
