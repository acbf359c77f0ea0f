"""The services below us, measured now."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import redis
from celery import current_app
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from apps.operations import heartbeat
from apps.operations.check import Outcome, failed

PING_SECONDS = 0.8  # a worker has so long to answer
MIN_FREE_DISK = 2 * 1024**3  # bytes


def check_database() -> Outcome:
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    milliseconds = (time.monotonic() - began) * 1000
    version = ".".join(str(part) for part in connection.get_database_version())
    return Outcome(True, f"{connection.display_name} {version} · {milliseconds:.1f} ms")


def check_redis() -> Outcome:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
        began = time.monotonic()
        info: Any = client.info()
        milliseconds = (time.monotonic() - began) * 1000
    return Outcome(True, f"{info['redis_version']} · {info['used_memory_human']}B · {milliseconds:.1f} ms")


def check_workers() -> Outcome:
    replies = current_app.control.ping(timeout=PING_SECONDS)
    names = sorted(name for reply in replies for name in reply)
    if names:
        return Outcome(True, ", ".join(names))
    return failed(_("Start a worker: celery -A celery_worker.app worker"), _("No worker responds."), "silent")


def check_heartbeat() -> Outcome:
    advice = _("Start beat, once: celery -A celery_worker.app beat")
    age = heartbeat.age()
    if age is None:
        return failed(advice, _("Not seen yet."), "silent")
    detail = _("Last seen %(seconds)d s ago.") % {"seconds": round(age)}
    return Outcome(True, detail) if age < heartbeat.MAX_AGE else failed(advice, detail, "silent")


def check_disk() -> Outcome:
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    detail = _("%(free)s free of %(total)s") % {"free": gigabytes(usage.free), "total": gigabytes(usage.total)}
    if usage.free < MIN_FREE_DISK:
        return failed(_("Free up space, or move MEDIA_ROOT to a larger disk."), detail)
    return Outcome(True, detail)


def gigabytes(size: int) -> str:
    return f"{size / 1024**3:.1f} GB"
