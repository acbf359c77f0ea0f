"""A job process: mixes the scene of a directory until it is told to stop, or nobody is left who could tell it.

In the directory: `scene.json` (read again whenever it changes) and `job.json` in; `hls/`, `latest.jpg` every second and
`status.json` out, and at the end the containers asked for. A live job draws one frame a second while nobody has touched `watched`. It ends when `stop` appears, on SIGTERM or SIGINT, after `max_seconds`, and when its parent dies.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from PIL import Image

from apps.sandbox.engine.mixer import containers, files
from apps.sandbox.engine.mixer.scene import Scene
from apps.sandbox.engine.mixer.session import MOST_PIXELS, Session

log = logging.getLogger(__name__)

_PR_SET_PDEATHSIG = 1
_WATCHED_SECONDS = 8.0  # a player asks for the list again every two or three seconds
_LOOK_SECONDS = 0.1
_TOO_FAR_BEHIND = 2.0  # seconds: from here on the clock is set back instead of leaving frames out


@dataclass(frozen=True, slots=True)
class Job:
    """job.json, read. `mode` "record" keeps every segment, "live" a rolling list. `formats` are the containers that are
    written of a recording beside its list, when it has ended: `recording.mp4`, `recording.flv`."""

    mode: str = "record"
    started_at: str | None = None
    segment_seconds: float = 2.0
    list_size: int = 0
    realtime: bool = True
    fps: float | None = None
    width: int | None = None
    height: int | None = None
    most_pixels: int = MOST_PIXELS
    max_seconds: float | None = None
    formats: Sequence[str] = ()

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Job:
        """Raises ValueError for a mode or a member that does not exist, and for a job without pace or end."""
        if unknown := set(value) - set(cls.__slots__):
            raise ValueError(f"a job has no {', '.join(sorted(unknown))}")
        job = cls(**{"list_size": 6 if value.get("mode") == "live" else 0, **value})
        if job.mode not in ("record", "live"):
            raise ValueError(f"unknown mode: {job.mode!r}")
        if not job.realtime and job.max_seconds is None:
            raise ValueError("a job that is not in real time needs max_seconds")
        if others := set(job.formats) - set(containers.FORMATS):
            raise ValueError(f"no such container: {', '.join(sorted(others))}")
        return job


class Runner:
    """Paces a session, watches the control files and says how it goes."""

    def __init__(self, directory: Path, wanted_to_end: Callable[[], str | None]) -> None:
        self._directory = directory
        self._wanted_to_end = wanted_to_end
        self._job = Job.from_json(files.read_json(directory / files.JOB))
        self._scene_stamp = files.stamp(directory / files.SCENE)
        scene = Scene.from_json(files.read_json(directory / files.SCENE))
        job = self._job
        self._session = Session(
            directory / "hls",
            scene,
            width=job.width,
            height=job.height,
            fps=job.fps,
            segment_seconds=job.segment_seconds,
            list_size=job.list_size,
            most_pixels=job.most_pixels,
        )
        self._scene_error = ""
        self._dropped = 0

    def run(self) -> None:
        """Until the end. Whatever happens, the list is finished and the status says how it went."""
        state, reason = "failed", "error"
        try:
            reason = self._mix()
            state = "ended"
        finally:
            self._session.close()
            for format in self._job.formats if self._session.frames else ():
                containers.wrap(self._directory / "hls" / "index.m3u8", self._directory / f"recording.{format}")
            self._tell(state, final=True, reason=reason)

    def _mix(self) -> str:
        fps = self._session.fps
        limit = None if self._job.max_seconds is None else max(1, round(self._job.max_seconds * fps))
        origin, index = time.monotonic(), 0
        next_still = 0.0
        while True:
            if self._job.realtime:
                if index and not self._is_watched():
                    index = self._skip_unwatched(origin, index, fps)
                origin, index = self._keep_pace(origin, index, fps)
            self._look_at_scene()
            drawn = self._session.step(index)
            if index / fps >= next_still:
                self._keep_still(drawn, first=next_still == 0.0)
                self._tell("running")
                next_still = index // fps + 1.0
            index += 1
            if limit is not None and index >= limit:
                return "max_seconds"
            if reason := self._wanted_to_end():
                return reason

    def _is_watched(self) -> bool:
        """Whether every frame is wanted: always of a recording; of a live job while somebody plays it."""
        return self._job.mode == "record" or files.seconds_since(self._directory / files.WATCHED) < _WATCHED_SECONDS

    def _skip_unwatched(self, origin: float, index: int, fps: int) -> int:
        """The next frame to draw while nobody plays a live job: the one that begins the next second. The list stays
        valid, with fewer frames in its segments. Returns early when somebody begins to play, or the job ends."""
        second = -(-index // fps) * fps
        while (elapsed := time.monotonic() - origin) < second / fps:
            if self._is_watched() or self._wanted_to_end():
                return max(index, int(elapsed * fps))
            time.sleep(min(_LOOK_SECONDS, second / fps - elapsed))
        return second

    def _keep_pace(self, origin: float, index: int, fps: int) -> tuple[float, int]:
        """Waits for frame `index`, or leaves out those whose time has passed; returns (origin, index to draw)."""
        late = time.monotonic() - origin - index / fps
        if late < 0:
            time.sleep(-late)
        elif late > _TOO_FAR_BEHIND:  # the machine slept or we were stopped: there is nothing to catch up with
            origin += late
        elif late >= 1 / fps:
            skipped = int(late * fps)
            self._dropped += skipped
            index += skipped
        return origin, index

    def _look_at_scene(self) -> None:
        path = self._directory / files.SCENE
        stamp = files.stamp(path)
        if stamp == self._scene_stamp:
            return
        self._scene_stamp = stamp
        try:
            self._session.show(Scene.from_json(files.read_json(path)))
            self._scene_error = ""
        except (OSError, ValueError, TypeError) as error:  # stay on air with the scene before; the status says so
            self._scene_error = str(error)
            log.warning("the new scene is not used: %s", error)

    def _keep_still(self, drawn: Image.Image, *, first: bool) -> None:
        out = io.BytesIO()
        drawn.save(out, "JPEG", quality=80)
        files.write_atomically(self._directory / files.LATEST, out.getvalue())
        if first:
            files.write_atomically(self._directory / files.POSTER, out.getvalue())

    def _tell(self, state: str, *, final: bool = False, reason: str = "") -> None:
        status: dict[str, Any] = {
            "state": state,
            "pid": os.getpid(),
            "frames": self._session.frames,
            "seconds": round(self._session.duration, 3),
            "dropped": self._dropped,
            "width": self._session.width,
            "height": self._session.height,
            "fps": self._session.fps,
            "mode": self._job.mode,
            "started_at": self._job.started_at,
        }
        if self._scene_error:
            status["scene_error"] = self._scene_error
        if final:
            found = files.listing(self._directory / "hls")
            status |= {
                "reason": reason,
                "duration": status["seconds"],
                "bytes": sum(file["bytes"] for file in found),
                "files": found,
            }
        files.write_json(self._directory / files.STATUS, status)


def main(arguments: list[str] | None = None) -> int:
    """The process. 0 when it ended as it should, 1 when it failed (status.json has the error)."""
    parser = argparse.ArgumentParser(prog="mixer", description="Mix the scene of a job directory into HLS.")
    parser.add_argument("job_dir", type=Path)
    parser.add_argument("--parent", type=int, default=None, help="stop when this process is no longer our parent")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    directory: Path = chosen.job_dir
    parent: int = os.getppid() if chosen.parent is None else chosen.parent
    asked: list[str] = []

    def ask(number: int, frame: FrameType | None) -> None:
        asked.append(signal.Signals(number).name)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    _wake_when_parent_dies()

    def wanted_to_end() -> str | None:
        if asked:
            return asked[0]
        if os.getppid() != parent:
            return "orphaned"
        return "stop" if (directory / files.STOP).exists() else None

    try:
        Runner(directory, wanted_to_end).run()
    except Exception as error:
        log.exception("the job failed")
        status = {"state": "failed", "reason": "error", "pid": os.getpid(), "error": f"{type(error).__name__}: {error}"}
        files.write_json(directory / files.STATUS, {"frames": 0, "seconds": 0.0} | _said(directory) | status)
        return 1
    return 0


def _said(directory: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = files.read_json(directory / files.STATUS)
    except (OSError, ValueError):  # nothing was said yet
        return {}
    return said


def _wake_when_parent_dies() -> None:
    """Linux: cuts a sleep short when the parent dies.

    The signal also comes when only the *thread* that started us ends, so it asks for nothing: whether the parent is
    gone, `getppid` says.
    """
    signal.signal(signal.SIGUSR1, lambda number, frame: None)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGUSR1, 0, 0, 0)
