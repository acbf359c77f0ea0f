"""What applying a layout will change on air, in words."""

from __future__ import annotations

from typing import Any

from apps.tasks.models import Task
from apps.tasks.planning.changes import changes as sentences_of
from apps.tasks.planning.changes import on_air, wanted

CANVAS = {"width": 640, "height": 360}
REGION = {"kind": "region", "id": "r1", "name": "Host", "x": 0, "y": 0, "width": 320, "height": 180}
SOURCE = {"source": {"slot": "host"}}
TEXT = {"kind": "text", "id": "t1", "x": 0, "y": 300, "width": 320, "height": 40, "text": "Evening\nnews"}


def document(*objects: dict[str, Any]) -> dict[str, Any]:
    return {"schema": "quadbox.layout/1", "canvas": CANVAS, "objects": list(objects)}


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    task = Task(document=after, applied_document=before)
    return sentences_of(on_air(task), wanted(task))


def test_a_default_that_is_written_out_is_no_difference() -> None:
    short = document({**REGION, **SOURCE})
    full = document({**REGION, "source": {"slot": "host", "stream": "camera"}, "fit": "cover", "opacity": 1})
    assert changes(short, full) == []
    assert changes(full, short) == []


def test_what_moves_and_what_comes_is_said_and_a_text_without_a_name_by_its_words() -> None:
    after = document({**REGION, **SOURCE, "x": 40}, TEXT)
    said = changes(document({**REGION, **SOURCE}), after)
    assert said == ["“Host” changes: moves to 40, 0.", "“Evening news” is added."]
