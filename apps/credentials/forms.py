"""The forms of credentials and apps, made of what the vendors' adapters declare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.translate import translate
from apps.core.types import JsonObject
from apps.credentials.checks import vendor_fields
from apps.credentials.models import App, Credential
from apps.credentials.typed_fields import FieldGroup, TypedBoundField, TypedForm, by_heading
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.fields import Field


def adapters_of(vendor: str) -> list[VendorAdapter]:
    return [registry.adapter(slug) for slug in registry.vendors().get(vendor, ())]


def key_labels(vendor: str) -> list[tuple[str, str]]:
    """(name, the vendor's own label) of the keys of a vendor, in their order."""
    return [(field.name, translate(field.label)) for field in vendor_fields(vendor, "key_fields")]


class CredentialForm(TypedForm):
    """Name, endpoints and, of a new credential, its keys. Those of an existing one are replaced by `RotateForm`."""

    name = forms.CharField(max_length=120)

    def __init__(self, vendor: str, row: Credential | None, data: Any = None) -> None:
        super().__init__(data, initial={"name": row.name if row else ""})
        self.fields["name"].label = _("Name")
        self.vendor, self.row = vendor, row
        if row is None:
            self.add_declared("keys", vendor_fields(vendor, "key_fields"), secret=True)
        for adapter in adapters_of(vendor):
            name = f"endpoints:{adapter.slug}"
            help_text = _("Leave empty for the vendor's default URL.")
            self.fields[name] = forms.CharField(required=False, label=translate(adapter.title), help_text=help_text)
            self.initial[name] = row.endpoints.get(adapter.slug, "") if row else ""

    def main_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith("endpoints:")]

    def endpoint_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("endpoints:")]

    def has_endpoints(self) -> bool:
        return any(field.value() or field.errors for field in self.endpoint_fields())

    def request(self) -> JsonObject:
        """What `services.create_credential` and `update_credential` take. Only of a valid form."""
        request = {"name": self.cleaned_data["name"], "endpoints": self.values("endpoints")}
        return request if self.row else {**request, "vendor": self.vendor, "keys": self.values("keys")}


class RotateForm(TypedForm):
    """New keys for a credential, all of them."""

    def __init__(self, vendor: str, data: Any = None) -> None:
        super().__init__(data)
        self.add_declared("keys", vendor_fields(vendor, "key_fields"), secret=True)


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """The settings of an app that only one product reads, or (without a title) those of several."""

    title: str
    fields: list[TypedBoundField]
    folded: list[FieldGroup]


class AppForm(TypedForm):
    """An app. Which secrets and settings it has is known with its vendor, so a new app is made without them."""

    name = forms.CharField(max_length=120)
    credential = forms.ModelChoiceField(Credential.objects.none(), empty_label=None)
    vendor_app_id = forms.CharField(max_length=128, label="AppId")

    def __init__(self, credentials: Any, row: App | None, data: Any = None) -> None:
        initial = {"name": row.name, "credential": row.credential_id, "vendor_app_id": row.vendor_app_id} if row else {}
        super().__init__(data, initial=initial)
        self.row, self.vendor = row, row.vendor if row else ""
        self.fields["name"].label = _("Name")
        self.fields["credential"].label = _("Credential")
        self.fields["credential"].queryset = credentials  # type: ignore[attr-defined]
        if row:
            self.add_declared("secrets", vendor_fields(self.vendor, "secret_fields"), row.secrets, secret=True)
            self.add_declared("settings", vendor_fields(self.vendor, "app_settings"), row.settings)

    def choices_url(self, declared: Field) -> str:
        return reverse("app_choices", args=[self.row.pk, declared.name]) if self.row else ""

    def plain_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if ":" not in name]

    def secret_fields(self) -> list[TypedBoundField]:
        return self.group("secrets")

    def setting_groups(self) -> list[SettingGroup]:
        """The settings that several products read, then each product's own."""
        adapters = adapters_of(self.vendor) if self.row else []
        declared = {adapter.slug: {field.name for field in adapter.app_settings} for adapter in adapters}
        titles = {adapter.slug: translate(adapter.title) for adapter in adapters} if len(adapters) > 1 else {}
        groups: dict[str, list[TypedBoundField]] = {"": [], **{slug: [] for slug in titles}}
        for field in self.group("settings"):
            slugs = [slug for slug, names in declared.items() if field.field.declared.name in names]
            groups[slugs[0] if len(slugs) == 1 and slugs[0] in titles else ""].append(field)
        return [SettingGroup(titles.get(slug, ""), *by_heading(fields)) for slug, fields in groups.items() if fields]

    def request(self) -> JsonObject:
        """What `services.create_app` and `update_app` take. Only of a valid form."""
        request = {name: self.cleaned_data[name] for name in ("name", "credential", "vendor_app_id")}
        if self.row is None:
            return request
        return {**request, "secrets": self.values("secrets"), "app_settings": self.values("settings")}
