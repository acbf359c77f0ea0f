from __future__ import annotations

import pytest

from apps.operations import service_checks


@pytest.fixture(autouse=True)
def short_ping(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs in these tests: none has to be waited for."""
    monkeypatch.setattr(service_checks, "PING_SECONDS", 0.05)
