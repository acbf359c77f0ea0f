"""Dotted parameters read back into lists and objects: `Panes.1.X=0.5` → {"Panes": [{"X": "0.5"}]}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.sandbox.aliyun.wire.replies import Rejected


def unflatten(params: Mapping[str, str]) -> dict[str, Any]:
    """Values stay texts. Raises Rejected when a list does not count 1, 2, 3 …, or a name is a value and an object."""
    tree: dict[str, Any] = {}
    for name, value in params.items():
        parts = name.split(".")
        if len(parts) > 8:
            raise Rejected("InvalidParameter", f"{name} is nested too deeply.")
        at = tree
        for part in parts[:-1]:
            at = at.setdefault(part, {})
            if not isinstance(at, dict):
                raise Rejected("InvalidParameter", f"{name} does not fit the other parameters.")
        if isinstance(at.get(parts[-1]), dict):
            raise Rejected("InvalidParameter", f"{name} does not fit the other parameters.")
        at[parts[-1]] = value
    return {name: _lists(value, name) for name, value in tree.items()}


def _lists(value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(member, f"{name}.{key}") for key, member in value.items()}
    if not any(key.isdecimal() for key in inner):
        return inner
    if not all(key.isdecimal() for key in inner) or sorted(map(int, inner)) != list(range(1, len(inner) + 1)):
        raise Rejected(f"Invalid{name.split('.')[0]}.Malformed", f"{name}: N starts at 1, ascending, no gaps.")
    return [inner[str(n)] for n in range(1, len(inner) + 1)]
