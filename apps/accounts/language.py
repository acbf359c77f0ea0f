"""The language switch: Django's own, which also remembers the choice for the person who is signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.i18n import set_language as django_set_language

from apps.accounts.models import User


def set_language(request: HttpRequest) -> HttpResponseBase:
    chosen = request.POST.get("language", "") if request.method == "POST" else ""
    if isinstance(request.user, User) and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return django_set_language(request)
