"""The database of an older version in the test database: its schema, by migrating back, and its rows, from a fixture.

`fixtures/databases/version-0.1.json` holds the rows that `make run` of 0.1.0 wrote: the sandbox's apps, one task on air and
one recording. Secrets in it are the sandbox's public ones, in plain text; loading encrypts them with the test's key.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FIXTURES = Path(__file__).parent / "fixtures" / "databases"
Row = dict[str, Any]


@contextmanager
def old_database(version: str, extra_rows: dict[str, list[Row]] | None = None) -> Iterator[None]:
    """Inside, the database is that of the version, with its rows and further ones of ours; the caller migrates it. At the
    end it is empty and current again. The test needs `django_db(transaction=True)`."""
    fixture = json.loads((FIXTURES / f"version-{version}.json").read_text(encoding="utf-8"))
    targets = sorted(fixture["migrations"].items())
    try:
        MigrationExecutor(connection).migrate(targets)
        executor = MigrationExecutor(connection)
        models = executor.loader.project_state([(app, name) for app, name in targets]).apps
        for label, rows in fixture["rows"].items():
            insert(models.get_model(label), [*rows, *(extra_rows or {}).get(label, [])])
        yield
    finally:
        migrate_to_current()
        call_command("flush", "--noinput", verbosity=0)


def migrate_to_current() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def insert(model: Any, rows: list[Row]) -> None:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    objects = []
    for row in rows:
        values = {}
        for name, value in row.items():
            if isinstance(value, dict) and set(value) == {"base64"}:
                value = base64.b64decode(value["base64"])
            elif fields[name].get_internal_type() == "DateTimeField":
                value = fields[name].to_python(value)
            values[name] = value
        objects.append(model(**values))
    model.objects.bulk_create(objects)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
