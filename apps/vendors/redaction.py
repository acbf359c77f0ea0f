"""Takes secrets out of what is kept: the ledger, logs and bundles for a vendor's support."""

from __future__ import annotations

import json
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from apps.core.types import Json

REDACTED = "***"

_SECRET_NAMES = {
    "authorization", "proxyauthorization", "signature", "sign", "accesskeyid", "accesskey", "appkey", "appcertificate",
    "password", "passwd", "cookie", "setcookie", "customerid", "streamkey", "authkey", "auth", "key", "txsecret",
    "wssecret", "tokenname", "ossaccesskeyid", "xamzsignature", "xamzcredential", "xtossignature", "xtoscredential",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"^\{\w+\}$")
_URL = re.compile(r"\b[a-z][a-z0-9+.\-]{1,15}://[^\s\"'<>\\]+", re.IGNORECASE)
_CREDENTIAL = re.compile(r"(Credential=|Signature=|AccessKeyId=)[^\s,&\"]+")
_PUSH_SCHEMES = {"rtmp", "rtmps", "srt", "rtsp", "artc", "webrtc"}


def is_secret_name(name: str) -> bool:
    """Whether a header, parameter or member of this name holds a secret."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return plain in _SECRET_NAMES or "secret" in plain or plain.endswith(("token", "certificate"))


def redact(value: Json) -> Json:
    """The same JSON value without keys, signatures, tokens and stream keys. Placeholders (`{builderToken}`) stay."""
    if isinstance(value, dict):
        return {str(name): _member(str(name), member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [redact(element) for element in value]
    if isinstance(value, str):
        return redact_text(value)
    return value


def _member(name: str, value: Json) -> Json:
    if is_secret_name(name) and not isinstance(value, (dict, list, tuple, bool)) and value not in (None, ""):
        return value if isinstance(value, str) and _PLACEHOLDER.match(value) else REDACTED
    return redact(value)


def redact_text(text: str) -> str:
    """A text without secrets: JSON inside a string (form parameters, callback data) is redacted as JSON."""
    if text[:1] in ("{", "["):
        try:
            return json.dumps(redact(json.loads(text)), ensure_ascii=False, separators=(",", ":"))
        except (ValueError, RecursionError):  # no JSON, or none that anybody could read: it is redacted as text
            pass
    return _CREDENTIAL.sub(rf"\1{REDACTED}", _URL.sub(lambda found: redact_url(found.group()), text))


def redact_url(url: str) -> str:
    """A push URL loses its stream key (last path segment) and all of its query; other URLs only secret parameters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return REDACTED
    if parts.scheme.lower() in _PUSH_SCHEMES:
        head, slash, key = parts.path.rpartition("/")
        path = f"{head}/{REDACTED}" if slash and key else parts.path
        return urlunsplit((parts.scheme, _host(parts), path, REDACTED if parts.query else "", ""))
    query = "&".join(_parameter(pair) for pair in parts.query.split("&")) if parts.query else ""
    return urlunsplit((parts.scheme, _host(parts), parts.path, query, parts.fragment))


def _host(parts: SplitResult) -> str:
    user, at, host = parts.netloc.rpartition("@")
    return f"{REDACTED}@{host}" if at and user else parts.netloc


def _parameter(pair: str) -> str:
    name, equals, value = pair.partition("=")
    return f"{name}={REDACTED}" if equals and value and is_secret_name(name) else pair
