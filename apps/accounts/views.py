"""Pages of people: who is in the team, and who did what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import LoginView
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import audit as log
from apps.accounts import settings_pages
from apps.accounts.api import MembershipViewSet
from apps.accounts.doors import page
from apps.accounts.models import Membership, Role, User
from apps.accounts.requests import TeamRequest
from apps.core.door import ask, is_ok, problems_of


class SignIn(LoginView):
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`first_run`: nobody has ever signed in, so whoever stands here started Quadbox just now."""
        first_run = not User.objects.filter(last_login__isnull=False).exists()
        return super().get_context_data(first_run=first_run, **kwargs)


@page(Role.ADMIN)
def people(request: TeamRequest) -> HttpResponse:
    context: dict[str, Any] = {}
    if request.method == "POST":
        names = ("username", "role")
        answer = ask(request, MembershipViewSet, "post", "create", {name: request.POST.get(name, "") for name in names})
        context = {"invited": answer.data} if is_ok(answer) else problems_of(answer)
    members = Membership.objects.filter(team=request.team).select_related("user").order_by("user__username")
    context |= {"memberships": members, "roles": Role.choices, **settings_pages.side("people")}
    return render(request, "accounts/people.html", context)


@require_POST
@page(Role.ADMIN)
def change_role(request: TeamRequest, membership_id: UUID) -> HttpResponse:
    data = {"role": request.POST.get("role", "")}
    return settled(request, ask(request, MembershipViewSet, "patch", "partial_update", data, pk=str(membership_id)))


@require_POST
@page(Role.ADMIN)
def remove(request: TeamRequest, membership_id: UUID) -> HttpResponse:
    return settled(request, ask(request, MembershipViewSet, "delete", "destroy", pk=str(membership_id)))


@require_GET
@page(Role.ADMIN)
def audit(request: TeamRequest) -> HttpResponse:
    q = request.GET.get("q", "").replace("\0", "").strip()  # PostgreSQL takes no NUL
    rows = log.entries(request.team)
    if q:
        rows = rows.filter(Q(actor__username__icontains=q) | Q(object_repr__icontains=q))
    entries = list(rows[:100])
    for entry in entries:
        entry.fields = ", ".join(sorted(entry.changes_dict))
    return render(request, "accounts/audit.html", {"entries": entries, "q": q, **settings_pages.side("audit")})


def settled(request: TeamRequest, answer: Any) -> HttpResponse:
    if not is_ok(answer):
        said = problems_of(answer)
        messages.error(request, " ".join([said["detail"], *(one["message"] for one in said["problems"])]))
    return redirect("people")
