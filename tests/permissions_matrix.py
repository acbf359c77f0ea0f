"""Who may do what over REST, as a table: each part of the house brings its rows to the same check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ROLES = ("anonymous", "nobody", "stranger", "viewer", "producer", "admin")


@dataclass(frozen=True)
class Door:
    """`path` may hold {names} of rows that the test makes; `least` is the least role that may pass.

    A stranger gets 404 at a row of another team (`has_row`), and acts on their own team elsewhere.
    """

    method: str
    path: str
    least: str
    body: dict[str, Any] | None = None
    has_row: bool = field(default=False)
    ok: tuple[int, ...] = (200, 201, 202, 204)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def expect(door: Door, role: str, status: int) -> None:
    """Asserts that the status is what this role may get."""
    order = ("viewer", "producer", "admin")
    if role in ("anonymous", "nobody"):
        assert status in (401, 403), f"{role} got {status} at {door}"
    elif role == "stranger":
        if door.has_row:
            assert status == 404, f"a stranger got {status} at {door}"
        else:
            assert status < 500
    elif order.index(role) >= order.index(door.least):
        assert status in door.ok, f"{role} got {status} at {door}"
    else:
        assert status == 403, f"{role} got {status} at {door}"


def knock(api: Callable[..., Any], door: Door, role: str, names: dict[str, str]) -> Any:
    client = api(role)
    return getattr(client, door.method.lower())(door.path.format(**names), door.body, format="json")
