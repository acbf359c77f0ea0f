"""A vendor's budget holds for all workers together, and "slow down" is heard."""

from __future__ import annotations

import itertools
import secrets
import time
from typing import Any

import pytest

from apps.tasks.engine import rate_limiter

PRODUCT, OPERATION = "aliyun-rtc-record", "CreateMPULayout"  # 10 a second for the account, half of it for us
pytestmark = pytest.mark.usefixtures("redis_server")


@pytest.fixture
def credential() -> str:
    return secrets.token_hex(8)


def ask(credential: str, operation: str = OPERATION, longest: float = 10.0) -> float:
    return rate_limiter.acquire(credential, PRODUCT, operation, longest)


def test_a_burst_goes_at_once_and_the_rest_in_turn(credential: str) -> None:
    waits = [ask(credential) for _ in range(9)]
    assert waits[:5] == [0.0] * 5
    assert all(0.1 < later - earlier <= 0.21 for earlier, later in itertools.pairwise(waits[5:])), waits


def test_who_will_not_wait_that_long_takes_no_place(credential: str) -> None:
    for _ in range(7):
        ask(credential)
    assert ask(credential, longest=0.1) > 0.1
    assert ask(credential, longest=0.1) > 0.1
    assert ask(credential) < 0.7  # and is not pushed back by those who went away


def test_operations_and_credentials_do_not_wait_for_one_another(credential: str) -> None:
    for _ in range(20):
        ask(credential)
    assert ask(credential, "StopRecordTask") == 0.0
    assert ask(f"{credential}-other") == 0.0


def test_slow_down_rests_and_halves_the_pace(credential: str) -> None:
    assert rate_limiter.slow_down(credential, OPERATION, 0.0) == rate_limiter.MIN_COOLDOWN
    assert 0.5 < ask(credential) <= rate_limiter.MIN_COOLDOWN
    assert rate_limiter.is_cooling_down(credential, OPERATION)
    assert rate_limiter.backoff_factor(credential, OPERATION) == 2
    time.sleep(rate_limiter.MIN_COOLDOWN + 0.05)
    waits = [ask(credential) for _ in range(3)]
    assert 0.3 < waits[2] - waits[1] <= 0.41, waits
    for _ in range(10):
        rate_limiter.slow_down(credential, OPERATION, 0.0)
    assert rate_limiter.backoff_factor(credential, OPERATION) == rate_limiter.MAX_BACKOFF


@pytest.mark.django_db(transaction=True)
def test_a_start_without_a_place_is_not_sent_and_not_forgotten(
    started: Any, cloud: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apps.tasks.engine import sending, worker

    credential = started.app.credential_id
    monkeypatch.setattr(sending, "MAX_SLEEP", 0.0)
    rate_limiter.slow_down(credential, "StartPushMixedStreamToCDN", 30.0)
    wait = worker.carry_out(started.pk)
    assert wait is not None
    assert 25 < wait <= 30
    started.refresh_from_db()
    assert (started.state, started.tries, started.error, cloud.asked) == ("scheduled", 0, None, [])
    assert worker.unfinished() == []
    rate_limiter.connection().delete(f"cool:{rate_limiter.rate_limit_key(credential, 'StartPushMixedStreamToCDN')}")
    type(started).objects.filter(pk=started.pk).update(retry_at=None)
    assert worker.carry_out(started.pk) is None
    assert cloud.count("Start") == 1
