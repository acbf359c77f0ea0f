"""The page of retention policies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts import settings_pages
from apps.accounts.models import Role, Team
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.archive import retention, services
from apps.archive.models import MAX_STAY_DAYS, MIN_STAY_DAYS, Policy
from apps.core import refusals
from apps.core.errors import QuadboxError
from apps.credentials.models import App

MAX_REMOVED = 50  # removed recordings on the page


class PolicyForm(forms.Form):
    """`policy` names the one to change; without it a new one is created for `app`, or for the whole team."""

    policy = forms.ModelChoiceField(Policy.objects.none(), required=False)
    app = forms.ModelChoiceField(App.objects.none(), required=False)
    days = forms.IntegerField(min_value=MIN_STAY_DAYS, max_value=MAX_STAY_DAYS, required=False)
    file_hosts = forms.CharField(required=False, max_length=6000)

    def __init__(self, team: Team, *args: Any) -> None:
        super().__init__(*args)
        self.team = team
        self.fields["policy"].queryset = Policy.objects.filter(team=team)  # type: ignore[attr-defined]
        self.fields["app"].queryset = App.objects.filter(team=team)  # type: ignore[attr-defined]

    def clean_file_hosts(self) -> list[str]:
        hosts = str(self.cleaned_data["file_hosts"]).split()
        if len(hosts) > services.MAX_FILE_HOSTS:
            raise forms.ValidationError(_("At most %(n)s are allowed.") % {"n": services.MAX_FILE_HOSTS})
        return hosts

    def save(self) -> Policy:
        """Raises `Invalid`."""
        values = self.cleaned_data
        policy = values["policy"]
        app = policy.app if policy else values["app"]
        return services.save_policy(self.team, policy, app=app, days=values["days"], file_hosts=values["file_hosts"])

    def problems(self) -> dict[str, Any]:
        """The errors of the fields, for components/problems.html."""
        return {
            "detail": _("Fix these problems first."),
            "problems": [
                {"pointer": f"/{name}", "message": message}
                for name, errors in self.errors.items()
                for message in errors
            ],
        }


@team_page(Role.ADMIN)
def policies_page(request: TeamRequest) -> HttpResponse:
    problems: dict[str, Any] = {}
    if request.method == "POST":
        form = PolicyForm(request.team, request.POST)
        if not form.is_valid():
            problems = form.problems()
        else:
            try:
                form.save()
            except QuadboxError as error:
                problems = refusals.as_context(error)
            else:
                messages.success(request, _("Saved."))
                return redirect("archive_policies")
    policies = list(Policy.objects.filter(team=request.team).select_related("app").order_by("app__name", "id"))
    scopes = {policy.app_id for policy in policies}
    context = {
        "policies": policies,
        "apps": [app for app in App.objects.filter(team=request.team).order_by("name") if app.pk not in scopes],
        "needs_team": None not in scopes,
        "removed": retention.restorable(request.team)[:MAX_REMOVED],
        "notice": retention.NOTICE.days,
        "restorable": retention.RESTORABLE_FOR.days,
        **settings_pages.side("recordings"),
        **problems,
    }
    return render(request, "archive/policies.html", context)


@require_POST
@team_page(Role.ADMIN)
def delete_policy(request: TeamRequest, policy_id: UUID) -> HttpResponse:
    get_object_or_404(Policy, team=request.team, pk=policy_id).delete()
    messages.success(request, _("This policy no longer removes recordings."))
    return redirect("archive_policies")
