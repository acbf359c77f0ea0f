"""Tests of this emulator are in a hurry."""

from __future__ import annotations

import pytest

from apps.sandbox.engine.ports import Runtime


@pytest.fixture(autouse=True)
def unhurried(sandbox: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests call faster than an account may."""
    monkeypatch.setattr("apps.sandbox.agora.routes.PER_SECOND", 1000)
