"""What `manage.py doctor` looks at, and what to do about each thing that is wrong."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

from apps.core import health, skew
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
    folders = [*settings.STATICFILES_DIRS, settings.STATIC_ROOT] if settings.EMBEDDED else [settings.STATIC_ROOT]
    if any((Path(str(folder)) / "manifest.json").is_file() for folder in folders):
        return ""
    if settings.EMBEDDED:
        return "The front end is not built. Run: make setup"
    return "The static files are not in STATIC_ROOT. Run: make setup, then docker/entrypoints/migrate.sh"


def public_url() -> str:
    local = settings.PUBLIC_URL.startswith(("http://127.", "http://localhost"))
    return "PUBLIC_URL is this machine's own: vendors cannot call back." if local and not settings.EMBEDDED else ""


def worker() -> str:
    if settings.EMBEDDED and not health.silent_for():
        return ""  # nothing runs: that is no fault of the set-up
    if health.worker() == "ok":
        return ""
    return "No job was done lately. Start docker/entrypoints/worker.sh and beat.sh, and check CELERY_BROKER_URL."


def clock() -> str:
    apart = skew.seconds()
    if abs(apart) <= skew.MOST:
        return ""
    where = "ahead of" if apart > 0 else "behind"
    return (
        f"The clock of this server is {abs(apart)} s {where} the clouds': they refuse what is signed so. Set it by NTP."
    )


def environment() -> str:
    """A misspelt name is silently nothing: say so."""
    ours = [name for name in os.environ if name.startswith(("SANDBOX", "QUADBOX_"))]
    unknown = sorted(set(ours) - KNOWN_VARIABLES)
    return " ".join(f"{name} is no setting." for name in unknown)


def sandbox() -> str:
    if settings.EMBEDDED or not settings.SANDBOX:
        return ""
    said = []
    if os.environ.get("WEB_WORKERS", "1") != "1":
        said.append("The sandbox lives in one process: set WEB_WORKERS=1, or SANDBOX=0.")
    if settings.SANDBOX_CONTROL_OPEN:
        said.append("Anybody can command the sandbox: set SANDBOX_CONTROL_OPEN=0.")
    return " ".join(said)


def tasks() -> str:
    if settings.FILES_GRACE_SECONDS < SHORTEST_GRACE:
        return (
            f"FILES_GRACE_SECONDS is below {SHORTEST_GRACE}: recordings would be closed before their last file comes."
        )
    return ""


def people() -> str:
    User = get_user_model()
    if settings.EMBEDDED or User.objects.filter(is_active=True).exists():
        return ""
    return "Nobody can sign in. Run: manage.py first_admin"


def variables_read() -> frozenset[str]:
    """The environment variables that the settings read, as the code names them."""
    folder = Path(settings.BASE_DIR) / "apps" / "config" / "settings"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    return frozenset(re.findall(r"(?:\benv\.\w+|\btext)\(\s*\"([A-Z_]+)\"", code))


SHORTEST_GRACE = 240  # seconds: Aliyun waits up to 180 before it closes a file
OF_SCRIPTS = {"HOST", "PORT", "WEB_WORKERS", "FORWARDED_ALLOW_IPS", "WORKER_CONCURRENCY", "WORKER_QUEUES", "SITE",
              "POSTGRES_PASSWORD", "QUADBOX_FONT_DIR"}  # fmt: skip
KNOWN_VARIABLES = variables_read() | OF_SCRIPTS
CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "redis": redis,
    "media": media,
    "secrets": secrets,
    "front end": frontend,
    "public url": public_url,
    "clock": clock,
    "environment": environment,
    "sandbox": sandbox,
    "tasks": tasks,
    "people": people,
    "worker": worker,
}
ADVICE = {
    "database": "Check DATABASE_URL and that the server is running.",
    "migrations": "Check DATABASE_URL, then run: manage.py migrate",
    "redis": "Redis does not answer. Check REDIS_URL, or start Quadbox with make run.",
    "media": "MEDIA_ROOT must be a folder this process may write.",
    "secrets": "Run: manage.py migrate",
    "front end": "Run: make setup",
    "public url": "",
    "clock": "Redis does not answer.",
    "environment": "",
    "sandbox": "",
    "tasks": "",
    "people": "Run: manage.py migrate",
    "worker": "Redis does not answer.",
}
