"""Findings as a page shows them: by level, the gravest first, and one line for all objects that share a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy

LEVELS = {
    "error": gettext_lazy("Error"),
    "missing": gettext_lazy("Missing fields"),  # of a form: see unfilled.py
    "dropped": gettext_lazy("Dropped"),
    "changed": gettext_lazy("Changed"),
    "note": gettext_lazy("Note"),
}


@dataclass(slots=True)
class FindingLine:
    """A sentence, and the objects it is said of as (id, name); none where it is said of the canvas or the task."""

    message: str
    objects: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class FindingGroup:
    level: str
    title: Any
    count: int = 0
    lines: list[FindingLine] = field(default_factory=list)


def grouped(findings: Iterable[Mapping[str, Any]], document: Mapping[str, Any]) -> list[FindingGroup]:
    """`findings` as the REST doors give them, with messages in the reader's language; `document` names the objects."""
    names = {item["id"]: item.get("name") or item["id"] for item in document.get("objects", [])}
    groups = {level: FindingGroup(level, title) for level, title in LEVELS.items()}
    said: dict[tuple[str, str], FindingLine] = {}
    for finding in findings:
        group = groups[finding["level"]]
        group.count += 1
        key = finding["level"], finding["message"]
        if key not in said:
            said[key] = FindingLine(finding["message"])
            group.lines.append(said[key])
        about = finding["object_id"], names.get(finding["object_id"], "")
        if about[1] and about not in said[key].objects:
            said[key].objects.append(about)
    return [group for group in groups.values() if group.lines]
