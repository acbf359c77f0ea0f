"""Whether this process can serve, and whether the whole house works.

`/healthz` is for who starts and restarts this process: database and Redis. `/health/` is for who watches: also whether
beat and a worker live.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

HEARTBEAT = "worker-heartbeat"
SILENT_AFTER = 45.0  # seconds; it beats every 10


def beat() -> None:
    cache.set(HEARTBEAT, time.time(), timeout=None)


def silent_for() -> float | None:
    """Seconds since a worker's last sign of life; None when there never was one."""
    last = cache.get(HEARTBEAT)
    return None if last is None else max(0.0, time.time() - last)


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("health: the database does not answer")
        return "unreachable"
    return "ok"


def redis() -> str:
    try:
        cache.get("healthz")
    except (RedisError, OSError):
        log.exception("health: Redis does not answer")
        return "unreachable"
    return "ok"


def worker() -> str:
    try:
        silent = silent_for()
    except (RedisError, OSError):
        return "unknown"
    return "ok" if silent is not None and silent < SILENT_AFTER else "silent"


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 {"database": "ok", "redis": "ok"}, or 503 with "unreachable" at what is."""
    return answer({"database": database, "redis": redis})


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """As healthz, and "worker": "ok", or "silent" when no job was done for a while (no worker, no beat, no broker)."""
    return answer({"database": database, "redis": redis, "worker": worker})


def answer(checks: dict[str, Callable[[], str]]) -> JsonResponse:
    found = {name: check() for name, check in checks.items()}
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)
