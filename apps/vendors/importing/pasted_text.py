"""What people paste: JSON, the parameters of a query, the address of a call, a curl command. The content comes out as a
JSON value; what only signs or carries the call (headers, keys, the address itself) is left behind here."""

from __future__ import annotations

import json
import re
import shlex
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from apps.core.errors import Invalid, Problem
from apps.core.types import Json
from apps.layout_document.parse import refuse_constant
from apps.vendors.redaction import REDACTED, is_secret_name, redact, redact_text

BETWEEN = re.compile(r"[\s,]*")
NAME = re.compile(r"[A-Za-z][\w.-]{0,99}")  # anything else stands for something, as "<common parameters>"
MOST_PARAMETERS = 5000
WEB = ("http://", "https://")
BODY_OPTIONS = ("-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json")
OTHER_OPTIONS = (
    "-X",
    "--request",
    "-H",
    "--header",
    "-u",
    "--user",
    "-o",
    "--output",
    "-A",
    "--user-agent",
    "-b",
    "-m",
)
PAIR = re.compile(r"""(?<![\w.-])(["']?)([A-Za-z][\w.-]{0,60})\1(\s*[:=]\s*)("[^"\n]*"|'[^'\n]*'|[^\s&,;"'{}\[\]]+)""")
PARAMETER = re.compile(r"(?<![\w.-])([A-Za-z][\w.-]{0,99})=([^&\s'\"]*)")
SIGNED = re.compile(
    r"(\bauthorization[\"']?\s*:\s*[\"']?|(?<!\S)(?:-u|--user)[\s=]+['\"]?)[^'\"\n\s][^'\"\n]*", re.IGNORECASE
)

NOT_UNDERSTOOD = {
    "unreadable": "This is neither JSON nor the parameters of a call.",
    "not_json": "This is not JSON.",
    "unfinished": "This command is incomplete: a quotation mark is missing.",
    "too_many": "There are more parameters than any call has.",
    "no_content": "This URL has no parameters. Also paste the request body.",
}


def read(text: str) -> Json:
    """Raises `Invalid` when it is none of these."""
    text = text.removeprefix("\ufeff").strip()
    if text[:1] in ("{", "["):
        return _json(text)
    if text[:5].lower() in ("curl ", "curl\t"):
        return _command(text)
    if "=" in text or text.lower().startswith(WEB):
        return _parameters(text.splitlines())
    raise _wrong("unreadable")


def _wrong(code: str, more: str = "") -> Invalid:
    sentence = NOT_UNDERSTOOD[code]
    return Invalid(sentence, problems=[Problem("", code, f"{sentence}{more}")])


def _json(text: str) -> Json:
    """One value; several, one after the other, come as a list."""
    decoder = json.JSONDecoder(parse_constant=refuse_constant)
    values, at = [], 0
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            at = BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
    except json.JSONDecodeError as error:
        raise _wrong("not_json", f" ({error.lineno}:{error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise _wrong("not_json") from error
    return values[0] if len(values) == 1 else values


def _parameters(lines: list[str]) -> dict[str, str]:
    """All parameters of queries and addresses, one or several a line; the first of a name counts."""
    found: dict[str, str] = {}
    for line in lines:
        line = line.strip()
        if line.lower().startswith(WEB):
            try:
                line = urlsplit(line).query
            except ValueError as error:
                raise _wrong("unreadable") from error
        try:
            pairs = parse_qsl(line.lstrip("?&"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
        except ValueError as error:
            raise _wrong("too_many") from error
        for name, value in pairs:
            if NAME.fullmatch(name):
                found.setdefault(name, value)
    if not found:
        raise _wrong("no_content")
    return found


def _command(text: str) -> Json:
    """A JSON body goes before parameters; form bodies and the address's parameters are one."""
    try:
        words = shlex.split(text.replace("\\\r\n", " ").replace("\\\n", " "))
    except ValueError as error:
        raise _wrong("unfinished") from error
    parts: list[str] = []
    at = 1
    while at < len(words):
        word = words[at]
        name, equals, value = word.partition("=")
        if word in (*BODY_OPTIONS, "--url"):
            at += 1
            parts += words[at : at + 1]
        elif equals and name in (*BODY_OPTIONS, "--url"):
            parts.append(value)
        elif word in OTHER_OPTIONS:
            at += 1
        elif word.lower().startswith(WEB):
            parts.append(word)
        at += 1
    body = next((part.strip() for part in parts if part.strip()[:1] in ("{", "[")), None)
    return _json(body) if body is not None else _parameters(parts)


def without_secrets(text: str) -> str:
    """The text to be shown again, without keys, signatures and the keys of streams. One that holds none stays."""
    try:
        value = json.loads(text)
        clean = redact(value)
    except (ValueError, RecursionError):
        text = SIGNED.sub(rf"\1{REDACTED}", text)
        return PAIR.sub(_pair, redact_text(PARAMETER.sub(_parameter, text)))
    return text if clean == value else json.dumps(clean, ensure_ascii=False, indent=2)


def _parameter(found: re.Match[str]) -> str:
    """`name=value` of a query: the value may be an address, in the letters of a query."""
    name, value = found.groups()
    plain = unquote_plus(value)
    secret = value and is_secret_name(name)
    return f"{name}={REDACTED}" if secret or redact_text(plain) != plain else found.group()


def _pair(found: re.Match[str]) -> str:
    quote, name, between, value = found.groups()
    if not is_secret_name(name):
        return found.group()
    around = value[0] if value[0] in "\"'" else ""
    return f"{quote}{name}{quote}{between}{around}{REDACTED}{around}"
