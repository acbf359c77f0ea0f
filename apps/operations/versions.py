"""The versions of what runs here."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from apps.core.version import VERSION

PACKAGES = ("django", "djangorestframework", "channels", "celery", "uvicorn", "redis", "pillow", "av")


def versions() -> list[tuple[str, str]]:
    """(name, version) pairs; a package that is not installed (an extra) is left out."""
    rows = [
        ("Quadbox", VERSION),
        ("Python", platform.python_version()),
        (platform.system(), platform.release()),
    ]
    for package in PACKAGES:
        try:
            rows.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return rows
