"""What `manage.py doctor` looks at, and what to do about each thing that is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

from apps.core.encryption import EncryptedJSONField, WrongEncryptionKey


@dataclass(frozen=True)
class Finding:
    name: str
    ok: bool
    detail: str


def look() -> Iterator[Finding]:
    for name, check in CHECKS.items():
        try:
            problem = check()
        except (DatabaseError, RedisError, OSError) as error:
            problem = f"{type(error).__name__}. {ADVICE[name]}"
        yield Finding(name, not problem, problem or "ok")


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations are missing. Run: manage.py migrate" if missing else ""


def redis() -> str:
    cache.set("doctor", "1", 5)
    return "" if cache.get("doctor") == "1" else ADVICE["redis"]


def media() -> str:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return ""


def secrets() -> str:
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, EncryptedJSONField):
                try:
                    list(model._default_manager.values_list(field.name, flat=True))
                except WrongEncryptionKey as error:
                    return str(error)
    return ""


def frontend() -> str:
    folders = [*settings.STATICFILES_DIRS, settings.STATIC_ROOT]
    return "" if any(Path(one).is_dir() for one in folders) else "The front end is not built. Run: make setup"


def public_url() -> str:
    local = settings.PUBLIC_URL.startswith(("http://127.", "http://localhost"))
    return "PUBLIC_URL is this machine's own: vendors cannot call back." if local and not settings.EMBEDDED else ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "redis": redis,
    "media": media,
    "secrets": secrets,
    "front end": frontend,
    "public url": public_url,
}
ADVICE = {
    "database": "Check DATABASE_URL, and that the server runs.",
    "migrations": "Check DATABASE_URL, then run: manage.py migrate",
    "redis": "Redis does not answer. Check REDIS_URL, or start Quadbox with make run.",
    "media": "MEDIA_ROOT must be a folder this process may write.",
    "secrets": "Run: manage.py migrate",
    "front end": "Run: make setup",
    "public url": "",
}
