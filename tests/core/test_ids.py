"""Ids hold their time, are ordered, and cannot be guessed."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from apps.core.ids import new_id


def test_consecutive_ids_are_ordered() -> None:
    ids = [new_id() for _ in range(5000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_id_has_its_version_and_its_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    new = new_id()
    assert (new.version, new.variant) == (7, "specified in RFC 4122")
    assert before <= new.int >> 80 <= time.time_ns() // 1_000_000 + 2


def test_ids_of_several_threads_are_distinct() -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: new_id(), range(4000)))
    assert len(set(ids)) == len(ids)


def test_other_bits_of_an_id_are_random() -> None:
    assert len({new_id().int & (1 << 62) - 1 for _ in range(100)}) == 100
