"""The mixers of running tasks: started, told of every new picture, stopped, and what they made handed to the emulator."""

from __future__ import annotations

import json
import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from apps.sandbox.engine import config
from apps.sandbox.engine.emulators import emulator_of
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.tasks import ENDED, RUNNING, Task, next_part

log = logging.getLogger(__name__)
STOP_TIMEOUT = 20.0  # seconds a mixer has to write its last segment
SOON = 5.0  # a mixer that dies this soon after its start is not started again


class Jobs:
    """Called by the ticker only; the stopping is done beside it, as it takes a while."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self._processes: dict[str, Any] = {}
        self._sent: dict[str, str] = {}
        self._stopping: set[str] = set()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="sandbox-jobs")
        self._lock = threading.Lock()
        self._failed: set[str] = set()
        self._started_at: dict[str, float] = {}
        self._cuts: dict[str, Future[None]] = {}  # the last cut of a task, while its part is brought to its end

    def directory(self, task: Task) -> Path:
        return self.runtime.media / str(task["vendor"]) / str(task["key"])

    def parts(self, task: Task) -> list[Path]:
        """The directories of a task's mixers, oldest first: a recording that was cut, or that a restart broke, continues in
        the next."""
        first = self.directory(task)
        further = sorted(first.glob("r[0-9]*"), key=lambda path: int(path.name[1:]))
        return [first, *further]

    def count(self) -> int:
        return len(self._processes)

    def care_for(self, tasks: list[Task]) -> None:
        """Brings the mixers in line with the tasks (copies of them, in the order they started)."""
        for task in tasks:
            key = str(task["key"])
            if task["phase"] == RUNNING:
                if task.get("cut_at") is not None:
                    self._cut(key, task)
                self._keep_running(key, task)
            elif task["phase"] == ENDED and not task["finalised"] and key not in self._stopping:
                self._stopping.add(key)
                self._sent.pop(key, None)
                process = self._processes.pop(key, None)
                self._pool.submit(self._finish, key, task, process is not None)

    def _keep_running(self, key: str, task: Task) -> None:
        if not config.mixing() or key in self._failed:
            return
        process = self._processes.get(key)
        if process is None and len(self._processes) >= config.most_mixers():
            return
        scene = emulator_of(task).scene(self.runtime, task)
        if scene is None:
            return
        text = json.dumps(scene.to_json(), sort_keys=True)
        try:
            from apps.sandbox.engine.mixer import spawn

            if process is None or process.poll() is not None:
                if process is not None and time.monotonic() - self._started_at[key] < SOON:
                    raise RuntimeError("its mixer ended at once")
                self._processes[key] = self._start(spawn, key, task, scene)
            elif self._sent.get(key) != text:
                spawn.update_scene(self.parts(task)[-1], scene)
        except (ImportError, OSError, ValueError, RuntimeError) as error:
            log.warning("sandbox: task %s runs without a picture: %s", key, error)
            self._failed.add(key)
            return
        self._sent[key] = text

    def _cut(self, key: str, task: Task) -> None:
        """Ends the part that is being recorded, beside the ticker; the recording goes on in the next at once."""
        process = self._processes.pop(key, None)
        self._sent.pop(key, None)
        part = {"path": task["part"], "seconds": None, "ended_at": task["cut_at"]}
        task["part"] = next_part(task["part"])
        with self.runtime.store.changing() as state:
            if key in state["tasks"]:
                state["tasks"][key] |= {"cut_at": None, "part": task["part"]}
        self._cuts[key] = self._pool.submit(self._finish_part, key, task, part, process is not None)

    def _finish_part(self, key: str, task: Task, part: dict[str, Any], mixed: bool) -> None:
        if mixed:
            try:
                from apps.sandbox.engine.mixer import spawn

                status = spawn.stop_job(self.directory(task) / part["path"][1:], STOP_TIMEOUT)
                part["seconds"] = seconds_of(status)
            except Exception:  # the recording goes on, and what there is of the part is told
                log.exception("sandbox: a part of %s could not be ended", key)
        try:
            with self.runtime.store.changing() as state:
                if key in state["tasks"]:
                    emulator_of(task).part_finished(self.runtime, state["tasks"][key], part)
        except Exception:  # the other parts are told
            log.exception("sandbox: a part of %s could not be told", key)

    def _start(self, spawn: Any, key: str, task: Task, scene: Any) -> Any:
        records = task["kind"] == "record"
        directory = self.directory(task) / task["part"][1:]
        if records and (directory / "hls").exists():  # what an earlier mixer recorded stays
            task["part"] = next_part(task["part"])
            directory = self.directory(task) / task["part"][1:]
        directory.mkdir(parents=True, exist_ok=True)
        with self.runtime.store.changing() as state:
            if key in state["tasks"]:
                state["tasks"][key]["part"] = task["part"]
        self._started_at[key] = time.monotonic()
        more = {"mode": "record", "formats": task.get("formats", [])} if records else {"mode": "live"}
        return spawn.start_job(directory, scene, most_pixels=config.most_pixels(), **more)

    def _finish(self, key: str, task: Task, mixed: bool) -> None:
        made: dict[str, Any] = {}
        if cut := self._cuts.pop(key, None):
            wait([cut])
        if mixed:
            try:
                from apps.sandbox.engine.mixer import spawn

                parts = self.parts(task)
                spawn.stop_job(parts[-1], STOP_TIMEOUT)
                read = [(part, spawn.read_status(part)) for part in parts]
                made["parts"] = [
                    {"path": "" if part == parts[0] else f"/{part.name}", "seconds": seconds_of(status)}
                    for part, status in read
                ]
            except Exception:  # whatever it was, the task must still come to its end
                log.exception("sandbox: the mixer of %s could not be stopped", key)
        try:
            with self.runtime.store.changing() as state:
                live = state["tasks"].get(key)
                if live is not None and not live["finalised"]:
                    live["finalised"] = True
                    emulator_of(live).finished(self.runtime, live, made)
        finally:
            with self._lock:
                self._stopping.discard(key)

    def close(self) -> None:
        """Ends every mixer, as the process ends or a test is over. Their tasks stay as they are in the state."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self._processes.values():
            try:
                process.wait(timeout=5)
            except Exception:
                process.kill()
        self._processes.clear()


def seconds_of(status: dict[str, Any]) -> float:
    return float(status.get("duration") or status.get("seconds") or 0)
