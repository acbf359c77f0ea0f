"""The forms of keys and apps, made from what the vendors' adapters describe."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.core.folding import BOUNDLESS, Fold, folded
from apps.core.translate import translate
from apps.credentials.models import App, Credential
from apps.vendors import registry
from apps.vendors.contract import Field, VendorAdapter


def of_vendor(vendor: str) -> list[VendorAdapter]:
    return [one for slug in registry.products() if (one := registry.adapter(slug)).vendor == vendor]


def distinct(adapters: list[VendorAdapter], kind: str) -> list[Field]:
    """The fields of a vendor's products, each once."""
    return list({field.name: field for adapter in adapters for field in getattr(adapter, kind)}.values())


def labels(vendor: str) -> list[tuple[str, str]]:
    """(name, the vendor's own label) of the keys of a vendor, in their order."""
    return [(field.name, translate(field.label)) for field in distinct(of_vendor(vendor), "key_fields")]


def labels_of_secrets(vendor: str) -> dict[str, str]:
    """Name → label of an app's secrets."""
    return {field.name: translate(field.label) for field in distinct(of_vendor(vendor), "secret_fields")}


def plain(name: str, label: str, value: Any = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, **more}


def choices_of(field: Field) -> list[tuple[Any, str]]:
    """The choices in the reader's language; "—" leaves it to the default."""
    if field.type == "boolean":
        return [(True, _("Yes")), (False, _("No"))]
    said = [(value, translate(label)) for value, label in field.choices]
    return [("", "—"), *said] if said and not field.required else said


def described(prefix: str, fields: list[Field], values: dict[str, Any], *, secret: bool) -> list[dict[str, Any]]:
    return [
        plain(
            f"{prefix}:{field.name}",
            translate(field.label),
            "" if secret else values.get(field.name, field.default),
            help=translate(field.help),
            limits=limits(field),
            required=field.required,
            choices=choices_of(field),
            secret=secret,
            listed=field.listed,
            fold=translate(field.group) if field.group else "",
            kept=secret and field.name in values,
        )
        for field in fields
    ]


def with_current(listed: list[tuple[str, str]], current: str) -> list[tuple[str, str]]:
    """The choices, with what is set now though the vendor does not list it."""
    known = {value for value, _label in listed}
    kept = [(current, current)] if current and current not in known else []
    return [("", "—"), *kept, *listed]


def span(field: Field) -> str:
    return f"{field.minimum:g} – {field.maximum:g}"


def limits(field: Field) -> str:
    """The range and the default in one line, "" for free text."""
    said = []
    if field.minimum is not None and field.maximum is not None:
        boundless = field.maximum >= BOUNDLESS
        said.append(_("at least %(low)s") % {"low": f"{field.minimum:g}"} if boundless else span(field))
    if field.default not in (None, ""):
        shown = dict(field.choices).get(field.default)
        if isinstance(field.default, bool):
            return " · ".join([*said, _("default: %(value)s") % {"value": _("Yes") if field.default else _("No")}])
        said.append(_("default: %(value)s") % {"value": translate(shown) if shown else field.default})
    return " · ".join(said)


def credential_fields(vendor: str, row: Credential | None) -> list[dict[str, Any]]:
    """Name, keys (of a new one: `key_fields` replaces those of an old one) and addresses."""
    fields = [plain("name", _("Name"), row.name if row else "", required=True)]
    if row is None:
        fields += key_fields(vendor, {})
    endpoints = row.endpoints if row else {}
    return fields + [
        plain(
            f"endpoints:{one.slug}",
            one.title,
            endpoints.get(one.slug, ""),
            help=_("Leave empty for the vendor's default URL."),
            group="endpoints",
        )
        for one in of_vendor(vendor)
    ]


def key_fields(vendor: str, keys: dict[str, Any]) -> list[dict[str, Any]]:
    return described("keys", distinct(of_vendor(vendor), "key_fields"), keys, secret=True)


def app_fields(credentials: list[Credential], vendor: str, row: App | None) -> list[dict[str, Any]]:
    adapters = of_vendor(vendor)
    choices = [(str(credential.pk), credential.name) for credential in credentials]
    fields = [
        plain("name", _("Name"), row.name if row else "", required=True),
        plain("credential", _("Credential"), str(row.credential_id) if row else "", choices=choices),
        plain("vendor_app_id", "AppId", row.vendor_app_id if row else "", required=True),
    ]
    fields += described("secrets", distinct(adapters, "secret_fields"), row.secrets if row else {}, secret=True)
    return fields + described("settings", distinct(adapters, "app_settings"), row.settings if row else {}, secret=False)


def by_product(vendor: str, fields: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]], list[Fold]]]:
    """The settings of an app under headings: those of several products first (no heading), then each product's own. Of
    each those that stand in the open, and those that are folded away."""
    adapters = of_vendor(vendor)
    users = {
        field["name"]: [
            adapter
            for adapter in adapters
            if field["name"].partition(":")[2] in {each.name for each in adapter.app_settings}
        ]
        for field in fields
    }
    groups = [("", [field for field in fields if len(users[field["name"]]) != 1 or len(adapters) == 1])]
    if len(adapters) > 1:
        groups += [
            (translate(adapter.title), [field for field in fields if users[field["name"]] == [adapter]])
            for adapter in adapters
        ]
    return [(title, *folded(found, lambda one: one.get("error"))) for title, found in groups if found]


def read(posted: QueryDict) -> dict[str, Any]:
    """`keys:access_key_id=…` → {"keys": {"access_key_id": …}}; empty parts are left out: they mean "keep" or "default"."""
    data: dict[str, Any] = {}
    for name, text in posted.items():
        value = str(text).strip()
        group, colon, field = name.partition(":")
        if name == "csrfmiddlewaretoken":
            continue
        if not colon:
            data[name] = value
        elif value:
            data.setdefault(group, {})[field] = value
    return data


def typed(vendor: str, settings: dict[str, str]) -> dict[str, Any]:
    """Settings as their types: a number that is none stays text, so that the check names it."""
    kinds = {field.name: field.type for field in distinct(of_vendor(vendor), "app_settings")}
    return {name: cast(kinds.get(name, "string"), value) for name, value in settings.items()}


def cast(kind: str, value: str) -> Any:
    try:
        if kind == "integer":
            return int(value)
        if kind == "number":
            return float(value)
    except ValueError:
        return value
    if kind == "boolean" and value in ("True", "true", "False", "false"):
        return value.lower() == "true"
    return value


def with_errors(
    fields: list[dict[str, Any]], posted: QueryDict, problems: list[dict[str, str]]
) -> list[dict[str, Any]]:
    """The fields again as they were typed, each with what is wrong with it."""
    said = {problem["pointer"].strip("/").replace("/", ":"): problem["message"] for problem in problems}
    for field in fields:
        field["error"] = said.get(field["name"], "")
        if not field.get("secret"):
            field["value"] = posted.get(field["name"], field["value"])
    return fields
