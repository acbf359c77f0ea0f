"""The messages that browsers receive over the socket, typed.

Every message of a team carries `kind` and `seq` (counts up by one within the team). `hello` and `resync` belong
to one connection: their `seq` is the team's last one. Presence carries no `seq`: it is not stored, and repeated soon.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class TaskFacts(TypedDict):
    """What a card needs. Times are ISO 8601 in UTC."""

    id: str
    name: str
    product: str
    room: str
    state: str
    desired: str
    degraded: bool
    layout_version: int
    applied_version: int
    starts_at: str | None
    started_at: str | None
    ended_at: str | None
    orphaned_at: str | None
    end_reason: str
    error: dict[str, str] | None


class TaskChanged(TypedDict):
    kind: Literal["task.changed"]
    task: TaskFacts


class RecordingFacts(TypedDict):
    id: str
    task: str
    name: str
    files: int
    duration: float | None
    url: str
    format: str


class RecordingAdded(TypedDict):
    """A recording is new, or has a new file: `url` is the file that came."""

    kind: Literal["recording.added"]
    task_id: str
    recording: RecordingFacts


class RecordingChanged(TypedDict):
    """A recording got its poster or another name, was pinned, removed or restored."""

    kind: Literal["recording.changed"]
    recording_id: str


class LayoutFacts(TypedDict):
    id: str
    name: str
    version: int
    deleted: bool


class LayoutSaved(TypedDict):
    kind: Literal["layout.saved"]
    layout: LayoutFacts


class EditorStateChanged(TypedDict):
    """The groups, guides, samples or target product beside a layout changed."""

    kind: Literal["aids.changed"]
    layout_id: str
    revision: int


class PresetChanged(TypedDict):
    """A preset of the team was created, changed or deleted."""

    kind: Literal["preset.changed"]
    preset_id: str


class LaneThrottled(TypedDict):
    """The vendor asked us to slow down: its tasks are polled less often for a while (seconds)."""

    kind: Literal["lane.throttled"]
    product: str
    credential: str
    seconds: float


Message = (
    TaskChanged | RecordingAdded | RecordingChanged | LayoutSaved | EditorStateChanged | PresetChanged | LaneThrottled
)


class PersonFacts(TypedDict):
    id: str
    name: str


class PresenceHere(TypedDict):
    """Somebody has a layout open. `connection` tells two windows of the same person apart; `editing` is false for
    who may only look."""

    kind: Literal["presence.here"]
    layout_id: str
    connection: str
    person: PersonFacts
    editing: bool


class PresenceLeft(TypedDict):
    kind: Literal["presence.left"]
    layout_id: str
    connection: str


class PresenceEnter(TypedDict):
    """From a browser: it opened this layout, or still has it open. The others in the room answer once."""

    kind: Literal["presence.enter"]
    layout_id: str


class PresenceLeave(TypedDict):
    """From a browser: it closed this layout."""

    kind: Literal["presence.leave"]
    layout_id: str


class Hello(TypedDict):
    kind: Literal["hello"]
    seq: int


class Resync(TypedDict):
    """What this browser missed is no longer stored: it must fetch everything again."""

    kind: Literal["resync"]
    seq: int
