"""Who has a layout open. Nothing is stored: each browser says so to the others, answers newcomers, and says it again
from time to time; who is silent for `SILENT_AFTER` seconds is taken for gone.

A room is a layout's id within a team. The team is the socket's own, so an id of another team's layout names an empty
room of one's own.
"""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from apps.live.messages import PresenceHere, PresenceLeft

SILENT_AFTER = 45  # seconds; browsers repeat themselves three times within it
ROOMS = 4  # that one socket may be in


def room_of(content: Any) -> str | None:
    """The layout id in a message from a browser; None if there is none."""
    if not isinstance(content, dict) or not isinstance(content.get("layout_id"), str):
        return None
    try:
        return str(UUID(content["layout_id"]))
    except ValueError:
        return None


def room_group(team_id: str, layout_id: str) -> str:
    """The channel layer's group of everybody who has it open."""
    return f"team.{team_id}.layout.{layout_id}"


def connection_name(channel_name: str) -> str:
    """A socket's name for others: stable while it lasts, and not the channel's own."""
    return hashlib.sha256(channel_name.encode()).hexdigest()[:16]


def here(layout_id: str, channel_name: str, user: Any, *, editing: bool) -> PresenceHere:
    name = user.get_full_name() or user.get_username()
    return {
        "kind": "presence.here",
        "layout_id": layout_id,
        "connection": connection_name(channel_name),
        "person": {"id": str(user.pk), "name": name},
        "editing": editing,
    }


def left(layout_id: str, channel_name: str) -> PresenceLeft:
    return {"kind": "presence.left", "layout_id": layout_id, "connection": connection_name(channel_name)}
