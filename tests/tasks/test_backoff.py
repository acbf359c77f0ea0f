"""How long we rest between two tries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apps.tasks.engine.lifecycle import MAX_WAIT, backoff


@given(tries=st.integers(1, 10_000), spread=st.floats(0, 1))
def test_the_rest_doubles_up_to_a_minute_and_is_spread_over_its_second_half(tries: int, spread: float) -> None:
    whole = min(MAX_WAIT, 2.0 ** min(tries - 1, 10))
    assert whole / 2 <= backoff(tries, spread) <= whole
    assert backoff(tries, spread) <= backoff(tries + 1, spread)


def test_the_first_rests() -> None:
    assert [backoff(tries, 1.0) for tries in (1, 2, 3, 7, 50)] == [1.0, 2.0, 4.0, 60.0, 60.0]
