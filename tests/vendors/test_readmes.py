"""The tables of the vendors' READMEs are those of the data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from apps.vendors import registry
from apps.vendors.capabilities import Capabilities
from apps.vendors.readme import FILES, files, renewed, table
from tests.vendors.aliyun import calls as aliyun
from tests.vendors.every_ability import BASE, changes
from tests.vendors.volcengine import calls as volcengine

VENDORS = Path(__file__).parents[2] / "apps/vendors"


@pytest.mark.parametrize("slug", registry.products())
def test_the_table_of_every_product_is_current(slug: str) -> None:
    product = registry.adapter(slug)
    readme = VENDORS / product.vendor / "README.md"
    assert f"## {slug}\n\n{table(product.capabilities)}" in readme.read_text(encoding="utf-8")


CHANGES = [pytest.param(can, id=".".join(path)) for path, can in changes()]


@pytest.mark.parametrize("can", CHANGES)
def test_a_table_shows_every_ability(can: Capabilities) -> None:
    assert table(can) != table(BASE)


def test_what_is_painted_above_regions_is_no_part_of_the_background() -> None:
    def row(above: bool) -> str:
        can = replace(BASE, texts="baked", texts_above_regions=above)
        return next(line for line in table(can).splitlines() if line.startswith("| texts"))

    assert row(True) == "| texts | painted by Quadbox into overlays; above regions: yes |"
    assert row(False) == "| texts | painted by Quadbox into the background picture; above regions: no |"


@pytest.mark.parametrize("vendor", registry.vendors())
def test_the_files_of_every_vendor_are_current(vendor: str) -> None:
    readme = (VENDORS / vendor / "README.md").read_text(encoding="utf-8")
    assert f"{FILES}\n\n{files(vendor)}" in readme, "python -m apps.vendors.readme writes it anew"
    assert "|  |" not in files(vendor), "a module without its first sentence"


@pytest.mark.parametrize("vendor", registry.vendors())
def test_a_stale_table_is_written_anew(vendor: str) -> None:
    readme = (VENDORS / vendor / "README.md").read_text(encoding="utf-8")
    stale = readme.replace("| regions | at most ", "| regions | at least ").replace(
        "| `errors.py` |", "| `faults.py` |"
    )
    assert stale != readme
    assert renewed(vendor, stale) == readme == renewed(vendor, readme)


@pytest.mark.parametrize("slug", registry.products())
def test_a_readme_names_every_operation(slug: str) -> None:
    """Whose permission an admin needs: what is planned anywhere in the tests has a budget, and so a place in the table."""
    spoken = {
        "aliyun-rtc-mpu": lambda: {one.name for name, one in aliyun.every("acs3").items() if name.startswith("relay")},
        "aliyun-rtc-record": lambda: {
            one.name for name, one in aliyun.every("acs3").items() if name.startswith("recording")
        },
        "aliyun-live-mpu": lambda: {one.name for name, one in aliyun.every("acs3").items() if name.startswith("live")},
        "volcengine-push": lambda: {value.name for value in volcengine.ALL.values()},
        "agora-transcoder": lambda: {"Acquire", "Create", "Query", "Update", "Delete"},
    }
    assert spoken[slug]() == set(registry.adapter(slug).capabilities.queries_per_second)


def test_the_front_page_names_every_product() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [slug for slug in registry.products() if f"| `{slug}` |" not in readme] == []
