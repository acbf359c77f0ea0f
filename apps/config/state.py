"""The state folder of the embedded mode. Standard library only: the supervisor uses it without Django."""

from __future__ import annotations

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 107  # bytes of a unix socket's path (man 7 unix)


def state_dir() -> Path:
    """The folder with database, keys, pictures and recordings. Its path should be short: a unix socket is in it."""
    path = Path(os.environ.get("QUADBOX_STATE") or str(ROOT / ".state"))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def redis_socket() -> Path:
    return state_dir() / "redis.sock"


def last_address() -> dict[str, str]:
    """{"port", "public_url"} of the supervisor that ran last with this folder; empty before the first run."""
    try:
        address = json.loads((state_dir() / "address.json").read_text(encoding="utf-8"))
        return {name: str(address[name]) for name in ("port", "public_url")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def store_address(port: int, public_url: str) -> None:
    draft = state_dir() / "address.json.draft"
    draft.write_text(json.dumps({"port": port, "public_url": public_url}), encoding="utf-8")
    draft.replace(state_dir() / "address.json")
