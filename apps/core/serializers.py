"""A serializer that refuses what it does not know, so that a misspelt field is not silently lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
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
