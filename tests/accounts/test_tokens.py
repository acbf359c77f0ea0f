"""API tokens from the command line."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def test_token_command_prints_a_valid_token(api: Any, people: dict[str, Any]) -> None:
    out = io.StringIO()
    call_command("token", "viewer", stdout=out)
    answer = api("anonymous").get("/api/v1/layouts/", headers={"Authorization": f"Token {out.getvalue().strip()}"})
    assert answer.status_code == 200
    with pytest.raises(CommandError):
        call_command("token", "unknown-user")
