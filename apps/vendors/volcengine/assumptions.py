"""What the vendor's documents leave open, each with the safe reading taken and the app's setting that changes it."""

from __future__ import annotations

from apps.vendors.fields import LEFT_OPEN, Field, grouped
from apps.vendors.types import AppSpec

WHOLE, CHANGED = "whole", "changed"

SETTINGS = grouped(
    LEFT_OPEN,
    Field("allow_rtmps", "boolean", "Push URLs may be rtmps://",
          "The vendor documents only rtmp://. Allow rtmps:// after a test shows that your account accepts it.", False),
    Field("update_sends", "choice", "Changes on air send",
          "Sending everything is safe whatever was lost before. Sending only changes is smaller and relies on the vendor to keep the rest.", WHOLE,
          choices=((WHOLE, "Everything that can change"), (CHANGED, "Only what changed"))),
    Field("overlay_seats", "boolean", "Pictures and texts above people",
          "Not documented: each one is sent as the placeholder of a user who never publishes, and takes the place of a region. Test it first. Otherwise they become part of the background.", False),
    Field("callback_max_age_hours", "integer", "Maximum age of callbacks (hours)",
          "Older callbacks are rejected, so that nobody can replay them. 0 accepts any age.", 24, 0, 720),
)  # fmt: skip


def switched_on(app: AppSpec, name: str) -> bool:
    """A boolean setting that is off unless it was switched on."""
    return app.settings.get(name) is True


def sends_changes(app: AppSpec) -> bool:
    return app.settings.get("update_sends") == CHANGED


def max_age_hours(app: AppSpec) -> int:
    value = app.settings.get("callback_max_age_hours")
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 24
