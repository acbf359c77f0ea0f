"""The environment variables that have a meaning here."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

OF_SCRIPTS = {
    "HOST", "PORT", "WEB_WORKERS", "FORWARDED_ALLOW_IPS", "WORKER_CONCURRENCY", "WORKER_QUEUES", "SITE",
    "POSTGRES_PASSWORD", "QUADBOX_FONT_DIR", "QUADBOX_STATE",
}  # fmt: skip


def variables_read() -> frozenset[str]:
    """The environment variables that the settings read, as the code names them."""
    folder = Path(settings.BASE_DIR) / "apps" / "config" / "settings"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    return frozenset(re.findall(r"(?:\benv\.\w+|\btext)\(\s*\"([A-Z_]+)\"", code))


KNOWN_VARIABLES = variables_read() | OF_SCRIPTS
