"""What a vendor tells us unasked: the call as it arrived, what it says, what the vendor wants to hear, and how such calls
are ordered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.vendors.report import TaskReport


@dataclass(frozen=True, slots=True)
class CallbackRequest:
    """What arrived at a callback URL. Header names are in lower case."""

    headers: Mapping[str, str]
    content: bytes
    query: Mapping[str, str] = field(default_factory=dict)
    vendor_message_id: str = ""
    """The id under which the vendor's own list holds it (`MissedCallbackListing.read_missed`); "" for one that came."""


@dataclass(frozen=True, slots=True)
class CallbackNews:
    """A callback, read. `event_id` de-duplicates; an empty `vendor_task_id` concerns no task of ours, unless
    `vendor_run_id`, the vendor's own name for the run, is that of a task."""

    event_id: str
    event: str
    vendor_task_id: str = ""
    report: TaskReport | None = None
    at: dt.datetime | None = None
    vendor_run_id: str = ""
    room: str = ""
    """Without a task: the room in which something happened; whoever has tasks there asks for them."""


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the vendor wants to hear."""

    status: int = 200
    content_type: str = "application/json"
    content: bytes = b"{}"


@dataclass(frozen=True, slots=True)
class CallbackSetup:
    """How the callbacks of a product are ordered at the vendor. `place` says where the URL is entered, in a sentence;
    `secret` is the secret of the app that goes with it, "" where nothing is signed; `ordered`: by a call of ours
    (`plan_subscription`), not by a person."""

    place: str
    secret: str = ""
    ordered: bool = False
