"""What every product adapter is: from a task's wish to a plan, from a vendor's words to a report."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from apps.core.errors import Invalid, Problem
from apps.core.types import Json
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest, CallbackSetup
from apps.vendors.plan import Plan, PlannedRequest

if TYPE_CHECKING:
    import httpx2

    from apps.layout_document.document import LayoutDocument
    from apps.vendors.capabilities import Capabilities
    from apps.vendors.painter import Painter

Clock: TypeAlias = Callable[[], dt.datetime]

NOT_UNDERSTOOD = {"no_import": "Requests of this product cannot be imported as a layout."}


class TaskState(StrEnum):
    """Our words for where a task is. `UNKNOWN` is a report's only, never a task's: it changes nothing."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Binding:
    """The person who sits in a slot, by the id they have in the room (Agora: an integer in digits)."""

    user_id: str


@dataclass(frozen=True, slots=True)
class AppSpec:
    """An AppId at the vendor. `settings` are the typed settings of the app (region, version, template…)."""

    vendor_app_id: str
    settings: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """All a plan needs to know of a task. A value: no rows, no secrets.

    `previous` is what the last plan left (`Plan.carry`): sequence numbers, the parameters in force.
    `known` are stored vendor objects by content key (an Aliyun layout's hash → its LayoutId).
    """

    app: AppSpec
    document: LayoutDocument
    room: str
    task_id: str
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    output: Mapping[str, Json] = field(default_factory=dict)
    encoding: Mapping[str, Json] = field(default_factory=dict)
    options: Mapping[str, Json] = field(default_factory=dict)
    previous: Mapping[str, Json] | None = None
    known: Mapping[str, str] = field(default_factory=dict)


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
class RecordedFile:
    """One file a vendor announced. Times are UTC, duration in seconds."""

    url: str
    format: str
    bytes: int | None = None
    duration: float | None = None
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    vendor_file_id: str = ""
    closes: bool = False
    """Shorter than any file the vendor splits off: it was closed because the recording ended."""


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What a vendor says about a task, in our words."""

    state: TaskState
    vendor_task_id: str = ""
    reason: str = ""
    detail: str = ""
    """A sentence of the catalog, or the vendor's own words."""
    degraded: bool = False
    files: tuple[RecordedFile, ...] = ()
    vendor_request_id: str = ""
    vendor_status: str = ""
    at: dt.datetime | None = None
    learned: Mapping[str, str] = field(default_factory=dict)
    """Handles of the run that came with the news (`VendorAdapter.learn`): kept with the task, encrypted."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Facts about the app that later plans should know (`TaskSpec.known`)."""
    words: Mapping[str, Json] = field(default_factory=dict)
    """What `detail` is made of, where it is the text of a `VendorError`."""


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
class Shown:
    """What a signature adds, for people to read: `$NAME`s stand for secrets and for what is computed from them."""

    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One typed setting or option of a product, described once: the form, the check and the help come from it."""

    name: str
    type: str  # "integer" | "number" | "string" | "boolean" | "choice"
    label: str
    help: str = ""
    default: Json = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[tuple[Json, str], ...] = ()
    pattern: str = ""
    required: bool = False
    listed: bool = False
    """What can be entered can be asked of the vendor (`VendorAdapter.plan_choices`)."""
    group: str = ""
    """The heading under which forms fold it away; "" for what stands in the open."""


LEFT_OPEN = "Undocumented behavior of the vendor"
"""The heading of settings that correct a reading we took."""


def grouped(group: str, *fields: Field) -> tuple[Field, ...]:
    return tuple(replace(field, group=group) for field in fields)


class VendorAdapter(ABC):
    """One product of a vendor, stateless. Plans are pure values; sending them is the runner's work."""

    slug: ClassVar[str]
    vendor: ClassVar[str]
    title: ClassVar[str]
    output_kind: ClassVar[str]  # "push" | "rtc" | "record"
    capabilities: ClassVar[Capabilities]
    sample_app_id: ClassVar[str] = ""  # an AppId of the right form, nobody's
    app_settings: ClassVar[tuple[Field, ...]] = ()
    task_options: ClassVar[tuple[Field, ...]] = ()
    key_fields: ClassVar[tuple[Field, ...]] = ()  # the vendor's own names: what a credential holds
    secret_fields: ClassVar[tuple[Field, ...]] = ()  # secrets of an app
    advice: ClassVar[Mapping[str, str]] = {}  # vendor code (or its beginning up to a dot) → what a person can do
    can_update: ClassVar[bool] = True
    callback_setup: ClassVar[CallbackSetup | None] = None  # None: this product calls nobody back
    keeps_missed: ClassVar[bool] = False  # True: the vendor lists the callbacks it sent (`plan_missed`)
    file_hosts: ClassVar[tuple[str, ...]] = ()  # where its recorded files lie: "host", or ".domain" for all below
    reports_state: ClassVar[bool] = True  # False: no status operation; state comes from our own calls and callbacks
    absence_waits: ClassVar[tuple[float, ...]] = ()  # seconds between the polls that must all say "no such task"

    @abstractmethod
    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan: ...

    @abstractmethod
    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan: ...

    @abstractmethod
    def plan_stop(self, spec: TaskSpec) -> Plan: ...

    @abstractmethod
    def plan_query(self, spec: TaskSpec) -> Plan: ...

    @abstractmethod
    def plan_test(self, app: AppSpec | None) -> Plan:
        """The cheapest read-only call that proves the keys."""

    def plan_subscription(self, app: AppSpec, url: str, answered: tuple[PlannedRequest, Reply] | None) -> Plan:
        """How the app's callbacks come to `url`: first, `answered` is None, one request that looks how it is; then,
        with that request and its answer, those that make it so (none, when it is so)."""
        raise NotImplementedError(f"{self.slug} has no subscriptions")

    def plan_choices(self, app: AppSpec, name: str) -> PlannedRequest:
        """The read-only request for what can be entered in the setting or option `name`, one that says `listed`."""
        raise NotImplementedError(f"{self.slug} lists nothing")

    def read_choices(
        self, app: AppSpec, request: PlannedRequest, reply: Reply
    ) -> tuple[tuple[tuple[str, str], ...], PlannedRequest | None]:
        """(value, what a person knows it by) of each, and the request for the next page."""
        raise NotImplementedError(f"{self.slug} lists nothing")

    def plan_stored(self, spec: TaskSpec, plan: Plan) -> PlannedRequest | None:
        """The read-only request that looks whether the vendor has what `plan` would store; None when it stores
        nothing, or nobody can look."""
        return None

    def read_stored(self, app: AppSpec, request: PlannedRequest, reply: Reply) -> Stored:
        """What a look found. Raises a `VendorError` where the vendor said no."""
        raise NotImplementedError(f"{self.slug} stores nothing at its vendor")

    def plan_missed(self, app: AppSpec, since: dt.datetime, until: dt.datetime) -> PlannedRequest:
        """The read-only request for callbacks that the vendor sent in that time, whether they came or not. Asked only
        of a product that says `keeps_missed`."""
        raise NotImplementedError(f"{self.slug} keeps no list of callbacks")

    def read_missed(
        self, app: AppSpec, request: PlannedRequest, reply: Reply
    ) -> tuple[tuple[CallbackRequest, ...], PlannedRequest | None]:
        """The callbacks, as they would have come, and the request for the next page. One whose content is not there is
        among them, empty: it cannot be read, and whoever asked says so."""
        raise NotImplementedError(f"{self.slug} keeps no list of callbacks")

    def plan_unsubscription(self, app: AppSpec, known: str) -> PlannedRequest | None:
        """Ends an earlier subscription that `plan_subscription` had remembered as this value, where one does not
        replace the other by itself."""
        return None

    @abstractmethod
    def read_reply(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        """The report in an answer. Raises a `VendorError` where the vendor said no.

        A stop of a task that is gone already is a report STOPPED, not an error. A start the vendor already
        knows is `TaskExists`.
        """

    def knows_payload(self, payload: Json) -> bool:
        """Whether this looks like what one sends to this product: asked when nobody says which it is. Never raises."""
        return False

    def read_payload(self, payload: Json) -> Imported:
        """The layout in what one sends to this product to start or change a task: a JSON value, or the parameters of a
        query. Secrets in it are not looked at.

        Raises `Invalid`, with pointers into the payload, when it holds no layout.
        """
        sentence = NOT_UNDERSTOOD["no_import"]
        raise Invalid(sentence, problems=[Problem("/product", "no_import", sentence)])

    @abstractmethod
    def auth(self, keys: Mapping[str, str], app: AppSpec | None, clock: Clock) -> httpx2.Auth:
        """Signs a request as the vendor wants, at the time the clock gives."""

    def values(self, request: PlannedRequest, sending: Sending) -> Mapping[str, str]:
        """What fills the placeholders that no earlier answer of the plan gives: tokens made from the app's secrets,
        handles. Asked for just before the request is sent, and kept nowhere.

        Raises `HandleUnknown` when a handle is missing, `Refused` when a secret is.
        """
        return {}

    def still_serves(self, request: PlannedRequest, sending: Sending) -> bool:
        """Whether an earlier answer to this request, kept among the handles, makes asking again needless."""
        return False

    def learn(self, request: PlannedRequest, reply: Reply, sending: Sending) -> Mapping[str, str]:
        """The task's handles after this answer, whatever it says. Kept, encrypted, before anything else is sent.
        `run_id` is the vendor's own name for the run, by which callbacks may call it."""
        return sending.handles

    def shown_signature(self, request: PlannedRequest, app: AppSpec) -> Shown:
        """What a signature adds to a request that is shown and not sent."""
        return Shown({"Authorization": "$AUTHORIZATION"})

    def sdk_call(self, request: PlannedRequest, app: AppSpec) -> str:
        """The same call with the vendor's official Python SDK, as a program that reads its keys from the
        environment; "" where there is no such SDK."""
        return ""

    def vendor_task_id(self, task_id: str, attempt: int) -> str:
        """The id we choose for the vendor's task, within its alphabet and length."""
        return f"qb_{task_id.replace('-', '')}_{attempt}"

    def verify_callback(self, request: CallbackRequest, secret: str) -> bool:
        """Whether the vendor's signature holds; products without one answer True (the secret path guards them)."""
        return True

    def callback_is_stale(self, request: CallbackRequest, app: AppSpec, now: dt.datetime) -> bool:
        """Whether it is too old to be taken, where a signature alone could be sent again by anybody who saw it."""
        return False

    def read_callback(self, request: CallbackRequest, app: AppSpec | None = None) -> CallbackNews:
        """`app`: whose settings say what the vendor's documents leave open."""
        raise NotImplementedError(f"{self.slug} sends no callbacks")

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return CallbackAnswer()
