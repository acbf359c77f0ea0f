"""The health probes.

`/healthz` is for what starts and restarts this process: database and Redis. `/health/` is for monitoring: also whether
beat and a worker are alive, and the version.
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from apps.core.version import VERSION
from apps.operations import registry


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 {"database": "ok", "redis": "ok"}, or 503 with "unreachable" for what does not answer."""
    body, status = probe("database", "redis")
    return JsonResponse(body, status=status)


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """As healthz, with "version" and "worker": "ok", "silent" (no heartbeat lately) or "unknown" (no Redis)."""
    body, status = probe("database", "redis", "worker", version=VERSION)
    return JsonResponse(body, status=status)


def probe(*ids: str, **constants: str) -> tuple[dict[str, str], int]:
    statuses = {id: registry.CHECKS[id].outcome().status for id in ids}
    return statuses | constants, 200 if set(statuses.values()) == {"ok"} else 503
