"""A finished HLS list in another container: the same pictures and sound, not encoded again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FORMATS = ("mp4", "flv")
_OPTIONS = {"mp4": {"movflags": "faststart"}, "flv": {"flvflags": "add_keyframe_index"}}


def wrap(playlist: Path, into: Path) -> None:
    """Writes `into`, whose suffix names the container, from the segments of `playlist`.

    It appears whole or not at all. Raises av.FFmpegError for a list that cannot be read.
    """
    import av

    container = into.suffix[1:]
    half = into.with_name(f".{into.name}")
    with (
        av.open(str(playlist)) as source,
        av.open(str(half), "w", format=container, options=_OPTIONS[container]) as target,
    ):
        streams: dict[int, Any] = {stream.index: target.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is None:  # the end of a stream
                continue
            packet.stream = streams[packet.stream.index]
            target.mux(packet)
    half.replace(into)
