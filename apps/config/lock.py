"""The one lock file, `requirements.lock`, and the sets that are installed from it. Standard library only.

The lock holds every package of pyproject.toml with all its extras, each with its hashes and with the packages that need
it (`# via`). A set is what its extras need, directly or through others:

    python -m apps.config.lock production      prints that set as a requirements file

The lock is made by: make lock
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
# The extras of each set. Every set has the dependencies of the product itself.
SETS: dict[str, tuple[str, ...]] = {
    "production": ("sandbox",),  # posters are read out of videos with the same library
    "run": ("setup", "sandbox", "embedded", "frontend"),
    "test": ("setup", "sandbox", "embedded", "frontend", "test"),
}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Entry:
    """A package of the lock: its lines as a requirement, and the names of what needs it."""

    name: str
    text: str
    needed_by: frozenset[str]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(text: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE):
        match = NAME.match(block)
        if match is None:
            continue
        lines = block.rstrip().splitlines()
        comments = [line.strip().lstrip("#").strip() for line in lines if line.strip().startswith("#")]
        parents = [comment.removeprefix("via").strip() for comment in comments]
        names = frozenset(canonical(parent.partition(" ")[0]) for parent in parents if parent)
        requirement = "\n".join(line for line in lines if not line.strip().startswith("#"))
        found[canonical(match[0])] = Entry(canonical(match[0]), requirement, names)
    return found


def roots(extras: tuple[str, ...]) -> set[str]:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"]]
    for extra in extras:
        requirements += project["optional-dependencies"][extra]
    return {canonical(match[0]) for requirement in requirements if (match := NAME.match(requirement))}


def requirements_of(name: str) -> str:
    """The requirements file of a set, with hashes."""
    locked = entries(LOCK.read_text(encoding="utf-8"))
    wanted, queue = set(), sorted(roots(SETS[name]))
    while queue:
        package = queue.pop()
        if package in wanted:
            continue
        wanted.add(package)
        queue += [entry.name for entry in locked.values() if package in entry.needed_by]
    return "\n".join(locked[package].text for package in sorted(wanted)) + "\n"


def requirement_of(package: str) -> str:
    """One package of the lock without what it needs, as a requirements file."""
    return entries(LOCK.read_text(encoding="utf-8"))[package].text + "\n"


if __name__ == "__main__":
    argument = sys.argv[1] if len(sys.argv) == 2 else ""
    if argument in SETS:
        sys.stdout.write(requirements_of(argument))
    else:
        sys.exit(f"Name one set: {', '.join(SETS)}.")
