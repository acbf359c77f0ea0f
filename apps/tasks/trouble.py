"""Which tasks somebody should look at, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.tasks import labels
from apps.tasks.engine.lifecycle import SILENT_POLLS
from apps.tasks.models import Desired, State, Task
from apps.vendors.registry import adapter, products

FAILURE_SHOWN = dt.timedelta(hours=24)
"""After that a failure is history."""
MAX_TRIES = 3
"""Failed tries in a row that mean trouble."""
PROOF_OVERDUE = dt.timedelta(seconds=120)
"""A task that runs is polled every 15 s: a proof this old means that nobody polls it."""
ACTIVE = (State.SCHEDULED, State.STARTING, State.RUNNING, State.STOPPING)
AT_VENDOR = (State.STARTING, State.RUNNING, State.STOPPING)
BROKEN = (State.FAILED, State.LOST)


@dataclass(frozen=True, slots=True)
class Trouble:
    """`code` names the kind; `detail` is a sentence in the reader's language; `since` may be unknown; `credential` is the
    ID of the credential whose cloud does not answer or does not accept the keys."""

    code: str
    detail: str
    since: dt.datetime | None = None
    credential: str | None = None

    def as_json(self) -> dict[str, Any]:
        since = self.since.isoformat().replace("+00:00", "Z") if self.since else None
        return {"code": self.code, "detail": self.detail, "since": since, "credential": self.credential}


def in_trouble() -> Q:
    """Tasks with a `trouble_of`."""
    now = timezone.now()
    lately = Q(ended_at__gte=now - FAILURE_SHOWN) | Q(ended_at=None)
    broken = Q(orphaned_at__isnull=False) | (Q(state__in=BROKEN) & lately)
    polled = [product for product in products() if adapter(product).reports_state]
    overdue = Q(state__in=AT_VENDOR, proven_at__lt=now - PROOF_OVERDUE, product__in=polled)
    failing = Q(degraded=True) | Q(tries__gte=MAX_TRIES) | Q(poll_failures__gte=SILENT_POLLS)
    return broken | (Q(state__in=ACTIVE) & failing) | overdue


def unanswered() -> Q:
    """Tasks whose cloud has not returned their status several times in a row, for the health page."""
    return Q(poll_failures__gte=SILENT_POLLS, state__in=AT_VENDOR)


def trouble_of(task: Task) -> Trouble | None:
    """The most serious trouble of a task, None when there is none."""
    now = timezone.now()
    detail = labels.error_detail(task.error).strip()
    ended = labels.end_reason_label(task)
    if task.orphaned_at:
        text = _("The task ended here but is still running at the cloud.")
        return Trouble("orphaned", f"{text} {detail or ended}".strip(), task.orphaned_at)
    if task.state in BROKEN:
        if task.ended_at is not None and task.ended_at < now - FAILURE_SHOWN:
            return None
        fallback = (
            _("The cloud no longer knows this task.")
            if task.state == State.LOST
            else _("The cloud ended the task without giving a reason.")
        )
        return Trouble(str(task.state), detail or ended or fallback, task.ended_at)
    if task.state not in ACTIVE:
        return None
    if task.tries >= MAX_TRIES:
        return Trouble("not_carried_out", f"{tries_text(task)} {detail}".strip(), None, credential_of(task))
    if task.poll_failures >= SILENT_POLLS:
        return Trouble("no_answer", silence_text(task), task.poll_failed_since, credential_of(task))
    overdue = task.state in AT_VENDOR and task.proven_at is not None and task.proven_at < now - PROOF_OVERDUE
    if overdue and adapter(task.product).reports_state:
        text = _("The state of this task has not been confirmed recently. Check that a worker is running.")
        return Trouble("proof_overdue", text, task.proven_at)
    if task.degraded:
        return Trouble("degraded", detail or _("The cloud reports that the task is unstable."))
    return None


def tries_text(task: Task) -> str:
    if task.desired == Desired.STOPPED:
        text = _("The task was asked to stop. The cloud has not confirmed it after %(n)s attempts.")
    else:
        text = _("The cloud has not reached the requested state after %(n)s attempts.")
    return text % {"n": task.tries}


def silence_text(task: Task) -> str:
    text = ngettext(
        "The cloud has not returned the status %(n)s time in a row.",
        "The cloud has not returned the status %(n)s times in a row.",
        task.poll_failures,
    ) % {"n": task.poll_failures}
    return f"{text} {labels.error_detail(task.poll_error)}".strip()


def credential_of(task: Task) -> str:
    return str(task.app.credential_id)
