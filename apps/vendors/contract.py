"""What every product adapter is: from a task's wish to a plan, from a vendor's words to a report."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias

from apps.core.errors import Invalid, Problem
from apps.layout_document.document import LayoutDocument
from apps.vendors.plan import Plan, PlannedRequest

if TYPE_CHECKING:
    import httpx2

    from apps.vendors.capabilities import Capabilities

Json: TypeAlias = Any
Clock: TypeAlias = Callable[[], dt.datetime]

NOT_UNDERSTOOD = {"no_import": "What is sent to this product cannot be read back as a layout."}


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
    over, each with its JSON pointer into the payload."""

    document: LayoutDocument
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    not_understood: tuple[Problem, ...] = ()


class PublicPicture(Protocol):
    """A picture a vendor can fetch. `url` may start with `<PUBLIC_URL>`, filled in by the runner. Sides are pixels;
    0 where nobody knows. `format` is "png", "jpg", …"""

    @property
    def url(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def format(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A `PublicPicture` as a plain value."""

    url: str
    width: int = 0
    height: int = 0
    bytes: int = 0
    format: str = "png"


class Painter(Protocol):
    """What a plan may ask of whoever can draw. Given to the adapter: vendors know nothing of preview."""

    def bake(self, document: LayoutDocument, *, transparent: bool) -> PublicPicture:
        """Draws the document (its visible objects; regions are left out) to a PNG of the canvas's size,
        keeps its bytes for publishing, and answers `<PUBLIC_URL>/a/<sha256>.png`."""

    def picture(self, reference: str) -> PublicPicture:
        """The public form of `asset:<sha256>`, or of an http(s) URL as it is."""


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
    degraded: bool = False
    files: tuple[RecordedFile, ...] = ()
    vendor_request_id: str = ""
    vendor_status: str = ""
    at: dt.datetime | None = None
    learned: Mapping[str, str] = field(default_factory=dict)
    """Handles of the run that came with the news (`VendorAdapter.learn`): kept with the task, encrypted."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Facts about the app that later plans should know (`TaskSpec.known`)."""


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
class CallbackRequest:
    """What arrived at a callback URL. Header names are in lower case."""

    headers: Mapping[str, str]
    content: bytes
    query: Mapping[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the vendor wants to hear."""

    status: int = 200
    content_type: str = "application/json"
    content: bytes = b"{}"


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
    subscribes: ClassVar[bool] = False  # True: callbacks are ordered by a call (`plan_subscription`), not in a console
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

    def read_callback(self, request: CallbackRequest) -> CallbackNews:
        raise NotImplementedError(f"{self.slug} sends no callbacks")

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return CallbackAnswer()
