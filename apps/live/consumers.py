"""One socket a page."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from apps.live.broadcast import last_seq, missed, team_group

UNKNOWN_PERSON, NO_TEAM = 4401, 4403
SAFETY_NET = 15.0  # seconds; the channel layer may lose a wake-up, the database does not


class TeamConsumer(AsyncJsonWebsocketConsumer):
    """Decides who may listen to a team, and passes on what is stored for it, in order, each once.

    The channel layer only says "there is news": what is sent comes from the stored messages after the last one
    sent. So order and completeness do not depend on how the layer delivers.
    """

    team_id: str
    seen: int
    news: asyncio.Event
    pump: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        membership = self.scope.get("membership")
        if membership is None:
            user = self.scope.get("user")
            await self.accept()  # a close before accepting reaches the browser as 1006, without the reason
            await self.close(code=NO_TEAM if user is not None and user.is_authenticated else UNKNOWN_PERSON)
            return
        self.team_id = str(membership.team_id)
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
        self.pump = asyncio.create_task(self._pump())

    async def disconnect(self, code: int) -> None:
        if self.pump is not None:
            self.pump.cancel()
            await self.channel_layer.group_discard(team_group(self.team_id), self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Browsers only listen."""

    async def team_news(self, event: dict[str, Any]) -> None:
        self.news.set()

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
