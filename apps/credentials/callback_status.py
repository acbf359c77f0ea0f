"""What the page of an app says about its callbacks, product by product: where to order them, and how the last one fared."""

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

TAKEN = ("new", "applied", "duplicate", "stranger")


@dataclass(frozen=True, slots=True)
class Line:
    """One product. `url` is "" where the product calls nobody back; `refused` says why the last one was refused, if
    nothing good has come since."""

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


def lines(app: App) -> list[Line]:
    names = {field.name: translate(field.label) for field in vendor_fields(app.vendor, "secret_fields")}
    secrets: Any = app.secrets
    return [_line(app, slug, url, names, secrets) for slug, url in callback_urls(app).items()]


def _line(app: App, slug: str, url: str, names: dict[str, str], secrets: dict[str, Any]) -> Line:
    adapter = registry.adapter(slug)
    setup = adapter.callback_setup
    if setup is None:
        return Line(slug, translate(adapter.title), "", "", False, "", True)
    receipts: Any = app.receipts  # type: ignore[attr-defined]  # of callbacks, which knows us and not we it
    of_product = receipts.filter(product=slug).order_by("-id")
    good, newest = of_product.filter(outcome__in=TAKEN).first(), of_product.first()
    bad = newest if newest is not None and newest.outcome not in TAKEN else None
    return Line(
        slug,
        translate(adapter.title),
        url,
        translate(setup.place),
        setup.ordered,
        names.get(setup.secret, ""),
        not setup.secret or bool(secrets.get(setup.secret)),
        last=good.created_at if good else None,
        last_event=good.event if good else "",
        refused=why(bad.outcome, bad.reason) if bad else "",
        refused_at=bad.created_at if bad else None,
    )


def why(outcome: str, reason: str) -> str:
    if outcome == "unreadable":
        return _("the body could not be read")
    return {
        "no_secret": _("no secret is set below, so the signature cannot be verified"),
        "stale": _("it was older than the app settings allow"),
    }.get(reason, _("the signature does not match the secret below"))
