"""A planned request is a template: its placeholders are filled, its form is written, and the values that its reply gives to
later requests are read. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from apps.core import json_pointer
from apps.core.errors import UnreadableReply
from apps.core.types import Json
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import Reply

PUBLIC_URL = "<PUBLIC_URL>"


def http_form(
    request: PlannedRequest, values: Mapping[str, str], base_url: str | None, public_url: str
) -> dict[str, Any]:
    """The arguments of `build_request`: placeholders filled, the body as the exact bytes that get signed and sent."""
    url = _moved(fill(request.url, values, public_url, in_url=True), base_url)
    query = fill(dict(request.query), values, public_url)
    if query:
        encoded = urlencode({key: str(text) for key, text in query.items()}, quote_via=quote, safe="-_.~")
        url = f"{url}{'&' if '?' in url else '?'}{encoded}"
    headers = {name.lower(): str(text) for name, text in fill(dict(request.headers), values, public_url).items()}
    form: dict[str, Any] = {"method": request.method, "url": url, "headers": headers}
    if request.body is not None:
        body = fill(request.body, values, public_url)
        if request.form:
            pairs = body.items() if isinstance(body, Mapping) else body
            encoded = urlencode([(key, _form_text(pair)) for key, pair in pairs], quote_via=quote, safe="-_.~")
            form["content"] = encoded.encode("ascii")
            headers.setdefault("content-type", "application/x-www-form-urlencoded")
        else:
            form["content"] = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
            headers.setdefault("content-type", "application/json")
    return form


def _form_text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def fill(value: Json, values: Mapping[str, str], public_url: str = "", *, in_url: bool = False) -> Json:
    """Puts `values` where `{name}` stands, and our public address where `<PUBLIC_URL>` stands, at any depth.

    Names without a value stay as they are: a room may well be called `{lobby}`.
    """
    if isinstance(value, str):
        for name, member in values.items():
            value = value.replace(f"{{{name}}}", quote(member, safe="") if in_url else member)
        return value.replace(PUBLIC_URL, public_url.rstrip("/")) if public_url else value
    if isinstance(value, Mapping):
        return {key: fill(member, values, public_url) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [fill(element, values, public_url) for element in value]
    return value


def _moved(url: str, base_url: str | None) -> str:
    """The vendor's URL on another host: `https://rtc.example.com/v1` on `http://box/cloud` is `http://box/cloud/v1`."""
    if not base_url:
        return url
    ours, theirs = urlsplit(base_url), urlsplit(url)
    return urlunsplit((ours.scheme, ours.netloc, ours.path.rstrip("/") + (theirs.path or "/"), theirs.query, ""))


def reply_values(request: PlannedRequest, reply: Reply) -> dict[str, str]:
    """The values of the placeholders this request's answer gives. Raises `UnreadableReply` when one is missing."""
    found: dict[str, str] = {}
    for name, pointer in request.gives.items():
        value = point(reply.json, pointer)
        if value is None or isinstance(value, (dict, list)):
            raise UnreadableReply(
                "The response to {operation} has no value at {pointer}.",
                params={"operation": request.name, "pointer": pointer},
            )
        found[name] = str(value)
    return found


def point(value: Json, pointer: str) -> Json:
    """What a JSON pointer (RFC 6901) points at, or None."""
    for step in json_pointer.split(pointer):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
