"""What can be entered in a setting of an app or an option of a task, asked of the vendor at the moment somebody wants to choose."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.errors import Invalid, Problem
from apps.credentials.models import App
from apps.credentials.services import utc_now
from apps.vendors import registry
from apps.vendors.abilities import ChoiceListing
from apps.vendors.adapter import VendorAdapter
from apps.vendors.fields import Field
from apps.vendors.http import VendorHttp
from apps.vendors.types import AppSpec


def listed_setting(app: App, name: str) -> tuple[VendorAdapter, Field]:
    """Raises `Invalid` for a setting that nobody can list."""
    for slug in registry.vendors()[app.vendor]:
        adapter = registry.adapter(slug)
        for field in adapter.app_settings:
            if field.name == name and field.listed and isinstance(adapter, ChoiceListing):
                return adapter, field
    problem = Problem("/name", "not_listed", _("There are no choices for this setting."))
    raise Invalid(_("This setting has no list."), problems=[problem])


def choices(app: App, name: str) -> list[tuple[str, str]]:
    """Of a setting: (value, what a person knows it by). Raises `Invalid` and the vendor's errors."""
    adapter, field = listed_setting(app, name)
    return of_vendor(app, adapter, field)


def of_vendor(app: App, adapter: VendorAdapter, field: Field) -> list[tuple[str, str]]:
    """All that the vendor lists for a field that says `listed`."""
    spec = AppSpec(app.vendor_app_id, app.settings)
    assert isinstance(adapter, ChoiceListing)
    keys: Any = app.credential.keys
    auth = adapter.auth(keys, spec, utc_now)
    base = app.credential.endpoints.get(adapter.slug)
    choices: list[tuple[str, str]] = []
    http = VendorHttp()
    try:
        request = adapter.plan_choices(spec, field.name)
        while True:
            some, following = adapter.read_choices(
                spec, request, http.send(request, auth, None, base, settings.PUBLIC_URL)
            )
            choices += some
            if following is None:
                return choices
            request = following
    finally:
        http.close()
