"""Parameters of a page's address, cleaned: whatever a person or a crawler writes there, the page opens."""

from __future__ import annotations

import uuid

from django.http import HttpRequest

MAX_SEARCH_LENGTH = 200  # characters


def search_of(request: HttpRequest, name: str = "q") -> str:
    """What was typed into the search box. PostgreSQL takes no NUL."""
    return request.GET.get(name, "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]


def valid_id(value: str | None) -> uuid.UUID | None:
    """The id in a parameter; None when it is not one."""
    try:
        return uuid.UUID(value) if value else None
    except ValueError:
        return None
