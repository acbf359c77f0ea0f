"""A row together with what templates show of it beside its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RowView:
    """Base of dataclasses that add values to a row. Names that the dataclass does not have are those of the row."""

    row: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    def __str__(self) -> str:
        return str(self.row)
