"""The first login: stored in a private file in embedded mode, and shown once in production."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.accounts.models import User

pytestmark = pytest.mark.django_db


def first_admin() -> str:
    out = StringIO()
    call_command("first_admin", stdout=out)
    return out.getvalue()


def test_password_is_shown_once_and_not_stored_in_production(settings: Any, tmp_path: Path) -> None:
    settings.EMBEDDED, settings.STATE_DIR, settings.MEDIA_ROOT = False, tmp_path, str(tmp_path)
    output = first_admin()
    password = output.split("password ")[1].split()[0]
    assert User.objects.get(username="admin").check_password(password)
    assert list(tmp_path.iterdir()) == []
    assert password not in first_admin()


def test_password_file_is_private_in_embedded_mode(settings: Any, tmp_path: Path) -> None:
    settings.EMBEDDED, settings.STATE_DIR = True, tmp_path
    output = first_admin()
    path = tmp_path / "first_admin_password"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() in output
    assert first_admin() == output
    admin = User.objects.get(username="admin")
    admin.set_password("another of their own")
    admin.save()
    assert path.read_text() not in first_admin()
