"""How values are written on Aliyun's wire: dotted lists, plain decimals, red-low colors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from apps.core.types import Json


def r6(value: float) -> float:
    """Six decimals: what is sent, compared and hashed."""
    return round(value, 6)


@lru_cache(4096)
def decimal(value: float) -> str:
    """Plain, at most six decimals, one kept: `0.75`, `1.0`, `0.03125`; never `1e-05`."""
    text = f"{value:.6f}".rstrip("0")
    text = f"{text}0" if text.endswith(".") else text
    return "0.0" if text == "-0.0" else text


def flatten(value: Json) -> dict[str, str]:
    """`{"Panes": [{"X": 0.5}]}` → `{"Panes.1.X": "0.5"}`: lists count from 1; None is left out."""
    found: dict[str, str] = {}
    _flatten(value, "", found)
    return found


def _flatten(value: Json, name: str, found: dict[str, str]) -> None:
    # The commonest kinds first: a plan of thirty objects has hundreds of values.
    if value is None:
        return
    if isinstance(value, str):
        found[name] = value
    elif isinstance(value, bool):
        found[name] = "true" if value else "false"
    elif isinstance(value, float):
        found[name] = decimal(value)
    elif isinstance(value, int):
        found[name] = str(value)
    elif isinstance(value, (list, tuple)):
        for number, element in enumerate(value, 1):
            _flatten(element, f"{name}.{number}", found)
    elif isinstance(value, (dict, Mapping)):
        for key, member in value.items():
            _flatten(member, f"{name}.{key}" if name else str(key), found)
    else:
        found[name] = str(value)


def color_integer(color: str) -> int:
    """`#RRGGBB` (an alpha byte is ignored) → R + G·256 + B·65536: blue is the high byte, unlike CSS."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return red + green * 256 + blue * 65536
