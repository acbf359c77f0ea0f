"""Presence: who else has a layout open."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import connect

from apps.accounts.models import ApiToken
from tests.live.test_socket import ORIGIN, run, server

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["server"]
LAYOUT = "3f2b8a52-3f3f-4b53-9a0e-6f5d4d1c2b3a"
OTHER = "00000000-3f3f-4b53-9a0e-6f5d4d1c2b3a"


@pytest.fixture
def keys(people: dict[str, Any]) -> dict[str, str]:
    return {
        name: ApiToken.issue(user=people[name], team=people[name].memberships.get().team)
        for name in ("viewer", "producer", "outsider")
    }


async def enter(socket: Any, layout: str = LAYOUT) -> None:
    await socket.send(json.dumps({"kind": "presence.enter", "layout_id": layout}))


async def next_message(socket: Any, seconds: float = 5) -> dict[str, Any]:
    """The next message other than `hello`."""
    while True:
        message: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), seconds))
        if message["kind"] != "hello":
            return message


async def is_silent(socket: Any) -> bool:
    try:
        await next_message(socket, 0.5)
    except TimeoutError:
        return True
    return False


def test_both_browsers_see_each_other_and_who_left(server: str, keys: dict[str, str], people: dict[str, Any]) -> None:
    async def scenario() -> None:
        async with connect(f"{server}?token={keys['producer']}", origin=ORIGIN) as first:
            await enter(first)
            assert await is_silent(first)
            async with connect(f"{server}?token={keys['viewer']}", origin=ORIGIN) as second:
                await enter(second)
                arrived = await next_message(first)
                assert arrived["kind"] == "presence.here"
                assert arrived["layout_id"] == LAYOUT
                assert arrived["person"] == {"id": str(people["viewer"].pk), "name": "viewer"}
                assert arrived["editing"] is False
                answer = await next_message(second)
                assert (answer["person"]["name"], answer["editing"]) == ("producer", True)
                await enter(second)  # repeated: received, and not answered
                assert (await next_message(first))["connection"] == arrived["connection"]
                assert await is_silent(second)
            gone = await next_message(first)
            assert gone == {"kind": "presence.left", "layout_id": LAYOUT, "connection": arrived["connection"]}

    run(scenario())


def test_leaving_one_layout_keeps_the_other(server: str, keys: dict[str, str]) -> None:
    async def scenario() -> None:
        async with (
            connect(f"{server}?token={keys['producer']}", origin=ORIGIN) as first,
            connect(f"{server}?token={keys['viewer']}", origin=ORIGIN) as second,
        ):
            await enter(second, OTHER)
            assert await is_silent(second)
            for layout in (LAYOUT, OTHER):
                await enter(first, layout)
            arrived = await next_message(second)
            assert arrived["layout_id"] == OTHER
            await first.send(json.dumps({"kind": "presence.leave", "layout_id": LAYOUT}))
            assert await is_silent(second)
            await first.send(json.dumps({"kind": "presence.leave", "layout_id": OTHER}))
            assert await next_message(second) == {
                "kind": "presence.left",
                "layout_id": OTHER,
                "connection": arrived["connection"],
            }

    run(scenario())


def test_browsers_of_another_team_are_not_seen(server: str, keys: dict[str, str]) -> None:
    async def scenario() -> None:
        async with (
            connect(f"{server}?token={keys['producer']}", origin=ORIGIN) as ours,
            connect(f"{server}?token={keys['outsider']}", origin=ORIGIN) as theirs,
        ):
            await enter(ours)
            await enter(theirs)
            assert await is_silent(ours)
            assert await is_silent(theirs)

    run(scenario())


@pytest.mark.parametrize(
    "frame",
    ["[]", "nonsense", '"text"', "{}", '{"kind": "presence.enter"}', '{"kind": "presence.enter", "layout_id": "../x"}',
     '{"kind": "presence.enter", "layout_id": 5}', '{"kind": "task.changed", "layout_id": "' + LAYOUT + '"}'],
)  # fmt: skip
def test_bad_message_is_ignored(server: str, keys: dict[str, str], frame: str) -> None:
    async def scenario() -> None:
        async with (
            connect(f"{server}?token={keys['producer']}", origin=ORIGIN) as first,
            connect(f"{server}?token={keys['viewer']}", origin=ORIGIN) as second,
        ):
            await enter(second)
            await first.send(frame)
            assert await is_silent(second)
            await enter(first)  # the socket still serves
            assert (await next_message(second))["person"]["name"] == "producer"

    run(scenario())
