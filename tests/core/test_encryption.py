"""Secrets at rest: apps.core.encryption and `manage.py rotate_keys`."""

from __future__ import annotations

import io
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from apps.core.encryption import WrongEncryptionKey
from apps.credentials import services
from apps.credentials.models import Credential

KEYS = {"access_key_id": "canary-id", "secret_access_key": "canary-secret"}


def test_encrypted_column_holds_only_ciphertext(team: Any) -> None:
    services.create_credential(team=team, name="C", vendor="volcengine", keys=KEYS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT keys FROM credentials_credential")
        assert "canary" not in cursor.fetchone()[0]
    assert Credential.objects.get().keys == KEYS


def test_key_rotation_reencrypts_all_secrets_and_a_missing_key_fails_closed(team: Any, settings: Any) -> None:
    keys = {"access_key_id": "a", "secret_access_key": "b"}
    services.create_credential(team=team, name="C", vendor="volcengine", keys=keys)
    old, new = settings.ENCRYPTION_KEYS, Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [new, *old]
    call_command("rotate_keys", stdout=io.StringIO())
    settings.ENCRYPTION_KEYS = [new]
    assert Credential.objects.get().keys == keys
    settings.ENCRYPTION_KEYS = old
    with pytest.raises(WrongEncryptionKey):
        Credential.objects.get()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("rotate_keys", stdout=io.StringIO())
