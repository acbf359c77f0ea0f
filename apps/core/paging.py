"""Paging of pages by key: ids are time-ordered, so "older" is "with a smaller id"."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest


def by_key(
    request: HttpRequest, rows: QuerySet[Any], size: int = 24, *, numbered: bool = False
) -> tuple[list[Any], dict[str, str]]:
    """One page of rows, newest first, and the query strings `older` and `newer` of its neighbors (or "").

    `numbered` rows have counted ids, not UUIDs.
    """
    valid = valid_number if numbered else valid_id
    before, after = valid(request.GET.get("before")), valid(request.GET.get("after"))
    rows = rows.order_by("id") if after else rows.order_by("-id")
    if after:
        rows = rows.filter(id__gt=after)
    elif before:
        rows = rows.filter(id__lt=before)
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if after:
        found.reverse()
    has_older = bool(after) or more
    has_newer = bool(before) or (bool(after) and more)
    links = {
        "older": query(request, before=found[-1].id) if found and has_older else "",
        "newer": query(request, after=found[0].id) if found and has_newer else "",
    }
    return found, links


def valid_id(value: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if value else None
    except ValueError:
        return None


def valid_number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None


def search_of(request: HttpRequest, name: str = "q") -> str:
    """What was typed into the search box. PostgreSQL takes no NUL."""
    return request.GET.get(name, "").replace("\0", "").strip()[:200]


def query(request: HttpRequest, **changed: Any) -> str:
    """The query string of this page with `before` / `after` changed and all filters kept."""
    kept = request.GET.copy()
    for name in ("before", "after", "deleted"):
        kept.pop(name, None)
    kept.update({name: str(value) for name, value in changed.items()})
    return kept.urlencode()
