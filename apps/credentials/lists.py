"""What the pages of keys and apps show: one page of rows each, with their health."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from apps.accounts.models import Team
from apps.core.paging import by_key, search_of
from apps.core.translate import translate, translate_reason
from apps.credentials.forms import labels
from apps.credentials.models import App, Credential, CredentialTest
from apps.vendors import registry

TESTS_SHOWN = 10
SHOWN_ENDS = 4  # characters of an id at either end


def credentials(request: Any, team: Team) -> dict[str, Any]:
    rows = Credential.objects.filter(team=team).annotate(app_count=Count("apps"))
    q = search_of(request)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(vendor__icontains=q))
    found, links = by_key(request, rows)
    for row in found:
        dress(row)
    return {"credentials": found, "q": q, "vendors": vendors(), **links}


def apps(request: Any, team: Team) -> dict[str, Any]:
    rows = App.objects.filter(team=team).select_related("credential").annotate(task_count=Count("tasks"))
    q = search_of(request)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(vendor_app_id__icontains=q) | Q(credential__name__icontains=q))
    found, links = by_key(request, rows)
    return {"apps": found, "q": q, "has_credentials": Credential.objects.filter(team=team).exists(), **links}


def vendors() -> list[dict[str, Any]]:
    """Each vendor with what it can do for us."""
    return [
        {"slug": vendor, "products": [registry.adapter(slug).title for slug in slugs]}
        for vendor, slugs in registry.vendors().items()
    ]


def dress(row: Any) -> Any:
    """Adds the masked keys and the last answers of the vendor to a credential."""
    row.masked = [(label, masked(name, row.keys[name])) for name, label in labels(row.vendor) if name in row.keys]
    tests = list(CredentialTest.objects.filter(credential=row).order_by("-id")[:TESTS_SHOWN])
    for test in tests:
        explain(test, row.vendor)
    row.last_tests = tests[::-1]
    row.last_test = tests[0] if tests else None
    row.working = sum(test.ok for test in tests)
    return row


def explain(test: CredentialTest, vendor: str) -> CredentialTest:
    """Adds why it came out so, and what a person can do, in the reader's language."""
    test.why = translate_reason(test.words, test.detail)  # type: ignore[attr-defined]
    slug = registry.vendors().get(vendor, ("",))[0]
    test.todo = translate(registry.advice(registry.adapter(slug), test.vendor_code)) if slug else ""  # type: ignore[attr-defined]
    return test


def masked(name: str, value: Any) -> str:
    """An id shows its ends, so that it can be found in the console; a secret shows nothing."""
    text = str(value)
    if not name.endswith("_id") or len(text) < 4 * SHOWN_ENDS:
        return "••••••••"
    return f"{text[:SHOWN_ENDS]}••••{text[-SHOWN_ENDS:]}"
