"""The tables of the vendors' READMEs are those of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.vendors import registry
from apps.vendors.readme import table


@pytest.mark.parametrize("slug", registry.products())
def test_the_table_of_every_product_is_current(slug: str) -> None:
    product = registry.adapter(slug)
    readme = Path(__file__).parents[2] / "apps/vendors" / product.vendor / "README.md"
    assert f"## {slug}\n\n{table(product.capabilities)}" in readme.read_text(encoding="utf-8")


def test_the_front_page_names_every_product() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [slug for slug in registry.products() if f"| `{slug}` |" not in readme] == []
