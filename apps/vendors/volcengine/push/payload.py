"""A task in Volcengine's words: layout, encoding, control. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from apps.core.types import Json
from apps.layout_document.document import Canvas, LayoutDocument, Text
from apps.layout_document.variables import missing
from apps.vendors.background_bake import can_be_baked, hidden_findings, plan_background_bake
from apps.vendors.capabilities import Range
from apps.vendors.frame import Frame
from apps.vendors.painter import Painter, PublicPicture
from apps.vendors.plan import Finding
from apps.vendors.sizing import plain_color, within
from apps.vendors.types import TaskSpec
from apps.vendors.volcengine import assumptions
from apps.vendors.volcengine.api import RATIOS
from apps.vendors.volcengine.push import options as wishes
from apps.vendors.volcengine.push.capabilities import CAPABILITIES
from apps.vendors.volcengine.push.regions import AUDIO_ONLY, FORMATS, Panes, picture_url, plan_panes

CUSTOM_LAYOUT = 2
LARGEST_SIDE = 1920
HE_AAC_V2 = 2
ENCODING_WORDS = {"width", "height", "fps", "bitrate_kbps", "codec", "gop_seconds", "audio_bitrate_kbps",
                  "audio_sample_rate", "audio_channels"}  # fmt: skip
PICTURE_WORDS = ENCODING_WORDS - {"audio_bitrate_kbps", "audio_sample_rate", "audio_channels"}
FIXED_ENCODE = ("VideoCodec", "AudioProfile")  # no update can change them


def plan_layout(
    spec: TaskSpec, painter: Painter, frame: Frame, api_version: str, findings: list[Finding]
) -> tuple[dict[str, Json], LayoutDocument]:
    """`TargetStreams` and `Layout`, linked by index; and the picture they give."""
    document = spec.document
    color = plain_color(document.canvas.color, findings)
    findings.extend(hidden_findings(document))
    seats = assumptions.switched_on(spec.app, "overlay_seats")
    panes = plan_panes(document, spec.bindings, frame, color, painter, api_version, spec.options, overlay_seats=seats)
    findings.extend(panes.findings)
    findings.extend(_seated(document, panes.seated, spec.variables))
    canvas: dict[str, Json] = {"Width": frame.width, "Height": frame.height, "Background": color}
    background, drawn = _background(spec, painter, frame, color, panes, findings)
    if background:
        canvas["BackgroundImage"] = background
    layout = {
        "TargetStreams": {"StreamList": panes.streams},
        "Layout": {"LayoutMode": CUSTOM_LAYOUT, "CustomLayout": {"Canvas": canvas, "Regions": panes.regions}},
    }
    return layout, replace(drawn, objects=(*drawn.objects, *panes.picture))


def _seated(document: LayoutDocument, seated: set[str], variables: Mapping[str, str]) -> Iterator[Finding]:
    for item in document.visible:
        if item.id not in seated:
            continue
        message = "This is drawn above people as the placeholder of a user who never publishes. The vendor does not document this."
        yield Finding("note", "overlay_seat", item.id, "", message)
        if isinstance(item, Text):
            for name in missing(item.text, variables):
                message = "The variable {{{name}}} has no value."
                yield Finding("changed", "variable_missing", item.id, "text", message, {"name": name})


def plan_sound(spec: TaskSpec, frame: Frame, api_version: str, findings: list[Finding]) -> dict[str, Json]:
    """The same lists where only sound is pushed: seats without pictures, or nobody in particular."""
    document = spec.document
    findings.extend(hidden_findings(document))
    for item in document.visible:
        findings.append(Finding("dropped", "sound_only", item.id, "", "Only audio is pushed. This does not appear."))
    findings.append(Finding("note", "sound_canvas", None, "canvas", "Only audio is pushed. There is no picture."))
    muted = wishes.listed(spec.options.get("muted_users"))
    if wishes.mode_of(spec) == wishes.ROOM:
        excluded = [{"UserId": user, "StreamType": 0} for user in muted]
        return {"ExcludeStreams": {"StreamList": excluded}} if excluded else {}
    heard = LayoutDocument(document.canvas, tuple(replace(region, placeholder=None) for region in document.regions))
    silent = {name: value for name, value in spec.options.items() if name != "muted_users"}
    people = {slot: binding for slot, binding in spec.bindings.items() if binding.user_id not in muted}
    panes = plan_panes(heard, people, frame, "#000000", NoPictures(), api_version, silent)
    findings.extend(finding for finding in panes.findings if finding.level == "error" or finding.code in SEATING)
    for pane in panes.regions:
        pane["MediaType"] = AUDIO_ONLY
    canvas = {"Width": frame.width, "Height": frame.height}
    return {
        "TargetStreams": {"StreamList": panes.streams},
        "Layout": {"LayoutMode": CUSTOM_LAYOUT, "CustomLayout": {"Canvas": canvas, "Regions": panes.regions}},
    }


SEATING = ("slot_unbound", "stream_twice", "too_many_regions")


class NoPictures:
    """The painter of a push that has none."""

    def bake(self, document: LayoutDocument, *, transparent: bool) -> PublicPicture:
        raise AssertionError("sound needs no pictures")

    def picture(self, reference: str) -> PublicPicture:
        raise AssertionError("sound needs no pictures")

    def missing_glyphs(self, text: str) -> str:
        return ""


def _background(
    spec: TaskSpec, painter: Painter, frame: Frame, color: str, panes: Panes, findings: list[Finding]
) -> tuple[str | None, LayoutDocument]:
    """One picture of exactly the output's size (what the vendor does with any other size is not documented), and
    what it shows."""
    image = spec.document.canvas.image
    known = image is None or can_be_baked(image.url, painter)
    below = replace(spec.document, objects=tuple(item for item in spec.document.objects if item.id not in panes.seated))
    underlay = plan_background_bake(below, panes.drawn, painter, spec.variables, background_can_be_baked=known)
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
                message = "The size of the background is not known. The vendor scales it until it fills the canvas."
                findings.append(Finding("changed", "background_as_it_is", None, "canvas.image", message))
                picture = LayoutDocument(replace(plain, image=replace(image, fit="stretch")))
            url = picture_url(info, findings, None, "canvas.image")
            return url, picture if url else LayoutDocument(plain)
    if image is not None:
        message = "The background picture is fitted to the output size in advance."
        findings.append(Finding("note", "background_baked", None, "canvas.image", message))
    url = picture_url(painter.bake(picture, transparent=False), findings, None, "canvas.image")
    return url, picture if url else LayoutDocument(plain)


def plan_encode(
    encoding: Mapping[str, Json],
    api_version: str,
    findings: list[Finding],
    *,
    profile: int = 0,
    sound: bool = False,
    running: Mapping[str, Json] | None = None,
) -> dict[str, Json]:
    """`Encode`. Width and height are the canvas's in a custom layout, so they are not here. `running` holds what the
    task was started with and keeps."""
    if sound:
        for name in sorted(PICTURE_WORDS & set(encoding)):
            message = "Only audio is pushed. “{name}” has no effect."
            findings.append(
                Finding("dropped", "encoding_of_picture", None, f"encoding.{name}", message, {"name": name})
            )
        encoding = {name: value for name, value in encoding.items() if name not in PICTURE_WORDS}
    ranges = CAPABILITIES.encoding
    bitrates = Range(1, 10_000, None, "kbps") if api_version == RATIOS else ranges.bitrate_kbps
    encode: dict[str, Json] = {"VideoCodec": 0, "AudioCodec": 0, "AudioProfile": profile}
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
            message = "{name} must be one of {choices}. {used} is used."
            params = {"name": name, "choices": ", ".join(map(str, choices)), "used": default}
            findings.append(Finding("changed", "not_a_choice", None, f"encoding.{name}", message, params))
            encode[word] = default
    if running and running.get("AudioProfile", profile) != profile:
        encode["AudioProfile"] = running["AudioProfile"]
        message = "{option} cannot change while the task runs. It stays {value}."
        params = {"option": "audio_profile", "value": running["AudioProfile"]}
        findings.append(Finding("dropped", "option_fixed_on_air", None, "options.audio_profile", message, params))
    if encode["AudioProfile"] == HE_AAC_V2 and encode["AudioChannels"] != 2:
        encode["AudioChannels"] = 2
        message = "HE-AAC v2 needs two channels. Two are used."
        findings.append(Finding("changed", "two_channels", None, "encoding.audio_channels", message))
    if encoding.get("codec", "h264") not in ranges.codecs:
        message = "Only H.264 is pushed. RTMP servers rarely support other codecs."
        findings.append(Finding("changed", "codec", None, "encoding.codec", message))
    for name in sorted(set(encoding) - ENCODING_WORDS):
        message = "This product has no setting “{name}”."
        findings.append(Finding("dropped", "encoding_unknown", None, f"encoding.{name}", message, {"name": name}))
    return encode
