"""A planned request as text to copy: JSON, and a curl call whose secrets are `$VARIABLES` of the shell."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from apps.vendors.plan import PlannedRequest
from apps.vendors.request_template import fill
from apps.vendors.types import SignaturePreview

PLACE = re.compile(r"%7B([A-Za-z]+)%7D")  # what an earlier answer fills is left to be read
VARIABLE_QUOTES = str.maketrans({"`": "\\`", '"': '\\"', "\\": "\\\\"})


def published(request: PlannedRequest, public_url: str) -> PlannedRequest:
    """The request with our public address in it, from where a cloud fetches pictures."""
    query, body = fill(dict(request.query), {}, public_url), fill(request.body, {}, public_url)
    return replace(request, query=query, body=body)


def as_json(request: PlannedRequest) -> str:
    """What is sent, readable: the body, or the query where there is none."""
    return json.dumps(request.as_json(), ensure_ascii=False, indent=2)


def curl(request: PlannedRequest, added: SignaturePreview) -> str:
    """One curl command, a line an argument. `added` is what the vendor's signature adds; a `$NAME` in it stays for the
    shell to fill."""
    query = PLACE.sub(r"{\1}", urlencode(request.query, quote_via=quote))
    url = shlex.quote(f"{request.url}{'?' if query else ''}{query}")
    if added.query:
        pairs = "&".join(f"{name}={value}" for name, value in added.query.items())
        url += _for_shell(f"{'&' if request.query else '?'}{pairs}")
    parts = [f"curl -X {request.method} {url}"]
    parts += [f"-H {_for_shell(f'{name}: {value}')}" for name, value in added.headers.items()]
    parts += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in request.headers.items()]
    parts += [_content(request)] if request.body is not None else []
    return " \\\n  ".join(parts)


def _content(request: PlannedRequest) -> str:
    body: Any = request.body
    if request.form:
        pairs = body.items() if isinstance(body, Mapping) else body
        return " \\\n  ".join(f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in pairs)
    text = f"--data-raw {shlex.quote(json.dumps(body, ensure_ascii=False, separators=(',', ':')))}"
    told = any(name.lower() == "content-type" for name in request.headers)
    return text if told else f"-H 'Content-Type: application/json' \\\n  {text}"


def _for_shell(text: str) -> str:
    """In double quotes, where `$NAME` is filled in."""
    return f'"{text.translate(VARIABLE_QUOTES)}"'


def python_value(value: Any) -> str:
    """A JSON value as a Python literal over several lines."""
    return _literal(value, 0)


def _literal(value: Any, depth: int) -> str:
    inner, outer = "    " * (depth + 1), "    " * depth
    if isinstance(value, Mapping):
        if not value:
            return "{}"
        rows = "".join(f"{inner}{key!r}: {_literal(member, depth + 1)},\n" for key, member in value.items())
        return f"{{\n{rows}{outer}}}"
    if isinstance(value, list | tuple):
        if not value:
            return "[]"
        rows = "".join(f"{inner}{_literal(element, depth + 1)},\n" for element in value)
        return f"[\n{rows}{outer}]"
    return repr(value)
