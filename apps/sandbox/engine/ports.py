"""What the parts of the engine need of the running sandbox (`runtime.Runtime`), so that none of them imports it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from apps.sandbox.engine.clock import Clock
from apps.sandbox.engine.pictures import Pictures
from apps.sandbox.engine.quotas import Quotas
from apps.sandbox.engine.store import Store


class CallbackQueue(Protocol):
    """Where a vendor's emulator leaves its callbacks (`callbacks_out.CallbacksOut`)."""

    def send(
        self,
        *,
        vendor: str,
        app_id: str,
        event: str,
        url: str,
        body: str,
        spoiled: str = "",
        headers: dict[str, str] | None = None,
        spoiled_headers: dict[str, str] | None = None,
        retries: tuple[float, ...] = (2.0, 5.0),
        timeout: float = 5.0,
    ) -> None: ...


class Runtime(Protocol):
    """The running sandbox as emulators and mixers see it."""

    media: Path
    store: Store
    clock: Clock
    quotas: Quotas
    pictures: Pictures
    nonces: dict[str, float]

    @property
    def callbacks(self) -> CallbackQueue: ...
