"""What only some products can do, each as a Protocol. An adapter that can names it as a base class; callers ask
`isinstance(adapter, ChoiceListing)`."""

from __future__ import annotations

import datetime as dt
from typing import Protocol, runtime_checkable

from apps.vendors.callback import CallbackRequest
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.types import AppSpec, Reply, Stored, TaskRef


@runtime_checkable
class ChoiceListing(Protocol):
    """The vendor can list what may be entered in the settings and options that are marked `listed`."""

    def plan_choices(self, app: AppSpec, name: str) -> PlannedRequest:
        """The read-only request for the choices of the setting or option `name`."""

    def read_choices(
        self, app: AppSpec, request: PlannedRequest, reply: Reply
    ) -> tuple[tuple[tuple[str, str], ...], PlannedRequest | None]:
        """(value, label) of each, and the request for the next page."""


@runtime_checkable
class MissedCallbackListing(Protocol):
    """The vendor keeps a list of the callbacks it sent, whether they arrived or not."""

    def plan_missed(self, app: AppSpec, since: dt.datetime, until: dt.datetime) -> PlannedRequest:
        """The read-only request for the callbacks that were sent in that time."""

    def read_missed(
        self, app: AppSpec, request: PlannedRequest, reply: Reply
    ) -> tuple[tuple[CallbackRequest, ...], PlannedRequest | None]:
        """The callbacks as they would have arrived, and the request for the next page. One whose content is missing is
        among them, empty: it cannot be read, and the caller reports that."""


@runtime_checkable
class CallbackSubscription(Protocol):
    """Callbacks are ordered by a call of ours; goes with `CallbackSetup.ordered`."""

    def plan_subscription(self, app: AppSpec, url: str, answered: tuple[PlannedRequest, Reply] | None) -> Plan:
        """How the app's callbacks come to `url`. First, with `answered` None: one request that reads the present
        subscription. Then, with that request and its reply: the requests that change it; none when it is right."""

    def plan_unsubscription(self, app: AppSpec, known: str) -> PlannedRequest | None:
        """Ends an earlier subscription that `plan_subscription` had remembered as this value; None where a new one
        replaces it."""
        return None


@runtime_checkable
class StoredObjectLookup(Protocol):
    """Plans store objects (layouts) at the vendor, which can be searched for equal ones."""

    def plan_stored(self, task: TaskRef, plan: Plan) -> PlannedRequest | None:
        """The read-only request that looks whether the vendor has what `plan` would store; None when it stores
        nothing."""

    def read_stored(self, app: AppSpec, request: PlannedRequest, reply: Reply) -> Stored:
        """What was found. Raises a `VendorError` where the vendor rejected the request."""
