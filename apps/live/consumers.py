"""One socket a page."""

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
from apps.live.broadcast import last_seq, missed, team_group
from apps.live.messages import PresenceHere

log = logging.getLogger(__name__)

UNKNOWN_PERSON, NO_TEAM = 4401, 4403
TROUBLE = 1011  # the browser connects again, and is told from where it stopped hearing
SAFETY_NET = 15.0  # seconds; the channel layer may lose a wake-up, the database does not


class TeamConsumer(AsyncJsonWebsocketConsumer):
    """Decides who may listen to a team, and passes on what is stored for it, in order, each once; and who has the same
    layout open (`presence`).

    The channel layer only says "there is news": what is sent comes from the stored messages after the last one
    sent. So order and completeness do not depend on how the layer delivers.
    """

    team_id: str
    seen: int
    news: asyncio.Event
    pump: asyncio.Task[None] | None = None
    rooms: set[str]
    editing: bool

    async def connect(self) -> None:
        membership = self.scope.get("membership")
        if membership is None:
            user = self.scope.get("user")
            await self.accept()  # a close before accepting reaches the browser as 1006, without the reason
            await self.close(code=NO_TEAM if user is not None and user.is_authenticated else UNKNOWN_PERSON)
            return
        self.team_id = str(membership.team_id)
        self.rooms = set()
        self.editing = membership.may(Role.PRODUCER)
        self.news = asyncio.Event()
        since = self._since()
        self.seen = since or 0
        # Joined before anything is read: what is said from now on wakes us, what was said before is stored.
        await self.channel_layer.group_add(team_group(self.team_id), self.channel_name)
        await self.accept()
        if since is None:
            self.seen = await database_sync_to_async(last_seq)(self.team_id)
        # Where this browser is now: what it missed follows, numbered from there.
        await self.send_json({"kind": "hello", "seq": self.seen})
        self.news.set()
        self.pump = asyncio.create_task(self._pump_or_close())

    async def disconnect(self, code: int) -> None:
        if self.pump is not None:
            self.pump.cancel()
            for layout_id in list(self.rooms):
                await self._leave(layout_id)
            await self.channel_layer.group_discard(team_group(self.team_id), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """What is no JSON is no message: it is passed over, and the socket stays."""
        try:
            await super().receive(text_data or "null", None, **kwargs)
        except ValueError:
            return

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Browsers say what layout they have open, and nothing else."""
        layout_id = presence.room_of(content)
        if layout_id is None or self.pump is None:
            return
        if content.get("kind") == "presence.enter":
            await self._enter(layout_id)
        elif content.get("kind") == "presence.leave" and layout_id in self.rooms:
            await self._leave(layout_id)

    async def _enter(self, layout_id: str) -> None:
        is_new = layout_id not in self.rooms
        if is_new and len(self.rooms) >= presence.ROOMS:
            return
        group = presence.room_group(self.team_id, layout_id)
        if is_new:
            self.rooms.add(layout_id)
            await self.channel_layer.group_add(group, self.channel_name)
        await self._tell_room(group, self._here(layout_id), asks=is_new)

    async def _leave(self, layout_id: str) -> None:
        self.rooms.discard(layout_id)
        group = presence.room_group(self.team_id, layout_id)
        await self.channel_layer.group_discard(group, self.channel_name)
        await self._tell_room(group, presence.left(layout_id, self.channel_name))

    def _here(self, layout_id: str) -> PresenceHere:
        return presence.here(layout_id, self.channel_name, self.scope["user"], editing=self.editing)

    async def _tell_room(self, group: str, message: Any, *, asks: bool = False) -> None:
        event = {"type": "room.news", "message": message, "from": self.channel_name, "asks": asks}
        await self.channel_layer.group_send(group, event)

    async def room_news(self, event: dict[str, Any]) -> None:
        """Passes on who is here; a newcomer, who asks, is answered by everybody once."""
        if event["from"] == self.channel_name:
            return
        await self.send_json(event["message"])
        layout_id = event["message"]["layout_id"]
        if event["asks"] and layout_id in self.rooms:
            group = presence.room_group(self.team_id, layout_id)
            await self._tell_room(group, self._here(layout_id))

    async def team_news(self, event: dict[str, Any]) -> None:
        self.news.set()

    async def _pump_or_close(self) -> None:
        """A socket that stays open and says nothing would be worse than none."""
        try:
            await self._pump()
        except Exception:
            log.exception("A socket of team %s is closed: its messages could not be told.", self.team_id)
            await self.close(code=TROUBLE)

    async def _pump(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), SAFETY_NET)
            self.news.clear()
            last, messages = await database_sync_to_async(missed)(self.team_id, self.seen)
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
