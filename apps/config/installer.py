"""Installs a requirements file with hashes into a virtual environment: with uv, and with pip where uv cannot be had.

uv does not read pip's configuration, so the package index that is set there is handed on to it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from apps.config import lock

# Option of pip → environment variable of uv. Lists are joined as uv wants them.
UV_VARIABLES = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
}
ADVICE = "Check that this machine reaches its package index (pip config list)."


class InstallFailed(Exception):
    """Packages could not be installed, and what to do about it."""


def install_requirements(environment: Path, text: str) -> None:
    """Makes the packages of `text` (a requirements file) present in the virtual environment, at their hashes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text(text, encoding="utf-8")
        uv = get_uv(environment, Path(folder))
        if uv is not None:
            command: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", environment / "bin" / "python"]
            if call([*command, "--require-hashes", "-r", file], {**os.environ, **uv_settings()}) == 0:
                return
            print("  uv could not install the packages; trying pip.", file=sys.stderr)
        if call([*pip(environment), "install", "-qq", "--require-hashes", "-r", file]) != 0:
            raise InstallFailed(f"Python packages could not be installed. {ADVICE}")


def get_uv(environment: Path, folder: Path) -> Path | None:
    """uv of the virtual environment, installed from its wheel at the hash of the lock; None where there is none."""
    uv = environment / "bin" / "uv"
    file = folder / "uv.txt"
    file.write_text(lock.requirement_of("uv"), encoding="utf-8")
    if not uv.exists():
        call([*pip(environment), "install", "-qq", "--only-binary=:all:", "--require-hashes", "-r", file])
    return uv if uv.exists() else None


def pip(environment: Path) -> list[str | Path]:
    """pip of this Python, working on the virtual environment; else one inside it."""
    python = environment / "bin" / "python"
    if call([sys.executable, "-m", "pip", "--version"], quiet=True) == 0:
        return [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    if call([python, "-m", "pip", "--version"], quiet=True) != 0 and call([python, "-m", "ensurepip"], quiet=True) != 0:
        raise InstallFailed("pip is missing. On Debian: apt-get install python3-venv python3-pip")
    return [python, "-m", "pip", "--disable-pip-version-check"]


def uv_settings() -> dict[str, str]:
    """The package index of pip's configuration, as variables of uv; those already set stay."""
    listing = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    values: dict[str, str] = {}
    for line in listing.splitlines():  # global.index-url='https://…', install.find-links='…', :env:.cert='…'
        name, _equals, value = line.partition("=")
        option = name.rpartition(".")[2]
        if option in UV_VARIABLES:
            variable, separator = UV_VARIABLES[option]
            values[variable] = separator.join(value.strip("'\"").replace("\\n", " ").split())
    # As pip does, take the version from whichever index has it: the hash says that it is the right one.
    values["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in values.items() if name not in os.environ}


def call(command: list[str | Path], environment: dict[str, str] | None = None, *, quiet: bool = False) -> int:
    error = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [str(part) for part in command], env=environment, stdout=subprocess.DEVNULL, stderr=error
    ).returncode
