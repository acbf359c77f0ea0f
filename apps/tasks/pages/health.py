"""The page that says how everything is: services, lanes, the doctor's checks, versions. Admins only."""

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
from apps.core import diagnosis, machine
from apps.credentials.models import Credential
from apps.tasks.engine import rate_limiter
from apps.tasks.models import Task
from apps.vendors import registry

MOST_LANES = 100


@require_GET
@team_page(Role.ADMIN)
def health(request: TeamRequest) -> HttpResponse:
    vitals = list(machine.vitals())
    checks = list(diagnosis.look())
    trouble = sum(not vital.ok for vital in vitals) + sum(not check.ok for check in checks)
    context = {
        "vitals": vitals,
        "checks": checks,
        "trouble": trouble,
        "lanes": lanes(request.team),
        "versions": machine.versions(),
    }
    return render(request, "tasks/health.html", context | settings_pages.side("health"))


def lanes(team: Team) -> list[dict[str, Any]]:
    """Each (credential, product) with what may be asked a second and whether the vendor said "slow down"."""
    followed = Task.objects.filter(team=team).exclude(next_poll_at=None).order_by()
    counts = {
        (value["app__credential_id"], value["product"]): value["number"]
        for value in followed.values("app__credential_id", "product").annotate(number=Count("id"))
    }
    found = []
    for credential in Credential.objects.filter(team=team).order_by("name")[:MOST_LANES]:
        for slug in registry.vendors()[credential.vendor]:
            budgets = registry.adapter(slug).capabilities.queries_per_second
            operations = [operation(credential, slug, name, budget) for name, budget in sorted(budgets.items())]
            found.append(
                {
                    "credential": credential,
                    "product": slug,
                    "followed": counts.get((credential.pk, slug), 0),
                    "operations": operations,
                }
            )
    return found


def operation(credential: Credential, product: str, name: str, budget: float) -> dict[str, Any]:
    slowness = rate_limiter.backoff_factor(credential.pk, name)
    return {
        "name": name,
        "budget": budget,
        "allowed": rate_limiter.rate_of(product, name) / slowness,
        "slowed": slowness > 1,
        "rests": rate_limiter.is_cooling_down(credential.pk, name),
    }
