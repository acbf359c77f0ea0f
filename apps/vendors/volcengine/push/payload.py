"""A task in Volcengine's words: layout, encoding, control. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from apps.layout_document.document import Canvas, LayoutDocument
from apps.vendors.capabilities import Range
from apps.vendors.contract import Painter, TaskSpec
from apps.vendors.frame import Frame
from apps.vendors.plan import Finding
from apps.vendors.sizing import plain_color, within
from apps.vendors.underlay import can_be_baked, hidden_findings, plan_underlay
from apps.vendors.volcengine.api import RATIOS
from apps.vendors.volcengine.push.capabilities import CAPABILITIES
from apps.vendors.volcengine.push.regions import FORMATS, Panes, picture_url, plan_panes

Json: TypeAlias = Any

CUSTOM_LAYOUT = 2
LARGEST_SIDE = 1920
ENCODING_WORDS = {"width", "height", "fps", "bitrate_kbps", "codec", "gop_seconds", "audio_bitrate_kbps",
                  "audio_sample_rate", "audio_channels"}  # fmt: skip

OPTIONS = {
    "FrameInterpolationMode": "when_video_stops",
    "MaxIdleTime": "max_idle_time",
    "PushStreamMode": "push_stream_mode",
}  # theirs → ours


def plan_layout(
    spec: TaskSpec, painter: Painter, frame: Frame, api_version: str, findings: list[Finding]
) -> tuple[dict[str, Json], LayoutDocument]:
    """`TargetStreams` and `Layout`, linked by index; and the picture they give."""
    document = spec.document
    color = plain_color(document.canvas.color, findings)
    findings.extend(hidden_findings(document))
    panes = plan_panes(document, spec.bindings, frame, color, painter, api_version)
    findings.extend(panes.findings)
    canvas: dict[str, Json] = {"Width": frame.width, "Height": frame.height, "Background": color}
    background, drawn = _background(spec, painter, frame, color, panes, findings)
    if background:
        canvas["BackgroundImage"] = background
    layout = {
        "TargetStreams": {"StreamList": panes.streams},
        "Layout": {"LayoutMode": CUSTOM_LAYOUT, "CustomLayout": {"Canvas": canvas, "Regions": panes.regions}},
    }
    return layout, replace(drawn, objects=(*drawn.objects, *panes.picture))


def _background(
    spec: TaskSpec, painter: Painter, frame: Frame, color: str, panes: Panes, findings: list[Finding]
) -> tuple[str | None, LayoutDocument]:
    """One picture of exactly the output's size (what the vendor does with any other size is not documented), and
    what it shows."""
    image = spec.document.canvas.image
    known = image is None or can_be_baked(image.url, painter)
    underlay = plan_underlay(spec.document, panes.drawn, painter, spec.variables, background_can_be_baked=known)
    findings.extend(underlay.findings)
    plain = Canvas(frame.width, frame.height, color)
    if image is None and not underlay.baked:
        return None, LayoutDocument(plain)
    picture = replace(frame.resized(underlay.baked), canvas=replace(plain, image=image))
    if image is not None and not underlay.baked:
        info = painter.picture(image.url)
        exact = (info.width, info.height) == (frame.width, frame.height) and info.format in FORMATS
        if exact or info.width == 0:
            if not exact:
                message = "The size of the background is not known: the vendor scales it until it fills the canvas."
                findings.append(Finding("changed", "background_as_it_is", None, "canvas.image", message))
                picture = LayoutDocument(replace(plain, image=replace(image, fit="stretch")))
            url = picture_url(info, findings, None, "canvas.image")
            return url, picture if url else LayoutDocument(plain)
    if image is not None:
        message = "The background picture is fitted to the output's size beforehand."
        findings.append(Finding("note", "background_baked", None, "canvas.image", message))
    url = picture_url(painter.bake(picture, transparent=False), findings, None, "canvas.image")
    return url, picture if url else LayoutDocument(plain)


def plan_encode(encoding: Mapping[str, Json], api_version: str, findings: list[Finding]) -> dict[str, Json]:
    """`Encode`. Width and height are the canvas's in a custom layout, so they are not here."""
    ranges = CAPABILITIES.encoding
    bitrates = Range(1, 10_000, None, "kbps") if api_version == RATIOS else ranges.bitrate_kbps
    encode: dict[str, Json] = {"VideoCodec": 0, "AudioCodec": 0, "AudioProfile": 0}
    for name, word, span in (
        ("fps", "VideoFps", ranges.fps),
        ("gop_seconds", "VideoGop", ranges.gop_seconds),
        ("bitrate_kbps", "VideoBitrate", bitrates),
        ("audio_bitrate_kbps", "AudioBitrate", ranges.audio_bitrate_kbps),
    ):
        assert span is not None
        value = encoding.get(name)
        if value is not None:
            encode[word] = within(value, span, name, findings)
        elif span.default:
            encode[word] = int(span.default)
    for name, word, choices, default in (
        ("audio_sample_rate", "AudioSampleRate", ranges.audio_sample_rates, 48_000),
        ("audio_channels", "AudioChannels", ranges.audio_channels, 2),
    ):
        encode[word] = encoding.get(name, default)
        if encode[word] not in choices:
            message = "{name} can be {choices} only; {used} is used."
            params = {"name": name, "choices": ", ".join(map(str, choices)), "used": default}
            findings.append(Finding("changed", "not_a_choice", None, f"encoding.{name}", message, params))
            encode[word] = default
    if encoding.get("codec", "h264") not in ranges.codecs:
        message = "Only H.264 is pushed: RTMP receivers hardly understand anything else."
        findings.append(Finding("changed", "codec", None, "encoding.codec", message))
    for name in sorted(set(encoding) - ENCODING_WORDS):
        message = "This product has no setting “{name}”."
        findings.append(Finding("dropped", "encoding_unknown", None, f"encoding.{name}", message, {"name": name}))
    return encode


def plan_control(options: Mapping[str, Json], api_version: str, findings: list[Finding]) -> dict[str, Json]:
    """`Control` of a start."""
    control: dict[str, Json] = {
        "MediaType": 0,
        "FrameInterpolationMode": int(options.get("when_video_stops", 0)),
        "MaxIdleTime": int(Range(10, 86_400).clamp(int(options.get("max_idle_time", 180)))),
        "PushStreamMode": int(options.get("push_stream_mode", 0)),
    }
    if sei := plan_sei(options, api_version, findings):
        control["SEIConfig"] = sei
    return control


def fixed_on_air(control: Mapping[str, Json], running: Json) -> list[Finding]:
    """What of a start's `Control` was wished otherwise, but stays as it is while the task runs."""
    known = running if isinstance(running, Mapping) else {}
    return [
        Finding(
            "dropped",
            "option_fixed_on_air",
            None,
            f"options.{OPTIONS[word]}",
            "{option} cannot change while the task runs: it stays {value}.",
            {"option": OPTIONS[word], "value": known[word]},
        )
        for word in OPTIONS
        if word in known and known[word] != control[word]
    ]


def plan_sei(options: Mapping[str, Json], api_version: str, findings: list[Finding]) -> dict[str, Json] | None:
    """The text that travels inside the stream; also on air."""
    text = str(options.get("sei_extra_info") or "")
    if not text:
        return None
    if api_version == RATIOS or len(text.encode()) > 4096:
        message = "Text inside the stream needs API version 2023-11-01 and has at most 4096 bytes: it is left out."
        findings.append(Finding("dropped", "sei_extra_info", None, "options.sei_extra_info", message))
        return None
    return {"UserConfigExtraInfo": text}
