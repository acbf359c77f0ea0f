"""Who may do what over REST, as a table. Tests list their operations; `expect` is the same check for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ROLES = ("anonymous", "teamless", "outsider", "viewer", "producer", "admin")


@dataclass(frozen=True)
class Operation:
    """`path` may hold {names} of rows that the test makes; `least` is the least role that may pass.

    An outsider gets 404 at a row of another team (`has_row`), and acts on their own team elsewhere.
    """

    method: str
    path: str
    least: str
    body: dict[str, Any] | None = None
    has_row: bool = field(default=False)
    ok: tuple[int, ...] = (200, 201, 202, 204)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def expect(operation: Operation, role: str, status: int) -> None:
    """Asserts that the status is what this role may get."""
    order = ("viewer", "producer", "admin")
    if role in ("anonymous", "teamless"):
        assert status in (401, 403), f"{role} got {status} at {operation}"
    elif role == "outsider":
        if operation.has_row:
            assert status == 404, f"an outsider got {status} at {operation}"
        else:
            assert status < 500
    elif order.index(role) >= order.index(operation.least):
        assert status in operation.ok, f"{role} got {status} at {operation}"
    else:
        assert status == 403, f"{role} got {status} at {operation}"


def send_request(api: Callable[..., Any], operation: Operation, role: str, names: dict[str, str]) -> Any:
    client = api(role)
    return getattr(client, operation.method.lower())(operation.path.format(**names), operation.body, format="json")
