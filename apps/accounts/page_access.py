"""Who may open a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from apps.accounts.models import Role

View = Callable[..., HttpResponseBase]


def team_page(role: str = Role.VIEWER) -> Callable[[View], View]:
    """Requires a signed-in person who has at least this role in a team; otherwise the sign-in page, or 403.

    An htmx request of a part of a page is answered with 401 instead of the sign-in page, which would replace the part.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def with_role(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership = getattr(request, "membership", None)
            if membership is None or not membership.may(role):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        signed_in_view = login_required(with_role)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.htmx and not request.user.is_authenticated:  # type: ignore[attr-defined]
                return signed_out(request)
            return signed_in_view(request, *args, **kwargs)

        return guarded

    return decorate


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 with a toast that links to the sign-in page and back; the page itself is not changed."""
    current_path = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    action = {"label": _("Sign in"), "href": f"{settings.LOGIN_URL}?{urlencode({'next': current_path})}"}
    toast = {"text": _("You are signed out. This page no longer updates."), "level": "error", "action": action}
    return trigger_client_event(HttpResponse(status=401), "quadbox:toast", toast)
