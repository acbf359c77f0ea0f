"""Pages of keys and apps. Admins only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import settings_pages
from apps.accounts.doors import page
from apps.accounts.models import Role
from apps.accounts.requests import TeamRequest
from apps.core.door import ask, is_ok, problems_of
from apps.credentials import forms, subscriptions
from apps.credentials.api import AppViewSet, CredentialViewSet
from apps.credentials.models import App, Credential
from apps.vendors import registry

TESTS_SHOWN = 10


@require_GET
@page(Role.ADMIN)
def credentials(request: TeamRequest) -> HttpResponse:
    rows: Any = Credential.objects.filter(team=request.team).annotate(app_count=Count("apps")).order_by("name")
    for row in rows:
        row.key_names = sorted(row.keys)
        row.last_tests = list(row.tests.order_by("-id")[:TESTS_SHOWN])[::-1]
        row.last_test = row.last_tests[-1] if row.last_tests else None
    context = {"credentials": rows, "vendors": registry.vendors(), **settings_pages.side("credentials")}
    return render(request, "credentials/credentials.html", context)


@page(Role.ADMIN)
def credential_form(request: TeamRequest, pk: UUID | None = None) -> HttpResponse:
    row = get_object_or_404(Credential, team=request.team, pk=pk) if pk else None
    vendor = row.vendor if row else request.GET.get("vendor", "")
    if vendor not in registry.vendors():
        return redirect("credentials")
    fields = forms.credential_fields(vendor, row)
    context: dict[str, Any] = {
        "heading": row.name if row else _("Keys of %(vendor)s") % {"vendor": vendor.title()},
        "back": "/settings/credentials/",
        "delete_url": f"/settings/credentials/{pk}/delete/" if row else "",
        **settings_pages.side("credentials"),
    }
    if request.method == "POST":
        data = forms.read(request.POST)
        keys = data.pop("keys", {})
        data.setdefault("endpoints", {})
        if row is None:
            answer = ask(request, CredentialViewSet, "post", "create", data | {"vendor": vendor, "keys": keys})
        else:
            answer = ask(request, CredentialViewSet, "patch", "partial_update", data, pk=str(pk))
            if is_ok(answer) and keys:
                answer = ask(request, CredentialViewSet, "post", "rotate", {"keys": row.keys | keys}, pk=str(pk))
        if is_ok(answer):
            return redirect("credentials")
        said = problems_of(answer)
        context |= said
        fields = forms.with_errors(fields, request.POST, said["problems"])
    return render(request, "credentials/form.html", context | {"fields": fields})


@require_POST
@page(Role.ADMIN)
def test(request: TeamRequest, pk: UUID) -> HttpResponse:
    answer = ask(request, CredentialViewSet, "post", "test", pk=str(pk))
    if not is_ok(answer):
        messages.error(request, problems_of(answer)["detail"])
    return redirect("credentials")


@require_POST
@page(Role.ADMIN)
def delete_credential(request: TeamRequest, pk: UUID) -> HttpResponse:
    return gone(request, ask(request, CredentialViewSet, "delete", "destroy", pk=str(pk)), "credentials")


@require_GET
@page(Role.ADMIN)
def apps(request: TeamRequest) -> HttpResponse:
    rows = App.objects.filter(team=request.team).select_related("credential").order_by("name")
    has_credentials = Credential.objects.filter(team=request.team).exists()
    context = {"apps": rows, "has_credentials": has_credentials, **settings_pages.side("apps")}
    return render(request, "credentials/apps.html", context)


@page(Role.ADMIN)
def app_form(request: TeamRequest, pk: UUID | None = None) -> HttpResponse:
    row = get_object_or_404(App, team=request.team, pk=pk) if pk else None
    choices = Credential.objects.filter(team=request.team).order_by("name")
    if row:
        choices = choices.filter(vendor=row.vendor)
    posted = next((one for one in choices if str(one.pk) == request.POST.get("credential")), None)
    vendor = row.vendor if row else (posted.vendor if posted else "")
    fields = forms.app_fields(list(choices), vendor, row)
    context: dict[str, Any] = {
        "heading": row.name if row else _("App"),
        "back": "/settings/apps/",
        "delete_url": f"/settings/apps/{pk}/delete/" if row else "",
        **settings_pages.side("apps"),
    }
    if request.method == "POST":
        data = forms.read(request.POST)
        data["settings"] = forms.typed(vendor, data.get("settings", {}))
        if row and "secrets" in data:
            data["secrets"] = row.secrets | data["secrets"]
        if row:
            answer = ask(request, AppViewSet, "patch", "partial_update", data, pk=str(pk))
        else:
            answer = ask(request, AppViewSet, "post", "create", data)
        if is_ok(answer):
            # The vendor's own fields are known once the credential is: a new app opens on them.
            return redirect("apps") if row else redirect("app", pk=answer.data["id"])
        said = problems_of(answer)
        context |= said
        fields = forms.with_errors(fields, request.POST, said["problems"])
    if row:
        shown = ask(request, AppViewSet, "get", "retrieve", pk=str(pk))
        context |= {"callbacks": shown.data.get("callback_urls", {}), "last_callback_at": row.last_callback_at}
        context["subscribing"] = [one.slug for one in subscriptions.subscribing(row)]
    return render(request, "credentials/form.html", context | {"fields": fields})


@require_POST
@page(Role.ADMIN)
def subscribe(request: TeamRequest, pk: UUID) -> HttpResponse:
    data = {"product": request.POST.get("product", ""), "replace": request.POST.get("replace") == "1"}
    answer = ask(request, AppViewSet, "post", "subscribe", data, pk=str(pk))
    if is_ok(answer):
        messages.success(request, _("The callbacks of this app come here."))
    else:
        messages.error(request, problems_of(answer)["detail"])
    return redirect("app", pk=pk)


@require_POST
@page(Role.ADMIN)
def delete_app(request: TeamRequest, pk: UUID) -> HttpResponse:
    return gone(request, ask(request, AppViewSet, "delete", "destroy", pk=str(pk)), "apps")


def gone(request: TeamRequest, answer: Any, back: str) -> HttpResponse:
    if not is_ok(answer):
        messages.error(request, problems_of(answer)["detail"])
    return redirect(back)
