"""Account settings: name, language, time zone, password, API tokens, current team."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from apps.accounts.middleware import SESSION_KEY
from apps.accounts.models import ApiToken, User
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest

MAX_NAME_LENGTH = 60  # characters of a person's name: it stands in the top bar
MAX_TOKENS = 50  # per person and team


class ProfileForm(forms.ModelForm):
    first_name = forms.CharField(label=gettext_lazy("Name"), max_length=MAX_NAME_LENGTH, required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("Browser time zone")), *settings.LANGUAGES],
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)

    class Meta:
        model = User
        fields = ["first_name", "language", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["time_zone"]
        field.choices = [("", _("Browser time zone")), *((name, name) for name in zones())]


class TokenForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Description"), max_length=120)


@cache
def zones() -> list[str]:
    """The names that people know: "Asia/Shanghai", not "EST5EDT" or "posix/…"."""
    areas = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return ["UTC", *sorted(name for name in zoneinfo.available_timezones() if name.partition("/")[0] in areas)]


@team_page()
def me(request: TeamRequest) -> HttpResponse:
    if request.method != "POST":
        return render_page(request)
    form = ProfileForm(request.POST, instance=User.objects.get(pk=request.user.pk))
    if not form.is_valid():
        return render_page(request, profile=form)
    saved = form.save()
    if saved.language:
        translation.activate(saved.language)
    messages.success(request, _("Your settings were saved."))
    answer = redirect("me")
    if saved.language:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, saved.language)
    else:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return answer


@sensitive_post_parameters()
@require_POST
@team_page()
def password(request: TeamRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST)
    if not form.is_valid():
        return render_page(request, password=form)
    update_session_auth_hash(request, form.save())  # this browser stays signed in, all others are signed out
    messages.success(request, _("Your password was changed. Other browsers were signed out."))
    return redirect("me")


@require_POST
@team_page()
def tokens(request: TeamRequest) -> HttpResponse:
    """Creates a token. Its key is on this response only."""
    form = TokenForm(request.POST)
    if form.is_valid() and own_tokens(request).count() >= MAX_TOKENS:
        form.add_error("name", _("You already have %(n)s tokens in this team. Revoke one first.") % {"n": MAX_TOKENS})
    if not form.is_valid():
        return render_page(request, token=form)
    key = ApiToken.issue(user=request.user, team=request.team, name=form.cleaned_data["name"])
    answer = render_page(request, new_key=key)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@team_page()
def revoke(request: TeamRequest, token_id: UUID) -> HttpResponse:
    token = get_object_or_404(own_tokens(request), pk=token_id)
    token.delete()
    messages.success(request, _("The token was revoked. Requests that use it are rejected from now on."))
    return redirect("me")


@require_POST
@team_page()
def switch_team(request: TeamRequest) -> HttpResponse:
    """Switches to another team of this account; any other id changes nothing."""
    team_id = request.POST.get("team", "")
    if any(str(membership.team_id) == team_id for membership in request.memberships):
        request.session[SESSION_KEY] = team_id
    return redirect("control_room")


def own_tokens(request: TeamRequest) -> Any:
    return ApiToken.objects.filter(user=request.user, team=request.team)


def render_page(
    request: TeamRequest,
    *,
    profile: ProfileForm | None = None,
    password: PasswordChangeForm | None = None,
    token: TokenForm | None = None,
    new_key: str = "",
) -> HttpResponse:
    context = {
        "section": "me",
        "now": timezone.now(),
        "profile": profile or ProfileForm(instance=User.objects.get(pk=request.user.pk)),
        "password": password or PasswordChangeForm(request.user),
        "token": token or TokenForm(),
        "tokens": own_tokens(request).order_by("-id"),
        "new_key": new_key,
    }
    return render(request, "accounts/me.html", context)
