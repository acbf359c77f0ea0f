"""Findings as a page shows them: by level, the gravest first, and one line for all objects that share a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy

LEVELS = {
    "error": gettext_lazy("Error"),
    "missing": gettext_lazy("Missing fields"),  # of a form: see form_samples.py
    "dropped": gettext_lazy("Dropped"),
    "changed": gettext_lazy("Changed"),
    "note": gettext_lazy("Note"),
}


@dataclass(slots=True)
class FindingLine:
    """A sentence, and the objects it is about as (ID, name); none where it is about the canvas or the task. `task` is the ID
    of another task that it is about."""

    message: str
    task: str = ""
    objects: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class FindingGroup:
    level: str
    title: Any
    count: int = 0
    lines: list[FindingLine] = field(default_factory=list)


def grouped(findings: Iterable[Mapping[str, Any]], document: Mapping[str, Any]) -> list[FindingGroup]:
    """`findings` as REST returns them, with messages in the reader's language; `document` names the objects."""
    names = {item["id"]: item.get("name") or item["id"] for item in document.get("objects", [])}
    groups = {level: FindingGroup(level, title) for level, title in LEVELS.items()}
    lines: dict[tuple[str, str], FindingLine] = {}
    for finding in findings:
        group = groups[finding["level"]]
        group.count += 1
        key = finding["level"], finding["message"]
        if key not in lines:
            lines[key] = FindingLine(finding["message"], str(finding.get("task", "")))
            group.lines.append(lines[key])
        about = finding["object_id"], names.get(finding["object_id"], "")
        if about[1] and about not in lines[key].objects:
            lines[key].objects.append(about)
    return [group for group in groups.values() if group.lines]
