"""The addresses of this installation, as they are stored.

An installation can move: another port, another PUBLIC_URL. So a URL of our own (the sandbox's endpoints and media, our
callback URLs) is stored as `<PUBLIC_URL>/path` and resolved when it is read. Browsers and vendors use PUBLIC_URL. This
server calls itself at `base_for_server()`, which on one machine is the loopback, even behind a proxy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

MARKER = "<PUBLIC_URL>"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# What 0.1 stored: an absolute URL of a sandbox on this machine, at whatever port it had then.
LOOPBACK_SANDBOX = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?=/sandbox/)")


def base_for_browsers() -> str:
    return str(getattr(settings, "PUBLIC_URL", "")).rstrip("/")


def base_for_server() -> str:
    """Where this server reaches itself: PUBLIC_URL on the loopback, else LOCAL_URL (embedded), else PUBLIC_URL."""
    public = base_for_browsers()
    if (urlsplit(public).hostname or "") in ("127.0.0.1", "localhost", "::1"):
        return public
    return str(getattr(settings, "LOCAL_URL", "") or public)


def own_bases() -> tuple[str, ...]:
    """Every base that is this installation: both of the above, and the other names of the loopback at their port."""
    bases = dict.fromkeys((base_for_browsers(), base_for_server()))
    for base in tuple(bases):
        parts = urlsplit(base)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        if host in LOOPBACK:
            port = f":{parts.port}" if parts.port else ""
            bases |= dict.fromkeys(f"{parts.scheme}://{name}{port}" for name in LOOPBACK)
    return tuple(base for base in bases if base)


def is_own(url: str) -> bool:
    return any(url.startswith(f"{base}/") for base in own_bases())


def to_stored(url: str) -> str:
    """`<PUBLIC_URL>/path` for a URL of this installation; any other text as it is."""
    for base in own_bases():
        if url.startswith(f"{base}/"):
            return MARKER + url[len(base) :]
    return url


def for_browsers(url: str) -> str:
    return base_for_browsers() + url[len(MARKER) :] if url.startswith(f"{MARKER}/") else url


def for_server(url: str) -> str:
    """The stored or public form of a URL of this installation → where this server reaches it."""
    stored = to_stored(url)
    return base_for_server() + stored[len(MARKER) :] if stored.startswith(f"{MARKER}/") else url


def of_old_version(url: str) -> str:
    """As `to_stored`, for what 0.1 stored. Used by migrations."""
    return LOOPBACK_SANDBOX.sub(MARKER, to_stored(url), count=1)


def map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The JSON value with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: map_texts(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [map_texts(item, change) for item in value]
    return value


class BrowserURLField(models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """A URL that people open; stored as described above. For Django's migrations it is a CharField."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else for_browsers(value)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return to_stored(prepared) if isinstance(prepared, str) else prepared

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class ServerURLsField(models.JSONField):
    """A JSON value with URLs that this server calls; stored as described above. For migrations it is a JSONField."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return map_texts(super().from_db_value(value, expression, connection), for_server)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(map_texts(value, to_stored))

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
