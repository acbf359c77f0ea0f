"""The state machine of a task as tables: what a report changes, what is requested next, and when it is polled again."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.tasks.engine import lifecycle
from apps.tasks.engine.lifecycle import MAX_WAIT, backoff
from apps.tasks.models import Desired, State
from apps.vendors.report import TaskState

ENDED = ("stopped", "failed", "lost")

# State of the task → what each report does. "+" changes the state, "." changes nothing.
REPORTED = ("draft", "scheduled", "starting", "running", "stopping", "stopped", "failed", "lost", "unknown")
NEWS = {
    "draft":     ". . . . . . . . .",
    "scheduled": ". . + + + + + + .",
    "starting":  ". . . + + + + + .",
    "running":   ". . . . + + + + .",
    "stopping":  ". . . . . + + + .",
    "stopped":   ". . . . . . . . .",
    "failed":    ". . . . . . . . .",
    "lost":      ". . . . . . . . .",
}  # fmt: skip


def test_tables_have_every_state() -> None:
    assert set(NEWS) == set(State.values)
    assert set(REPORTED) == {state.value for state in TaskState}
    assert set(State.values) | {"unknown"} == set(REPORTED)


@pytest.mark.parametrize("current", NEWS)
@pytest.mark.parametrize("reported", REPORTED)
def test_report_changes_the_state_only_forward(current: str, reported: str) -> None:
    expected = NEWS[current].split()[REPORTED.index(reported)] == "+"
    assert lifecycle.is_news(current, reported) is expected


@pytest.mark.parametrize("current", NEWS)
@pytest.mark.parametrize("reported", REPORTED)
def test_report_of_the_same_state_confirms_it_until_the_end(current: str, reported: str) -> None:
    assert lifecycle.confirms(current, reported) is (current == reported and current not in ENDED)


def test_ended_task_stays_ended_whatever_is_reported_in_any_order() -> None:
    for reports in itertools.product(REPORTED, repeat=3):
        state, ended = "scheduled", ""
        for reported in reports:
            if lifecycle.is_news(state, reported):
                state = reported
            ended = ended or (state if state in ENDED else "")
        assert not ended or state == ended, reports


# (desired, state, the generation was carried out, a stop is overdue) → the operation. "*" stands for every value; the first
# line that matches counts.
OPERATIONS: list[tuple[str, str, bool | str, bool | str, str | None]] = [
    ("*", "draft", "*", "*", None),
    ("*", "stopped", "*", "*", None),
    ("*", "failed", "*", "*", None),
    ("*", "lost", "*", "*", None),
    ("", "*", "*", "*", None),
    ("running", "scheduled", "*", "*", "start"),
    ("running", "starting", "*", "*", None),  # an update waits until it runs
    ("running", "running", False, "*", "update"),
    ("running", "running", True, "*", None),
    ("running", "stopping", "*", "*", None),
    ("stopped", "scheduled", "*", "*", "stop"),
    ("stopped", "starting", "*", "*", "stop"),
    ("stopped", "running", "*", "*", "stop"),
    ("stopped", "stopping", False, "*", "stop"),
    ("stopped", "stopping", True, True, "stop"),
    ("stopped", "stopping", True, False, None),  # accepted, and not yet too long ago
]
ALL_FLAGS = list(itertools.product(Desired.values, State.values, (False, True), (False, True)))


def flags(*, desired: str, state: str, carried_out: bool, stop_overdue: bool) -> dict[str, Any]:
    return {
        "desired": desired, "state": state, "generation": 2, "observed_generation": 2 if carried_out else 1,
        "stop_overdue": stop_overdue,
    }  # fmt: skip


@pytest.mark.parametrize(("desired", "state", "carried_out", "stop_overdue"), ALL_FLAGS)
def test_next_operation_for_all_flags(desired: str, state: str, carried_out: bool, stop_overdue: bool) -> None:
    values = (desired, state, carried_out, stop_overdue)
    expected = next(
        result
        for *pattern, result in OPERATIONS
        if all(wanted in ("*", value) for wanted, value in zip(pattern, values, strict=True))
    )
    operation = lifecycle.next_operation(
        **flags(desired=desired, state=state, carried_out=carried_out, stop_overdue=stop_overdue)
    )
    assert operation == expected


@pytest.mark.parametrize(("desired", "state", "carried_out", "stop_overdue"), ALL_FLAGS)
def test_orphan_is_only_ever_stopped_and_only_on_request(
    desired: str, state: str, carried_out: bool, stop_overdue: bool
) -> None:
    operation = lifecycle.next_operation(
        **flags(desired=desired, state=state, carried_out=carried_out, stop_overdue=stop_overdue), orphaned=True
    )
    assert operation == ("stop" if desired == "stopped" and (not carried_out or stop_overdue) else None)


# (state, seconds since its last change, the vendor reports states) → seconds until the next poll
POLLS: list[tuple[str, float, bool, float | None]] = [
    ("draft", 0, True, None),
    ("scheduled", 0, True, None),
    ("starting", 0, True, 1),
    ("starting", 29.9, True, 1),
    ("starting", 30, True, 5),
    ("starting", 3600, False, 5),
    ("running", 0, True, 15),
    ("running", 86_400, True, 15),
    ("running", 0, False, 60),
    ("stopping", 0, True, 1),
    ("stopping", 29.9, False, 1),
    ("stopping", 30, False, 5),
    ("stopped", 0, True, None),
    ("stopped", 0, False, 5),  # its files are still being listed
    ("failed", 0, True, None),
    ("failed", 0, False, None),
    ("lost", 0, True, None),
    ("lost", 0, False, None),
]


@pytest.mark.parametrize(("state", "age", "reports_state", "seconds"), POLLS)
def test_poll_after(state: str, age: float, reports_state: bool, seconds: float | None) -> None:
    assert lifecycle.poll_after(state, age=age, reports_state=reports_state) == seconds


def test_poll_table_has_every_state() -> None:
    assert {state for state, *_rest in POLLS} == set(State.values)


# (state, seconds since the end) → seconds until it is looked for again
LOOKS: list[tuple[str, float, float | None]] = [
    ("stopped", 0, 30),
    ("stopped", 10, 20),
    ("stopped", 30, 90),
    ("stopped", 120, 480),
    ("stopped", 599, 1),
    ("stopped", 600, None),
    ("failed", 0, 30),
    ("failed", 86_400, None),
    ("lost", 0, 60),
    ("lost", 600, 60),
    ("lost", 21_599, 60),
    ("lost", 21_600, None),
]


@pytest.mark.parametrize(("state", "age", "seconds"), LOOKS)
def test_look_again_after(state: str, age: float, seconds: float | None) -> None:
    assert lifecycle.look_again_after(state, age=age) == seconds


# (state, seconds since its last change) → what "no such task" means
WITHOUT_TRACE = [
    ("starting", 0, "unknown"),
    ("starting", 59.9, "unknown"),
    ("starting", 60, "lost"),
    ("running", 0, "lost"),
    ("stopping", 0, "stopped"),
    ("stopped", 0, "stopped"),
    ("failed", 0, "stopped"),
    ("lost", 0, "stopped"),
]


@pytest.mark.parametrize(("state", "age", "meaning"), WITHOUT_TRACE)
def test_without_trace(state: str, age: float, meaning: str) -> None:
    assert lifecycle.without_trace(state, age=age) == meaning


@given(tries=st.integers(1, 10_000), spread=st.floats(0, 1))
def test_backoff_doubles_up_to_a_minute_and_spreads_over_its_second_half(tries: int, spread: float) -> None:
    whole = min(MAX_WAIT, 2.0 ** min(tries - 1, 10))
    assert whole / 2 <= backoff(tries, spread) <= whole
    assert backoff(tries, spread) <= backoff(tries + 1, spread)


def test_backoff_of_the_first_tries() -> None:
    assert [backoff(tries, 1.0) for tries in (1, 2, 3, 7, 50)] == [1.0, 2.0, 4.0, 60.0, 60.0]
