"""Pictures and sound → an HLS playlist with H.264 + AAC segments. Only this module and `containers` know PyAV."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.sandbox.engine.mixer.files import write_atomically

AUDIO_RATE = 48_000
_AAC_FRAME = 1024  # samples
_BT709, _LIMITED = 1, 1  # ISO/IEC 23091-2 numbers: what players assume for pictures of this size


class HlsWriter:
    """Writes `directory`/index.m3u8. `list_size` 0 keeps every segment; more keeps that many and deletes older ones.

    Raises ImportError where PyAV is not installed and av.FFmpegError when the directory cannot be written.
    """

    def __init__(
        self, directory: Path, *, width: int, height: int, fps: int, audio: bool, segment_seconds: float, list_size: int
    ) -> None:
        import av
        from av.video.reformatter import VideoReformatter

        directory.mkdir(parents=True, exist_ok=True)
        self._av: Any = av
        self._directory = directory
        self._fps, self._segment_seconds, self._rolling = fps, segment_seconds, list_size > 0
        flags = "independent_segments+temp_file+program_date_time"
        options = {
            "hls_time": str(segment_seconds),
            "hls_list_size": str(list_size),
            "hls_segment_filename": str(directory / "segment-%05d.ts"),
            "hls_flags": f"{flags}+delete_segments" if list_size else flags,
        }
        if list_size:
            options["hls_delete_threshold"] = "2"  # a slow player may still be reading the one that left the list
        else:
            options["hls_playlist_type"] = "event"
        self._container = av.open(str(directory / "index.m3u8"), "w", format="hls", options=options)
        self._video = self._add_video(width, height)
        self._audio = self._add_audio() if audio else None
        self._reformat = VideoReformatter()
        self._next_key = 0.0
        self._samples = 0
        self._last_picture = -1

    def _add_video(self, width: int, height: int) -> Any:
        stream = self._container.add_stream(
            "libx264",
            rate=self._fps,
            options={"preset": "ultrafast", "tune": "zerolatency", "crf": "25", "forced-idr": "1", "sc_threshold": "0"},
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = Fraction(1, self._fps)
        context = stream.codec_context
        context.gop_size = max(1, round(self._fps * self._segment_seconds * 4))  # add_picture forces the real ones
        context.thread_count = 1  # many jobs share few cores
        context.colorspace, context.color_range = _BT709, _LIMITED
        context.color_primaries, context.color_trc = _BT709, _BT709
        return stream

    def _add_audio(self) -> Any:
        stream = self._container.add_stream("aac", rate=AUDIO_RATE, layout="stereo")
        stream.bit_rate = 64_000
        stream.time_base = Fraction(1, AUDIO_RATE)
        return stream

    @property
    def has_audio(self) -> bool:
        return self._audio is not None

    @property
    def next_sample(self) -> int:
        """The first sample that is not written yet."""
        return self._samples

    def samples_until(self, seconds: float) -> int:
        """How many samples are missing until this moment, in whole AAC frames."""
        missing = round(seconds * AUDIO_RATE) - self._samples
        return max(0, -(-missing // _AAC_FRAME) * _AAC_FRAME)

    def add_picture(self, rgb: NDArray[np.uint8], index: int) -> None:
        """The picture of frame `index` (at index / fps seconds); indexes grow, and may leave some out."""
        frame = self._av.VideoFrame.from_ndarray(rgb, format="rgb24")
        frame = self._reformat.reformat(frame, format="yuv420p", dst_colorspace=_BT709, dst_color_range=_LIMITED)
        frame.pts, frame.time_base = index, Fraction(1, self._fps)
        if index / self._fps >= self._next_key:
            frame.pict_type = self._av.video.frame.PictureType.I
            self._next_key = (index / self._fps // self._segment_seconds + 1) * self._segment_seconds
        else:
            frame.pict_type = self._av.video.frame.PictureType.NONE
        self._container.mux(self._video.encode(frame))
        self._last_picture = index

    def add_sound(self, samples: NDArray[np.float32]) -> None:
        """The samples that follow: 2 × n, n a multiple of 1024."""
        if self._audio is None:
            return
        for start in range(0, samples.shape[1], _AAC_FRAME):
            block = np.ascontiguousarray(samples[:, start : start + _AAC_FRAME])
            frame = self._av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = AUDIO_RATE, self._samples, Fraction(1, AUDIO_RATE)
            self._container.mux(self._audio.encode(frame))
            self._samples += block.shape[1]

    def close(self) -> None:
        """Writes what is still in the encoders and the end of the list."""
        self._container.mux(self._video.encode(None))
        if self._audio is not None:
            self._container.mux(self._audio.encode(None))
        self._container.close()
        if not self._rolling:
            playlist = self._directory / "index.m3u8"
            text = playlist.read_text().replace("#EXT-X-PLAYLIST-TYPE:EVENT", "#EXT-X-PLAYLIST-TYPE:VOD")
            write_atomically(playlist, text.encode())

    @property
    def duration(self) -> float:
        """Seconds of picture written so far."""
        return (self._last_picture + 1) / self._fps
