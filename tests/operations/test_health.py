"""The liveness probe."""

from __future__ import annotations

from typing import Any


def test_healthz_reports_database_and_redis(db: None, redis_server: str, client: Any) -> None:
    assert client.get("/healthz").json() == {"database": "ok", "redis": "ok"}
