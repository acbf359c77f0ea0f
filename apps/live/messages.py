"""What browsers are told, typed. `static/src/live/messages.ts` mirrors this file.

Every message of a team carries `kind` and `seq` (counts up by one within the team). `hello` and `resync` belong
to one connection: their `seq` is where the team is now. Presence carries no `seq`: it is not kept, and who missed it
hears it again soon.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict


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
    """A recording got its poster or another name, is kept, leaves, or came back."""

    kind: Literal["recording.changed"]
    recording_id: str


class LayoutSaved(TypedDict):
    kind: Literal["layout.saved"]
    layout: dict[str, Any]  # {"id", "name", "version", "deleted"}


class AidsChanged(TypedDict):
    """Groups, guides, samples or the product it is made for, beside a layout are others now."""

    kind: Literal["aids.changed"]
    layout_id: str
    revision: int


class PresetChanged(TypedDict):
    """The team has an own preset more, fewer, or another one."""

    kind: Literal["preset.changed"]
    preset_id: str


class LaneThrottled(TypedDict):
    """The vendor asked us to slow down: its tasks are polled less often for a while (seconds)."""

    kind: Literal["lane.throttled"]
    product: str
    credential: str
    seconds: float


Message = TaskChanged | RecordingAdded | RecordingChanged | LayoutSaved | AidsChanged | PresetChanged | LaneThrottled


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
    """From a browser: it opened this layout, or has it open still. Others in the room hear it and answer once."""

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
    """What this browser missed is no longer held: everything is to be fetched again."""

    kind: Literal["resync"]
    seq: int
