"""What the pages of credentials and apps list: one page of rows, each with its health."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from apps.accounts.models import Team
from apps.core.pagination import paginate
from apps.core.query_params import search_of
from apps.core.translate import translate, translate_reason
from apps.credentials.forms import key_labels
from apps.credentials.models import App, Credential, CredentialTest
from apps.vendors import registry

TESTS_SHOWN = 10
VISIBLE_ENDS = 4  # characters of an id at either end


@dataclass(frozen=True, slots=True)
class TestResult:
    """The vendor's answer to a test of the keys, with the reason and what a person can do in the reader's language."""

    __test__ = False  # no test case of pytest

    ok: bool
    created_at: dt.datetime
    milliseconds: int
    reason: str
    advice: str
    vendor_code: str
    vendor_request_id: str

    @classmethod
    def from_row(cls, row: CredentialTest, vendor: str) -> TestResult:
        slug = registry.vendors().get(vendor, ("",))[0]
        advice = translate(registry.advice(registry.adapter(slug), row.vendor_code)) if slug else ""
        return cls(
            row.ok,
            row.created_at,
            row.milliseconds,
            translate_reason(row.words, row.detail),
            advice,
            row.vendor_code,
            row.vendor_request_id,
        )


@dataclass(frozen=True, slots=True)
class CredentialCard:
    """A credential with its masked keys and the last answers of the vendor, the oldest first."""

    row: Credential
    masked_keys: list[tuple[str, str]]
    tests: list[TestResult]

    @classmethod
    def from_row(cls, row: Credential) -> CredentialCard:
        masked = [(label, mask(name, row.keys[name])) for name, label in key_labels(row.vendor) if name in row.keys]
        newest = CredentialTest.objects.filter(credential=row).order_by("-id")[:TESTS_SHOWN]
        return cls(row, masked, [TestResult.from_row(test, row.vendor) for test in newest][::-1])

    @property
    def last_test(self) -> TestResult | None:
        return self.tests[-1] if self.tests else None

    @property
    def passed(self) -> int:
        return sum(test.ok for test in self.tests)


def credentials(request: Any, team: Team) -> dict[str, Any]:
    rows = Credential.objects.filter(team=team).annotate(app_count=Count("apps"))
    q = search_of(request)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(vendor__icontains=q))
    page, links = paginate(request, rows)
    return {"cards": [CredentialCard.from_row(row) for row in page], "q": q, "vendors": vendors(), **links}


def apps(request: Any, team: Team) -> dict[str, Any]:
    rows = App.objects.filter(team=team).select_related("credential").annotate(task_count=Count("tasks"))
    q = search_of(request)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(vendor_app_id__icontains=q) | Q(credential__name__icontains=q))
    page, links = paginate(request, rows)
    return {"apps": page, "q": q, "has_credentials": Credential.objects.filter(team=team).exists(), **links}


def vendors() -> list[dict[str, Any]]:
    """Each vendor with its products."""
    return [
        {"slug": vendor, "products": [registry.adapter(slug).title for slug in slugs]}
        for vendor, slugs in registry.vendors().items()
    ]


def mask(name: str, value: Any) -> str:
    """An id shows its ends, so that it can be found in the vendor's console; a secret shows nothing."""
    text = str(value)
    if not name.endswith("_id") or len(text) < 4 * VISIBLE_ENDS:
        return "••••••••"
    return f"{text[:VISIBLE_ENDS]}••••{text[-VISIBLE_ENDS:]}"
