"""What the export page's address asks for: which clouds, and of each the apps whose settings it is shown with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from apps.accounts.models import Team
from apps.core.query_params import valid_id
from apps.core.translate import translate
from apps.credentials.models import App
from apps.vendors import registry

LISTED = 50  # apps of a cloud to choose from
MOST = 12  # clouds on a page: each is planned and painted


@dataclass(frozen=True, slots=True)
class Choice:
    """`apps` are the team's, the oldest first; where none of a cloud's is asked for, its oldest one serves."""

    products: tuple[str, ...]
    asked: frozenset[str]  # ids of apps
    apps: dict[str, list[App]]  # vendor → apps

    def of(self, vendor: str) -> list[App]:
        """The apps that a cloud of this vendor is shown with; [] where the team has none."""
        there = self.apps.get(vendor, [])
        return [app for app in there if str(app.pk) in self.asked] or there[:1]

    def clouds(self) -> Iterator[tuple[str, App | None]]:
        """(product, app) of every cloud to show, products in their order."""
        for product in registry.products():
            if product in self.products:
                apps: list[App | None] = [*self.of(registry.adapter(product).vendor)]
                yield from ((product, app) for app in apps or [None])

    def products_to_choose(self) -> list[dict[str, Any]]:
        adapters = map(registry.adapter, registry.products())
        return [
            {
                "slug": adapter.slug,
                "title": translate(adapter.title),
                "vendor": adapter.vendor,
                "on": adapter.slug in self.products,
            }
            for adapter in adapters
        ]

    def apps_to_choose(self) -> list[dict[str, Any]]:
        """For each vendor of which the team has several apps."""
        found = []
        for vendor, there in self.apps.items():
            on = self.of(vendor)
            rows = [{"app": app, "on": app in on} for at, app in enumerate(there) if at < LISTED or app in on]
            titles = ", ".join(translate(registry.adapter(slug).title) for slug in registry.vendors().get(vendor, ()))
            found += [{"vendor": vendor, "titles": titles, "apps": rows}] if len(there) > 1 else []
        return found


def read(query: QueryDict, team: Team) -> Choice:
    known = registry.products()
    products = tuple(product for product in query.getlist("product") if product in known) or tuple(known)
    asked = frozenset(str(valid_id(app_id)) for app_id in query.getlist("app"))
    apps: dict[str, list[App]] = {}
    for app in App.objects.filter(team=team).select_related("credential").order_by("created_at", "pk"):
        apps.setdefault(app.vendor, []).append(app)
    return Choice(products, asked, apps)


def kept(query: QueryDict) -> str:
    """The part of an address that says the same of another layout."""
    return urlencode([(name, value) for name in ("product", "app") for value in query.getlist(name)])
