"""A sandbox has no console: where its callbacks go is told to its control endpoint instead.

An app rehearses when its credential sends a product to an address under `/sandbox/`.
"""

from __future__ import annotations

import httpx2
from django.utils.translation import gettext as _

from apps.core.errors import Conflict, VendorRejected, VendorUnreachable
from apps.credentials.models import App
from apps.credentials.services import callback_urls
from apps.vendors import registry

MARK = "/sandbox/"
PATIENCE = 5.0  # seconds


def goes_to_sandbox(app: App, slug: str) -> bool:
    return MARK in app.credential.endpoints.get(slug, "")


def product_of(app: App) -> str:
    """The first product of the app that goes to a sandbox and calls where a console would say; those that order their
    callbacks by a call do so at a sandbox too. "" for an app of a real cloud."""
    for slug in callback_urls(app):
        setup = registry.adapter(slug).callback_setup
        if setup is not None and not setup.ordered and goes_to_sandbox(app, slug):
            return slug
    return ""


def connect(app: App) -> str:
    """Tells the sandbox to call this app back; answers the product. Raises what stands in the way."""
    slug = product_of(app)
    if not slug:
        raise Conflict(_("This app does not use the sandbox."))
    root = app.credential.endpoints[slug].partition(MARK)[0]
    wish = {"vendor": app.vendor, "app_id": app.vendor_app_id, "url": callback_urls(app)[slug]}
    if secret := app.secrets.get("callback_secret"):
        wish["secret"] = secret
    try:
        answer = httpx2.post(f"{root}{MARK}control/callbacks/", json=wish, timeout=PATIENCE, trust_env=False)
    except httpx2.HTTPError as error:
        raise VendorUnreachable(_("The sandbox does not respond.")) from error
    if answer.status_code != 200:
        raise VendorRejected(
            "The sandbox rejected the request: its control endpoints are closed.", http_status=answer.status_code
        )
    return slug
