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


def page(role: str = Role.VIEWER) -> Callable[[View], View]:
    """Signed in, in a team, and holding at least this role there; otherwise the sign-in page or 403.

    A part of a page that asks for itself is not answered with the sign-in page, which would take its place.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership = getattr(request, "membership", None)
            if membership is None or not membership.may(role):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        whole = login_required(guarded)

        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.htmx and not request.user.is_authenticated:  # type: ignore[attr-defined]
                return signed_out(request)
            return whole(request, *args, **kwargs)

        return answered

    return decorate


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 that changes nothing on the page and says where to sign in, to come back to it."""
    here = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    door = {"label": _("Sign in"), "href": f"{settings.LOGIN_URL}?{urlencode({'next': here})}"}
    said = {"text": _("You are signed out: this page no longer keeps up."), "level": "error", "action": door}
    return trigger_client_event(HttpResponse(status=401), "quadbox:toast", said)
