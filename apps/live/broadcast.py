"""Sends typed messages to a team's browsers, after commit and in order."""

from __future__ import annotations

import asyncio
import logging
import threading
import uuid
from functools import partial
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import F

from apps.live.messages import Message
from apps.live.models import LiveCounter, LiveMessage

log = logging.getLogger(__name__)

MAX_REPLAYED = 500  # messages; a browser that missed more fetches everything again


def team_group(team_id: uuid.UUID | str) -> str:
    """The channel layer's group of a team."""
    return f"team.{team_id}"


def send_to_team(team_id: uuid.UUID, message: Message) -> int:
    """Numbers the message, stores it, and sends it once the transaction is committed. Answers its `seq`.

    The counter's row stays locked until the commit: numbers become visible in their order, without gaps, so a
    browser that saw 7 has seen all up to 7.
    """
    with transaction.atomic():
        if not LiveCounter.objects.filter(team_id=team_id).update(seq=F("seq") + 1):
            LiveCounter.objects.get_or_create(team_id=team_id)
            LiveCounter.objects.filter(team_id=team_id).update(seq=F("seq") + 1)
        seq = LiveCounter.objects.values_list("seq", flat=True).get(team_id=team_id)
        data = {key: value for key, value in message.items() if key != "kind"}
        LiveMessage.objects.create(team_id=team_id, seq=seq, kind=message["kind"], data=data)
        transaction.on_commit(partial(wake_sockets, team_id, seq))
    return seq


def wake_sockets(team_id: uuid.UUID | str, seq: int) -> None:
    """Wakes the team's sockets: each reads what it has not seen yet. A lost wake-up costs nothing but time.

    Works on any thread, also on one that runs an event loop (a Celery thread does not, an ASGI view may).
    """
    event = {"type": "team.changed", "seq": seq}
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        _group_send(team_id, event)
        return
    thread = threading.Thread(target=_group_send, args=(team_id, event))
    thread.start()
    thread.join(5)


def _group_send(team_id: uuid.UUID | str, event: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(team_group(team_id), event)
    except Exception:
        # The message is stored: browsers get it with the next one, or when they connect again. The change that was
        # committed must not look failed because Redis is away.
        log.warning("The channel layer did not take message %s of team %s.", event["seq"], team_id, exc_info=True)


def last_seq(team_id: uuid.UUID | str) -> int:
    """Where the team is; 0 before its first message."""
    return LiveCounter.objects.filter(team_id=team_id).values_list("seq", flat=True).first() or 0


def messages_after(
    team_id: uuid.UUID | str, since: int, limit: int = MAX_REPLAYED
) -> tuple[int, list[dict[str, Any]] | None]:
    """(the team's last seq, messages after `since` in order); None instead of the list when some are gone."""
    last = last_seq(team_id)
    if since >= last:
        return last, [] if since == last else None  # ahead: the browser knew another database
    rows = list(LiveMessage.objects.filter(team_id=team_id, seq__gt=since).order_by("seq")[: limit + 1])
    if not rows or rows[0].seq != since + 1 or len(rows) > limit:
        return last, None
    return rows[-1].seq, [{**row.data, "kind": row.kind, "seq": row.seq} for row in rows]
