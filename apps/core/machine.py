"""How the machine and the services below us are: measured now, each with what to do when it is not well."""

from __future__ import annotations

import platform
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import redis
from celery import current_app
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from apps.core import health

PING = 0.8  # seconds a worker has to answer
LATE = 45  # seconds since the last heartbeat; one is due every 10
LOW_DISK = 2 * 1024**3  # bytes
PACKAGES = ("django", "djangorestframework", "channels", "celery", "uvicorn", "redis", "pillow", "av")


@dataclass(frozen=True)
class Vital:
    """One sign of life; `advice` says what to do when it is not `ok`."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


def vitals() -> Iterator[Vital]:
    for measure in (database, redis_server, worker, beat, sandbox, keys, disk):
        yield measure()


def database() -> Vital:
    advice = _("Check DATABASE_URL and that the server is running.")
    began = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found = connection.get_database_version()
    except DatabaseError as error:
        return Vital(_("Database"), False, type(error).__name__, advice)
    took = (time.monotonic() - began) * 1000
    name = f"{connection.display_name} {'.'.join(str(one) for one in found)}"
    return Vital(_("Database"), True, f"{name} · {took:.1f} ms")


def redis_server() -> Vital:
    advice = _("Check REDIS_URL, or start Quadbox with make run.")
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as server:
            began = time.monotonic()
            about: Any = server.info()
    except RedisError as error:
        return Vital("Redis", False, type(error).__name__, advice)
    took = (time.monotonic() - began) * 1000
    return Vital("Redis", True, f"{about['redis_version']} · {about['used_memory_human']}B · {took:.1f} ms")


def worker() -> Vital:
    advice = _("Start a worker: celery -A celery_worker.app worker")
    try:
        found = current_app.control.ping(timeout=PING)
    except (OperationalError, RedisError, OSError) as error:
        return Vital(_("Workers"), False, type(error).__name__, advice)
    names = sorted(name for one in found for name in one)
    return Vital(_("Workers"), bool(names), ", ".join(names) or _("No worker responds."), "" if names else advice)


def beat() -> Vital:
    """A worker does every few seconds what beat asks for; here is when it last did."""
    advice = _("Start beat, once: celery -A celery_worker.app beat")
    try:
        silent = health.silent_for()
    except RedisError as error:
        return Vital(_("Clock (beat)"), False, type(error).__name__, advice)
    if silent is None:
        return Vital(_("Clock (beat)"), False, _("Not seen yet."), advice)
    detail = _("Last seen %(seconds)d s ago.") % {"seconds": max(0, round(silent))}
    return Vital(_("Clock (beat)"), silent < LATE, detail, "" if silent < LATE else advice)


def sandbox() -> Vital:
    if not settings.SANDBOX:
        return Vital(_("Sandbox"), True, _("Off."))
    exposed = settings.SANDBOX_CONTROL_OPEN and not settings.EMBEDDED
    advice = _("Set SANDBOX_CONTROL_OPEN=false: anybody can control it.") if exposed else ""
    return Vital(_("Sandbox"), not exposed, _("On."), advice)


def keys() -> Vital:
    number = len(settings.ENCRYPTION_KEYS)
    if number > 1:
        advice = _("Run manage.py rotate_keys, then remove the old keys.")
        return Vital(
            _("Encryption keys"), True, _("%(number)d keys: a rotation is in progress.") % {"number": number}, advice
        )
    return Vital(_("Encryption keys"), number == 1, _("One key."))


def disk() -> Vital:
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    detail = _("%(free)s free of %(total)s") % {"free": size(usage.free), "total": size(usage.total)}
    low = usage.free < LOW_DISK
    return Vital(_("Disk"), not low, detail, _("Free up space, or move MEDIA_ROOT to a larger disk.") if low else "")


def size(number: int) -> str:
    return f"{number / 1024**3:.1f} GB"


def versions() -> list[tuple[str, str]]:
    found = [("Python", platform.python_version()), (platform.system(), platform.release())]
    for package in PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue  # an extra that this installation does without
    return found
