"""Pages of people: who is in the team, and who did what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import LoginView
from django.db.models import Q
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import audit as log
from apps.accounts import audit_list, settings_pages
from apps.accounts import people as members
from apps.accounts.forms import InvitationForm, RoleForm
from apps.accounts.models import Membership, Role, User
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core import refusals
from apps.core.errors import QuadboxError
from apps.core.pagination import filters_of, paginate
from apps.core.query_params import search_of


class SignIn(LoginView):
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`first_run`: nobody has ever signed in, so this person has just started Quadbox."""
        first_run = not User.objects.filter(last_login__isnull=False).exists()
        return super().get_context_data(first_run=first_run, **kwargs)


@dataclass(frozen=True, slots=True)
class MemberRow:
    membership: Membership
    is_last_admin: bool


@team_page(Role.ADMIN)
def people(request: TeamRequest) -> HttpResponse:
    if request.method != "POST":
        return people_page(request, InvitationForm())
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return people_page(request, form)
    try:
        membership, url = members.invite(team=request.team, **form.cleaned_data)
    except QuadboxError as error:
        return people_page(request, form, form.refusal(error))
    return people_page(request, InvitationForm(), {"invited": membership.user, "password_url": url})


def people_page(request: TeamRequest, form: InvitationForm, extra: dict[str, Any] | None = None) -> HttpResponse:
    rows = Membership.objects.filter(team=request.team).select_related("user")
    admins = rows.filter(role=Role.ADMIN, user__is_active=True).count()
    if q := search_of(request):
        rows = rows.filter(Q(user__username__icontains=q) | Q(user__email__icontains=q))
    page, links = paginate(request, rows)
    context = {
        "members": [MemberRow(row, is_last_admin=row.role == Role.ADMIN and admins == 1) for row in page],
        "roles": Role.choices,
        "form": form,
        "q": q,
        **links,
    }
    return render(request, "accounts/people.html", context | settings_pages.side("people") | (extra or {}))


def team_membership(request: TeamRequest, membership_id: UUID) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user"), team=request.team, pk=membership_id)


@require_POST
@team_page(Role.ADMIN)
def password_link(request: TeamRequest, membership_id: UUID) -> HttpResponse:
    """A new link for somebody who never signed in, or forgot; the page shows it once."""
    membership = team_membership(request, membership_id)
    try:
        url = members.password_url_of(membership)
    except QuadboxError as error:
        refusals.flash(request, error)
        return redirect("people")
    return people_page(request, InvitationForm(), {"invited": membership.user, "password_url": url})


@require_POST
@team_page(Role.ADMIN)
def change_role(request: TeamRequest, membership_id: UUID) -> HttpResponse:
    membership, form = team_membership(request, membership_id), RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["role"]))
        return redirect("people")
    try:
        members.change_role(membership, form.cleaned_data["role"])
    except QuadboxError as error:
        refusals.flash(request, error)
    return redirect("people")


@require_POST
@team_page(Role.ADMIN)
def remove(request: TeamRequest, membership_id: UUID) -> HttpResponse:
    try:
        members.remove(team_membership(request, membership_id))
    except QuadboxError as error:
        refusals.flash(request, error)
    return redirect("people")


@require_GET
@team_page(Role.ADMIN)
def audit(request: TeamRequest) -> HttpResponse | StreamingHttpResponse:
    filters = audit_list.AuditFilter(request)
    rows = filters.apply(log.entries(request.team))
    file_format = request.GET.get("format", "")
    is_export = file_format in audit_list.EXPORTS
    if is_export and not filters.problems:
        return audit_list.export(rows, file_format)
    entries, links = paginate(request, rows, 50)
    for entry in entries:
        entry.fields = ", ".join(sorted(entry.changes_dict))
    context = {
        "entries": entries,
        "filters": filters.texts,
        "problems": filters.problems,
        "filtered": any(filters.texts.values()),
        "kinds": audit_list.kinds(),
        "actions": audit_list.ACTIONS,
        "export_query": filters_of(request).urlencode(),
        **links,
    }
    # A file with rows that the filter should have left out would be worse than none.
    return render(
        request, "accounts/audit.html", context | settings_pages.side("audit"), status=400 if is_export else 200
    )
