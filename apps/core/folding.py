"""Long forms: fields that stand in the open, and those folded away under headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

BOUNDLESS = 2**31 - 1  # a largest value from here on is none that a person needs to read

Shown: TypeAlias = dict[str, Any]
Fold: TypeAlias = tuple[str, list[Shown], bool]
"""Heading, fields, whether it is open."""


def folded(fields: Sequence[Shown], opens: Callable[[Shown], object]) -> tuple[list[Shown], list[Fold]]:
    """By each field's `fold`, its heading or "". A fold is open where `opens` says so of one of its fields."""
    found: dict[str, list[Shown]] = {"": []}
    for field in fields:
        found.setdefault(field["fold"], []).append(field)
    in_the_open = found.pop("")
    return in_the_open, [(heading, own, any(map(opens, own))) for heading, own in found.items()]
