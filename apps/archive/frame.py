"""One picture out of a piece of video: bytes in on stdin, JPEG out on stdout. A program of its own.

What a video holds is decided by others, and decoders are large C libraries: this process has limits of memory and
time, knows no database and no key, and may die. `first_frame` starts it.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from importlib.util import find_spec

MAX_MEMORY = 3 * 1024**3  # bytes of address space
MAX_SECONDS = 20
MAX_FRAMES = 150  # looked at, at most, for one that is not black
MIN_BRIGHTNESS = 14  # mean brightness, of 255
MAX_SIDE = 1280  # pixels of the longer side
MAX_OUTPUT_BYTES = 4 * 1024 * 1024


def can_decode() -> bool:
    """Whether the optional decoder is installed."""
    return find_spec("av") is not None


def first_frame(video: bytes) -> bytes | None:
    """A JPEG of the first frame that is not black (else of the last one seen); None when nothing can be decoded."""
    if not can_decode() or not video:
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-I", __file__], input=video, capture_output=True, timeout=MAX_SECONDS + 10, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and 0 < len(done.stdout) <= MAX_OUTPUT_BYTES else None


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import av
    from PIL import ImageStat

    best = None
    try:
        with av.open(io.BytesIO(sys.stdin.buffer.read()), "r") as container:
            stream = container.streams.video[0]
            stream.thread_count = 1
            for number, frame in enumerate(container.decode(stream)):
                best = frame.to_image()
                if ImageStat.Stat(best.convert("L")).mean[0] > MIN_BRIGHTNESS or number >= MAX_FRAMES:
                    break
    except (av.FFmpegError, IndexError):
        pass  # a beginning that was cut off ends in an error: what came before it counts
    if best is None:
        return 1
    best.thumbnail((MAX_SIDE, MAX_SIDE))
    best.convert("RGB").save(sys.stdout.buffer, "JPEG", quality=85)
    return 0


if __name__ == "__main__":
    sys.exit(main())
