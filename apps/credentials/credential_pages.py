"""Pages of credentials. Admins only, as in REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import settings_pages
from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core import refusals
from apps.core.errors import QuadboxError
from apps.credentials import lists, services
from apps.credentials.forms import CredentialForm, RotateForm
from apps.credentials.models import Credential
from apps.vendors import registry


@require_GET
@team_page(Role.ADMIN)
def credentials(request: TeamRequest) -> HttpResponse:
    context = lists.credentials(request, request.team) | settings_pages.side("credentials")
    return render(request, "credentials/credentials.html", context)


@team_page(Role.ADMIN)
def credential_form(request: TeamRequest, pk: UUID | None = None) -> HttpResponse:
    """A new credential (`?vendor=`), or the one of `pk`."""
    row = team_credential(request, pk) if pk else None
    vendor = row.vendor if row else request.GET.get("vendor", "")
    if vendor not in registry.vendors():
        return redirect("credentials")
    if request.method != "POST":
        return credential_page(request, row, CredentialForm(vendor, row))
    form = CredentialForm(vendor, row, request.POST)
    refusal: dict[str, Any] = {}
    if form.is_valid():
        try:
            if row:
                saved = services.update_credential(row, **form.request())
            else:
                saved = services.create_credential(team=request.team, **form.request())
        except QuadboxError as error:
            refusal = form.refusal(error)
        else:
            return redirect("credential", pk=saved.pk)
    return credential_page(request, row, form, refusal=refusal)


def credential_page(
    request: TeamRequest,
    row: Credential | None,
    form: CredentialForm,
    rotate_form: RotateForm | None = None,
    refusal: dict[str, Any] | None = None,
) -> HttpResponse:
    heading = row.name if row else _("Keys of %(vendor)s") % {"vendor": form.vendor.title()}
    context: dict[str, Any] = {"heading": heading, "vendor": form.vendor, "form": form}
    if row:
        context |= {
            "credential": row,
            "card": lists.CredentialCard.from_row(row),
            "apps": row.apps.order_by("name")[:50],
            "rotate_form": rotate_form or RotateForm(row.vendor),
        }
    return render(
        request, "credentials/credential.html", context | settings_pages.side("credentials") | (refusal or {})
    )


def team_credential(request: TeamRequest, pk: UUID) -> Credential:
    return get_object_or_404(Credential, team=request.team, pk=pk)


@require_POST
@team_page(Role.ADMIN)
def test(request: TeamRequest, pk: UUID) -> HttpResponse:
    """The result is stored, and shown by the page that asked for it."""
    services.test_credential(team_credential(request, pk))
    if request.POST.get("back") == "credential":
        return redirect("credential", pk=pk)
    return redirect(reverse("credentials") + f"#credential-{pk}")


@require_POST
@team_page(Role.ADMIN)
def rotate(request: TeamRequest, pk: UUID) -> HttpResponse:
    """New keys are tried first; the old ones work until the vendor has accepted the new ones."""
    row = team_credential(request, pk)
    form = RotateForm(row.vendor, request.POST)
    refusal: dict[str, Any] = {}
    if form.is_valid():
        try:
            result = services.rotate_credential(row, form.values("keys"))
        except QuadboxError as error:
            refusal = form.refusal(error)
        else:
            if result.ok:
                messages.success(request, _("The vendor accepted the new keys. They are now in use."))
                return redirect("credential", pk=pk)
            refusal = {"rotation": lists.TestResult.from_row(result, row.vendor)}
    return credential_page(request, row, CredentialForm(row.vendor, row), form, refusal)


@require_POST
@team_page(Role.ADMIN)
def delete_credential(request: TeamRequest, pk: UUID) -> HttpResponse:
    try:
        services.delete_credential(team_credential(request, pk))
    except QuadboxError as error:
        refusals.flash(request, error)
    return redirect("credentials")
