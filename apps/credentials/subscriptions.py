"""Where a cloud is told, by a call, to send an app's callbacks. Clouds with a console page for it need nothing here."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.errors import Conflict, Invalid, Problem, Refused, VendorRejected
from apps.core.translate import translate
from apps.credentials.models import App, VendorObject
from apps.credentials.services import callback_urls, utc_now
from apps.vendors import registry
from apps.vendors.abilities import CallbackSubscription
from apps.vendors.adapter import VendorAdapter
from apps.vendors.http import VendorHttp
from apps.vendors.plan import PlannedRequest
from apps.vendors.request_template import reply_values
from apps.vendors.types import AppSpec, Reply

log = logging.getLogger(__name__)


def subscribing(app: App) -> list[VendorAdapter]:
    """The products of the app's vendor whose callbacks are ordered by a call."""
    adapters = [registry.adapter(slug) for slug in callback_urls(app)]
    return [adapter for adapter in adapters if adapter.callback_setup is not None and adapter.callback_setup.ordered]


def end(adapter: VendorAdapter, request: PlannedRequest, reply: Reply) -> None:
    """One that is gone already has ended."""
    try:
        adapter.read_reply(request, reply)
    except VendorRejected as error:
        log.info("An earlier subscription could not be ended: %s", error)


def subscribe(app: App, *, product: str, replace: bool = False) -> dict[str, Any]:
    """Makes the product's callbacks come here: {"product", "changed", "callback_url"}.

    Raises `Conflict` when they go elsewhere and `replace` does not allow to move them, `Invalid` when the product has
    no subscriptions, `Refused` when the cloud takes no such address, and the vendor's errors.
    """
    adapter = next((adapter for adapter in subscribing(app) if adapter.slug == product), None)
    if not isinstance(adapter, CallbackSubscription):
        problem = Problem(
            "/product", "no_subscription", _("The callbacks of this product are set up in the vendor's console.")
        )
        raise Invalid(_("This product has no subscriptions."), problems=[problem])
    url, spec = callback_urls(app)[product], AppSpec(app.vendor_app_id, app.settings)
    keys: Any = app.credential.keys
    auth = adapter.auth(keys, spec, utc_now)
    base = app.credential.endpoints.get(product)
    http = VendorHttp()
    try:
        (look,) = adapter.plan_subscription(spec, url, None).requests
        current = http.send(look, auth, None, base, settings.PUBLIC_URL)
        plan = adapter.plan_subscription(spec, url, (look, current))
        if plan.errors:
            problems = [Problem("", error.code, translate(error.sentence, error.params)) for error in plan.errors]
            raise Refused(_("The callbacks cannot be sent to this server."), problems=problems)
        moved = [translate(finding.sentence, finding.params) for finding in plan.findings if finding.level == "changed"]
        if moved and not replace:
            raise Conflict(_("%(moved)s Send “replace” to allow that.") % {"moved": moved[0]})
        for request in plan.requests:
            reply = http.send(request, auth, None, base, settings.PUBLIC_URL)
            adapter.read_reply(request, reply)
            values = reply_values(request, reply)
            for key, name in request.remember.items():
                earlier = VendorObject.objects.filter(app=app, key=key).values_list("value", flat=True).first()
                VendorObject.objects.update_or_create(app=app, key=key, defaults={"value": values[name]})
                ended = adapter.plan_unsubscription(spec, earlier) if earlier not in (None, values[name]) else None
                if ended is not None:
                    end(adapter, ended, http.send(ended, auth, None, base, settings.PUBLIC_URL))
    finally:
        http.close()
    return {"product": product, "changed": bool(plan.requests), "callback_url": url}
