"""The socket: who may connect, and that messages come in order and complete."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from django.db import OperationalError
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from apps.accounts.models import ApiToken
from apps.live.broadcast import messages_after, send_to_team
from apps.live.models import LiveMessage

pytestmark = pytest.mark.django_db(transaction=True)
ORIGIN: Any = "http://127.0.0.1"  # as a browser sends it


@pytest.fixture
def server(redis_server: str, transactional_db: None) -> Iterator[str]:
    from apps.config.asgi import application

    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    http_server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
    thread = threading.Thread(target=http_server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not http_server.started:
        time.sleep(0.01)
    yield f"ws://127.0.0.1:{bound.getsockname()[1]}/ws/live/"
    http_server.should_exit = True
    thread.join(10)


@pytest.fixture
def key(people: dict[str, Any], team: Any) -> str:
    return ApiToken.issue(user=people["viewer"], team=team)


def send(team: Any, number: int) -> int:
    return send_to_team(team.pk, {"kind": "layout.saved", "layout": {"id": "x", "name": "x", "version": number}})


def run(work: Any) -> Any:
    """On a thread of its own: the test's thread keeps its database connection to itself."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(asyncio.run(work)))
    thread.start()
    thread.join(20)
    assert results, "it did not finish"
    return results[0]


async def read(address: str, count: int, *, then: Any = None) -> list[dict[str, Any]]:
    async with connect(address, origin=ORIGIN) as opened:
        messages = [json.loads(await asyncio.wait_for(opened.recv(), 5))]
        if then is not None:
            await asyncio.to_thread(then)
        while len(messages) < count:
            messages.append(json.loads(await asyncio.wait_for(opened.recv(), 5)))
        return messages


def test_messages_arrive_in_order_each_once(server: str, key: str, team: Any) -> None:
    send(team, 0)
    messages = run(read(f"{server}?token={key}", 51, then=lambda: [send(team, number) for number in range(50)]))
    assert messages[0] == {"kind": "hello", "seq": 1}
    assert [message["seq"] for message in messages[1:]] == list(range(2, 52))
    assert [message["layout"]["version"] for message in messages[1:]] == list(range(50))


def test_reconnected_browser_gets_the_missed_messages(server: str, key: str, team: Any) -> None:
    for number in range(10):
        send(team, number)
    messages = run(read(f"{server}?token={key}&since=4", 8, then=lambda: send(team, 10)))
    assert messages[0] == {"kind": "hello", "seq": 4}
    assert [message["seq"] for message in messages[1:]] == [5, 6, 7, 8, 9, 10, 11]


@pytest.mark.parametrize("since", [1, 99])
def test_deleted_messages_are_a_resync(server: str, key: str, team: Any, since: int) -> None:
    for number in range(10):
        send(team, number)
    LiveMessage.objects.filter(seq__lt=5).delete()
    messages = run(read(f"{server}?token={key}&since={since}", 2))
    assert messages[1] == {"kind": "resync", "seq": 10}


def test_socket_that_cannot_send_is_closed_and_the_next_continues(
    server: str, key: str, team: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from apps.live import consumers

    calls: list[int] = []

    def failing_once(team_id: str, since: int) -> Any:
        calls.append(since)
        if len(calls) == 2:
            raise OperationalError("the database is locked")
        return messages_after(team_id, since)

    monkeypatch.setattr(consumers, "messages_after", failing_once)

    async def listen() -> tuple[int, list[dict[str, Any]]]:
        address = f"{server}?token={key}"
        async with connect(address, origin=ORIGIN) as opened:
            hello = json.loads(await asyncio.wait_for(opened.recv(), 5))
            while not calls:
                await asyncio.sleep(0.01)
            await asyncio.to_thread(send, team, 1)
            with pytest.raises(ConnectionClosed):
                await asyncio.wait_for(opened.recv(), 5)
        return opened.close_code or 0, await read(f"{address}&since={hello['seq']}", 2)

    code, messages = run(listen())
    assert code == 1011
    assert messages[1]["layout"]["version"] == 1
    assert "could not be sent" in caplog.text


def test_messages_of_another_team_do_not_arrive(server: str, people: dict[str, Any], team: Any) -> None:
    theirs = people["outsider"].memberships.get().team
    key = ApiToken.issue(user=people["outsider"], team=theirs)

    def both() -> None:
        send(team, 1)
        send(theirs, 2)

    messages = run(read(f"{server}?token={key}", 2, then=both))
    assert messages[1]["layout"]["version"] == 2


def test_unknown_token_is_closed_with_4401(server: str) -> None:
    async def close_code() -> int:
        async with connect(f"{server}?token=guess", origin=ORIGIN) as opened:
            with pytest.raises(ConnectionClosed):
                await opened.recv()
            return opened.close_code or 0

    assert run(close_code()) == 4401
