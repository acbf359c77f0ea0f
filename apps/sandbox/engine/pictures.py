"""Pictures that payloads name, fetched once in the background and kept by the hash of their URL.

Until one has arrived (or when it never will) an emulator draws what the vendor draws for an unreachable picture: nothing.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2

from apps.core import own_address
from apps.sandbox.engine.reach import may_reach

log = logging.getLogger(__name__)
MOST_BYTES = 20 * 1024 * 1024


class Pictures:
    """`path_of(url)` answers at once: the file, or None while it is not (or never) there."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock = threading.Lock()
        self._asked: set[str] = set()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="sandbox-pictures")

    def path_of(self, url: object) -> str | None:
        if not isinstance(url, str) or not url:
            return None
        url = own_address.for_server(url)
        path = self.directory / hashlib.sha256(url.encode()).hexdigest()
        if path.exists():
            return str(path)
        with self._lock:
            if url in self._asked:
                return None
            self._asked.add(url)
        if may_reach(url):
            self._pool.submit(self._fetch, url, path)
        else:
            log.info("sandbox: a picture outside the reach of the sandbox is treated as unavailable")
        return None

    def _fetch(self, url: str, path: Path) -> None:
        try:
            with httpx2.stream("GET", url, timeout=10, follow_redirects=False, trust_env=False) as answer:
                answer.raise_for_status()
                data = bytearray()
                for chunk in answer.iter_bytes():
                    data += chunk
                    if len(data) > MOST_BYTES:
                        raise ValueError("the picture is too large")
            self.directory.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(data)
            part.replace(path)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            log.info("sandbox: picture not available: %s", type(error).__name__)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
