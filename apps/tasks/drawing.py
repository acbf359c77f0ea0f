"""The drawn picture of a task: its layout as it is on air (or will be), with its variables filled in."""

from __future__ import annotations

from functools import partial
from typing import Any

from apps.layout_document.parse import parse
from apps.layouts import assets
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter
from apps.tasks.models import Task


def draw(task: Task, document: Any = None, width: int | None = None) -> bytes:
    """A PNG of the task's layout, or of another one with the task's texts; `width` pixels wide at most."""
    parsed = parse(document or task.applied_document or task.document)
    return render_png(
        parsed,
        scale=min(1.0, width / parsed.canvas.width) if width else 1.0,
        pictures=PreviewPainter(pictures=partial(assets.read, team=task.team)).opened,
        variables=task.variables,
    )
