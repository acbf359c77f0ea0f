"""Rate limits: every (credential, operation) has the vendor's budget, kept in Redis for all workers together.

Quadbox takes a share of what the vendor allows, because people and other systems use the same account. After the vendor
limits an operation, it pauses and then continues at a fraction of its rate for a while: each further time halves it again.
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
MIN_COOLDOWN = 1.0  # seconds an operation pauses after "slow down", at least
BACKOFF_SECONDS = 60  # that the lower rate lasts
MAX_BACKOFF = 16  # the rate is never divided by more

# A slot (GCRA): KEYS due time, backoff, cool-down; ARGV interval, burst, longest wait (ms). Returns the wait in ms; beyond
# the longest nothing is taken.
ACQUIRE = """
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


def rate_limit_key(credential_id: UUID | str, operation: str) -> str:
    return f"{credential_id}:{operation}"


def rate_of(product: str, operation: str) -> float:
    """Requests per second that Quadbox sends at most."""
    budgets = adapter(product).capabilities.queries_per_second
    published = budgets.get(operation, min(budgets.values(), default=WITHOUT_BUDGET))
    return max(0.5, published * SHARE)


def acquire(credential_id: UUID | str, product: str, operation: str, max_wait: float) -> float:
    """Seconds until this request may be sent. Up to `max_wait` the slot is taken; beyond, nothing is taken."""
    interval = 1000 / rate_of(product, operation)
    name = rate_limit_key(credential_id, operation)
    keys = [f"due:{name}", f"slow:{name}", f"cool:{name}"]
    arguments = [math.ceil(interval), int(max(0.0, BURST * 1000 - interval)), int(max_wait * 1000)]
    wait: Any = connection().eval(ACQUIRE, len(keys), *keys, *arguments)
    return int(wait) / 1000


def slow_down(credential_id: UUID | str, operation: str, seconds: float) -> float:
    """The vendor limits the rate: pauses that long, then continues at half the rate. Returns the seconds of the pause."""
    rest = max(seconds, MIN_COOLDOWN)
    name = rate_limit_key(credential_id, operation)
    connection().set(f"cool:{name}", "1", px=math.ceil(rest * 1000))
    connection().eval(HALVE, 1, f"slow:{name}", str(MAX_BACKOFF), str(BACKOFF_SECONDS))
    return rest


def backoff_factor(credential_id: UUID | str, operation: str) -> float:
    """What the rate is divided by now; 1 in normal operation."""
    found = cast("bytes | None", connection().get(f"slow:{rate_limit_key(credential_id, operation)}"))
    return float(found or 1)


def is_cooling_down(credential_id: UUID | str, operation: str) -> bool:
    return bool(connection().exists(f"cool:{rate_limit_key(credential_id, operation)}"))
