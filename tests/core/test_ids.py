"""Identifiers are of their time, in their order, and nobody's guess."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from apps.core.ids import new_id


def test_ids_made_one_after_another_are_in_order() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_tells_its_version_and_its_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    one = new_id()
    assert (one.version, one.variant) == (7, "specified in RFC 4122")
    assert before <= one.int >> 80 <= time.time_ns() // 1_000_000 + 2


def test_threads_never_make_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id(), range(4000)))
    assert len(set(made)) == len(made)


def test_the_rest_is_random() -> None:
    assert len({new_id().int & (1 << 62) - 1 for _ in range(100)}) == 100
