"""Where a cloud is told, by a call, to send an app's callbacks. Clouds with a console page for it need nothing here."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from apps.core.errors import Conflict, Invalid, Problem, Refused
from apps.credentials.models import App
from apps.credentials.services import callback_urls, utc_now
from apps.vendors import registry
from apps.vendors.contract import AppSpec, VendorAdapter
from apps.vendors.http import VendorHttp


def subscribing(app: App) -> list[VendorAdapter]:
    """The products of the app's vendor whose callbacks are ordered by a call."""
    return [one for slug in callback_urls(app) if (one := registry.adapter(slug)).subscribes]


def subscribe(app: App, *, product: str, replace: bool = False) -> dict[str, Any]:
    """Makes the product's callbacks come here: {"product", "changed", "callback_url"}.

    Raises `Conflict` when they go elsewhere and `replace` does not allow to move them, `Invalid` when the product has
    no subscriptions, `Refused` when the cloud takes no such address, and the vendor's errors.
    """
    adapter = next((one for one in subscribing(app) if one.slug == product), None)
    if adapter is None:
        problem = Problem("/product", "no_subscription", "The callbacks of this product are set up at the vendor.")
        raise Invalid("This product has no subscriptions.", problems=[problem])
    url, spec = callback_urls(app)[product], AppSpec(app.vendor_app_id, app.settings)
    keys: Any = app.credential.keys
    auth = adapter.auth(keys, spec, utc_now)
    base = app.credential.endpoints.get(product)
    http = VendorHttp()
    try:
        (look,) = adapter.plan_subscription(spec, url, None).requests
        found = http.send(look, auth, None, base, settings.PUBLIC_URL)
        plan = adapter.plan_subscription(spec, url, (look, found))
        if plan.errors:
            problems = [Problem("", one.code, one.message) for one in plan.errors]
            raise Refused("The callbacks cannot come here.", problems=problems)
        moved = [one.message for one in plan.findings if one.level == "changed"]
        if moved and not replace:
            raise Conflict(f"{moved[0]} Say “replace” to allow that.")
        for request in plan.requests:
            adapter.read_reply(request, http.send(request, auth, None, base, settings.PUBLIC_URL))
    finally:
        http.close()
    return {"product": product, "changed": bool(plan.requests), "callback_url": url}
