"""What the last imports of a browser session found: for the page that reports it, and for the task that starts with it.

It may hold the key of a stream, so it stays in the session and is in no answer.
"""

from __future__ import annotations

from typing import Any

from apps.core.errors import Problem
from apps.layouts.imports import ImportResult

KEY, MAX_RESULTS = "imports", 5


def remember(session: Any, layout_id: str, result: ImportResult) -> None:
    stored = {
        "product": result.product,
        "bindings": dict(result.bindings),
        "not_understood": [problem.as_json() for problem in result.not_understood],
        "more": result.more,
        "room": result.room,
        "output": dict(result.output),
        "encoding": dict(result.encoding),
        "options": dict(result.options),
    }
    earlier = list(session.get(KEY, {}).items())[1 - MAX_RESULTS :]
    session[KEY] = {**dict(earlier), layout_id: stored}


def remembered(session: Any, layout_id: str) -> ImportResult | None:
    """Without the document; None where this session imported no such layout."""
    stored = session.get(KEY, {}).get(layout_id)
    if stored is None:
        return None
    problems = tuple(Problem(**problem) for problem in stored["not_understood"])
    task = {name: stored.get(name, {}) for name in ("output", "encoding", "options")}
    return ImportResult(None, stored["product"], stored["bindings"], problems, stored["more"], stored["room"], **task)
