"""The tables of the vendors' READMEs are those of the data."""

from __future__ import annotations

from pathlib import Path

from apps.vendors import registry
from apps.vendors.readme import table


def test_the_volcengine_table_is_current() -> None:
    readme = Path(__file__).parents[2] / "apps/vendors/volcengine/README.md"
    assert table(registry.adapter("volcengine-push").capabilities) in readme.read_text()
