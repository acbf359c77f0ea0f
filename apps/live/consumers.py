"""The WebSocket of a page."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from apps.accounts.models import Role
from apps.live import presence
from apps.live.broadcast import last_seq, messages_after, team_group
from apps.live.messages import PresenceHere

log = logging.getLogger(__name__)

NOT_SIGNED_IN, NO_TEAM = 4401, 4403  # close codes
INTERNAL_ERROR = 1011  # the browser connects again and gets what it has not received
CHECK_SECONDS = 15.0  # the channel layer may lose a wake-up, the database loses no message


class TeamConsumer(AsyncJsonWebsocketConsumer):
    """Admits members of a team and sends them the team's stored messages, in order, each once; and who has the same
    layout open (`presence`).

    The channel layer only wakes the socket: what is sent are the stored messages after the last one sent. So order and
    completeness do not depend on how the layer delivers.
    """

    team_id: str
    seen: int
    woken: asyncio.Event
    forwarding: asyncio.Task[None] | None = None
    open_layouts: set[str]
    editing: bool

    async def connect(self) -> None:
        membership = self.scope.get("membership")
        if membership is None:
            user = self.scope.get("user")
            await self.accept()  # a close before accepting reaches the browser as 1006, without the reason
            await self.close(code=NO_TEAM if user is not None and user.is_authenticated else NOT_SIGNED_IN)
            return
        self.team_id = str(membership.team_id)
        self.open_layouts = set()
        self.editing = membership.may(Role.PRODUCER)
        self.woken = asyncio.Event()
        since = self._since()
        self.seen = since or 0
        # Joined before anything is read: later messages wake the socket, earlier ones are stored.
        await self.channel_layer.group_add(team_group(self.team_id), self.channel_name)
        await self.accept()
        if since is None:
            self.seen = await database_sync_to_async(last_seq)(self.team_id)
        # The number up to which this browser has everything: what it missed follows.
        await self.send_json({"kind": "hello", "seq": self.seen})
        self.woken.set()
        self.forwarding = asyncio.create_task(self._forward_or_close())

    async def disconnect(self, code: int) -> None:
        if self.forwarding is not None:
            self.forwarding.cancel()
            for layout_id in list(self.open_layouts):
                await self._leave(layout_id)
            await self.channel_layer.group_discard(team_group(self.team_id), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Ignores what is no JSON; the socket stays open."""
        try:
            await super().receive(text_data or "null", None, **kwargs)
        except ValueError:
            return

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Browsers send which layout they have open, and nothing else."""
        layout_id = presence.layout_id_of(content)
        if layout_id is None or self.forwarding is None:
            return
        if content.get("kind") == "presence.enter":
            await self._enter(layout_id)
        elif content.get("kind") == "presence.leave" and layout_id in self.open_layouts:
            await self._leave(layout_id)

    async def _enter(self, layout_id: str) -> None:
        is_new = layout_id not in self.open_layouts
        if is_new and len(self.open_layouts) >= presence.MAX_LAYOUTS:
            return
        group = presence.layout_group(self.team_id, layout_id)
        if is_new:
            self.open_layouts.add(layout_id)
            await self.channel_layer.group_add(group, self.channel_name)
        await self._send_to_layout(group, self._here(layout_id), wants_answer=is_new)

    async def _leave(self, layout_id: str) -> None:
        self.open_layouts.discard(layout_id)
        group = presence.layout_group(self.team_id, layout_id)
        await self.channel_layer.group_discard(group, self.channel_name)
        await self._send_to_layout(group, presence.left(layout_id, self.channel_name))

    def _here(self, layout_id: str) -> PresenceHere:
        return presence.here(layout_id, self.channel_name, self.scope["user"], editing=self.editing)

    async def _send_to_layout(self, group: str, message: Any, *, wants_answer: bool = False) -> None:
        event = {
            "type": "presence.changed",
            "message": message,
            "from": self.channel_name,
            "wants_answer": wants_answer,
        }
        await self.channel_layer.group_send(group, event)

    async def presence_changed(self, event: dict[str, Any]) -> None:
        """Sends the browser who is here. A newcomer, who wants an answer, gets one from everybody."""
        if event["from"] == self.channel_name:
            return
        await self.send_json(event["message"])
        layout_id = event["message"]["layout_id"]
        if event["wants_answer"] and layout_id in self.open_layouts:
            group = presence.layout_group(self.team_id, layout_id)
            await self._send_to_layout(group, self._here(layout_id))

    async def team_changed(self, event: dict[str, Any]) -> None:
        self.woken.set()

    async def _forward_or_close(self) -> None:
        """Closes the socket when it cannot send: the browser then connects again."""
        try:
            await self._forward()
        except Exception:
            log.exception("A socket of team %s is closed: its messages could not be sent.", self.team_id)
            await self.close(code=INTERNAL_ERROR)

    async def _forward(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), CHECK_SECONDS)
            self.woken.clear()
            last, messages = await database_sync_to_async(messages_after)(self.team_id, self.seen)
            if messages is None:
                self.seen = last
                await self.send_json({"kind": "resync", "seq": last})
                continue
            for message in messages:
                self.seen = message["seq"]
                await self.send_json(message)

    def _since(self) -> int | None:
        text = parse_qs(self.scope.get("query_string", b"").decode("ascii", "replace")).get("since", [""])[0]
        return int(text) if text.isdigit() and len(text) < 19 else None
