"""Encrypts every stored secret anew with the first of ENCRYPTION_KEYS."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.core.encryption import EncryptedJSONField, WrongEncryptionKey


class Command(BaseCommand):
    help = (
        "After a new key was put first in ENCRYPTION_KEYS: encrypts all secrets with it, all or none. "
        "When it is done, the old keys may be taken out."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        try:
            with transaction.atomic():
                for model in apps.get_models():
                    names = [field.name for field in model._meta.fields if isinstance(field, EncryptedJSONField)]
                    if not names:
                        continue
                    for pk in model._default_manager.values_list("pk", flat=True):
                        row = model._default_manager.select_for_update().get(pk=pk)
                        # update(), not save(): nothing changed that the audit log should tell
                        model._default_manager.filter(pk=pk).update(**{name: getattr(row, name) for name in names})
                        count += 1
        except WrongEncryptionKey as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        self.stdout.write(f"{count} rows are encrypted with the first key.")
