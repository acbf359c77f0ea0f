"""Pages of people: who is in the team, and who did what."""

from __future__ import annotations

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
from apps.accounts.api import MembershipViewSet
from apps.accounts.models import Membership, Role, User
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.door import act, ask, complain, is_ok, problems_of
from apps.core.errors import Conflict
from apps.core.paging import by_key, query, search_of


class SignIn(LoginView):
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`first_run`: nobody has ever signed in, so whoever stands here started Quadbox just now."""
        first_run = not User.objects.filter(last_login__isnull=False).exists()
        return super().get_context_data(first_run=first_run, **kwargs)


@team_page(Role.ADMIN)
def people(request: TeamRequest) -> HttpResponse:
    context: dict[str, Any] = {}
    if request.method == "POST":
        names = ("username", "role", "email")
        answer = ask(request, MembershipViewSet, "post", "create", {name: request.POST.get(name, "") for name in names})
        context = {"invited": answer.data} if is_ok(answer) else problems_of(answer) | {"typed": request.POST}
    return people_page(request, context)


def people_page(request: TeamRequest, context: dict[str, Any]) -> HttpResponse:
    rows = Membership.objects.filter(team=request.team).select_related("user")
    admins = rows.filter(role=Role.ADMIN, user__is_active=True).count()
    if q := search_of(request):
        rows = rows.filter(Q(user__username__icontains=q) | Q(user__email__icontains=q))
    found, links = by_key(request, rows)
    for one in found:
        shown: Any = one
        shown.is_last_admin = one.role == Role.ADMIN and admins == 1
    context = {"memberships": found, "roles": Role.choices, "q": q, **links} | context
    return render(request, "accounts/people.html", context | settings_pages.side("people"))


@require_POST
@team_page(Role.ADMIN)
def password_link(request: TeamRequest, membership_id: UUID) -> HttpResponse:
    """A new link for somebody who never came, or forgot; the page shows it once."""
    one = get_object_or_404(Membership.objects.select_related("user"), team=request.team, pk=membership_id)
    try:
        url = members.password_url_of(one)
    except Conflict as error:
        messages.error(request, error.detail)
        return redirect("people")
    return people_page(request, {"invited": {"username": one.user.username, "password_url": url}})


@require_POST
@team_page(Role.ADMIN)
def change_role(request: TeamRequest, membership_id: UUID) -> HttpResponse:
    data = {"role": request.POST.get("role", "")}
    return settled(request, act(request, MembershipViewSet, "patch", "partial_update", data, pk=str(membership_id)))


@require_POST
@team_page(Role.ADMIN)
def remove(request: TeamRequest, membership_id: UUID) -> HttpResponse:
    return settled(request, act(request, MembershipViewSet, "delete", "destroy", pk=str(membership_id)))


@require_GET
@team_page(Role.ADMIN)
def audit(request: TeamRequest) -> HttpResponse | StreamingHttpResponse:
    filters = audit_list.read(request)
    rows = audit_list.filtered(log.entries(request.team), filters)
    if (form := request.GET.get("format", "")) in audit_list.EXPORTS:
        return audit_list.export(rows, form)
    entries, links = by_key(request, rows, 50, numbered=True)
    for entry in entries:
        entry.fields = ", ".join(sorted(entry.changes_dict))
    context = {
        "entries": entries,
        "filters": filters,
        "filtered": any(filters.values()),
        "kinds": audit_list.kinds(),
        "actions": audit_list.ACTIONS,
        "export_query": query(request),
        **links,
    }
    return render(request, "accounts/audit.html", context | settings_pages.side("audit"))


def settled(request: TeamRequest, answer: Any) -> HttpResponse:
    complain(request, answer)
    return redirect("people")
