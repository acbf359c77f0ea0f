"""What the page of an app shows of its callbacks, for each product: where to set them up, and the last one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.core.translate import translate
from apps.credentials.checks import vendor_fields
from apps.credentials.models import App
from apps.credentials.services import callback_urls
from apps.vendors import registry

ACCEPTED = ("new", "applied", "duplicate", "unmatched")  # outcomes of Receipt


@dataclass(frozen=True, slots=True)
class CallbackStatus:
    """Of one product. `url` is "" where the product has no callbacks; `refused` is why the last one was refused, if
    none was accepted since."""

    product: str
    title: str
    url: str
    place: str
    ordered: bool
    secret: str
    secret_set: bool
    last: dt.datetime | None = None
    last_event: str = ""
    refused: str = ""
    refused_at: dt.datetime | None = None


def statuses(app: App) -> list[CallbackStatus]:
    names = {field.name: translate(field.label) for field in vendor_fields(app.vendor, "secret_fields")}
    secrets: Any = app.secrets
    return [_status(app, slug, url, names, secrets) for slug, url in callback_urls(app).items()]


def _status(app: App, slug: str, url: str, names: dict[str, str], secrets: dict[str, Any]) -> CallbackStatus:
    adapter = registry.adapter(slug)
    setup = adapter.callback_setup
    if setup is None:
        return CallbackStatus(slug, translate(adapter.title), "", "", False, "", True)
    receipts: Any = app.receipts  # type: ignore[attr-defined]  # of apps.callbacks, which imports this app
    of_product = receipts.filter(product=slug).order_by("-id")
    accepted, newest = of_product.filter(outcome__in=ACCEPTED).first(), of_product.first()
    refused = newest if newest is not None and newest.outcome not in ACCEPTED else None
    return CallbackStatus(
        slug,
        translate(adapter.title),
        url,
        translate(setup.place),
        setup.ordered,
        names.get(setup.secret, ""),
        not setup.secret or bool(secrets.get(setup.secret)),
        last=accepted.created_at if accepted else None,
        last_event=accepted.event if accepted else "",
        refused=refusal_text(refused.outcome, refused.reason) if refused else "",
        refused_at=refused.created_at if refused else None,
    )


def refusal_text(outcome: str, reason: str) -> str:
    if outcome == "unreadable":
        return _("the body could not be read")
    return {
        "no_secret": _("no secret is set below, so the signature cannot be verified"),
        "stale": _("it was older than the app settings allow"),
    }.get(reason, _("the signature does not match the secret below"))
