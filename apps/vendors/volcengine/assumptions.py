"""What the vendor's documents leave open, each with the safe reading taken and the app's setting that changes it."""

from __future__ import annotations

from apps.vendors.contract import LEFT_OPEN, AppSpec, Field, grouped

WHOLE, CHANGED = "whole", "changed"

SETTINGS = grouped(
    LEFT_OPEN,
    Field("allow_rtmps", "boolean", "Push URLs may be rtmps://",
          "The vendor documents rtmp:// only. Allow rtmps:// once a try has shown that your account takes it.", False),
    Field("update_sends", "choice", "A change on air sends",
          "All of it is safe whatever was lost before; only what changed is smaller, and asks the vendor to keep the"
          " rest.", WHOLE,
          choices=((WHOLE, "All that can change"), (CHANGED, "Only what changed"))),
    Field("overlay_seats", "boolean", "Pictures and texts above people",
          "Undocumented trick: each is the placeholder of an invented person who never publishes, and takes the place of"
          " a region. Try it first. Otherwise they become part of the background.", False),
    Field("callback_max_age_hours", "integer", "Oldest callback taken, in hours",
          "An older one is refused, so that nobody can repeat what they overheard. 0 takes any age.", 24, 0, 720),
)  # fmt: skip


def switched_on(app: AppSpec, name: str) -> bool:
    """A boolean setting that is off unless it was switched on."""
    return app.settings.get(name) is True


def sends_changes(app: AppSpec) -> bool:
    return app.settings.get("update_sends") == CHANGED


def max_age_hours(app: AppSpec) -> int:
    value = app.settings.get("callback_max_age_hours")
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 24
