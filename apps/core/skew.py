"""How far this server's clock is from the clouds', by the `Date` of their answers. Requests are signed with the time, and
a cloud refuses what seems too old: long before that happens `manage.py doctor` says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime

from django.core.cache import cache
from redis.exceptions import RedisError

KEY, KEPT = "clock:skew", 24 * 3600  # seconds
MOST = 60  # seconds; Date counts whole ones, and an answer takes a while


def note(headers: Mapping[str, str], now: dt.datetime) -> None:
    """Keeps what an answer that has just come says. One without a readable Date says nothing."""
    try:
        theirs = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return
    if theirs.tzinfo is not None:
        with suppress(RedisError, OSError):  # an answer is worth more than this
            cache.set(KEY, round((now - theirs).total_seconds()), KEPT)


def seconds() -> int:
    """How far this clock is ahead of the clouds', negative where it is behind; 0 where no cloud answered lately."""
    found = cache.get(KEY)
    return found if isinstance(found, int) else 0
