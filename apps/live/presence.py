"""Who has a layout open. Nothing is stored: each browser announces itself to the others, answers newcomers, and repeats
itself; one that is silent for `SILENT_AFTER` seconds counts as gone.

A group is a layout's id within a team. The team is the socket's own, so the id of another team's layout is an empty group
of the own team.
"""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from apps.live.messages import PresenceHere, PresenceLeft

SILENT_AFTER = 45  # seconds; browsers repeat themselves three times within it
MAX_LAYOUTS = 4  # that one socket may have open


def layout_id_of(content: Any) -> str | None:
    """The layout id in a message from a browser; None if there is none."""
    if not isinstance(content, dict) or not isinstance(content.get("layout_id"), str):
        return None
    try:
        return str(UUID(content["layout_id"]))
    except ValueError:
        return None


def layout_group(team_id: str, layout_id: str) -> str:
    """The channel layer's group of all sockets that have it open."""
    return f"team.{team_id}.layout.{layout_id}"


def connection_name(channel_name: str) -> str:
    """A socket's public name: stable while it is open, and not the name of its channel."""
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
