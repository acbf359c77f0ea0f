"""Whether what is stored fits the address that this installation has now (`apps/core/own_address.py`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from apps.archive.models import RecordingFile
from apps.core import own_address
from apps.credentials.models import Credential
from apps.operations.check import OK, Outcome, failed

# A text of the sandbox's state that begins with another address of this machine: where it calls back, or its media.
STATE_ADDRESS = re.compile(r'(?<!\\)"(https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?)/(?:callbacks|sandbox)/')


def check_addresses() -> Outcome:
    foreign = Counter([*of_credentials(), *of_recordings(), *of_sandbox_state()])
    if not foreign:
        return OK
    detail = _("Stored addresses point elsewhere: %(addresses)s. PUBLIC_URL is %(public_url)s.") % {
        "addresses": ", ".join(f"{base} ({number})" for base, number in sorted(foreign.items())),
        "public_url": settings.PUBLIC_URL,
    }
    return failed(_("Edit the endpoints of the credentials, and connect the callbacks of their apps again."), detail)


def of_credentials() -> Iterator[str]:
    for endpoints in Credential.objects.values_list("endpoints", flat=True):
        yield from (base_of(url) for url in endpoints.values() if is_moved_sandbox(url))


def of_recordings() -> Iterator[str]:
    urls = RecordingFile.objects.filter(url__contains="/sandbox/media/").values_list("url", flat=True)
    yield from (base_of(url) for url in urls if is_moved_sandbox(url))


def of_sandbox_state() -> Iterator[str]:
    """The sandbox's process rewrites its file as the state changes; where another base stands, a person set it."""
    path = Path(settings.SANDBOX_DIR) / "state.json"
    if settings.SANDBOX and path.is_file():
        bases = STATE_ADDRESS.findall(path.read_text(encoding="utf-8"))
        yield from (base for base in bases if not own_address.is_own(f"{base}/"))


def is_moved_sandbox(url: str) -> bool:
    """A sandbox of this machine at another address than ours. Another machine's sandbox is a choice, not a leftover."""
    return bool(own_address.LOOPBACK_SANDBOX.match(url)) and not own_address.is_own(url)


def base_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
