"""Pages of keys and apps. Admins only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import settings_pages
from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.door import act, ask, is_ok, problems_of
from apps.core.errors import Invalid, QuadboxError
from apps.credentials import callback_status, choices, forms, lists, rehearsal
from apps.credentials.api import AppViewSet, CredentialViewSet
from apps.credentials.models import App, Credential
from apps.vendors import registry


@require_GET
@team_page(Role.ADMIN)
def credentials(request: TeamRequest) -> HttpResponse:
    context = lists.credentials(request, request.team) | settings_pages.side("credentials")
    return render(request, "credentials/credentials.html", context)


@team_page(Role.ADMIN)
def credential_form(request: TeamRequest, pk: UUID | None = None) -> HttpResponse:
    row = own_credential(request, pk) if pk else None
    vendor = row.vendor if row else request.GET.get("vendor", "")
    if vendor not in registry.vendors():
        return redirect("credentials")
    fields = forms.credential_fields(vendor, row)
    said: dict[str, Any] = {}
    if request.method == "POST":
        data = {"endpoints": {}, **forms.read(request.POST)}
        if row is None:
            answer = ask(request, CredentialViewSet, "post", "create", {"keys": {}, **data, "vendor": vendor})
        else:
            answer = ask(request, CredentialViewSet, "patch", "partial_update", data, pk=str(pk))
        if is_ok(answer):
            return redirect("credential", pk=answer.data["id"])
        said = problems_of(answer)
        fields = forms.with_errors(fields, request.POST, said["problems"])
    return credential_page(request, vendor, row, fields, said)


def credential_page(
    request: TeamRequest, vendor: str, row: Credential | None, fields: list[Any], more: dict[str, Any]
) -> HttpResponse:
    context: dict[str, Any] = {
        "heading": row.name if row else _("Keys of %(vendor)s") % {"vendor": vendor.title()},
        "vendor": vendor,
        "credential": lists.dress(row) if row else None,
        "apps": row.apps.order_by("name")[:50] if row else [],
        "replacing": forms.key_fields(vendor, row.keys) if row else [],
        "fields": [field for field in fields if field.get("group") != "endpoints"],
        "endpoints": [field for field in fields if field.get("group") == "endpoints"],
        **settings_pages.side("credentials"),
    }
    return render(request, "credentials/credential.html", context | more)


def own_credential(request: TeamRequest, pk: UUID) -> Credential:
    return get_object_or_404(Credential, team=request.team, pk=pk)


@require_POST
@team_page(Role.ADMIN)
def test(request: TeamRequest, pk: UUID) -> HttpResponse:
    """The answer is kept: the page that asked shows it."""
    answer = act(request, CredentialViewSet, "post", "test", pk=str(pk))
    if not is_ok(answer):
        messages.error(request, problems_of(answer)["detail"])
    if request.POST.get("back") == "credential":
        return redirect("credential", pk=pk)
    return redirect(reverse("credentials") + f"#credential-{pk}")


@require_POST
@team_page(Role.ADMIN)
def rotate(request: TeamRequest, pk: UUID) -> HttpResponse:
    """New keys are tried first; the old ones work until the vendor has taken the new ones."""
    row = own_credential(request, pk)
    keys = forms.read(request.POST).get("keys", {})
    answer = act(request, CredentialViewSet, "post", "rotate", {"keys": keys}, pk=str(pk))
    if is_ok(answer) and answer.data["ok"]:
        messages.success(request, _("The vendor accepted the new keys. They are now in use."))
        return redirect("credential", pk=pk)
    said = {"rotation": answer.data} if is_ok(answer) else problems_of(answer)
    fields = forms.with_errors(forms.key_fields(row.vendor, {}), request.POST, said.get("problems", []))
    shown = forms.credential_fields(row.vendor, row)
    return credential_page(request, row.vendor, row, shown, {**said, "replacing": fields})


@require_POST
@team_page(Role.ADMIN)
def delete_credential(request: TeamRequest, pk: UUID) -> HttpResponse:
    return gone(request, act(request, CredentialViewSet, "delete", "destroy", pk=str(pk)), "credentials")


@require_GET
@team_page(Role.ADMIN)
def apps(request: TeamRequest) -> HttpResponse:
    context = lists.apps(request, request.team) | settings_pages.side("apps")
    return render(request, "credentials/apps.html", context)


@team_page(Role.ADMIN)
def app_form(request: TeamRequest, pk: UUID | None = None) -> HttpResponse:
    rows = App.objects.select_related("credential")
    row = get_object_or_404(rows, team=request.team, pk=pk) if pk else None
    keys = Credential.objects.filter(team=request.team).order_by("name")
    if row:
        keys = keys.filter(vendor=row.vendor)
    posted = next((key for key in keys if str(key.pk) == request.POST.get("credential")), None)
    vendor = row.vendor if row else (posted.vendor if posted else "")
    fields = forms.app_fields(list(keys), vendor, row)
    context: dict[str, Any] = {
        "heading": row.name if row else _("App"),
        **settings_pages.side("apps"),
    }
    if request.method == "POST":
        data = forms.read(request.POST)
        data["settings"] = forms.typed(vendor, data.get("settings", {}))
        if row:
            answer = ask(request, AppViewSet, "patch", "partial_update", data, pk=str(pk))
        else:
            answer = ask(request, AppViewSet, "post", "create", data)
        if is_ok(answer):
            # The vendor's own fields are known once the credential is: a new app opens on them.
            return redirect("app", pk=answer.data["id"])
        said = problems_of(answer)
        context |= said
        fields = forms.with_errors(fields, request.POST, said["problems"])
    if row:
        context |= {"callbacks": callback_status.lines(row), "rehearses": rehearsal.product_of(row)}
    groups = {
        kind: [field for field in fields if field["name"].startswith(f"{kind}:")] for kind in ("secrets", "settings")
    }
    for setting in groups["settings"]:
        setting["app"] = row
    plain = [field for field in fields if ":" not in field["name"]]
    return render(
        request,
        "credentials/app.html",
        context
        | groups
        | {"setting_groups": forms.by_product(vendor, groups["settings"]), "fields": plain, "app": row},
    )


@require_GET
@team_page(Role.ADMIN)
def setting_choices(request: TeamRequest, pk: UUID, name: str) -> HttpResponse:
    """One setting of the app's form again, to be chosen from what the vendor lists; a part of the page."""
    row = get_object_or_404(App.objects.select_related("credential"), team=request.team, pk=pk)
    try:
        _adapter, described = choices.listed_setting(row, name)
    except Invalid as error:
        raise Http404 from error
    (field,) = forms.described("settings", [described], row.settings, secret=False)
    field |= {"app": row}
    try:
        field["choices"] = forms.with_current(choices.choices(row, name), str(field["value"] or ""))
    except QuadboxError as error:
        field["error"] = error.detail
    return render(request, "components/field.html", {"field": field})


@require_POST
@team_page(Role.ADMIN)
def connect(request: TeamRequest, pk: UUID) -> HttpResponse:
    """Tells the sandbox where this app wants its callbacks."""
    row = get_object_or_404(App.objects.select_related("credential"), team=request.team, pk=pk)
    try:
        slug = rehearsal.connect(row)
    except QuadboxError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("The sandbox now sends callbacks for %(product)s.") % {"product": slug})
    return redirect("app", pk=pk)


@require_POST
@team_page(Role.ADMIN)
def subscribe(request: TeamRequest, pk: UUID) -> HttpResponse:
    data = {"product": request.POST.get("product", ""), "replace": request.POST.get("replace") == "1"}
    answer = act(request, AppViewSet, "post", "subscribe", data, pk=str(pk))
    if is_ok(answer):
        messages.success(request, _("The callbacks of this app arrive at this server."))
    else:
        messages.error(request, problems_of(answer)["detail"])
    return redirect("app", pk=pk)


@require_POST
@team_page(Role.ADMIN)
def delete_app(request: TeamRequest, pk: UUID) -> HttpResponse:
    return gone(request, act(request, AppViewSet, "delete", "destroy", pk=str(pk)), "apps")


def gone(request: TeamRequest, answer: Any, back: str) -> HttpResponse:
    if not is_ok(answer):
        messages.error(request, problems_of(answer)["detail"])
    return redirect(back)
