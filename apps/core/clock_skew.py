"""How far this server's clock is from that of the servers it calls, by the `Date` header of their responses.

Requests are signed with the time, and a cloud refuses old ones; `manage.py doctor` warns long before that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime

from django.core.cache import cache
from redis.exceptions import RedisError

KEY = "clock:skew"
KEEP_SECONDS = 24 * 3600
MAX_SECONDS = 60  # Date has whole seconds, and a response takes a while


def record(headers: Mapping[str, str], now: dt.datetime) -> None:
    """Stores the difference that the headers of a new response show; without a readable Date, nothing changes."""
    try:
        theirs = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return
    if theirs.tzinfo is not None:
        with suppress(RedisError, OSError):  # the response matters more than this
            cache.set(KEY, round((now - theirs).total_seconds()), KEEP_SECONDS)


def seconds() -> int:
    """How far this clock is ahead (negative: behind); 0 where no server responded within KEEP_SECONDS."""
    skew = cache.get(KEY)
    return skew if isinstance(skew, int) else 0
