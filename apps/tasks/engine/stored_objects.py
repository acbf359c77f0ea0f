"""Objects stored at a vendor (layouts) that a plan would create: found there first, so that none is created twice."""

from __future__ import annotations

from django.conf import settings

from apps.core.errors import VendorRejected
from apps.credentials.models import VendorObject
from apps.tasks.engine import ledger
from apps.tasks.engine.sending import auth_of, base_url, on_rejection, take_turn
from apps.tasks.models import Task, TaskEvent
from apps.tasks.planning import specs
from apps.vendors.abilities import StoredObjectLookup
from apps.vendors.http import VendorHttp
from apps.vendors.plan import Plan
from apps.vendors.registry import adapter


def look_for_stored(task: Task, plan: Plan, http: VendorHttp) -> bool:
    """Whether the vendor already has what the plan would store: it is then recorded here, so that the next plan uses it.
    Nothing is ever deleted at the vendor: a running task may use it."""
    product, auth = adapter(task.product), auth_of(task)
    if not isinstance(product, StoredObjectLookup):
        return False
    request = product.plan_stored(specs.spec_of(task), plan)
    needed = {key for request in plan.requests for key in request.remember}
    known: set[str] = set()
    rejected = recently_rejected(task) if request is not None else set()
    while request is not None:
        take_turn(task, request)
        ledger.write_request(task, request)
        reply = http.send(request, auth, None, base_url(task), settings.PUBLIC_URL)
        try:
            stored = product.read_stored(specs.app_spec(task.app), request, reply)
        except VendorRejected as error:  # who may not look may still store
            on_rejection(task, request, error)
            ledger.write_error(task, request.name, error)
            return bool(known & needed)
        ledger.write_answer(task, request, reply, "")
        accepted = {key: value for key, value in stored.known.items() if value not in rejected}
        for key, value in accepted.items():
            VendorObject.objects.get_or_create(app=task.app, key=key, defaults={"value": value})
        known |= accepted.keys()
        request = None if needed <= known else stored.more
    return bool(known & needed)


def recently_rejected(task: Task) -> set[str]:
    """Stored objects that the vendor did not accept from this task, whatever it lists."""
    errors = TaskEvent.objects.filter(task=task, kind="error").order_by("-id")[:20]
    return {value for error in errors for value in error.data.get("forgotten", ())}
