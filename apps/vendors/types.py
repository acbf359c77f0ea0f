"""The values that adapters take and return: the task, the app, an imported payload, an HTTP reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from apps.core.errors import Problem
from apps.core.types import Json
from apps.layout_document.document import LayoutDocument
from apps.vendors.plan import PlannedRequest

Clock: TypeAlias = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Binding:
    """The person who sits in a slot, by the id they have in the room (Agora: an integer in digits)."""

    user_id: str


@dataclass(frozen=True, slots=True)
class AppSpec:
    """An AppId at the vendor. `settings` are the typed settings of the app (region, version, template…)."""

    vendor_app_id: str
    settings: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRef:
    """Which task it is: all that a stop or a status query needs. A value: no rows, no secrets, no document.

    `previous` is what the last plan left (`Plan.carry`): sequence numbers, the parameters in force.
    `known` are stored vendor objects by content key (an Aliyun layout's hash → its LayoutId).
    """

    app: AppSpec
    room: str
    task_id: str
    previous: Mapping[str, Json] | None = None
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSpec(TaskRef):
    """All a start or an update needs: the task, and what it should show, where it goes and how it is encoded."""

    document: LayoutDocument
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    output: Mapping[str, Json] = field(default_factory=dict)
    encoding: Mapping[str, Json] = field(default_factory=dict)
    options: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a vendor's payload was read as. `bindings`: slot → person. `not_understood` names what could not be taken
    over, each with its JSON pointer into the payload. `room`, `output`, `encoding` and `options` are those of the task it
    is about, as a `TaskSpec` has them; empty where the payload names none. An output may hold the key of a stream."""

    document: LayoutDocument
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    not_understood: tuple[Problem, ...] = ()
    room: str = ""
    output: Mapping[str, Json] = field(default_factory=dict)
    encoding: Mapping[str, Json] = field(default_factory=dict)
    options: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sending:
    """What is known only when a plan is sent, and stands in no plan: the app's secrets, and the `handles` that the
    vendor gave us for this task (ids and tokens of its own making)."""

    app: AppSpec
    now: dt.datetime
    secrets: Mapping[str, str] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came over HTTP, already decoded where it was JSON (`json` is None otherwise)."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    json: Json = None


@dataclass(frozen=True, slots=True)
class Stored:
    """Objects found at the vendor: content key → value, as in `TaskSpec.known`; and the request for the next page."""

    known: Mapping[str, str] = field(default_factory=dict)
    more: PlannedRequest | None = None


@dataclass(frozen=True, slots=True)
class SignaturePreview:
    """What a signature adds to a request that is displayed, not sent: `$NAME`s stand for secrets and computed values."""

    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
