"""`EncodeParams` and `SeiParams`. Every value is a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from apps.core.types import Json
from apps.vendors.aliyun.live.capabilities import CAPABILITIES, MOST_FRAMES
from apps.vendors.aliyun.live.phrases import say
from apps.vendors.frame import Frame
from apps.vendors.plan import Finding
from apps.vendors.sizing import within

CODECS = {"h264": "H.264", "avc": "H.264", "h265": "H.265", "hevc": "H.265"}
SOUND = ("audio_bitrate_kbps", "audio_sample_rate", "audio_channels")
PICTURE = ("width", "height", "fps", "bitrate_kbps", "codec", "gop_seconds")
# theirs → ours, for what stays as it is while a task runs
WORDS = {
    "AudioBitrate": "audio_bitrate_kbps",
    "AudioChannels": "audio_channels",
    "AudioSampleRate": "audio_sample_rate",
    "VideoBitrate": "bitrate_kbps",
    "VideoCodec": "codec",
    "VideoFramerate": "fps",
    "VideoGop": "gop_seconds",
}


def plan_sound(wish: Mapping[str, Json], findings: list[Finding]) -> dict[str, str]:
    ranges = CAPABILITIES.encoding
    assert ranges.audio_bitrate_kbps is not None
    default = ranges.audio_bitrate_kbps.default
    kbps = within(wish.get("audio_bitrate_kbps", default), ranges.audio_bitrate_kbps, "audio_bitrate_kbps", findings)
    sound = {"AudioBitrate": str(kbps)}
    for name, word, choices, usual in (
        ("audio_channels", "AudioChannels", ranges.audio_channels, 2),
        ("audio_sample_rate", "AudioSampleRate", ranges.audio_sample_rates, 48_000),
    ):
        used = wish.get(name, usual)
        if used not in choices:
            known = ", ".join(map(str, choices))
            findings.append(say("not_a_choice", None, f"encoding.{name}", name=name, choices=known, used=usual))
            used = usual
        sound[word] = str(int(used))
    return sound


def plan_picture(wish: Mapping[str, Json], profile: str, frame: Frame, findings: list[Finding]) -> dict[str, str]:
    ranges = CAPABILITIES.encoding
    assert ranges.fps is not None
    assert ranges.bitrate_kbps is not None
    fps = within(wish.get("fps", ranges.fps.default), ranges.fps, "fps", findings)
    kbps = within(wish.get("bitrate_kbps", ranges.bitrate_kbps.default), ranges.bitrate_kbps, "bitrate_kbps", findings)
    codec = CODECS.get(str(wish.get("codec", "h264")).lower().replace(".", ""))
    if codec is None:
        codec = "H.264"
        findings.append(say("codec_unknown", None, "encoding.codec"))
    picture = {
        "VideoBitrate": str(kbps),
        "VideoCodec": codec,
        "VideoFramerate": str(fps),
        "VideoGop": str(_gop(wish, fps, findings)),
        "VideoHeight": str(frame.height),
        "VideoWidth": str(frame.width),
    }
    if profile and codec == "H.265" and profile != "main":
        findings.append(say("profile_of_h265", None, "options.video_profile"))
        profile = "main"
    if profile:
        picture["EnhancedParam"] = json.dumps({"profile": profile}, separators=(",", ":"))
    return picture


def _gop(wish: Mapping[str, Json], fps: int, findings: list[Finding]) -> int:
    """In frames, at most 60."""
    wanted = wish.get("gop_seconds")
    usual = 2
    frames = min(max(round((usual if wanted is None else wanted) * fps), 1), MOST_FRAMES)
    if wanted is not None and frames != round(wanted * fps):
        findings.append(say("gop_limited", None, "encoding.gop_seconds", fps=fps, seconds=round(frames / fps, 3)))
    return frames


def unused(wish: Mapping[str, Json], used: tuple[str, ...]) -> Iterator[Finding]:
    """What of an encoding has no effect: unknown words, and known ones where there is nothing for them."""
    for name in sorted(wish):
        if name not in used:
            code = "encoding_unused" if name in (*SOUND, *PICTURE) else "encoding_unknown"
            yield say(code, None, f"encoding.{name}", name=name)


def kept_on_air(wished: Mapping[str, str], running: Mapping[str, str]) -> Iterator[Finding]:
    """What is wished otherwise than it runs. The sizes are told with the canvas, and the frames between key frames
    with the frame rate that they follow."""
    same_pace = running.get("VideoFramerate") == wished.get("VideoFramerate")
    for word, name in WORDS.items():
        if word == "VideoGop" and not same_pace:
            continue
        if word in running and word in wished and running[word] != wished[word]:
            yield say("encoding_fixed_on_air", None, f"encoding.{name}", name=name, value=running[word])


def custom_sei(text: str) -> str:
    """`CustomSei` is JSON: any other text becomes a JSON text."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return json.dumps(text, ensure_ascii=False)
    return text


def plan_sei(options: Mapping[str, Json], *, starting: bool) -> dict[str, Json] | None:
    """Messages inside the stream; the payload type can only be said at the start. An empty `LayoutVolume` is the
    vendor's default one."""
    timing: dict[str, str] = {}
    if options.get("sei_with_keyframes") is not None:
        timing["FollowIdr"] = "1" if options["sei_with_keyframes"] else "0"
    if options.get("sei_interval"):
        timing["Interval"] = str(options["sei_interval"])
    sei: dict[str, Json] = {}
    if options.get("sei_layout"):
        sei["LayoutVolume"] = timing
    if options.get("sei_text"):
        key = {"PayloadContentKey": str(options["sei_key"])} if options.get("sei_key") else {}
        sei["PassThrough"] = {"PayloadContent": str(options["sei_text"]), **key, **timing}
    if sei and starting and options.get("sei_payload_type"):
        sei["PayloadType"] = str(options["sei_payload_type"])
    return sei or None
