"""Lists paged by key, in REST and on pages alike: stable while rows arrive, and page 1,000 is as fast as page 1.

Ids are time-ordered, so "newest first" is descending by id. The key of a page is the opaque `cursor` of its address.
"""

from __future__ import annotations

from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from apps.core.errors import Invalid, Problem

CURSOR = "cursor"
NOT_KEPT = (CURSOR, "deleted")  # parameters that belong to one page, not to the list


class KeyPagination(CursorPagination):
    """Newest first, by the time-ordered id. Answers {"next", "previous", "results"}."""

    ordering = "-id"
    cursor_query_param = CURSOR
    page_size_query_param: str | None = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValidationError, ValueError) as error:  # a cursor that decodes, but holds no id
            raise NotFound(self.invalid_cursor_message) from error

    def get_page_size(self, request: Any) -> int | None:
        name = self.page_size_query_param
        size = request.query_params.get(name) if name else None
        if size is None:
            return self.page_size
        if not (size.isascii() and size.isdigit() and 1 <= int(size[:9]) <= self.max_page_size):
            message = _("A whole number from 1 to %(most)d.") % {"most": self.max_page_size}
            raise Invalid(_("The request is not valid."), problems=[Problem(f"/{name}", "invalid", message)])
        return int(size)

    def get_schema_operation_parameters(self, view: Any) -> Any:
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] = {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": self.max_page_size,
                    "default": self.page_size,
                }
        return parameters


class PagePagination(KeyPagination):
    """Of an HTML page: the address does not choose the size."""

    page_size_query_param = None

    def __init__(self, size: int) -> None:
        self.page_size = size


def paginate(request: HttpRequest, rows: QuerySet[Any], size: int = 24) -> tuple[list[Any], dict[str, str]]:
    """One page of rows, newest first, and the query strings `older` and `newer` of its neighbors (or ""). A cursor that
    cannot be read is the first page."""
    paginator = PagePagination(size)
    try:
        page = paginator.paginate_queryset(rows, Request(request))
    except NotFound:
        first = copy(request)
        first.GET = filters_of(request)  # type: ignore[assignment]
        page = paginator.paginate_queryset(rows, Request(first))
    return list(page), {
        "older": query(request, paginator.get_next_link()),
        "newer": query(request, paginator.get_previous_link()),
    }


def query(request: HttpRequest, link: str | None) -> str:
    """This page's query string with the cursor of `link` and all filters kept; "" without a link."""
    if not link:
        return ""
    params = filters_of(request)
    params[CURSOR] = str(QueryDict(urlsplit(link).query)[CURSOR])
    return params.urlencode()


def filters_of(request: HttpRequest) -> QueryDict:
    """The parameters of this page that its whole list has in common."""
    params = request.GET.copy()
    for name in NOT_KEPT:
        params.pop(name, None)
    return params
