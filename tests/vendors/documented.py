"""The vendors' own words: their documented examples and signing vectors, as files beside the tests of each vendor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def samples(vendor: str, pattern: str = "*") -> tuple[str, ...]:
    """Every example's name: its path below the vendor's `samples`. Raises `LookupError` when there is none."""
    folder = HERE / vendor / "samples"
    found = tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob(pattern) if path.is_file()))
    if not found:
        raise LookupError(f"{vendor} has no sample {pattern}")
    return found


def text(vendor: str, name: str) -> str:
    return (HERE / vendor / "samples" / name).read_text(encoding="utf-8")


def sample(vendor: str, name: str) -> Any:
    """An example by its name, with or without `.json`."""
    return json.loads(text(vendor, name if name.endswith(".json") else f"{name}.json"))


def vectors(vendor: str, name: str) -> Any:
    return json.loads((HERE / vendor / "vectors" / f"{name}.json").read_text(encoding="utf-8"))
