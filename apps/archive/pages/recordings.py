"""The list of recordings, and the actions of the player page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.models import Role, User
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.archive import retention, selectors, services
from apps.archive.models import Recording, ShareLink
from apps.archive.pages.cards import RecordingCard
from apps.archive.pages.listing import Listing
from apps.core import refusals
from apps.core.errors import QuadboxError

VIEW_COOKIE = "recordings_view"  # set by the grid/list switch of the page


class ChangeForm(forms.Form):
    """A missing field leaves its value as it is."""

    name = forms.CharField(max_length=120, required=False)
    kept = forms.TypedChoiceField(
        choices=[("true", ""), ("false", "")], coerce=lambda text: text == "true", empty_value=None, required=False
    )


class ShareForm(forms.Form):
    days = forms.IntegerField(min_value=1, max_value=services.MAX_SHARE_DAYS, required=False)


@require_GET
@team_page()
def recordings_page(request: TeamRequest) -> HttpResponse:
    context = Listing(request).context()
    context |= {
        "section": "recordings",
        "recordings": [RecordingCard.from_row(row) for row in context["recordings"]],
        "is_list": request.COOKIES.get(VIEW_COOKIE) == "list",
    }
    return render(request, "archive/list.html", context)


@require_POST
@team_page(Role.PRODUCER)
def share(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    recording = recording_of(request, recording_id)
    form = ShareForm(request.POST)
    user = request.user if isinstance(request.user, User) else None
    return run(
        request,
        recording,
        form,
        lambda: services.share(recording, user=user, days=form.cleaned_data["days"] or services.DEFAULT_SHARE_DAYS),
        _("The link is ready. Copy it below."),
        "#share",
    )


@require_POST
@team_page(Role.PRODUCER)
def revoke(request: TeamRequest, recording_id: UUID, link_id: UUID) -> HttpResponse:
    recording = recording_of(request, recording_id)
    link = get_object_or_404(ShareLink, recording=recording, pk=link_id)
    return run(request, recording, None, lambda: services.revoke(link), _("The link was revoked."), "#share")


@require_POST
@team_page(Role.PRODUCER)
def change(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    recording = recording_of(request, recording_id)
    form = ChangeForm(request.POST)

    def save() -> object:
        changes = {name: value for name, value in form.cleaned_data.items() if name in request.POST}
        return services.change(recording, **changes)

    return run(request, recording, form, save, _("Saved."))


@require_POST
@team_page(Role.ADMIN)
def restore(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    recording = get_object_or_404(retention.restorable(request.team), pk=recording_id)
    return run(
        request, recording, None, lambda: services.restore(recording), _("The recording was restored and will be kept.")
    )


@require_POST
@team_page()
def check_files(request: TeamRequest, recording_id: UUID) -> HttpResponse:
    """“Try again” at a missing file: the server asks for it too, so that lists and other browsers learn of it."""
    services.check_files(recording_of(request, recording_id))
    return HttpResponse(status=204)


def recording_of(request: TeamRequest, recording_id: UUID) -> Recording:
    return get_object_or_404(selectors.recordings_of(request.team), pk=recording_id)


def run(
    request: TeamRequest,
    recording: Recording,
    form: forms.Form | None,
    action: Callable[[], object],
    success: str,
    fragment: str = "",
) -> HttpResponse:
    """Validates the form, runs the action and returns to the page, with a message about the result."""
    if form is not None and not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    else:
        try:
            action()
        except QuadboxError as error:
            refusals.flash(request, error)
        else:
            messages.success(request, success)
    return redirect(f"/recordings/{recording.pk}/{fragment}")
