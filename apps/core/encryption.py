"""A JSON field whose value is encrypted at rest (Fernet, several keys: the first encrypts, all decrypt).

It fails closed: what cannot be decrypted is an error, never a value.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from apps.core import secret_values


class WrongEncryptionKey(Exception):
    """A stored secret cannot be read with the keys in ENCRYPTION_KEYS."""


def fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])


class EncryptedJSONField(models.TextField):  # type: ignore[type-arg]
    """Holds a JSON value; the column holds its ciphertext."""

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        secret_values.remember(value)
        return fernet().encrypt(json.dumps(value, separators=(",", ":")).encode()).decode()

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        if value is None:
            return None
        try:
            read = json.loads(fernet().decrypt(value.encode()))
        except InvalidToken as error:
            raise WrongEncryptionKey(
                "A stored secret cannot be decrypted. Check ENCRYPTION_KEYS: the key that encrypted it is missing."
            ) from error
        secret_values.remember(read)
        return read

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
