"""Lists paged by key: stable while rows arrive, and as fast on page 1,000 as on page 1."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination

from apps.core.errors import Invalid, Problem


class KeyPagination(CursorPagination):
    """Newest first, by the time-ordered id. Answers {"next", "previous", "results"}."""

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValidationError, ValueError) as error:  # a cursor that decodes, but holds no id
            raise NotFound(self.invalid_cursor_message) from error

    def get_page_size(self, request: Any) -> int | None:
        wanted = request.query_params.get(self.page_size_query_param)
        if wanted is None:
            return self.page_size
        if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= self.max_page_size):
            message = _("A whole number from 1 to %(most)d.") % {"most": self.max_page_size}
            raise Invalid(
                _("The request is not valid."), problems=[Problem(f"/{self.page_size_query_param}", "invalid", message)]
            )
        return int(wanted)

    def get_schema_operation_parameters(self, view: Any) -> Any:
        found = super().get_schema_operation_parameters(view)
        for one in found:
            if one["name"] == self.page_size_query_param:
                one["schema"] = {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": self.max_page_size,
                    "default": self.page_size,
                }
        return found
