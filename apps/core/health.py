"""Whether this process can serve: database and Redis are asked."""

from __future__ import annotations

import logging

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 {"database": "ok", "redis": "ok"}, or 503 with "unreachable" at what is."""
    found = {"database": "ok", "redis": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("health: the database does not answer")
        found["database"] = "unreachable"
    try:
        cache.get("healthz")
    except (RedisError, OSError):
        log.exception("health: Redis does not answer")
        found["redis"] = "unreachable"
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)
