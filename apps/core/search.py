"""A result of the command search (Ctrl+K), as each app returns it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

MAX_HITS_PER_KIND = 6
MAX_QUERY_LENGTH = 100  # characters

Kind = Literal["task", "layout", "recording", "page", "action"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer: it leads to `url`, or does `action` in the browser ("theme:dark", "language:en")."""

    kind: Kind
    title: str
    detail: str = ""
    url: str = ""
    action: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
