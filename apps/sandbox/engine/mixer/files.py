"""The files of a job: each is replaced whole, so that who reads never sees half of one."""

from __future__ import annotations

import json
import math
import os
import time
from pathlib import Path
from typing import Any

SCENE, JOB, STATUS, STOP, LATEST, POSTER = "scene.json", "job.json", "status.json", "stop", "latest.jpg", "poster.jpg"
WATCHED = "watched"  # touched whenever somebody reads the playlist or a segment of a live job


def write_atomically(path: Path, data: bytes) -> None:
    """Puts `data` at `path` in one step."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(path)


def write_json(path: Path, value: Any) -> None:
    write_atomically(path, json.dumps(value, ensure_ascii=False).encode())


def read_json(path: Path) -> Any:
    """The value in the file. Raises OSError when it is missing and ValueError when it is not JSON."""
    return json.loads(path.read_bytes())


def stamp(path: Path) -> tuple[int, int]:
    """Changes whenever the file is replaced or written; (0, 0) while it is missing."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino


def seconds_since(path: Path) -> float:
    """Seconds since the file was written; infinite while it is missing."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def listing(directory: Path) -> list[dict[str, Any]]:
    """The finished files of a directory: name and bytes, by name."""
    files = (file for file in sorted(directory.iterdir()) if file.is_file() and file.suffix in {".m3u8", ".ts", ".jpg"})
    return [{"name": file.name, "bytes": file.stat().st_size} for file in files if not file.name.startswith(".")]
