"""Where settings come from: the environment; unset means embedded.

Embedded: one machine, SQLite, the private Redis socket and a 0600 key file, all in `QUADBOX_STATE`.
"""

from __future__ import annotations

import os
import secrets

import environ

from apps.config.state import state_dir

env = environ.Env()


def text(name: str, default: str = "") -> str:
    """A variable that is set to nothing counts as unset: env files have lines that end after the equals sign."""
    return str(env.str(name, default="")).strip() or default


def made_once(name: str, nbytes: int = 48) -> str:
    """A secret from a 0600 file of the state folder, made at the first asking.

    Written aside and linked into place, so that two processes that start together agree on one value.
    """
    path = state_dir() / name
    if not path.exists():
        draft = path.with_name(f"{name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(nbytes))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # the other process was first: its value counts
        finally:
            draft.unlink()
    return path.read_text().strip()
