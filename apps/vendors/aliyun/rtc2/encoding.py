"""The wished encoding in Aliyun's words: one row of the MediaEncode table, and how many voices are mixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from apps.core.errors import Invalid, Problem
from apps.core.types import Json
from apps.vendors.aliyun.rtc2 import assumptions, media
from apps.vendors.aliyun.rtc2.media import MediaEncode
from apps.vendors.aliyun.rtc2.phrases import say
from apps.vendors.fields import Field
from apps.vendors.frame import Frame
from apps.vendors.plan import Finding
from apps.vendors.sizing import shape_findings
from apps.vendors.types import TaskSpec

MOST_VOICES = 6
VOICES = Field(
    "audio_mix_count",
    "integer",
    "Maximum speakers mixed",
    "The maximum number of voices in the mix.",
    default=MOST_VOICES,
    minimum=0,
    maximum=MOST_VOICES,
)


def chosen_media(spec: TaskSpec) -> tuple[MediaEncode, list[Finding]]:
    """The row nearest to the wish, or to the canvas. Raises `Invalid` for what is not a positive number."""
    canvas, wish = spec.document.canvas, spec.encoding
    running = media.by_id((spec.previous or {}).get("media_encode"))
    if running is not None and not assumptions.of_app(spec.app).encoding_on_air:
        wished = chosen_media(replace(spec, previous=None))[0]
        shape = shape_findings(Frame(canvas, running.width, running.height), 0)
        return running, [*_kept(running, wished), *shape]
    width = int(_positive(wish, "width") or canvas.width)
    height = int(_positive(wish, "height") or canvas.height)
    fps, kbps = _positive(wish, "fps"), _positive(wish, "bitrate_kbps")
    chosen = media.choose(width, height, fps, kbps)
    size = {"width": chosen.width, "height": chosen.height}
    findings: list[Finding] = []
    to = {"to_width": chosen.width, "to_height": chosen.height}
    if shape := shape_findings(Frame(canvas, chosen.width, chosen.height), 0):
        findings += shape
    elif (chosen.width, chosen.height) != (width, height):
        findings.append(say("canvas_size_changed", None, "canvas.width", width=width, height=height, **to))
    if fps and fps != chosen.fps:
        findings.append(say("fps_changed", None, "encoding.fps", to=chosen.fps, wanted=fps, **size))
    if kbps and kbps != chosen.kbps:
        findings.append(say("bitrate_changed", None, "encoding.bitrate_kbps", to=chosen.kbps, wanted=kbps, **size))
    codec = wish.get("codec")
    if codec and str(codec).lower().replace(".", "") not in ("h264", "avc"):
        findings.append(say("codec_changed", None, "encoding.codec", wanted=codec))
    expressed = {"width", "height", "fps", "bitrate_kbps", "codec"}
    for name, value in wish.items():
        if name not in expressed and value is not None:
            findings.append(say("encoding_ignored", None, f"encoding.{name}", name=name))
    return chosen, findings


def _kept(running: MediaEncode, wished: MediaEncode) -> list[Finding]:
    return [] if running == wished else [say("encoding_kept_on_air", None, "encoding")]


def _positive(wish: Mapping[str, Json], name: str) -> float | None:
    value = wish.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e9:
        problem = Problem(f"/encoding/{name}", "not_positive", f"“{name}” must be a positive number.")
        raise Invalid("The encoding cannot be used.", problems=[problem])
    return value


def voices(spec: TaskSpec) -> int:
    """AudioMixCount, 0 to 6."""
    value = spec.options.get("audio_mix_count")
    if value is None:
        return MOST_VOICES
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_VOICES:
        problem = Problem("/options/audio_mix_count", "out_of_range", "From 0 to 6 people can be heard at once.")
        raise Invalid("The options cannot be used.", problems=[problem])
    return value
