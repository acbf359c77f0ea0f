"""The production processes on this machine: entrypoint scripts, a throw-away PostgreSQL database, a Redis database."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx2
import psycopg
import redis

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("FLOW_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("FLOW_REDIS_URL", "redis://127.0.0.1:6379").rstrip("/")
DATABASES = range(9, 16)  # the higher ones: a developer's own are usually the lower


class Absent(Exception):
    """A server that the flows need does not answer; the text says which and how to start it."""


@contextmanager
def database() -> Iterator[str]:
    """The URL of a new, empty database, dropped afterwards."""
    name = f"quadbox_flow_{os.getpid()}_{secrets.token_hex(3)}"
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        raise Absent(
            f"PostgreSQL does not answer at {POSTGRES} ({str(error).splitlines()[0]}). Start it (Debian: apt-get "
            "install -y postgresql && service postgresql start), or name another in FLOW_POSTGRES_URL."
        ) from error
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def empty_redis() -> Iterator[str]:
    """The URL of a Redis database that was empty and is ours for now; flushed afterwards."""
    for number in DATABASES:
        client = redis.Redis.from_url(REDIS, db=number, socket_connect_timeout=3)
        try:
            if client.dbsize():
                continue
        except redis.ConnectionError as error:
            raise Absent(
                f"Redis does not answer at {REDIS}. Start it (Debian: apt-get install -y redis-server && service "
                "redis-server start), or name another in FLOW_REDIS_URL."
            ) from error
        try:
            yield f"{REDIS}/{number}"
        finally:
            client.flushdb()
            client.close()
        return
    raise Absent(f"The Redis at {REDIS} has no empty database among {DATABASES[0]} … {DATABASES[-1]}: empty one.")


class Production:
    """Runs `docker/entrypoints/*.sh` as the container image does, with the tests' python on PATH."""

    def __init__(self, database_url: str, redis_url: str, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        inherited = ("HOME", "LANG", "TMPDIR", "PYTHONPYCACHEPREFIX")
        self.environment = {
            **{name: os.environ[name] for name in inherited if name in os.environ},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ENCRYPTION_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "PUBLIC_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "QUADBOX_STATE": str(folder),
            "STATIC_ROOT": str(folder / "static"),
            "SANDBOX": "1",
            "SANDBOX_CONTROL_OPEN": "1",
            "SANDBOX_MIXING": "1",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WORKER_CONCURRENCY": "2",
            "CLAIM_SECONDS": "18",
        }

    def run(self, *command: str) -> str:
        """One command to its end; answers what it printed. Fails with all its words."""
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def entrypoint(self, name: str) -> Path:
        return ROOT / "docker" / "entrypoints" / f"{name}.sh"

    def start(self, name: str) -> None:
        with self.log(name).open("ab") as log:
            # From another folder: a script must find its way by itself.
            self.running[name] = subprocess.Popen(
                [str(self.entrypoint(name))], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def kill(self, name: str) -> None:
        """SIGKILL to a process and all its children, as a machine's end does."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait_until_healthy(self, seconds: float = 180) -> None:
        until = time.monotonic() + seconds
        while True:
            assert self.running["web"].poll() is None, self.words()
            try:
                if httpx2.get(f"{self.url}/healthz", timeout=2).status_code == 200:
                    return
            except httpx2.TransportError:
                pass  # not listening yet
            assert time.monotonic() < until, self.words()
            time.sleep(0.2)

    def stop(self) -> dict[str, int]:
        """SIGTERM to all, as a container's end does; the exit codes. What does not go in 20 s is killed."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        codes = {}
        for name, process in self.running.items():
            try:
                codes[name] = process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                codes[name] = process.wait()
        self.running = {}
        return codes

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def words(self) -> str:
        """The ends of all logs, for a failing test."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}" for log in logs)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
