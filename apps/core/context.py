"""What every page shows of the installation."""

from __future__ import annotations

from django.http import HttpRequest

from apps.core.version import VERSION


def version(request: HttpRequest) -> dict[str, str]:
    return {"version": VERSION}
