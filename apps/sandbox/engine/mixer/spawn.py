"""Starts, changes and stops job processes, and writes a whole recording at once. What the emulators use of the mixer."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from apps.sandbox.engine.mixer import containers, files
from apps.sandbox.engine.mixer.compose import picture
from apps.sandbox.engine.mixer.record import Job
from apps.sandbox.engine.mixer.scene import Scene

_ROOT = Path(__file__).resolve().parents[4]
LEAN = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
"""What keeps a mixer's process small: no threads of numpy's own, one heap, freed memory given back."""
_lock = threading.Lock()
_started: dict[Path, subprocess.Popen[bytes]] = {}


def start_job(job_dir: Path, scene: Scene, **job: Any) -> subprocess.Popen[bytes]:
    """Starts a process that mixes `scene` in `job_dir` (made if missing; what an earlier job left there is removed).

    `job` are the members of `record.Job`. Raises ValueError for a member that does not exist and RuntimeError when a
    job of ours still runs there. Does not wait; `read_status` says how it goes.
    """
    Job.from_json(job)
    directory = job_dir.resolve()
    with _lock:
        before = _started.get(directory)
        if before is not None and before.poll() is None:
            raise RuntimeError(f"a job is running in {directory}")
        _clear(directory)
        files.write_json(directory / files.SCENE, scene.to_json())
        files.write_json(directory / files.JOB, job)
        command = [sys.executable, "-m", "apps.sandbox.engine.mixer", str(directory), "--parent", str(os.getpid())]
        with (directory / "log.txt").open("wb") as said:
            process = subprocess.Popen(
                command,
                cwd=_ROOT,
                env={**os.environ, **LEAN},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                close_fds=True,
            )
        _started[directory] = process
    return process


def update_scene(job_dir: Path, scene: Scene) -> None:
    """From now on the job shows this scene."""
    files.write_json(job_dir / files.SCENE, scene.to_json())


def read_status(job_dir: Path) -> dict[str, Any]:
    """What the job last said of itself. `state`: starting, running, ended, failed, or killed when it is gone unsaid."""
    try:
        status: dict[str, Any] = files.read_json(job_dir / files.STATUS)
    except FileNotFoundError:
        status = {"state": "starting", "frames": 0, "seconds": 0.0, "pid": None}
    with _lock:
        process = _started.get(job_dir.resolve())
        code = process.poll() if process else None  # also reaps it
    if code is not None and status["state"] in ("starting", "running"):
        status = _after_death(job_dir, status, code)
    return status


def stop_job(job_dir: Path, timeout: float = 10.0) -> dict[str, Any]:
    """Ends the job and waits until its list is finished; the last status. One that does not end in time is killed."""
    (job_dir / files.STOP).touch()
    directory = job_dir.resolve()
    with _lock:
        process = _started.get(directory)
    if process is None:  # another process started it: its `stop` file is all we have
        return _wait_for_end(job_dir, timeout)
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    status = read_status(job_dir)
    with _lock:
        if _started.get(directory) is process:
            del _started[directory]
    return status


def write_recording(out_dir: Path, scene: Scene, seconds: float, **session: Any) -> dict[str, Any]:
    """Writes `seconds` of the scene as fast as it goes: index.m3u8, its segments and poster.jpg, in `out_dir`.

    `session` are the options of `session.Session` (fps, width, height, segment_seconds). Answers playlist, poster,
    duration (s), bytes, files ({name, bytes}), width, height, fps, frames.
    """
    from apps.sandbox.engine.mixer.session import Session

    out_dir.mkdir(parents=True, exist_ok=True)
    mix = Session(out_dir, scene, **session)
    try:
        for index in range(max(1, round(seconds * mix.fps))):
            mix.step(index)
    finally:
        mix.close()
    out = io.BytesIO()
    picture(scene.scaled_to(mix.width, mix.height), seconds / 2).save(out, "JPEG", quality=85)
    files.write_atomically(out_dir / files.POSTER, out.getvalue())
    found = files.listing(out_dir)
    return {
        "playlist": "index.m3u8",
        "poster": files.POSTER,
        "duration": round(mix.duration, 3),
        "bytes": sum(file["bytes"] for file in found),
        "files": found,
        "width": mix.width,
        "height": mix.height,
        "fps": mix.fps,
        "frames": mix.frames,
    }


def _clear(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(directory / "hls", ignore_errors=True)
    wrapped = [f"recording.{format}" for format in containers.FORMATS]
    for name in (files.STOP, files.STATUS, files.LATEST, files.POSTER, files.WATCHED, *wrapped):
        (directory / name).unlink(missing_ok=True)


def _wait_for_end(job_dir: Path, timeout: float) -> dict[str, Any]:
    deadline = time.monotonic() + timeout
    while (status := read_status(job_dir))["state"] in ("starting", "running") and time.monotonic() < deadline:
        time.sleep(0.05)
    return status


def _after_death(job_dir: Path, status: dict[str, Any], code: int) -> dict[str, Any]:
    """The process is gone and had not said so: between its last word and now, or killed."""
    try:
        last: dict[str, Any] = files.read_json(job_dir / files.STATUS)
    except FileNotFoundError:
        last = status
    if last["state"] in ("starting", "running"):
        found = files.listing(job_dir / "hls") if (job_dir / "hls").is_dir() else []
        size = sum(file["bytes"] for file in found)
        last |= {"state": "killed", "exit_code": code, "duration": last["seconds"], "files": found, "bytes": size}
    return last
