"""How fast we may ask: every (credential, operation) has the vendor's budget, kept in Redis for all workers together.

We take a share of what the vendor allows, for people and other systems use the same account. After "slow down" the
operation rests, and goes at a fraction of its pace for a while: each further one halves it again.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, cast
from uuid import UUID

import redis
from django.conf import settings

from apps.vendors.registry import adapter

WITHOUT_BUDGET = 5.0  # requests per second where the vendor publishes no limit
SHARE = 0.5  # of the vendor's budget
BURST = 1.0  # seconds' worth of it that may go at once
REST = 1.0  # seconds an operation rests after "slow down", at least
SLOW_FOR = 60  # seconds that the lower pace lasts
SLOWEST = 16  # the pace is never divided by more

# A place in the row (GCRA): KEYS tat, slow, cool; ARGV interval, burst, longest wait (ms). Answers the wait in ms;
# beyond the longest nothing is taken.
TAKE_A_PLACE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slow = tonumber(redis.call('get', KEYS[2]) or '1')
local interval = ARGV[1] * slow
local due = math.max(now, tonumber(redis.call('get', KEYS[1]) or '0'))
local burst = slow > 1 and 0 or tonumber(ARGV[2])
local wait = math.max(0, due - now - burst, redis.call('pttl', KEYS[3]))
if wait <= tonumber(ARGV[3]) then
  redis.call('set', KEYS[1], string.format('%.0f', due + interval), 'px', math.ceil(due + interval - now + 1000))
end
return math.ceil(wait)
"""
HALVE = """
local slow = math.min(tonumber(ARGV[1]), 2 * tonumber(redis.call('get', KEYS[1]) or '1'))
redis.call('set', KEYS[1], slow, 'ex', ARGV[2])
return slow
"""


@cache
def connection() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL)


def lane(credential_id: UUID | str, operation: str) -> str:
    return f"{credential_id}:{operation}"


def pace_of(product: str, operation: str) -> float:
    """Requests per second that we allow ourselves."""
    budgets = adapter(product).capabilities.queries_per_second
    published = budgets.get(operation, min(budgets.values(), default=WITHOUT_BUDGET))
    return max(0.5, published * SHARE)


def place(credential_id: UUID | str, product: str, operation: str, longest: float) -> float:
    """Seconds until this request may go. Up to `longest` the place is taken; beyond, ask again then."""
    interval = 1000 / pace_of(product, operation)
    name = lane(credential_id, operation)
    keys = [f"due:{name}", f"slow:{name}", f"cool:{name}"]
    arguments = [math.ceil(interval), int(max(0.0, BURST * 1000 - interval)), int(longest * 1000)]
    wait: Any = connection().eval(TAKE_A_PLACE, len(keys), *keys, *arguments)
    return int(wait) / 1000


def slow_down(credential_id: UUID | str, operation: str, seconds: float) -> float:
    """The vendor said so: rests that long, then goes on at half the pace. Answers the seconds of rest."""
    rest = max(seconds, REST)
    name = lane(credential_id, operation)
    connection().set(f"cool:{name}", "1", px=math.ceil(rest * 1000))
    connection().eval(HALVE, 1, f"slow:{name}", str(SLOWEST), str(SLOW_FOR))
    return rest


def slowness(credential_id: UUID | str, operation: str) -> float:
    """What the pace is divided by now; 1 when all is well."""
    found = cast("bytes | None", connection().get(f"slow:{lane(credential_id, operation)}"))
    return float(found or 1)


def rests(credential_id: UUID | str, operation: str) -> bool:
    return bool(connection().exists(f"cool:{lane(credential_id, operation)}"))
