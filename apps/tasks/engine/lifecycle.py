"""What may become what, what is to be done next, and when to ask again. Values in, values out."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

from apps.vendors.report import TaskState

Operation: TypeAlias = Literal["start", "update", "stop"]

TERMINAL = frozenset({TaskState.STOPPED, TaskState.FAILED, TaskState.LOST})
AT_VENDOR = frozenset({TaskState.STARTING, TaskState.RUNNING, TaskState.STOPPING})

# What a report may make of a task. What is not here is late, repeated or nonsense, and changes nothing.
NEWS: dict[TaskState, frozenset[TaskState]] = {
    TaskState.DRAFT: frozenset(),
    TaskState.SCHEDULED: AT_VENDOR | TERMINAL,
    TaskState.STARTING: frozenset({TaskState.RUNNING, TaskState.STOPPING}) | TERMINAL,
    TaskState.RUNNING: frozenset({TaskState.STOPPING}) | TERMINAL,
    TaskState.STOPPING: TERMINAL,
    **{state: frozenset() for state in TERMINAL},
}

SOON, OFTEN, RARELY = 1.0, 5.0, 15.0  # seconds between polls
YOUNG = 30.0  # seconds in a transitional state during which it is polled soon
MAX_WAIT = 60.0  # seconds between two tries
LOOKS = (30.0, 120.0, 600.0)  # seconds after its end at which a task is looked for once more
LOOKED_FOR = 21_600.0  # seconds during which a lost task is looked for
GRACE_WITHOUT_START = 30.0  # seconds that a stop waits for files of a recording that never ran
SHORTEST_RECORDING = 15.0  # seconds; a shorter one may have been stopped before its first frame
GRACE_OF_SHORT_RECORDING = 60.0  # seconds that its stop waits for files, which may never come
SILENT_POLLS = 3  # polls in a row without a status that mean trouble
STALE = 20.0  # seconds that an answer may have been on its way
MAX_UNPOLLED_AGE = 900.0  # seconds after which a task that cannot be polled counts as lost
MIN_VISIBLE_AGE = 60.0  # seconds after a start during which "no such task" may only mean "not yet"


def is_news(current: str, reported: str) -> bool:
    """Whether a report of this state changes a task in that state."""
    return reported != TaskState.UNKNOWN and TaskState(reported) in NEWS[TaskState(current)]


def confirms(current: str, reported: str) -> bool:
    """Whether the report proves what we hold already."""
    return current == reported and current not in TERMINAL


def next_operation(
    *, desired: str, state: str, generation: int, observed_generation: int, stop_overdue: bool, orphaned: bool = False
) -> Operation | None:
    """What is to be asked of the vendor now, None for nothing.

    An update waits until the task runs: vendors take none before. A stop that was accepted and not proven in time
    is `stop_overdue`: it is sent again. What runs at the vendor though it ended here (`orphaned`) is stopped when a
    person wishes it.
    """
    if orphaned:
        return "stop" if desired == TaskState.STOPPED and (observed_generation < generation or stop_overdue) else None
    if state in TERMINAL or state == TaskState.DRAFT:
        return None
    if desired == TaskState.STOPPED:
        is_waiting = state == TaskState.STOPPING and observed_generation >= generation and not stop_overdue
        return None if is_waiting else "stop"
    if desired == TaskState.RUNNING:
        if state == TaskState.SCHEDULED:
            return "start"
        if state == TaskState.RUNNING and observed_generation < generation:
            return "update"
    return None


def backoff(tries: int, spread: float) -> float:
    """Seconds before the next try after `tries` failures (from 1). `spread` (0 to 1) keeps tasks apart."""
    return float(min(MAX_WAIT, 2.0 ** min(tries - 1, 10)) * (0.5 + spread / 2))


def poll_after(state: str, *, age: float, reports_state: bool) -> float | None:
    """Seconds until the next question, None for never. `age`: seconds since the last change of state."""
    if state in (TaskState.STARTING, TaskState.STOPPING):
        return SOON if age < YOUNG else OFTEN
    if state == TaskState.RUNNING:
        return RARELY if reports_state else 4 * RARELY
    if state == TaskState.STOPPED and not reports_state:
        return OFTEN  # more files may follow the first; whoever asks sets the end
    return None


def look_again_after(state: str, *, age: float) -> float | None:
    """Seconds until a task that ended here is looked for at the vendor once more, None for never. `age`: since its end.

    A start whose answer got lost may only now come to life; what was lost may be found.
    """
    if state == TaskState.LOST:
        return OFTEN * 12 if age < LOOKED_FOR else None
    return next((look - age for look in LOOKS if age < look), None)


def without_trace(state: str, *, age: float) -> TaskState:
    """What "no such task" means for a task that we asked about."""
    if state == TaskState.STOPPING or state in TERMINAL:
        return TaskState.STOPPED
    if state == TaskState.STARTING and age < MIN_VISIBLE_AGE:
        return TaskState.UNKNOWN
    return TaskState.LOST


def seconds_between(earlier: dt.datetime | None, later: dt.datetime) -> float:
    return (later - earlier).total_seconds() if earlier else 0.0
