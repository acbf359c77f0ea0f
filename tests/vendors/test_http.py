"""The HTTP client: what goes over the wire, and what a broken wire means."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from apps.core.errors import OutcomeUnknown, Refused, UnreadableReply, VendorUnreachable
from apps.vendors.http import VendorHttp
from apps.vendors.plan import PlannedRequest
from apps.vendors.request_template import fill, point, reply_values
from apps.vendors.types import Reply

NO_AUTH = httpx2.Auth()
START = PlannedRequest("Start", "POST", "https://cloud.example.com/v1/{id}", body={"a": "中"}, starts=True)
LOOK = PlannedRequest("Look", "GET", "https://cloud.example.com/v1", read_only=True)


def http(answer: Callable[[httpx2.Request], httpx2.Response]) -> VendorHttp:
    return VendorHttp(transport=httpx2.MockTransport(answer), async_transport=httpx2.MockTransport(answer))


def echo(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(
        200,
        headers={"X-Request-Id": "7"},
        json={"method": request.method, "url": str(request.url), "body": request.content.decode(),
              "type": request.headers.get("content-type")},
    )  # fmt: skip


def said(request: PlannedRequest, *args: Any) -> dict[str, Any]:
    reply = http(echo).send(request, NO_AUTH, *args)
    assert reply.status == 200
    assert reply.headers["x-request-id"] == "7"
    assert isinstance(reply.json, dict)
    return reply.json


def test_json_is_sent_compact_and_in_utf8() -> None:
    request = PlannedRequest("X", "POST", "https://h/", body={"标题": [1, 2.5, None, True]})
    assert said(request)["body"] == '{"标题":[1,2.5,null,true]}'
    assert said(request)["type"] == "application/json"


def test_forms_are_percent_encoded() -> None:
    request = PlannedRequest("X", "POST", "https://h/", body={"a b": "1+1=2&中", "n": 1, "yes": True}, form=True)
    assert said(request)["body"] == "a%20b=1%2B1%3D2%26%E4%B8%AD&n=1&yes=true"
    assert said(request)["type"] == "application/x-www-form-urlencoded"


def test_the_query_is_percent_encoded_once() -> None:
    request = PlannedRequest("X", "GET", "https://h/p?fixed=1", query={"q": "a b+c/d~*", "empty": ""})
    assert said(request)["url"] == "https://h/p?fixed=1&q=a%20b%2Bc%2Fd~%2A&empty="


def test_values_fill_placeholders_everywhere_and_are_escaped_in_urls() -> None:
    request = PlannedRequest(
        "X", "POST", "https://h/tasks/{id}", query={"t": "{id}"}, body={"deep": [{"x": "{id}", "room": "{lobby}"}]}
    )
    answer = said(request, {"id": "a/b"})
    assert answer["url"] == "https://h/tasks/a%2Fb?t=a%2Fb"
    assert answer["body"] == '{"deep":[{"x":"a/b","room":"{lobby}"}]}'


def test_our_public_address_is_filled_in() -> None:
    assert fill({"u": ["<PUBLIC_URL>/a/1.png"]}, {}, "https://box.example.com/") == {
        "u": ["https://box.example.com/a/1.png"]
    }


def test_an_endpoint_replaces_host_and_prefix() -> None:
    assert said(START, {"id": "1"}, "http://127.0.0.1:9/sandbox/cloud/")["url"] == (
        "http://127.0.0.1:9/sandbox/cloud/v1/1"
    )


def test_an_answer_fills_later_requests() -> None:
    request = PlannedRequest("X", "GET", "https://h/", gives={"token": "/data/0/tok~1en"})
    assert reply_values(request, Reply(200, {}, b"", {"data": [{"tok/en": 5}]})) == {"token": "5"}
    for answer in ({}, {"data": []}, None, {"data": [{"tok/en": {}}]}):
        with pytest.raises(UnreadableReply):
            reply_values(request, Reply(200, {}, b"", answer))
    assert point({"a": [1]}, "/a/x") is None
    assert point({"a": 1}, "") == {"a": 1}


def failing(error: type[httpx2.TransportError]) -> Callable[[httpx2.Request], httpx2.Response]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        raise error("wire", request=request)

    return answer


@pytest.mark.parametrize("error", [httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout])
@pytest.mark.parametrize("request_", [START, LOOK])
def test_without_a_connection_nothing_was_sent(error: type[httpx2.TransportError], request_: PlannedRequest) -> None:
    with pytest.raises(VendorUnreachable) as caught:
        http(failing(error)).send(request_, NO_AUTH)
    assert not isinstance(caught.value, OutcomeUnknown)


@pytest.mark.parametrize("error", [httpx2.ReadTimeout, httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError])
def test_a_cut_after_sending_leaves_the_outcome_open_unless_it_only_read(error: type[httpx2.TransportError]) -> None:
    with pytest.raises(OutcomeUnknown):
        http(failing(error)).send(START, NO_AUTH)
    with pytest.raises(OutcomeUnknown):
        asyncio.run(http(failing(error)).asend(START, NO_AUTH))
    with pytest.raises(VendorUnreachable) as caught:
        http(failing(error)).send(LOOK, NO_AUTH)
    assert not isinstance(caught.value, OutcomeUnknown)


@pytest.mark.parametrize("base_url", ["ftp://h", "nonsense", "http://[::1"])
def test_an_unusable_endpoint_is_refused(base_url: str) -> None:
    with pytest.raises(Refused):
        VendorHttp().send(LOOK, NO_AUTH, {}, base_url)


def test_a_real_closed_port_is_unreachable() -> None:
    with pytest.raises(VendorUnreachable):
        VendorHttp().send(START, NO_AUTH, {}, "http://127.0.0.1:1")


def test_other_than_json_comes_as_bytes_and_too_much_is_refused() -> None:
    reply = http(lambda _: httpx2.Response(502, content=b"<html>")).send(LOOK, NO_AUTH)
    assert (reply.status, reply.content, reply.json) == (502, b"<html>", None)
    with pytest.raises(UnreadableReply):
        http(lambda _: httpx2.Response(200, content=b"x" * 9_000_000)).send(LOOK, NO_AUTH)


def test_redirects_are_not_followed() -> None:
    reply = http(lambda _: httpx2.Response(302, headers={"location": "https://evil.example.com"})).send(LOOK, NO_AUTH)
    assert reply.status == 302


def test_asynchronously_it_says_the_same() -> None:
    async def ask() -> Reply:
        client = http(echo)
        try:
            return await client.asend(START, NO_AUTH, {"id": "1"})
        finally:
            await client.aclose()

    assert asyncio.run(ask()).json == said(START, {"id": "1"})


ELSEWHERE = PlannedRequest(
    "Look", "GET", "https://one.example.com/v1", read_only=True, also_at=("https://two.example.com", "https://three.example.com")
)  # fmt: skip


def reached(down: set[str], base_url: str | None = None, error: type[httpx2.HTTPError] = httpx2.ConnectError) -> Any:
    """The hosts that were tried, by `send` and by `asend` alike."""
    tried: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        tried.append(request.url.host)
        if request.url.host in down:
            raise error("down", request=request)
        return httpx2.Response(200, json={})

    async def later() -> Reply:
        return await http(answer).asend(ELSEWHERE, NO_AUTH, None, base_url)

    for ask in (lambda: http(answer).send(ELSEWHERE, NO_AUTH, None, base_url), lambda: asyncio.run(later())):
        before = [*tried]
        tried.clear()
        try:
            ask()
        except VendorUnreachable as failed:
            tried.append(type(failed).__name__)
        assert before in ([], tried)
    return tried


def test_other_hosts_are_asked_where_nothing_could_be_sent() -> None:
    one, two, three = (f"{name}.example.com" for name in ("one", "two", "three"))
    assert reached(set()) == [one]
    assert reached({one}) == [one, two]
    assert reached({one, two}, error=httpx2.ConnectTimeout) == [one, two, three]
    assert reached({one, two, three}) == [one, two, three, "VendorUnreachable"]


def test_what_may_have_arrived_is_not_sent_elsewhere() -> None:
    assert reached({"one.example.com"}, error=httpx2.ReadTimeout) == ["one.example.com", "VendorUnreachable"]


def test_an_address_of_ours_has_no_other_hosts() -> None:
    assert reached({"box"}, "http://box") == ["box", "VendorUnreachable"]
