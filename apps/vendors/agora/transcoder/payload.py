"""A task in Agora's words: the `services` object of acquire, create and update. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from apps.core.types import Json
from apps.layout_document.document import Canvas, LayoutDocument, Region
from apps.vendors.agora.api import CHANNEL, EMPTY, WITHOUT, token_habit, uid_of
from apps.vendors.agora.transcoder import layers, options
from apps.vendors.agora.transcoder.capabilities import BITRATE, FPS, LONG_SIDE, SHORT_SIDE, SMALLEST
from apps.vendors.agora.transcoder.layers import FILL, FIT, Layers
from apps.vendors.agora.transcoder.levels import levels, region_of
from apps.vendors.agora.transcoder.phrases import say
from apps.vendors.background_bake import can_be_baked, hidden_findings
from apps.vendors.capabilities import Range
from apps.vendors.frame import Frame
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding
from apps.vendors.sizing import shape_findings
from apps.vendors.types import TaskSpec

SERVICE, SERVICE_TYPE = "cloudTranscoder", "cloudTranscoderV2"
INPUT_TOKEN, OUTPUT_TOKEN = "{inputToken}", "{outputToken}"
EVERYBODY = 0  # the uid that stands for the whole channel
CODECS = {"h264": "H264", "vp8": "VP8"}
H265 = "H265"
ENCODING_WORDS = {"width", "height", "fps", "bitrate_kbps", "codec"}

# kbps the vendor recommends at 15 frames a second, by size
BITRATES = {
    120 * 120: 100, 160 * 120: 130, 180 * 180: 200, 240 * 180: 240, 240 * 240: 280, 320 * 180: 280, 320 * 240: 400,
    424 * 240: 440, 360 * 360: 520, 480 * 360: 640, 480 * 480: 800, 640 * 360: 800, 640 * 480: 1000, 848 * 480: 1220,
    960 * 720: 1820, 1280 * 720: 2260, 1920 * 1080: 4160,
}  # fmt: skip


def services(transcoder: Mapping[str, Json]) -> dict[str, Json]:
    return {SERVICE: {"serviceType": SERVICE_TYPE, "config": {"transcoder": dict(transcoder)}}}


# --- where it goes ----------------------------------------------------------------------------------------------------


def plan_destinations(spec: TaskSpec, findings: list[Finding]) -> list[dict[str, Json]]:
    """The identity of each output: a user in a channel, or RTMP addresses. Empty with an error finding."""
    output = spec.output
    for other in sorted(set(output) - {"rtc", "push_urls"}):
        findings.append(say("output_unknown", None, f"output.{other}", name=other))
    urls = output.get("push_urls")
    urls = [str(url) for url in urls] if isinstance(urls, (list, tuple)) else []
    rtc = output.get("rtc")
    if isinstance(rtc, Mapping):
        if urls:
            findings.append(say("output_one_kind", None, "output.push_urls"))
        return _channel(spec, rtc, findings)
    if not urls:
        findings.append(say("no_output", None, "output"))
        return []
    if len(urls) > 1 and not options.switched_on(spec.app, "several_push_urls"):
        findings.append(say("one_push_url", None, "output.push_urls"))
        urls = urls[:1]
    if not all(is_rtmp(url) for url in urls):
        findings.append(say("bad_push_url", None, "output.push_urls"))
    return [{"streamUrl": url} for url in urls]


def _channel(spec: TaskSpec, rtc: Mapping[str, Json], findings: list[Finding]) -> list[dict[str, Json]]:
    channel, uid = str(rtc.get("channel") or ""), uid_of(rtc.get("uid"))
    if not CHANNEL.fullmatch(channel):
        findings.append(say("bad_output_channel", None, "output.rtc.channel"))
    if uid is None:
        findings.append(say("bad_output_uid", None, "output.rtc.uid"))
        return []
    seated = {uid_of(binding.user_id) for binding in spec.bindings.values()}
    if channel == spec.room and uid in seated:
        findings.append(say("output_uid_taken", None, "output.rtc.uid", uid=uid))
    return [{"rtc": {"rtcChannel": channel, "rtcUid": uid, **_token(spec, OUTPUT_TOKEN)}}]


def is_rtmp(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("rtmp", "rtmps") and bool(parts.hostname) and len(parts.path) > 1 and len(url) <= 1024
    except ValueError:
        return False


def _token(spec: TaskSpec, placeholder: str) -> dict[str, str]:
    habit = token_habit(spec.app)
    if habit == WITHOUT:
        return {}
    return {"rtcToken": "" if habit == EMPTY else placeholder}


def is_push(destinations: list[dict[str, Json]]) -> bool:
    return bool(destinations) and "streamUrl" in destinations[0]


# --- what comes in ----------------------------------------------------------------------------------------------------


def source(spec: TaskSpec, uid: int) -> dict[str, Json]:
    """One person of the room. The token is for user 0: the service enters under a number of its own choice."""
    return {"rtc": {"rtcChannel": spec.room, "rtcUid": uid, **_token(spec, INPUT_TOKEN)}}


def audio_inputs(spec: TaskSpec, heard: list[int]) -> list[dict[str, Json]]:
    if spec.options.get("audio_from") == options.CHANNEL:
        return [source(spec, EVERYBODY)]
    return [source(spec, uid) for uid in heard]


def video_inputs(spec: TaskSpec, planned: Layers, zs: list[int]) -> list[dict[str, Json]]:
    found = []
    for layer, z in zip(planned.paint, zs, strict=True):
        if isinstance(layer, layers.Seat):
            placeholder = {"placeholderImageUrl": layer.placeholder} if layer.placeholder else {}
            found.append({**source(spec, layer.uid), **placeholder, "region": region_of(layer.box, z)})
    return found


def marks(planned: Layers, zs: list[int]) -> list[dict[str, Json]]:
    return [
        {"imageUrl": layer.url, "fillMode": layer.fit, "region": region_of(layer.box, z)}
        for layer, z in zip(planned.paint, zs, strict=True)
        if isinstance(layer, layers.Mark)
    ]


# --- the canvas -------------------------------------------------------------------------------------------------------


def plan_frame(spec: TaskSpec, findings: list[Finding], running: tuple[int, int] | None = None) -> Frame:
    """The output's size, which is the canvas's too: what the vendor makes of two sizes is not documented."""
    canvas = spec.document.canvas
    if running:
        frame = Frame(canvas, *running)
        if frame.scaled:
            findings.append(say("size_fixed_on_air", None, "canvas", width=frame.width, height=frame.height))
        findings += shape_findings(frame)
        return frame
    width, height = spec.encoding.get("width"), spec.encoding.get("height")
    if width and not height:
        height = canvas.height * width / canvas.width
    elif height and not width:
        width = canvas.width * height / canvas.height
    asked = (max(1, round(width or canvas.width)), max(1, round(height or canvas.height)))
    frame = Frame(canvas, *allowed_size(*asked))
    if (frame.width, frame.height) != asked:
        findings.append(say("size_limited", None, "canvas", width=frame.width, height=frame.height))
    elif frame.scaled and not shape_findings(frame):
        findings.append(say("scaled", None, "encoding", width=frame.width, height=frame.height))
    findings += shape_findings(frame)
    return frame


def allowed_size(width: int, height: int) -> tuple[int, int]:
    """The nearest size the service mixes: shrunk as a whole to 1920 × 1080, even, no side below 120."""
    scale = min(1.0, LONG_SIDE / max(width, height), SHORT_SIDE / min(width, height))
    wide, high = (max(SMALLEST, int(round(side * scale, 6)) // 2 * 2) for side in (width, height))
    return wide, high


def plan_canvas(
    document: LayoutDocument, frame: Frame, painter: Painter, findings: list[Finding]
) -> tuple[dict[str, Json], Canvas]:
    """`canvas`, and how it comes out in output pixels."""
    color = plain_color(document.canvas.color, findings)
    canvas: dict[str, Json] = {"width": frame.width, "height": frame.height, "color": int(color[1:], 16)}
    image = document.canvas.image
    drawn = Canvas(frame.width, frame.height, color)
    if image is None:
        return canvas, drawn
    info = painter.picture(image.url)
    baked = can_be_baked(image.url, painter) and (image.fit == "stretch" or not layers.has_ending(info.url))
    if baked:
        findings.append(say("background_baked", None, "canvas.image"))
        info = painter.bake(LayoutDocument(replace(drawn, image=image)), transparent=False)
    elif image.fit == "stretch":
        findings.append(say("background_cropped", None, "canvas.image"))
        image = replace(image, fit="cover")
    if url := layers.address(info, findings, None, "canvas.image"):
        canvas["backgroundImage"] = url
        canvas["fillMode"] = FIT if image.fit == "contain" and not baked else FILL
        drawn = replace(drawn, image=image)
    return canvas, drawn


def plain_color(color: str, findings: list[Finding]) -> str:
    """`#RRGGBB`. There is nothing behind the canvas but black, so a translucent color is mixed with it."""
    if len(color) != 9:
        return color
    alpha = int(color[7:9], 16) / 255
    if alpha == 1:
        return color[:7]
    findings.append(say("canvas_opaque", None, "canvas.color"))
    return "#" + "".join(f"{round(int(color[at : at + 2], 16) * alpha):02X}" for at in (1, 3, 5))


# --- how it is encoded ------------------------------------------------------------------------------------------------


def plan_outputs(
    spec: TaskSpec, destinations: list[dict[str, Json]], frame: Frame, mode: str, findings: list[Finding]
) -> list[dict[str, Json]]:
    """The same quality for every destination: others need tasks of their own."""
    quality: dict[str, Json] = {"audioOption": {"profileType": options.audio_profile(spec.options)}}
    if mode == options.MIX:
        quality["videoOption"] = video_option(spec, frame, is_push(destinations), findings)
    elif mode == options.RELAY:
        quality["videoOption"] = {"mode": "RAW"}
    if mode != options.MIX:
        for name in sorted(spec.encoding):
            findings.append(say("encoding_relayed", None, f"encoding.{name}", name=name))
        if spec.options.get("low_bitrate_high_quality"):
            option = "low_bitrate_high_quality"
            findings.append(say("option_ignored", None, f"options.{option}", option=option))
    return [{**destination, **quality} for destination in destinations]


def video_option(spec: TaskSpec, frame: Frame, push: bool, findings: list[Finding]) -> dict[str, Json]:
    encoding = spec.encoding
    fps = within(encoding.get("fps"), FPS, "fps", findings)
    recommended = recommended_bitrate(frame.width, frame.height, fps)
    option = {
        "fps": fps,
        "codec": _codec(spec, str(encoding.get("codec", "h264")).lower(), push, findings),
        "bitrate": within(encoding.get("bitrate_kbps"), BITRATE, "bitrate_kbps", findings, recommended),
        "width": frame.width,
        "height": frame.height,
    }
    if spec.options.get("low_bitrate_high_quality"):
        option["lowBitrateHighQuality"] = True
    for name in sorted(set(encoding) - ENCODING_WORDS):
        findings.append(say("encoding_unknown", None, f"encoding.{name}", name=name))
    return option


def _codec(spec: TaskSpec, asked: str, push: bool, findings: list[Finding]) -> str:
    if asked == "h265" and push and spec.app.settings.get("push_h265") is True:
        return H265
    if asked == "h265":
        findings.append(say("h265_of_the_app" if push else "h265_in_channels", None, "encoding.codec"))
        return CODECS["h264"]
    if asked not in CODECS:
        findings.append(say("codec", None, "encoding.codec"))
        return CODECS["h264"]
    if push and asked != "h264":
        findings.append(say("codec_for_push", None, "encoding.codec"))
        return CODECS["h264"]
    return CODECS[asked]


def recommended_bitrate(width: int, height: int, fps: int) -> int:
    """kbps. Nearest size of the vendor's table by pixels; 30 frames a second take half as much again."""
    nearest = min(BITRATES, key=lambda pixels: abs(pixels - width * height))
    factor = max(0.5, fps / 15) if fps <= 15 else 1 + (fps - 15) / 30
    return int(BITRATE.clamp(round(BITRATES[nearest] * factor)))


def within(value: Json, span: Range, name: str, findings: list[Finding], otherwise: int | None = None) -> int:
    """The value as a whole number in the range; a finding when that changes it."""
    if value is None:
        return otherwise if otherwise is not None else int(span.default or span.minimum)
    used = int(span.clamp(round(value)))
    if used != value:
        low, high = f"{span.minimum:g}", f"{span.maximum:g}"
        findings.append(say("out_of_range", None, f"encoding.{name}", name=name, minimum=low, maximum=high, used=used))
    return used


# --- the whole --------------------------------------------------------------------------------------------------------


def plan_mix(
    spec: TaskSpec, painter: Painter, frame: Frame, outputs: list[dict[str, Json]], findings: list[Finding]
) -> tuple[dict[str, Json], Layers, LayoutDocument]:
    """Picture and sound of everybody in the layout; with it the layers, and the picture as it comes out."""
    document = spec.document
    findings.extend(hidden_findings(document))
    canvas, background = plan_canvas(document, frame, painter, findings)
    most = options.most_people(spec.app)
    color = f"#{canvas['color']:06X}"
    planned = layers.plan_layers(
        document, spec.bindings, spec.variables, frame, color, painter, most,
        options.people_fit(spec.app), options.smallest_overlay(spec.app),
        even=options.switched_on(spec.app, "even_edges"),
    )  # fmt: skip
    findings.extend(planned.findings)
    if not planned.seats:
        findings.append(say("no_region", None, "objects"))
    zs = levels(planned.paint)
    transcoder: dict[str, Json] = {
        "idleTimeout": options.idle_timeout(spec.options),
        "audioInputs": audio_inputs(spec, planned.heard),
        "videoInputs": video_inputs(spec, planned, zs),
        "canvas": canvas,
    }
    if overlays := marks(planned, zs):
        transcoder[options.marks_word(spec.app)] = overlays
    drawn = LayoutDocument(background, tuple(each for layer in planned.paint for each in layer.drawn))
    return {**transcoder, "outputs": outputs}, planned, drawn


def plan_sound(
    spec: TaskSpec, painter: Painter, frame: Frame, outputs: list[dict[str, Json]], findings: list[Finding]
) -> dict[str, Json]:
    """Sound alone. The canvas stays: the vendor's own examples have one."""
    heard = _heard(spec, frame, findings)
    findings.extend(hidden_findings(spec.document))
    findings.extend(say("no_picture", item.id) for item in spec.document.visible)
    if not heard and spec.options.get("audio_from") != options.CHANNEL:
        findings.append(say("no_region", None, "objects"))
    return {
        "idleTimeout": options.idle_timeout(spec.options),
        "audioInputs": audio_inputs(spec, heard),
        "canvas": plan_canvas(spec.document, frame, painter, findings)[0],
        "outputs": outputs,
    }


def plan_relay(
    spec: TaskSpec, frame: Frame, outputs: list[dict[str, Json]], findings: list[Finding]
) -> dict[str, Json]:
    """One person's stream, passed on as it is: the front-most region that has a person."""
    canvas = spec.document.canvas
    findings.extend(hidden_findings(spec.document))
    if canvas.image is not None or canvas.color.upper() != "#000000":
        findings.append(say("canvas_not_sent", None, "canvas"))
    if spec.options.get("audio_from") == options.CHANNEL:
        findings.append(say("option_ignored", None, "options.audio_from", option="audio_from"))
    chosen: tuple[Region, int] | None = None
    for item in reversed(spec.document.visible):
        uid = (
            layers.admit(item, spec.bindings, frame, set(), 1, []) if isinstance(item, Region) and not chosen else None
        )
        if isinstance(item, Region) and uid is not None:
            chosen = (item, uid)
            findings.append(say("relayed_whole", item.id))
        else:
            findings.append(say("relayed", item.id))
    if chosen is None:
        findings.append(say("no_region", None, "objects"))
        return {"idleTimeout": options.idle_timeout(spec.options), "outputs": outputs}
    # "single" serves channel to channel, this one any kind to any kind
    return {
        "streamProcessMode": "heterogeneous-single" if is_push(outputs) else "single",
        "idleTimeout": options.idle_timeout(spec.options),
        "audioInputs": [source(spec, chosen[1])],
        "videoInputs": [source(spec, chosen[1])],
        "outputs": outputs,
    }


def _heard(spec: TaskSpec, frame: Frame, findings: list[Finding]) -> list[int]:
    taken: set[int] = set()
    heard = []
    for region in spec.document.regions:
        uid = layers.admit(region, spec.bindings, frame, taken, options.most_people(spec.app), [])
        if uid is not None:
            taken.add(uid)
            heard.append(uid)
        elif (binding := spec.bindings.get(region.source.slot)) and uid_of(binding.user_id) is None:
            findings.append(say("bad_user_id", region.id, "source", user_id=binding.user_id))
    return heard
