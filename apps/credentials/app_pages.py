"""Pages of apps. Admins only; in REST everybody in the team reads them too, without their secrets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import settings_pages
from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core import refusals
from apps.core.errors import Invalid, QuadboxError
from apps.credentials import callback_status, choices, lists, sandbox_link, services, subscriptions
from apps.credentials.forms import AppForm
from apps.credentials.models import App, Credential
from apps.credentials.typed_fields import field_factory


@require_GET
@team_page(Role.ADMIN)
def apps(request: TeamRequest) -> HttpResponse:
    context = lists.apps(request, request.team) | settings_pages.side("apps")
    return render(request, "credentials/apps.html", context)


@team_page(Role.ADMIN)
def app_form(request: TeamRequest, pk: UUID | None = None) -> HttpResponse:
    row = team_app(request, pk) if pk else None
    credentials = Credential.objects.filter(team=request.team).order_by("name")
    if row:
        credentials = credentials.filter(vendor=row.vendor)
    if request.method != "POST":
        return app_page(request, row, AppForm(credentials, row))
    form = AppForm(credentials, row, request.POST)
    refusal: dict[str, Any] = {}
    if form.is_valid():
        try:
            if row:
                saved = services.update_app(row, **form.request())
            else:
                saved = services.create_app(team=request.team, **form.request())
        except QuadboxError as error:
            refusal = form.refusal(error)
        else:
            # The vendor's own fields are known once the credential is: a new app opens on them.
            return redirect("app", pk=saved.pk)
    return app_page(request, row, form, refusal)


def app_page(
    request: TeamRequest, row: App | None, form: AppForm, refusal: dict[str, Any] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"heading": row.name if row else _("App"), "form": form, "app": row}
    if row:
        stored = team_app(request, row.pk)  # as it is, and not as a refused form would have it
        context |= {"callbacks": callback_status.statuses(stored), "sandbox": sandbox_link.product_to_connect(stored)}
    return render(request, "credentials/app.html", context | settings_pages.side("apps") | (refusal or {}))


def team_app(request: TeamRequest, pk: UUID) -> App:
    return get_object_or_404(App.objects.select_related("credential"), team=request.team, pk=pk)


@require_GET
@team_page(Role.ADMIN)
def setting_choices(request: TeamRequest, pk: UUID, name: str) -> HttpResponse:
    """One setting of the app's form again, as a select of what the vendor lists; a part of the page."""
    row = team_app(request, pk)
    form = AppForm(Credential.objects.none(), row)
    try:
        _adapter, declared = choices.listed_setting(row, name)
    except Invalid as error:
        raise Http404 from error
    field_name, refusal = f"settings:{name}", ""
    try:
        form.fields[field_name] = field_factory(declared, listed=choices.choices(row, name))
    except QuadboxError as error:
        refusal = refusals.as_context(error)["detail"]
    return render(request, "components/form_field.html", {"field": form[field_name], "refusal": refusal})


@require_POST
@team_page(Role.ADMIN)
def connect(request: TeamRequest, pk: UUID) -> HttpResponse:
    """Makes the sandbox send this app's callbacks to us."""
    try:
        slug = sandbox_link.connect_callbacks(team_app(request, pk))
    except QuadboxError as error:
        refusals.flash(request, error)
    else:
        messages.success(request, _("The sandbox now sends callbacks for %(product)s.") % {"product": slug})
    return redirect("app", pk=pk)


@require_POST
@team_page(Role.ADMIN)
def subscribe(request: TeamRequest, pk: UUID) -> HttpResponse:
    app = team_app(request, pk)
    product, replace = request.POST.get("product", ""), request.POST.get("replace") == "1"
    try:
        subscriptions.subscribe(app, product=product, replace=replace)
    except QuadboxError as error:
        refusals.flash(request, error)
    else:
        messages.success(request, _("The callbacks of this app arrive at this server."))
    return redirect("app", pk=pk)


@require_POST
@team_page(Role.ADMIN)
def delete_app(request: TeamRequest, pk: UUID) -> HttpResponse:
    try:
        services.delete_app(team_app(request, pk))
    except QuadboxError as error:
        refusals.flash(request, error)
    return redirect("apps")
