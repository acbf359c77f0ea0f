"""Packages are installed with uv, and with pip where uv cannot be had."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from apps.config import installer

REQUIREMENTS = "six==1.0 --hash=sha256:00\n"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every command that would have been run; those of uv fail."""
    run: list[list[str]] = []

    def call(command: list[Any], environment: Any = None, *, quiet: bool = False) -> int:
        run.append([str(part) for part in command])
        return 1 if run[-1][0].endswith("/uv") else 0

    monkeypatch.setattr(installer, "call", call)
    return run


def with_uv(environment: Path) -> None:
    (environment / "bin").mkdir()
    (environment / "bin" / "uv").touch()


def test_pip_installs_where_uv_has_no_wheel(commands: list[list[str]], tmp_path: Path) -> None:
    installer.install_requirements(tmp_path, REQUIREMENTS)
    assert "--only-binary=:all:" in commands[1]  # uv itself, which did not come
    assert commands[-1][1:3] == ["-m", "pip"]
    assert "--require-hashes" in commands[-1]


def test_pip_installs_where_uv_fails(commands: list[list[str]], tmp_path: Path) -> None:
    with_uv(tmp_path)
    installer.install_requirements(tmp_path, REQUIREMENTS)
    assert commands[0][1:3] == ["pip", "install"]
    assert "--require-hashes" in commands[0]
    assert commands[-1][1:3] == ["-m", "pip"]


def test_failure_says_what_to_check(commands: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installer, "call", lambda command, *_args, quiet=False: 0 if quiet else 1)
    with pytest.raises(installer.InstallFailed, match="pip config list"):
        installer.install_requirements(tmp_path, REQUIREMENTS)


def test_uv_uses_the_index_of_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    listing = (
        "global.index-url='https://mirror.example.com/simple'\n"
        "global.extra-index-url='https://a.example.com/simple https://b.example.com/simple'\n"
        ":env:.find-links='/srv/wheels'\n"
        "global.timeout='60'\n"
    )
    result = subprocess.CompletedProcess([], 0, stdout=listing)
    monkeypatch.setattr(installer.subprocess, "run", lambda *args, **kwargs: result)
    monkeypatch.setenv("UV_FIND_LINKS", "/own")
    assert installer.uv_settings() == {
        "UV_DEFAULT_INDEX": "https://mirror.example.com/simple",
        "UV_INDEX": "https://a.example.com/simple https://b.example.com/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
