"""Are given values what a vendor's fields ask for? Each answer is a list of problems, [] if all is well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from apps.core import json_pointer
from apps.core.errors import Invalid, Problem
from apps.core.json_text import unstorable
from apps.core.translate import translate_problem
from apps.vendors import registry
from apps.vendors.fields import Field, check_names
from apps.vendors.fields import check_fields as check_declared

MAX_VALUE_LENGTH = 4096  # characters of one value; the longest documented is an STS token


def products_of(vendor: str) -> tuple[str, ...]:
    """Raises `Invalid` for a vendor nobody knows."""
    known = registry.vendors()
    if vendor not in known:
        problem = Problem(
            "/vendor",
            "unknown_vendor",
            _("Unknown vendor. Known vendors: %(known)s.") % {"known": ", ".join(known)},
        )
        raise Invalid(_("Unknown vendor."), problems=[problem])
    return known[vendor]


def vendor_fields(vendor: str, which: Literal["key_fields", "secret_fields", "app_settings"]) -> tuple[Field, ...]:
    """The `key_fields`, `secret_fields` or `app_settings` of all products of a vendor, each name once."""
    products_of(vendor)
    return registry.vendor_fields(vendor, which)


def check_fields(values: Any, fields: Iterable[Field], pointer: str = "", *, complete: bool = True) -> list[Problem]:
    """`complete` asks for the required ones; a change of a few may leave them out."""
    by_name = {field.name: field for field in fields}
    if not isinstance(values, Mapping):
        return [Problem(pointer, "not_an_object", _("This must be an object of names and values."))]
    problems = unstorable(dict(values), pointer)
    problems += map(translate_problem, check_names(by_name.values(), values, pointer))
    for name in by_name:
        if isinstance(values.get(name), str) and len(values[name]) > MAX_VALUE_LENGTH:
            problems.append(
                Problem(
                    json_pointer.join(pointer, name),
                    "too_long",
                    _("This can have at most %(most)d characters.") % {"most": MAX_VALUE_LENGTH},
                )
            )
    checked = [field for field in by_name.values() if complete or field.name in values]
    problems += (translate_problem(problem) for problem in check_declared(checked, values, pointer))
    return problems


def check_endpoints(endpoints: Any, vendor: str) -> list[Problem]:
    """{"<product>": "<base URL>"}; an empty URL means the vendor's own and is refused: leave the product out."""
    if not isinstance(endpoints, Mapping):
        return [Problem("/endpoints", "not_an_object", _("This must be an object with a base URL for each product."))]
    problems = []
    known = products_of(vendor)
    for product, url in endpoints.items():
        pointer = json_pointer.join("/endpoints", str(product)[:100])
        if product not in known:
            problems.append(
                Problem(
                    pointer,
                    "unknown_product",
                    _("Unknown product. Products of this vendor: %(known)s.") % {"known": ", ".join(known)},
                )
            )
        elif not is_base_url(url):
            problems.append(
                Problem(pointer, "not_a_url", _("This must be an http:// or https:// URL without a query."))
            )
    return problems


def is_base_url(url: Any) -> bool:
    if not isinstance(url, str) or len(url) > 500 or not url.isascii() or any(character <= " " for character in url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    bare = parts.username is None and parts.password is None and not parts.query and not parts.fragment
    return parts.scheme in ("http", "https") and bool(parts.hostname) and bare and port != 0


def refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(_("The request is not valid."), problems=problems)
