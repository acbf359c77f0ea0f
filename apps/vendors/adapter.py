"""The base class of product adapters: from a task to a plan, from a vendor's reply to a report."""

from __future__ import annotations

import dataclasses
import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from apps.core.errors import Invalid, Problem
from apps.core.types import Json
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest, CallbackSetup
from apps.vendors.capabilities import Capabilities
from apps.vendors.fields import Field
from apps.vendors.glyphs import BakedTexts, glyph_findings
from apps.vendors.painter import Painter
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.report import TaskReport
from apps.vendors.types import AppSpec, Clock, Imported, Reply, Sending, SignaturePreview, TaskRef, TaskSpec

if TYPE_CHECKING:
    import httpx2

NOT_UNDERSTOOD = {"no_import": "Requests of this product cannot be imported as a layout."}


class VendorAdapter(ABC):
    """One product of a vendor, stateless. Plans are pure values; `apps.tasks.engine` sends them. What only some
    products can do is in `abilities`."""

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
    callback_setup: ClassVar[CallbackSetup | None] = None  # None: this product sends no callbacks
    file_hosts: ClassVar[tuple[str, ...]] = ()  # where its recorded files lie: "host", or ".domain" for all below
    reports_state: ClassVar[bool] = True  # False: no status operation; state comes from our own calls and callbacks
    absence_waits: ClassVar[tuple[float, ...]] = ()  # seconds between the polls that must all say "no such task"

    def plan(self, operation: Literal["start", "update"], spec: TaskSpec, painter: Painter) -> Plan:
        """What is sent to start a task, or to change it, and every finding: those of the product, and the letters that
        no font has."""
        painted = BakedTexts(painter)
        plan = (self.plan_start if operation == "start" else self.plan_update)(spec, painted)
        missing = glyph_findings(spec.document, spec.variables, plan, painted)
        return dataclasses.replace(plan, findings=(*plan.findings, *missing))

    @abstractmethod
    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan: ...

    @abstractmethod
    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan: ...

    @abstractmethod
    def plan_stop(self, task: TaskRef) -> Plan: ...

    @abstractmethod
    def plan_query(self, task: TaskRef) -> Plan: ...

    @abstractmethod
    def plan_test(self, app: AppSpec | None) -> Plan:
        """The cheapest read-only call that proves the keys."""

    @abstractmethod
    def read_reply(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        """The report in a reply. Raises a `VendorError` where the vendor rejected the request.

        A stop of a task that is gone already is a report STOPPED, not an error. A start the vendor already
        knows is `TaskExists`.
        """

    def knows_payload(self, payload: Json) -> bool:
        """Whether this looks like a request of this product, for imports that do not name the product. Never raises."""
        return False

    def read_payload(self, payload: Json) -> Imported:
        """The layout in a request that starts or changes a task: a JSON value, or the parameters of a query. Secrets in
        it are not read.

        Raises `Invalid`, with pointers into the payload, when it holds no layout.
        """
        sentence = NOT_UNDERSTOOD["no_import"]
        raise Invalid(sentence, problems=[Problem("/product", "no_import", sentence)])

    @abstractmethod
    def auth(self, keys: Mapping[str, str], app: AppSpec | None, clock: Clock) -> httpx2.Auth:
        """Signs a request as the vendor requires, at the time of the clock."""

    def placeholder_values(self, request: PlannedRequest, sending: Sending) -> Mapping[str, str]:
        """What fills the placeholders that no earlier reply of the plan gives: tokens made from the app's secrets,
        handles. Called just before the request is sent; the result is stored nowhere.

        Raises `HandleUnknown` when a handle is missing, `Refused` when a secret is.
        """
        return {}

    def can_skip(self, request: PlannedRequest, sending: Sending) -> bool:
        """Whether an earlier reply to this request, kept among the handles, is still valid: it need not be sent."""
        return False

    def read_handles(self, request: PlannedRequest, reply: Reply, sending: Sending) -> Mapping[str, str]:
        """The task's handles after this reply, good or bad. Stored, encrypted, before anything else is sent.
        `run_id` is the vendor's own name for the run, by which callbacks may name it."""
        return sending.handles

    def preview_signature(self, request: PlannedRequest, app: AppSpec) -> SignaturePreview:
        """What a signature adds to a request that is displayed and not sent."""
        return SignaturePreview({"Authorization": "$AUTHORIZATION"})

    def sdk_call(self, request: PlannedRequest, app: AppSpec) -> str:
        """The same call with the vendor's official Python SDK, as a program that reads its keys from the
        environment; "" where there is no such SDK."""
        return ""

    def vendor_task_id(self, task_id: str, attempt: int) -> str:
        """The id we choose for the vendor's task, within its alphabet and length."""
        return f"qb_{task_id.replace('-', '')}_{attempt}"

    def verify_callback(self, request: CallbackRequest, secret: str) -> bool:
        """Whether the vendor's signature is valid; products without one answer True (the secret path guards them)."""
        return True

    def callback_is_stale(self, request: CallbackRequest, app: AppSpec, now: dt.datetime) -> bool:
        """Whether it is too old to be accepted, where anybody who saw a signed callback could send it again."""
        return False

    def read_callback(self, request: CallbackRequest, app: AppSpec | None = None) -> CallbackNews:
        """`app`: whose settings decide what the vendor's documents leave open."""
        raise NotImplementedError(f"{self.slug} sends no callbacks")

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return CallbackAnswer()
