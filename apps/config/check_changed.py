"""`make check`: lint, types and the unit tests of what changed since main. Standard library only.

Changed files are mapped to tests by the mirror: `apps/X/…` → `tests/X`, `tests/…` → themselves, `static/` → the TypeScript
tests. Files that everything uses select the tests of `core`. Browser, slow and flow tests are left to `make test`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
NOT_UNIT = ("tests/browser", "tests/flows", "tests/bench", "tests/fidelity", "tests/static", "tests/fixtures")


def main() -> int:
    changed = changed_files()
    tests = select_tests(changed)
    python = BIN / "python"
    commands: list[list[str | Path]] = [
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "."],
        [BIN / "lint-imports"],
        [BIN / "mypy"],
    ]
    if any(path.startswith(("static/", "tests/static/")) for path in changed):
        npm: list[str | Path] = [python, "-m", "apps.config.setup", "npm", "run", "--silent"]
        commands += [[*npm, "check"], [*npm, "lint"], [*npm, "test"]]
    if tests:
        parallel = ["-n", "2"] if len(tests) > 3 else []
        commands.append(
            [python, "-m", "pytest", "-q", "--failed-first", "-m", "not browser and not slow", *parallel, *tests]
        )
    for command in commands:
        began = time.monotonic()
        code = subprocess.run([str(part) for part in command], cwd=ROOT).returncode
        print(f"{Path(command[0]).name}: {time.monotonic() - began:.1f} s", flush=True)
        if code not in (0, 5):  # 5: pytest found no test that is neither slow nor in a browser
            return code
    return 0


def changed_files() -> list[str]:
    """Paths that differ from where this branch left main, with the uncommitted and the new ones."""
    base = git("merge-base", "HEAD", "main") or ["HEAD"]
    return sorted({*git("diff", "--name-only", base[0]), *git("ls-files", "--others", "--exclude-standard")})


def git(*arguments: str) -> list[str]:
    result = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return result.stdout.split("\n")[:-1]


def select_tests(changed: Iterable[str]) -> list[str]:
    """The test files and folders of the changed files, none inside another."""
    selected = {test for path in changed for test in candidates(path) if (ROOT / test).exists()}
    unit = {test for test in selected if not test.startswith(NOT_UNIT)}
    return sorted(test for test in unit if not any(test != other and test.startswith(f"{other}/") for other in unit))


def candidates(path: str) -> list[str]:
    parts = Path(path).parts
    name = Path(path).name
    if parts[0] == "tests":
        return [path] if name.startswith("test_") and name.endswith(".py") else [str(Path(path).parent)]
    if parts[0] == "apps" and len(parts) > 2:
        below = [f"tests/{'/'.join(parts[1:depth])}" for depth in range(len(parts) - 1, 1, -1)]
        return [next((folder for folder in below if (ROOT / folder).is_dir()), f"tests/{parts[1]}")]
    if parts[0] == "templates":
        return ["tests/core/test_translations.py", *([f"tests/{parts[1]}"] if len(parts) > 2 else ["tests/pages"])]
    if name in ("pyproject.toml", "requirements.lock", "manage.py") or parts[0] in ("celery_worker", "docker", "docs"):
        return ["tests/config", "tests/core/test_settings.py"]
    return []


if __name__ == "__main__":
    sys.exit(main())
