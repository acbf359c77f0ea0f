"""Layouts to begin with. presets.json is the one table of them, for the server and for the editor. Each fits any canvas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apps.layout_document.document import LayoutDocument
from apps.layout_document.places import Shapes, document

TABLE: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("presets.json").read_text(encoding="utf-8"))
SHAPES: dict[str, Shapes] = {name: row["shapes"] for name, row in TABLE.items()}
PRESETS: dict[str, str] = {name: row["title"] for name, row in TABLE.items()}
STEP = 2  # pixels: edges are even, since video encoders half chroma


def preset(name: str, width: int, height: int) -> LayoutDocument:
    """A ready layout of that size, 120 to 3840 per side. Raises KeyError for a name that is not in `PRESETS`."""
    return document(SHAPES[name], width, height, STEP)
