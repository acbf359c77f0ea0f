"""A job process: it goes on the air, takes a new scene, and ends when asked, or when nobody is left who could ask."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from apps.sandbox.engine.mixer import files
from apps.sandbox.engine.mixer.record import Job
from apps.sandbox.engine.mixer.scene import Layer, Person, Scene
from apps.sandbox.engine.mixer.spawn import read_status, start_job, stop_job, update_scene

av = pytest.importorskip("av")

ROOT = Path(__file__).resolve().parents[3]
RED = Scene(320, 180, 10, layers=(Layer("person", 0, 0, 320, 180, person=Person("1", "Ann", color="#C82828")),))
BLUE = Scene(320, 180, 10, layers=(Layer("person", 0, 0, 320, 180, person=Person("2", "Bo", color="#2850C8")),))


def until(true: Callable[[], bool], seconds: float = 6.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.03)


def running(job_dir: Path) -> bool:
    return bool(read_status(job_dir)["state"] == "running")


def still(job_dir: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in np.asarray(Image.open(job_dir / "latest.jpg"))[90, 10])


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_live_job_rolls_takes_a_new_scene_and_stops_when_asked(tmp_path: Path) -> None:
    process = start_job(tmp_path, RED, mode="live", segment_seconds=0.5, list_size=3, fps=10)
    try:
        (tmp_path / files.WATCHED).touch()
        until(lambda: running(tmp_path))
        assert read_status(tmp_path)["pid"] == process.pid
        assert still(tmp_path)[0] > 150
        with pytest.raises(RuntimeError):
            start_job(tmp_path, RED)
        update_scene(tmp_path, BLUE)
        until(lambda: still(tmp_path)[2] > 150)
        files.write_atomically(tmp_path / "scene.json", b'{"width": "wide"}')
        until(lambda: "scene_error" in read_status(tmp_path))
        assert still(tmp_path)[2] > 150, "a bad scene took the good one off the air"
        until(lambda: read_status(tmp_path)["seconds"] > 3.2)
        listed = [name for name in (tmp_path / "hls/index.m3u8").read_text().split("\n") if name.endswith(".ts")]
        assert len(listed) == 3
        assert not (tmp_path / "hls/segment-00000.ts").exists()
    finally:
        status = stop_job(tmp_path)
    assert (status["state"], status["reason"], process.returncode) == ("ended", "stop", 0)
    assert (tmp_path / "hls/index.m3u8").read_text().rstrip().endswith("#EXT-X-ENDLIST")


def test_a_live_job_draws_one_frame_a_second_until_somebody_plays_it(tmp_path: Path) -> None:
    start_job(tmp_path, RED, mode="live", segment_seconds=1, list_size=30, fps=10)
    try:
        until(lambda: read_status(tmp_path)["seconds"] >= 3, 20)
        status = read_status(tmp_path)
        assert status["frames"] <= status["seconds"] + 2
        before = status["frames"]

        def played() -> bool:
            (tmp_path / files.WATCHED).touch()
            return bool(read_status(tmp_path)["frames"] >= before + 20)

        until(played, 20)
    finally:
        status = stop_job(tmp_path)
    assert status["state"] == "ended"
    with av.open(str(tmp_path / "hls" / "index.m3u8")) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert len(times) == status["frames"], "every frame is decodable, whatever the distance between them"
    assert times == sorted(times)


def test_a_recording_keeps_its_frame_rate_unwatched(tmp_path: Path) -> None:
    start_job(tmp_path, RED, mode="record", fps=10)
    try:
        until(lambda: read_status(tmp_path)["frames"] >= 20, 20)
    finally:
        status = stop_job(tmp_path)
    assert status["frames"] + status["dropped"] >= status["seconds"] * 10 - 1


def test_a_recording_ends_on_a_signal_with_its_list_finished(tmp_path: Path) -> None:
    process = start_job(tmp_path, RED, mode="record", segment_seconds=1, fps=10)
    until(lambda: running(tmp_path))
    time.sleep(0.6)
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0
    status = read_status(tmp_path)
    assert (status["state"], status["reason"]) == ("ended", "SIGTERM")
    assert status["duration"] > 0.5 and status["bytes"] > 0
    assert {"index.m3u8", "segment-00000.ts"} <= {file["name"] for file in status["files"]}
    assert "#EXT-X-ENDLIST" in (tmp_path / "hls/index.m3u8").read_text()


def test_a_job_in_haste_ends_by_itself(tmp_path: Path) -> None:
    process = start_job(tmp_path, RED, mode="record", realtime=False, max_seconds=3, fps=10)
    assert process.wait(8) == 0
    status = stop_job(tmp_path)
    assert (status["state"], status["reason"], status["frames"], status["duration"]) == (
        "ended",
        "max_seconds",
        30,
        3.0,
    )


PARENT = """
import sys, time
from pathlib import Path
from apps.sandbox.engine.mixer.scene import Scene
from apps.sandbox.engine.mixer.spawn import start_job
print(start_job(Path(sys.argv[1]), Scene(160, 90, 10), mode="live").pid, flush=True)
time.sleep(60)
"""


def test_a_job_ends_in_order_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    try:
        pid = int(parent.stdout.readline())
        until(lambda: running(tmp_path))
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
    until(lambda: not alive(pid))
    status = read_status(tmp_path)
    assert (status["state"], status["reason"]) == ("ended", "orphaned")


def test_a_job_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    import threading

    starter = threading.Thread(target=start_job, args=(tmp_path, RED), kwargs={"mode": "live", "fps": 10})
    starter.start()
    starter.join()
    try:
        until(lambda: running(tmp_path))
        before = read_status(tmp_path)["frames"]
        until(lambda: read_status(tmp_path)["frames"] > before)
    finally:
        assert stop_job(tmp_path)["reason"] == "stop"


def test_a_job_that_cannot_draw_says_why(tmp_path: Path) -> None:
    process = start_job(tmp_path, Scene(320, 180, color="no color"), mode="live")
    assert process.wait(8) == 1
    status = stop_job(tmp_path)
    assert status["state"] == "failed" and "no color" in status["error"]


def test_a_killed_job_is_seen_to_be_gone(tmp_path: Path) -> None:
    process = start_job(tmp_path, RED, mode="record", fps=10)
    until(lambda: running(tmp_path))
    os.kill(process.pid, signal.SIGKILL)
    process.wait(5)
    assert read_status(tmp_path)["state"] == "killed"


@pytest.mark.parametrize("job", [{"mode": "dance"}, {"speed": 2}, {"realtime": False}])
def test_a_job_that_makes_no_sense_is_refused(job: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Job.from_json(job)
