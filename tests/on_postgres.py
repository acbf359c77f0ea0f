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

import psycopg
from psycopg import sql

from tests.flows.production import POSTGRES, Absent, database

TOUCHING = [
    "tests/core", "tests/accounts", "tests/credentials", "tests/layouts", "tests/tasks", "tests/callbacks",
    "tests/live", "tests/archive", "tests/flows/test_story_rest.py", "tests/pages/test_settings.py",
    "tests/pages/test_empty_and_full.py",
]  # fmt: skip


# Who may do what is the same on both servers; whatever may be asked is asked by the admin, to whom nothing is refused.
NOT_AGAIN = "not test_rest_permissions and (not test_openapi or admin)"


def main(arguments: list[str]) -> int:
    try:
        with database() as url:
            # A name of our own for the test databases too: two runs side by side must not meet.
            plain = urlunsplit(urlsplit(url)._replace(scheme="postgres"))
            began = time.monotonic()
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-m",
                "not browser and not slow",
                *(arguments or [*TOUCHING, "-k", NOT_AGAIN]),
            ]
            # Its own way of dropping waits for every session to end; ours does not.
            command += ["-q", "-n", "3", "--reuse-db"]
            try:
                code = subprocess.run(command, env={**os.environ, "DATABASE_URL": plain}).returncode
            finally:
                drop_databases(f"test_{urlsplit(url).path[1:]}")
            print(f"On PostgreSQL: {time.monotonic() - began:.0f} s")
            return code
    except Absent as error:
        print(f"The tests did not run on PostgreSQL as well: {error}")
        return 0


def drop_databases(beginning: str) -> None:
    """Every worker of pytest made one of this name and a number."""
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
        for (name,) in found.fetchall():
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
