"""A sandbox has no console: where its callbacks go is set at its control endpoint instead."""

from __future__ import annotations

import httpx2
from django.utils.translation import gettext as _

from apps.core.errors import Conflict, VendorRejected, VendorUnreachable
from apps.credentials.models import SANDBOX_PATH, App
from apps.credentials.services import callback_urls
from apps.vendors import registry

TIMEOUT = 5.0  # seconds


def product_to_connect(app: App) -> str:
    """The first product of the app that goes to a sandbox and whose callback URL a person would enter in a console;
    products that subscribe by a call do so at a sandbox too. "" for an app of a real cloud."""
    for slug in callback_urls(app):
        setup = registry.adapter(slug).callback_setup
        if setup is not None and not setup.ordered and app.credential.goes_to_sandbox(slug):
            return slug
    return ""


def connect_callbacks(app: App) -> str:
    """Makes the sandbox call this app back; answers the product.

    Raises `Conflict` for an app of a real cloud, `VendorUnreachable` and `VendorRejected` for the sandbox's answers.
    """
    slug = product_to_connect(app)
    if not slug:
        raise Conflict(_("This app does not use the sandbox."))
    root = app.credential.endpoints[slug].partition(SANDBOX_PATH)[0]
    body = {"vendor": app.vendor, "app_id": app.vendor_app_id, "url": callback_urls(app)[slug]}
    if secret := app.secrets.get("callback_secret"):
        body["secret"] = secret
    try:
        answer = httpx2.post(f"{root}{SANDBOX_PATH}control/callbacks/", json=body, timeout=TIMEOUT, trust_env=False)
    except httpx2.HTTPError as error:
        raise VendorUnreachable(_("The sandbox does not respond.")) from error
    if answer.status_code != 200:
        raise VendorRejected(
            "The sandbox rejected the request: its control endpoints are closed.", http_status=answer.status_code
        )
    return slug
