"""The secret values that a task's requests are made with: what must not be seen in anything we keep or show."""

from __future__ import annotations

import uuid

from apps.core.encryption import WrongEncryptionKey
from apps.core.secret_values import SecretValues
from apps.tasks.models import Task
from apps.vendors.redaction import is_secret_name


def secrets_of_task(task_id: uuid.UUID) -> SecretValues:
    """Of its credential and app, and the tokens that the vendor gave it.

    What the present encryption keys cannot read stays unknown: this process never held it and has nothing to hide.
    """
    columns = ("app__credential__keys", "app__secrets", "handles")
    try:
        row = Task.objects.filter(pk=task_id).values_list(*columns).first()
    except WrongEncryptionKey:
        return SecretValues([])
    if row is None:
        return SecretValues([])
    keys, secrets, handles = row
    tokens = [value for name, value in handles.items() if is_secret_name(name)]
    return SecretValues([keys, secrets, tokens])
