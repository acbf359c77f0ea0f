"""The Health page: services, polling lanes, setup checks, versions. Admins only."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts import settings_pages
from apps.accounts.models import Role, Team
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.credentials.models import Credential
from apps.operations.check import Check, Group, Outcome
from apps.operations.registry import CHECKS
from apps.operations.versions import versions
from apps.tasks.engine import rate_limiter
from apps.tasks.models import Task
from apps.vendors import registry

MAX_LANES = 100


@require_GET
@team_page(Role.ADMIN)
def health_page(request: TeamRequest) -> HttpResponse:
    results = [(check, check.outcome()) for check in CHECKS.values()]
    context = {
        "services": in_group(results, Group.SERVICE),
        "setup": in_group(results, Group.SETUP),
        "failures": sum(not outcome.ok for _, outcome in results),
        "lanes": lanes(request.team),
        "versions": versions(),
    }
    return render(request, "operations/health.html", context | settings_pages.side("health"))


def in_group(results: list[tuple[Check, Outcome]], group: Group) -> list[tuple[Check, Outcome]]:
    return [(check, outcome) for check, outcome in results if check.group is group]


def lanes(team: Team) -> list[dict[str, Any]]:
    """Each (credential, product) with its request rate per second and whether the vendor limits it."""
    polled = Task.objects.filter(team=team).exclude(next_poll_at=None).order_by()
    counts = {
        (value["app__credential_id"], value["product"]): value["number"]
        for value in polled.values("app__credential_id", "product").annotate(number=Count("id"))
    }
    rows = []
    for credential in Credential.objects.filter(team=team).order_by("name")[:MAX_LANES]:
        for slug in registry.vendors()[credential.vendor]:
            budgets = registry.adapter(slug).capabilities.queries_per_second
            operations = [operation(credential, slug, name, budget) for name, budget in sorted(budgets.items())]
            rows.append(
                {
                    "credential": credential,
                    "product": slug,
                    "polled": counts.get((credential.pk, slug), 0),
                    "operations": operations,
                }
            )
    return rows


def operation(credential: Credential, product: str, name: str, budget: float) -> dict[str, Any]:
    slowness = rate_limiter.backoff_factor(credential.pk, name)
    return {
        "name": name,
        "budget": budget,
        "allowed": rate_limiter.rate_of(product, name) / slowness,
        "slowed": slowness > 1,
        "paused": rate_limiter.is_cooling_down(credential.pk, name),
    }
