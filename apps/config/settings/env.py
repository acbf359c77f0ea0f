"""Where settings come from: the environment, through the table of variables.py. Unset means embedded.

Embedded: one machine, SQLite, the private Redis socket and a 0600 key file, all in `QUADBOX_STATE`.
"""

from __future__ import annotations

import os
import secrets
from typing import Any

import environ

from apps.config.settings.variables import VARIABLES
from apps.config.state import state_dir

env = environ.Env()
UNSET: Any = object()


def read(name: str, default: Any = UNSET) -> Any:
    """The variable's value in its kind. One that is set to nothing counts as unset: env files have lines that end after
    the equals sign. `default` replaces the table's where it has to be computed."""
    variable = VARIABLES[name]
    if not os.environ.get(name, "").strip():
        return variable.default if default is UNSET else default
    if variable.kind == "text":
        return str(env.str(name)).strip()
    return getattr(env, variable.kind)(name)


def stored_secret(name: str, nbytes: int = 48) -> str:
    """A secret from a 0600 file of the state folder, created at first use.

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
