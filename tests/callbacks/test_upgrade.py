"""Callbacks of a database of version 0.1 after today's migrations."""

from __future__ import annotations

import json

import pytest

from apps.callbacks.models import Receipt
from tests.old_database import FIXTURES, migrate_to_current, old_database

pytestmark = pytest.mark.django_db(transaction=True)


def test_outcome_stranger_becomes_unmatched(redis_server: str) -> None:
    rows = json.loads((FIXTURES / "version-0.1.json").read_text())["rows"]["callbacks.Receipt"]
    ids = [row["id"] for row in rows]
    stranger = {**rows[0], "id": "00000000-0000-7000-8000-000000000001", "event_id": "e-1", "outcome": "stranger"}
    with old_database("0.1", {"callbacks.Receipt": [stranger]}):
        migrate_to_current()
        assert Receipt.objects.get(pk=stranger["id"]).outcome == "unmatched"
        assert {row["outcome"] for row in rows} == set(
            Receipt.objects.filter(pk__in=ids).values_list("outcome", flat=True)
        )
