"""The settings of the sandbox, each with a default, so that it also runs in a bare Django."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings


def _setting(name: str, default: Any) -> Any:
    value = getattr(settings, name, None)
    return default if value is None else value


def directory() -> Path:
    """Where state and media live (SANDBOX_DIR)."""
    return Path(_setting("SANDBOX_DIR", Path(tempfile.gettempdir()) / f"quadbox-sandbox-{os.getuid()}"))


def mixing() -> bool:
    """Whether tasks start mixers (SANDBOX_MIXING). Off: everything but the picture behaves the same."""
    return bool(_setting("SANDBOX_MIXING", True))


def most_mixers() -> int:
    """How many mixers may run at once (SANDBOX_MAX_MIXERS); a task beyond that runs without a picture."""
    return int(_setting("SANDBOX_MAX_MIXERS", 4))


def most_pixels() -> int:
    """The largest canvas that is mixed at full size, in pixels (SANDBOX_MAX_PIXELS)."""
    return int(_setting("SANDBOX_MAX_PIXELS", 1280 * 720))


def file_delay() -> float:
    """Seconds of the sandbox clock between a stop and the finished file (SANDBOX_FILE_DELAY)."""
    return float(_setting("SANDBOX_FILE_DELAY", 0.5))


def hang_seconds() -> float:
    """How long a `timeout_after_accept` fault keeps the caller waiting (SANDBOX_HANG_SECONDS)."""
    return float(_setting("SANDBOX_HANG_SECONDS", 20.0))


def tick_seconds() -> float:
    return float(_setting("SANDBOX_TICK_SECONDS", 0.2))


def strict() -> bool:
    """Whether app ids and template ids that nobody set up are refused (SANDBOX_STRICT); otherwise they are adopted."""
    return bool(_setting("SANDBOX_STRICT", False))


def task_limits() -> bool:
    """Whether a vendor's limits of tasks at a time hold (SANDBOX_TASK_LIMITS). Off: as if its support had raised them."""
    return bool(_setting("SANDBOX_TASK_LIMITS", True))


def control_open() -> bool:
    return bool(_setting("SANDBOX_CONTROL_OPEN", True))


def public_url(request_base: str) -> str:
    """The base of media URLs, without a slash at the end (SANDBOX_PUBLIC_URL, else the host that was asked)."""
    return str(_setting("SANDBOX_PUBLIC_URL", "") or request_base).rstrip("/")


def keys() -> dict[str, dict[str, str]]:
    """Further keys: vendor → {access key id: secret} (SANDBOX_KEYS)."""
    return dict(_setting("SANDBOX_KEYS", {}))


def certificates() -> dict[str, str]:
    """Further App Certificates of Agora projects: app id → certificate (SANDBOX_CERTIFICATES)."""
    return dict(_setting("SANDBOX_CERTIFICATES", {}))


def reachable_hosts() -> frozenset[str]:
    """Hosts besides the loopback that callbacks and picture fetches may go to (SANDBOX_REACHABLE_HOSTS)."""
    return frozenset(_setting("SANDBOX_REACHABLE_HOSTS", ()))
