"""Lists paged by key: stable while rows arrive, and as fast on page 1,000 as on page 1."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class KeyPagination(CursorPagination):
    """Newest first, by the time-ordered id. Answers {"next", "previous", "results"}."""

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 200
