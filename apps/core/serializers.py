"""What the REST API reads strictly: unknown fields and times without an offset are refused, so that nothing is lost or
guessed silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail


class StrictSerializer(serializers.Serializer[Any]):
    """Unknown fields are problems of their own. Read-only fields may come along (a row is sent back as it was read)."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            known = ", ".join(name for name, field in self.fields.items() if not field.read_only)
            message = _("Unknown field. Known fields: %(known)s.") % {"known": known}
            problem = [ErrorDetail(message, "unknown_field")]
            raise serializers.ValidationError({str(name)[:100]: problem for name in unknown})
        return super().to_internal_value(data)


class InstantField(serializers.DateTimeField):
    """A point in time with its offset from UTC ("2026-03-01T20:30:00Z", "…+08:00"). Without one it would depend on who
    reads it, so it is refused; so are years that no plan or archive means."""

    FIRST_YEAR, LAST_YEAR = 2000, 2100
    default_error_messages: ClassVar[dict[str, Any]] = {
        "no_offset": gettext_lazy(
            "Add the offset from UTC, such as 2026-03-01T20:30:00Z or 2026-03-01T20:30:00+08:00."
        ),
        "out_of_range": gettext_lazy("The year must be from %(first)d to %(last)d.")
        % {"first": FIRST_YEAR, "last": LAST_YEAR},
    }

    def to_internal_value(self, value: Any) -> dt.datetime:
        instant = value if isinstance(value, dt.datetime) else self.parsed(value)
        if instant.tzinfo is None:
            self.fail("no_offset")
        if not self.FIRST_YEAR <= instant.year <= self.LAST_YEAR:
            self.fail("out_of_range")
        return instant.astimezone(dt.UTC)

    def parsed(self, value: Any) -> dt.datetime:
        try:
            instant = parse_datetime(value) if isinstance(value, str) else None
        except ValueError:  # well formed, and no such day or hour
            instant = None
        if instant is None:
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ss±hh:mm")
        assert instant is not None
        return instant
