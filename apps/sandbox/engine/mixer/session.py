"""One mix from its first frame to its last: scene and clock in, HLS out. Knows no process, signal or control file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from apps.sandbox.engine.mixer import audio
from apps.sandbox.engine.mixer.compose import picture
from apps.sandbox.engine.mixer.hls import AUDIO_RATE, HlsWriter
from apps.sandbox.engine.mixer.scene import Scene

MOST_PIXELS = 1280 * 720
DEFAULT_FPS = 15


def output_size(width: float, height: float, most_pixels: int = MOST_PIXELS) -> tuple[int, int]:
    """The size that is written for a canvas: about `most_pixels` in all at most, even sides, each at least 16."""
    factor = min(1.0, (most_pixels / (width * height)) ** 0.5)
    return max(16, round(width * factor / 2) * 2), max(16, round(height * factor / 2) * 2)


class Session:
    """Draws a scene frame by frame into `directory`. Size and sound or silence are those of the first scene."""

    def __init__(
        self,
        directory: Path,
        scene: Scene,
        *,
        width: int | None = None,
        height: int | None = None,
        fps: float | None = None,
        segment_seconds: float = 2.0,
        list_size: int = 0,
        most_pixels: int = MOST_PIXELS,
    ) -> None:
        self.width, self.height = output_size(width or scene.width, height or scene.height, most_pixels)
        self.fps = max(1, min(30, round(fps or min(scene.fps, DEFAULT_FPS))))
        self.frames = 0
        self.show(scene)
        self.writer = HlsWriter(
            directory,
            width=self.width,
            height=self.height,
            fps=self.fps,
            audio=scene.audio,
            segment_seconds=segment_seconds,
            list_size=list_size,
        )

    def show(self, scene: Scene) -> None:
        """From the next frame on, this scene. ValueError for one that cannot be drawn; the one before stays."""
        scaled = scene.scaled_to(self.width, self.height)
        picture(scaled, 0.0)  # draws what does not move, before the clock starts
        self._scene = scaled
        self._heard = scene.people() if scene.audio else ()

    def step(self, index: int) -> Image.Image:
        """Writes frame `index` and the sound up to its end; returns the picture."""
        t = index / self.fps
        drawn = picture(self._scene, t)
        self.writer.add_picture(np.asarray(drawn), index)
        if self.writer.has_audio and (missing := self.writer.samples_until((index + 1) / self.fps)):
            self.writer.add_sound(audio.mix(self._heard, self.writer.next_sample, missing, AUDIO_RATE))
        self.frames += 1
        return drawn

    def close(self) -> None:
        self.writer.close()

    @property
    def duration(self) -> float:
        return self.writer.duration
