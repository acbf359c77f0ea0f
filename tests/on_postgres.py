"""Runs the tests that touch the database on PostgreSQL as well: `python -m tests.on_postgres [pytest arguments]`.

Uses the server of the machine (FLOW_POSTGRES_URL); where none answers it says so and is content, as SQLite had its
run. The servers' differences that matter here are locks, constraints, JSON and the order of nulls.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from tests.flows.production import Absent, database

TOUCHING = [
    "tests/core", "tests/accounts", "tests/credentials", "tests/layouts", "tests/tasks", "tests/callbacks",
    "tests/live", "tests/archive", "tests/flows/test_story_rest.py", "tests/pages/test_settings.py",
    "tests/pages/test_empty_and_full.py",
]  # fmt: skip


def main(arguments: list[str]) -> int:
    try:
        with database() as url:
            # A name of our own for the test databases too: two runs side by side must not meet.
            plain = urlunsplit(urlsplit(url)._replace(scheme="postgres"))
            began = time.monotonic()
            command = [sys.executable, "-m", "pytest", "-m", "not browser and not slow", *(arguments or TOUCHING)]
            code = subprocess.run([*command, "-q", "-n", "2"], env={**os.environ, "DATABASE_URL": plain}).returncode
            print(f"On PostgreSQL: {time.monotonic() - began:.0f} s")
            return code
    except Absent as error:
        print(f"The tests did not run on PostgreSQL as well: {error}")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
