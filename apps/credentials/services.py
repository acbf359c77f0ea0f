"""What an admin may do with keys and apps. Vendors are asked outside of transactions."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core import clock_skew
from apps.core.errors import Conflict, Invalid, Problem, QuadboxError, VendorError
from apps.core.secret_values import SecretValues
from apps.credentials.checks import check_endpoints, check_fields, products_of, refuse, vendor_fields
from apps.credentials.models import App, Credential, CredentialTest
from apps.vendors import registry
from apps.vendors.http import VendorHttp
from apps.vendors.request_template import reply_values
from apps.vendors.types import AppSpec

MAX_STORED_TESTS = 20
ACCEPTED = "The vendor accepted the keys."


def create_credential(
    *, team: Team, name: str, vendor: str, keys: Mapping[str, Any], endpoints: Mapping[str, str] | None = None
) -> Credential:
    """A credential of a sandbox is tested at once; a real cloud is asked when somebody presses "Test"."""
    endpoints = endpoints or {}
    products_of(vendor)
    refuse(check_fields(keys, vendor_fields(vendor, "key_fields"), "/keys") + check_endpoints(endpoints, vendor))
    stored: Any = without_empty(keys)
    credential = Credential.objects.create(team=team, name=name, vendor=vendor, keys=stored, endpoints=endpoints)
    if credential.uses_sandbox:
        test_credential(credential)
    return credential


def update_credential(
    credential: Credential,
    *,
    name: str | None = None,
    vendor: str | None = None,
    keys: Mapping[str, Any] | None = None,
    endpoints: Mapping[str, str] | None = None,
) -> Credential:
    """New keys or endpoints make it untested. `keys` replaces them all; `rotate` tries them first."""
    if vendor is not None and vendor != credential.vendor:
        raise Invalid(
            _("The request is not valid."),
            problems=[
                Problem("/vendor", "fixed", _("The vendor of a credential cannot be changed. Create a new one."))
            ],
        )
    if keys is not None:
        refuse(check_fields(keys, vendor_fields(credential.vendor, "key_fields"), "/keys"))
        credential.keys = without_empty(keys)
        credential.status = "untested"
    if endpoints is not None:
        refuse(check_endpoints(endpoints, credential.vendor))
        if endpoints != credential.endpoints:
            credential.endpoints, credential.status = dict(endpoints), "untested"
    if name is not None:
        credential.name = name
    credential.save()
    return credential


def delete_credential(credential: Credential) -> None:
    if credential.apps.exists():
        raise Conflict(_("This credential is used by apps. Delete them first, or assign another credential to them."))
    credential.delete()


def test_credential(credential: Credential) -> CredentialTest:
    """Asks the vendor with the stored keys, keeps its answer and the status."""
    result = try_keys(credential, credential.keys)
    result.save()
    old = credential.tests.order_by("-id").values_list("pk", flat=True)[MAX_STORED_TESTS:]
    CredentialTest.objects.filter(pk__in=list(old)).delete()
    credential.status = "ok" if result.ok else "failed"
    credential.save(update_fields=["status", "updated_at"])
    return result


def rotate_credential(credential: Credential, keys: Mapping[str, Any]) -> CredentialTest:
    """Replaces the keys if, and only if, the vendor takes the new ones."""
    refuse(check_fields(keys, vendor_fields(credential.vendor, "key_fields"), "/keys"))
    new = without_empty(keys)
    result = try_keys(credential, new)
    result.save()
    if result.ok:
        with transaction.atomic():
            credential.keys = new
            credential.status = "ok"
            credential.save(update_fields=["keys", "status", "updated_at"])
    return result


def try_keys(credential: Credential, keys: Mapping[str, Any]) -> CredentialTest:
    """The vendor's answer to its cheapest read-only call, not yet stored. Never raises for what a vendor does."""
    slug = next((slug for slug in products_of(credential.vendor) if slug in credential.endpoints), None)
    adapter = registry.adapter(slug or products_of(credential.vendor)[0])
    app = credential.apps.order_by("-id").first()
    spec = AppSpec(app.vendor_app_id, app.settings) if app else None
    result = CredentialTest(credential=credential, ok=False)
    http = VendorHttp()
    began = time.monotonic()
    try:
        auth = adapter.auth(keys, spec, utc_now)
        values: dict[str, str] = {}
        for request in adapter.plan_test(spec).requests:
            base_url = credential.endpoints.get(adapter.slug)
            reply = http.send(request, auth, values, base_url, settings.PUBLIC_URL)
            if not base_url:  # a gateway or the sandbox has its own clock
                clock_skew.record(reply.headers, utc_now())
            report = adapter.read_reply(request, reply)
            values.update(reply_values(request, reply))
            result.detail, result.vendor_request_id = report.detail, report.vendor_request_id
        result.ok = True
    except QuadboxError as error:
        result.detail = error.detail
        if isinstance(error, VendorError):
            result.words = error.words
            result.vendor_code, result.vendor_request_id = error.vendor_code[:120], error.vendor_request_id[:120]
    finally:
        http.close()
    result.milliseconds = round((time.monotonic() - began) * 1000)
    # Some vendors repeat a key in their refusal (Aliyun: the AccessKey id).
    secrets = SecretValues(keys.values())
    result.detail = secrets.hide(result.detail or ACCEPTED)
    result.words = secrets.hide_all(result.words)
    return result


def create_app(
    *,
    team: Team,
    credential: Credential,
    name: str,
    vendor_app_id: str,
    secrets: Mapping[str, Any] | None = None,
    app_settings: Mapping[str, Any] | None = None,
) -> App:
    secrets, app_settings = secrets or {}, app_settings or {}
    refuse(app_problems(credential.vendor, secrets, app_settings))
    stored: Any = without_empty(secrets)
    return App.objects.create(
        team=team,
        credential=credential,
        name=name,
        vendor_app_id=vendor_app_id,
        secrets=stored,
        settings=dict(app_settings),
    )


def update_app(
    app: App,
    *,
    credential: Credential | None = None,
    name: str | None = None,
    vendor_app_id: str | None = None,
    secrets: Mapping[str, Any] | None = None,
    app_settings: Mapping[str, Any] | None = None,
) -> App:
    """`secrets` changes the named ones (null removes one); `app_settings` replaces all."""
    if credential is not None:
        if credential.vendor != app.vendor:
            problem = Problem(
                "/credential", "wrong_vendor", _("This app needs a credential of %(vendor)s.") % {"vendor": app.vendor}
            )
            raise Invalid(_("The request is not valid."), problems=[problem])
        app.credential = credential
    refuse(app_problems(app.vendor, secrets or {}, app_settings if app_settings is not None else {}, complete=False))
    if secrets is not None:
        app.secrets = without_empty({**app.secrets, **secrets})
    if app_settings is not None:
        app.settings = dict(app_settings)
    app.name = name if name is not None else app.name
    app.vendor_app_id = vendor_app_id if vendor_app_id is not None else app.vendor_app_id
    app.save()
    return app


def app_problems(vendor: str, secrets: Any, app_settings: Any, *, complete: bool = True) -> list[Problem]:
    return check_fields(secrets, vendor_fields(vendor, "secret_fields"), "/secrets", complete=complete) + check_fields(
        app_settings, vendor_fields(vendor, "app_settings"), "/settings", complete=complete
    )


def delete_app(app: App) -> None:
    if app.tasks.exists():
        raise Conflict(_("This app was used by tasks and is part of their history."))
    app.delete()


def callback_urls(app: App) -> dict[str, str]:
    """Where each product of the app's vendor should call back."""
    base = f"{settings.PUBLIC_URL}/callbacks"
    return {slug: f"{base}/{slug}/{app.pk}/{app.callback_path}/" for slug in products_of(app.vendor)}


def without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
