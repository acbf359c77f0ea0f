"""Whom the sandbox may talk to. Its demo keys are public, so a URL in a payload must not lead it into a network."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from apps.sandbox.engine import config


def may_reach(url: str) -> bool:
    """True for http(s) URLs on the loopback, or on a host that SANDBOX_REACHABLE_HOSTS names."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    if host == "localhost" or host in config.reachable_hosts():
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
