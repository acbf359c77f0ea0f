"""The list of settings pages, drawn beside each of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

PAGES = (
    ("apps", "/settings/apps/", _("Apps")),
    ("credentials", "/settings/credentials/", _("Credentials")),
    ("recordings", "/settings/recordings/", _("Recordings")),
    ("people", "/settings/people/", _("Users")),
    ("audit", "/settings/audit/", _("Audit log")),
    ("health", "/settings/health/", _("Health")),
    ("docs", "/api/docs/", _("API docs")),
)


def side(here: str) -> dict[str, Any]:
    """Context of components/settings.html."""
    return {
        "section": "settings",
        "side": [{"url": url, "title": title, "here": name == here} for name, url, title in PAGES],
    }
