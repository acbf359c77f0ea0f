"""Static files under names that change with their content.

The front end's build names its files by their hash and writes down which is which (manifest.json); `{% static
'assets/base.js' %}` then becomes `/static/assets/base-C7FKMEPh.js`, in the embedded mode as in production. Such a file
never changes, so browsers keep it for good, and a new version is a new address.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedStaticFilesStorage

HASHED = re.compile(r"^(?P<stem>.*/(?!chunk-)[^/]+)-[\w-]{8}(?P<suffix>\.\w+)$", re.ASCII)
NEVER_CHANGES = (
    r"/static/assets/[^?]*-[A-Za-z0-9_-]{8}\.\w+$"  # for WHITENOISE_IMMUTABLE_FILE_TEST; docker/Caddyfile too
)


def names_in(manifest: Any) -> dict[str, str]:
    """Plain name → the name that was built: {"assets/base.js": "assets/base-C7FKMEPh.js"}."""
    built: set[str] = set()
    for entry in manifest.values():
        built |= {entry["file"], *entry.get("css", [])}
    return {f"{match['stem']}{match['suffix']}": name for name in sorted(built) if (match := HASHED.match(name))}


@cache
def names_at(path: Path, changed: int) -> dict[str, str]:
    return names_in(json.loads(path.read_text(encoding="utf-8")))


def built_name(name: str) -> str:
    """The present name of a file; the name itself when the build does not know it (a picture, another app's file)."""
    for folder in [*settings.STATICFILES_DIRS, settings.STATIC_ROOT]:
        path = Path(str(folder)) / "manifest.json"
        try:
            changed = path.stat().st_mtime_ns
        except FileNotFoundError:
            continue
        return names_at(path, changed).get(name, name)
    return name


class _BuiltNames:
    def url(self, name: str | None) -> str:
        return super().url(built_name(name or ""))  # type: ignore[misc,no-any-return]


class EmbeddedStorage(_BuiltNames, StaticFilesStorage):
    """Served as they were built."""


class ProductionStorage(_BuiltNames, CompressedStaticFilesStorage):
    """Collected, with compressed copies beside the files of our pages.

    Others (the API documentation's scripts, megabytes of them) are compressed on the way by the proxy: to do it here
    takes a minute of a small machine's time at every start.
    """

    def post_process(self, paths: Any, dry_run: bool = False, **options: Any) -> Any:
        ours = {name: file for name, file in paths.items() if name.startswith("assets/")}
        return super().post_process(ours, dry_run, **options)
