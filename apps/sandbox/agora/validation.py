"""What the vendor refuses, with HTTP 400. Members nobody documents are let pass."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from apps.core.types import JsonObject
from apps.sandbox.agora.replies import Rejected
from apps.sandbox.engine import accounts, config

APP_ID = re.compile(r"[0-9a-fA-F]{32}")
INSTANCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
CHANNEL = re.compile(r"[A-Za-z0-9 !#$%&()+\-:;<=.>?@\[\]^_{}|~,]{1,64}")
LARGEST_UID = 2**32 - 1
FARTHEST = 3840
SMALLEST_REGION, SMALLEST_MARK = 120, 100  # the vendor's own examples have overlays of 100 × 100
LONG_SIDE, SHORT_SIDE = 1920, 1080  # of what it mixes
PROFILES = {
    "AUDIO_PROFILE_DEFAULT",
    "AUDIO_PROFILE_SPEECH_STANDARD",
    "AUDIO_PROFILE_MUSIC_STANDARD",
    "AUDIO_PROFILE_MUSIC_STANDARD_STEREO",
    "AUDIO_PROFILE_MUSIC_HIGH_QUALITY",
    "AUDIO_PROFILE_MUSIC_HIGH_QUALITY_STEREO",
}
MODES = ("mix", "single", "heterogeneous-single")
MARKS = ("waterMarks", "watermarks")  # its pages use both


def bad(message: str) -> Rejected:
    return Rejected(400, message)


def known_app(app_id: str) -> None:
    unknown = config.strict() and app_id not in accounts.DEMO_APPS[accounts.AGORA]
    if not APP_ID.fullmatch(app_id) or unknown or app_id in accounts.NEVER_AN_APP[accounts.AGORA]:
        raise bad("appid is invalid")


def body_of(raw: bytes) -> JsonObject:
    try:
        body = json.loads(raw)
    except ValueError:
        raise bad("the body is not JSON") from None
    if not isinstance(body, dict):
        raise bad("the body is not an object")
    return body


def instance_of(body: JsonObject) -> str:
    name = body.get("instanceId")
    if not isinstance(name, str) or not INSTANCE.fullmatch(name):
        raise bad("instanceId is invalid")
    return name


def transcoder_of(body: JsonObject, *, strict_channel: bool = True) -> JsonObject:
    """The checked `services.cloudTranscoder.config.transcoder`. An update may name another channel for an input, as an
    example of the vendor's does: nobody is found there."""
    services = section(body, "services", "services")
    service = section(services, "cloudTranscoder", "services.cloudTranscoder")
    if service.get("serviceType") != "cloudTranscoderV2":
        raise bad("serviceType is invalid")
    transcoder = section(section(service, "config", "config"), "transcoder", "config.transcoder")
    whole(transcoder, "idleTimeout", 1, 86_400)
    mode = transcoder.get("streamProcessMode", "mix")
    if mode not in MODES:
        raise bad("streamProcessMode is invalid")
    single = mode != "mix"
    canvas = canvas_of(transcoder, required=not single)
    inputs = [*objects(transcoder, "audioInputs"), *objects(transcoder, "videoInputs")]
    if not inputs:
        raise bad("audioInputs and videoInputs are both empty")
    check_inputs(transcoder, canvas, single)
    channels = {input_["rtc"]["rtcChannel"] for input_ in inputs if "rtc" in input_}
    if strict_channel and len(channels) > 1:
        raise bad("inputs must be of a single channel")
    for word in MARKS:
        for mark in objects(transcoder, word):
            picture(mark, "imageUrl", required=True)
            fill_mode(mark)
            region(mark, canvas, SMALLEST_MARK)
    check_outputs(transcoder, single)
    return transcoder


def canvas_of(transcoder: JsonObject, *, required: bool) -> JsonObject | None:
    if "canvas" not in transcoder and not required:
        return None
    canvas = section(transcoder, "canvas", "canvas")
    for side in ("width", "height"):
        whole(canvas, side, SMALLEST_REGION, FARTHEST, required=True)
    whole(canvas, "color", 0, 0xFFFFFF, required=True)
    picture(canvas, "backgroundImage")
    fill_mode(canvas)
    return canvas


def check_inputs(transcoder: JsonObject, canvas: JsonObject | None, single: bool) -> None:
    for name in ("audioInputs", "videoInputs"):
        listed = objects(transcoder, name)
        if single and len(listed) > 1:
            raise bad(f"{name} takes one element in this streamProcessMode")
        uids = [source(entry, name) for entry in listed]
        known = [uid for uid in uids if uid]
        if len(known) != len(set(known)):
            raise bad(f"{name}: the same rtcUid twice")
        if 0 in uids and (name == "videoInputs" or len(uids) > 1):
            raise bad(f"{name}: rtcUid 0 stands for the whole channel and must be alone")
        for entry in listed:
            if whole(entry, "repeat", -1, 2**31 - 1) == 0:
                raise bad("repeat is invalid")
            if name == "audioInputs":
                whole(entry, "volume", 0, 200)
                continue
            picture(entry, "placeholderImageUrl")
            if not single:
                region(entry, canvas, SMALLEST_REGION)


def source(entry: JsonObject, where: str) -> int | None:
    """The uid of an input, None for a CDN stream."""
    if "streamUrl" in entry:
        if "rtc" in entry or not isinstance(entry["streamUrl"], str) or "://" not in entry["streamUrl"]:
            raise bad(f"{where}[].streamUrl is invalid")
        return None
    rtc = section(entry, "rtc", f"{where}[].rtc")
    channel(rtc)
    return whole(rtc, "rtcUid", 0, LARGEST_UID, required=True)


def check_outputs(transcoder: JsonObject, single: bool) -> None:
    outputs = objects(transcoder, "outputs")
    if not outputs:
        raise bad("outputs is required")
    kinds = {"rtc" if "rtc" in output else "streamUrl" for output in outputs}
    if len(kinds) > 1:
        raise bad("outputs must be all RTC or all CDN")
    if kinds == {"rtc"} and len(outputs) > 1:
        raise bad("outputs takes one RTC channel")
    for output in outputs:
        if "rtc" in output:
            rtc = section(output, "rtc", "outputs[].rtc")
            channel(rtc)
            whole(rtc, "rtcUid", 1, LARGEST_UID, required=True)
        elif not rtmp(output.get("streamUrl")):
            raise bad("outputs[].streamUrl is invalid")
        audio = section(output, "audioOption", "audioOption", {})
        if audio.get("profileType", "AUDIO_PROFILE_DEFAULT") not in PROFILES:
            raise bad("profileType is invalid")
        video_option(output, transcoder, single)


def video_option(output: JsonObject, transcoder: JsonObject, single: bool) -> None:
    if "videoOption" not in output:
        if transcoder.get("videoInputs") and not single:
            raise bad("videoOption is required")
        return
    option = section(output, "videoOption", "videoOption")
    if option.get("mode", "RAW") != "RAW":
        raise bad("mode is invalid")
    if "mode" in option:
        if len(transcoder.get("videoInputs") or []) != 1:
            raise bad("mode RAW needs exactly one video input")
        return
    for side in ("width", "height"):
        whole(option, side, SMALLEST_REGION, FARTHEST, required=True)
    sides = (option["width"], option["height"])
    if max(sides) > LONG_SIDE or min(sides) > SHORT_SIDE:
        raise bad("the output is larger than 1920 x 1080")
    # One page has H264 and H265 for the CDN, the others H264 and VP8 for both.
    if option.get("codec") not in (("H264", "VP8") if "rtc" in output else ("H264", "VP8", "H265")):
        raise bad("codec is invalid")
    whole(option, "bitrate", 1, 10_000)
    whole(option, "fps", 1, 30)
    if not isinstance(option.get("lowBitrateHighQuality", False), bool):
        raise bad("lowBitrateHighQuality is invalid")


def region(entry: JsonObject, canvas: JsonObject | None, smallest: int) -> None:
    box = section(entry, "region", "region")
    for name in ("x", "y"):
        whole(box, name, 0, FARTHEST, required=True)
    for name in ("width", "height"):
        whole(box, name, smallest, FARTHEST, required=True)
    whole(box, "zOrder", 0, 100, required=True)  # 2 to 100 for people in newer editions, 0 to 100 in older ones
    if canvas is None or box["x"] + box["width"] > canvas["width"] or box["y"] + box["height"] > canvas["height"]:
        raise bad("region is outside of the canvas")


def section(given: JsonObject, name: str, where: str, default: JsonObject | None = None) -> JsonObject:
    value = given.get(name, default)
    if not isinstance(value, dict):
        raise bad(f"{where} is required" if value is None else f"{where} must be an object")
    return value


def objects(given: JsonObject, name: str) -> list[JsonObject]:
    value = given.get(name) or []
    if not isinstance(value, list) or not all(isinstance(element, dict) for element in value):
        raise bad(f"{name} must be a list of objects")
    return value


def whole(given: JsonObject, name: str, low: int, high: int, *, required: bool = False) -> int | None:
    value = given.get(name)
    if value is None and not required:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise bad(f"{name} is invalid")
    return value


def channel(rtc: JsonObject) -> None:
    name = rtc.get("rtcChannel")
    if not isinstance(name, str) or not CHANNEL.fullmatch(name):
        raise bad("rtcChannel is invalid")
    if not isinstance(rtc.get("rtcToken", ""), str):
        raise bad("rtcToken is invalid")


def picture(given: JsonObject, name: str, *, required: bool = False) -> None:
    url = given.get(name)
    if url is None and not required:
        return
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
    except ValueError:
        parts = None
    good = parts and parts.scheme in ("http", "https") and parts.netloc and parts.path.lower().endswith(("jpg", "png"))
    # the vendor's own examples name pictures as a bare host ("https://XXXX.jpg")
    bare = (
        parts
        and parts.scheme in ("http", "https")
        and not parts.path
        and parts.netloc.lower().endswith((".jpg", ".png"))
    )
    if not (good or bare):
        raise bad(f"{name} is invalid")


def fill_mode(given: JsonObject) -> None:
    if given.get("fillMode", "FILL") not in ("FILL", "FIT"):
        raise bad("fillMode is invalid")


def rtmp(url: object) -> bool:
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
    except ValueError:
        return False
    return bool(parts and parts.scheme in ("rtmp", "rtmps") and parts.hostname and len(parts.path) > 1)
